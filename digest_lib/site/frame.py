"""The one page frame: filled by the embedded renderer, or turned into the template that Quarto fills."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import cache
from html import escape

from jinja2 import Environment, StrictUndefined, Template

from digest_lib.errors import BadInput
from digest_lib.files import write_atomic
from digest_lib.settings import Home
from digest_lib.site.config import read_config

_SOURCE = "assets/templates/frame.html.j2"
#: Where `_quarto.yml` looks for it.
TEMPLATE = "_frame/template.html"


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a site: its template, and what is the same on every page."""

    source: str
    site: str
    notice: str
    repo: str

    @classmethod
    def of(cls, home: Home) -> Frame:
        """The home's. Raises `BadInput` where its template or `_quarto.yml` cannot be read."""
        path, config = home.root / _SOURCE, read_config(home)
        try:
            source = path.read_text(encoding="utf-8")
        except OSError as error:
            raise BadInput(path, error.strerror or str(error)) from None
        return cls(source, config.title, config.notice, config.repo)

    @property
    def key(self) -> bytes:
        """Different for frames that make different pages."""
        return repr(astuple(self)).encode()

    def page(self, *, title: str, description: str, page_class: str, body: str) -> str:
        """The whole page; only `body` is HTML, the others are text."""
        return _template(self.source).render(
            site=escape(self.site),
            notice=escape(self.notice),
            repo=escape(self.repo),
            pagetitle=escape(title),
            description=escape(description),
            page_class=escape(page_class),
            body=body,
        )

    def for_quarto(self) -> str:
        """The frame as pandoc's template, whose own sign is the dollar."""
        return _template(self.source.replace("$", "$$")).render(
            site=escape(self.site).replace("$", "$$"),
            notice=escape(self.notice).replace("$", "$$"),
            repo=escape(self.repo).replace("$", "$$"),
            pagetitle="$pagetitle$",
            description="$description-meta$",
            page_class="$page-class$",
            body="$body$",
        )


def write_frame(home: Home) -> None:
    """Writes Quarto's template from the frame, if it would change."""
    filled, path = Frame.of(home).for_quarto(), home.root / TEMPLATE
    if not path.is_file() or path.read_text(encoding="utf-8") != filled:
        write_atomic(path, filled)


@cache
def _template(source: str) -> Template:
    # What goes in is escaped above; autoescaping would escape the body, too.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    return environment.from_string(source)
