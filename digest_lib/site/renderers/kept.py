"""What was rendered before is kept, so that a new post costs its own page and the few that list it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from digest_lib.files import digest_of, storage

#: In the home; safe to delete at any time.
FOLDER = ".rendered"
_LIBRARIES = ("nbconvert", "markdown-it-py", "jinja2")


class Kept:
    """Rendered pages by what they were made from. For one render: `close` drops what it did not ask for."""

    def __init__(self, root: Path, frame: bytes) -> None:
        self._folder = root / FOLDER
        code = sorted(p for p in Path(__file__).parent.rglob("*") if p.suffix in {".py", ".j2", ".json"})
        parts = [part for path in code for part in (path.name, path.read_bytes())]
        self._with = digest_of(frame, *parts, *(version(name) for name in _LIBRARIES))
        self._asked: set[str] = set()

    def page(self, source: bytes, suffix: str, make: Callable[[], str]) -> str:
        """The page of `source`: the kept one, or what `make` makes now."""
        key = digest_of(self._with, suffix, source)
        self._asked.add(key)
        path = self._folder / key
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            text = make()
        with storage(path):
            path.parent.mkdir(exist_ok=True)
            aside = path.with_suffix(".new")
            aside.write_text(text, encoding="utf-8")
            aside.replace(path)
        return text

    def close(self) -> None:
        """Deletes the pages that are no longer part of the site."""
        for path in self._folder.iterdir() if self._folder.is_dir() else []:
            if path.name not in self._asked:
                path.unlink(missing_ok=True)
