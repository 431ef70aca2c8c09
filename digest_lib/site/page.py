"""A generated page: front matter and one block of HTML, which is all that a renderer must understand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, ParamSpec

import yaml

from digest_lib.publishing.front import plain
from digest_lib.sections.markup import esc
from digest_lib.site.inputs import name_of

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
        body = one_line_a_tag(f"<h1>{esc(self.heading or self.title)}</h1>\n{self.html}")
        body = body.replace(_FENCE, "&#96;" * len(_FENCE))  # which would end the block
        # The mark stands first: a title may be longer than what is looked through for it.
        return f"---\n{MARKER}\n{front}---\n\n{_FENCE}{{=html}}\n{body}\n{_FENCE}\n"


def one_line_a_tag(html: str) -> str:
    """The HTML without a line that begins with anything but a tag: a line break within a text is written as
    an entity. Before Quarto reads a source as Markdown it looks through all of its lines, those of raw HTML
    too, for code (with ```{r} it calls R, also where it is told to run nothing) and for blocks of YAML."""
    return re.sub(r"\n(?!<|\Z)", "&#10;", re.sub(r"\r\n?", "\n", html))


_Arguments = ParamSpec("_Arguments")


@dataclass(frozen=True)
class Planned:
    """A page that is made when somebody asks what it says; `key` names what it would be made from."""

    path: str
    key: str
    write: Callable[[], Page]

    @cached_property
    def page(self) -> Page:
        return self.write()

    @property
    def html(self) -> str:
        """See `Page`."""
        return self.page.html

    @cached_property
    def source(self) -> str:
        """See `Page`."""
        return self.page.source


def planned(
    path: str,
    write: Callable[_Arguments, Page],
    *arguments: _Arguments.args,
    **more: _Arguments.kwargs,
) -> Planned:
    """The page that `write` makes of these arguments, and of nothing else."""
    return Planned(
        path, name_of(path, write.__qualname__, arguments, more), lambda: write(*arguments, **more)
    )


def up(path: str) -> str:
    """The way from a page to the top of the site: `../../` for `families/qwen/index.qmd`."""
    return "../" * path.count("/")
