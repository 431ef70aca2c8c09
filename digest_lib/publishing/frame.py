"""The one page frame: filled by the embedded renderer, or turned into the template that Quarto fills."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from digest_lib.errors import BadInput
from digest_lib.files import write_atomic
from digest_lib.settings import Home

_SOURCE = "assets/templates/frame.html.j2"
#: Where `_quarto.yml` looks for it.
TEMPLATE = "_frame/template.html"


def write_frame(home: Home) -> None:
    """Writes Quarto's template from the frame, if it would change."""
    source = frame_source(home).replace("$", "$$")  # pandoc's own sign
    filled = _template(source).render(
        pagetitle="$pagetitle$",
        description="$description-meta$",
        page_class="$page-class$",
        body="$body$",
    )
    path = home.root / TEMPLATE
    if not path.is_file() or path.read_text(encoding="utf-8") != filled:
        write_atomic(path, filled)


def framed(home: Home, *, title: str, description: str, page_class: str, body: str) -> str:
    """The whole page; only `body` is HTML, the others are text."""
    return _template(frame_source(home)).render(
        pagetitle=escape(title),
        description=escape(description),
        page_class=escape(page_class),
        body=body,
    )


def frame_source(home: Home) -> str:
    """The frame's template."""
    return _read(home.root / _SOURCE)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput(path, error.strerror or str(error)) from None


@cache
def _template(source: str) -> Template:
    # What goes in is escaped above; autoescaping would escape the body, too.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    return environment.from_string(source)
