"""Two renderers behind one interface: pages and posts of a home in, HTML out."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from digest_lib.errors import UserError
from digest_lib.settings import Home

#: Called with a line about what is being done.
Progress = Callable[[str], None]

#: Set for Quarto while this library builds a site: the project's own pre- and post-render steps, which make
#: a bare `quarto render` do the same, then have nothing to do.
BUILDING = "DIGEST_BUILDING"


def inside_build() -> bool:
    """Whether this process is a step of a build that makes the pages and finishes the site itself."""
    return os.environ.get(BUILDING) == "1"


def inside_quarto() -> bool:
    """Whether this process is a step of a Quarto project, which runs in the project's folder."""
    return "QUARTO_PROJECT_OUTPUT_DIR" in os.environ


def renders_all() -> bool:
    """Whether the Quarto that this process is a step of renders the whole project, not a page of it."""
    return os.environ.get("QUARTO_PROJECT_RENDER_ALL") == "1"


class Renderer(Protocol):
    """Writes the site of a home into the empty or missing folder `out`: every page that has a source there.

    `reads_beside`: whether a page that a person wrote may be made from other files, too.
    """

    name: str
    reads_beside: bool

    def describe(self) -> str:
        """What it is, in a line for a person."""

    def render(self, home: Home, out: Path, progress: Progress | None = None) -> int:
        """Returns how many pages it made. Raises `RenderFailed`; the home's own site is not touched."""

    def made_with(self, home: Home) -> bytes:
        """What its pages are made of beside their sources, the library and the home's settings: while this
        is the same, a page may be kept. Raises `BadInput`."""


def find_quarto() -> str | None:
    """The path of the `quarto` program: the one that this process is a step of, else the one on PATH, or
    installed beside this Python."""
    own = os.environ.get("QUARTO_BIN_PATH") if inside_quarto() else None
    places = (own, None, str(Path(sys.executable).parent))
    found = (shutil.which("quarto", path=place) for place in places if place != "")
    return next(filter(None, found), None)


def choose(name: str | None = None) -> Renderer:
    """Quarto where there is one, else the embedded renderer; `name`, or the environment variable
    `DIGEST_RENDERER`, forces either (`quarto`, `embedded`).

    Raises `UserError` for another value, or when Quarto is asked for and missing.
    """
    # Imported here, since either takes a good part of a second.
    from digest_lib.site.renderers.embedded import Embedded
    from digest_lib.site.renderers.quarto import Quarto

    wanted = name or os.environ.get("DIGEST_RENDERER", "")
    if wanted not in {"", "quarto", "embedded"}:
        raise UserError(f"«{wanted}» is no renderer; there are quarto and embedded")
    program = None if wanted == "embedded" else find_quarto()
    if program:
        return Quarto(program)
    if wanted == "quarto":
        raise UserError("there is no `quarto` on PATH; install it, or render with: embedded")
    return Embedded()
