"""A generated page: front matter and one block of HTML, which is all that a renderer must understand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import yaml

from digest_lib.publishing.front import plain
from digest_lib.sections.markup import esc

#: Tells a generated page from one that a person wrote, which is never overwritten or deleted.
MARKER: Final = "generated-by: digest pages"
_FENCE: Final = "`````"


@dataclass(frozen=True, slots=True)
class Page:
    """A page's path in the home (`families/qwen/index.qmd`), its title and its HTML; `heading` where that
    is not the title.

    Links in `html` are relative to the page.
    """

    path: str
    title: str
    description: str
    html: str
    kind: str
    heading: str = ""

    @property
    def source(self) -> str:
        """The text of the `.qmd` file."""
        front = yaml.safe_dump(
            {
                "title": plain(self.title),
                "description": plain(self.description),
                "page-class": self.kind,
            },
            allow_unicode=True,
            sort_keys=False,
            width=2**30,
        )
        body = f"<h1>{esc(self.heading or self.title)}</h1>\n{self.html}"
        # A line that is a fence would end the block; our own HTML has none.
        body = body.replace(_FENCE, "&#96;" * len(_FENCE))
        return f"---\n{front}{MARKER}\n---\n\n{_FENCE}{{=html}}\n{body}\n{_FENCE}\n"


def up(path: str) -> str:
    """The way from a page to the top of the site: `../../` for `families/qwen/index.qmd`."""
    return "../" * path.count("/")
