"""Rendered pages are kept by what they were made from, so that a new post costs its own page and the few that
list it, with either renderer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from digest_lib.files import named, storage, write_atomic
from digest_lib.settings import Home
from digest_lib.site.ledger import Ledger, library
from digest_lib.site.renderers import Renderer

#: Folders of a home that hold no settings or parts of pages.
_NO_PARTS: Final = frozenset({"archive", "posts", "families", "months", "stories", "notebooks", "build"})
#: Settings, templates, filters, styles, scripts and references: what Quarto puts into pages or makes them by.
_PARTS: Final = frozenset(
    {".yml", ".yaml", ".html", ".j2", ".lua", ".scss", ".css", ".js", ".ts", ".bib", ".csl", ".json", ".tex"}
)


class Kept:
    """The kept pages of a home for one renderer; `close` drops those that nobody asked for."""

    def __init__(self, home: Home, renderer: Renderer, ledger: Ledger) -> None:
        self._folder = home.rendered / "pages"
        beside = _parts(home) if renderer.reads_beside else ()
        parts = (f"{path.relative_to(home.root)}={ledger.digest(path)}" for path in beside)
        self._with = named(library(), renderer.name, renderer.made_with(home), *parts)
        self._asked: set[str] = set()
        self._there = set(os.listdir(self._folder)) if self._folder.is_dir() else set()  # noqa: PTH208 - names

    def key(self, path: str, source: str) -> str:
        """The name of the page that is made of the file `path` of the home, its content being `source`."""
        key = named(self._with, path, source)
        self._asked.add(key)
        return key

    def has(self, key: str) -> bool:
        """Whether the page is kept."""
        return key in self._there

    def text(self, key: str) -> str:
        """The kept page."""
        return (self._folder / key).read_text(encoding="utf-8")

    def add(self, key: str, page: str) -> None:
        """Keeps a page."""
        with storage(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self._folder / key, page)
        self._there.add(key)

    def close(self) -> None:
        """Deletes the pages that are no longer part of the site."""
        for name in self._there - self._asked:
            (self._folder / name).unlink(missing_ok=True)


def _parts(home: Home) -> Iterator[Path]:
    """The files of the home that any page may be made with."""
    for top in sorted(home.root.iterdir()):
        if top.name.startswith(".") or top.name in _NO_PARTS or top.name == home.site.name:
            continue
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (path for path in found if path.suffix in _PARTS and path.is_file())
