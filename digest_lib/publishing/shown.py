"""What readers see of a notebook that is no post: its visible cells, as clean HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from digest_lib.cells import source_of, tags_of
from digest_lib.publishing.clean import clean_html
from digest_lib.publishing.guard import HIDDEN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def visible_html(notebook: Mapping[str, Any]) -> Iterator[str]:
    """The HTML of each visible cell in turn: of Markdown as it reads, of code what it put out. All of it is
    cleaned here, whoever has written the file."""
    for cell in notebook["cells"]:
        if HIDDEN & {*tags_of(cell)}:
            continue
        if cell["cell_type"] == "markdown":
            yield clean_html(_markdown().render(source_of(cell)))
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/html", "")
            if html := clean_html("".join(text) if isinstance(text, list) else str(text)):
                yield html


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})
