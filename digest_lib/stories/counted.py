"""How many articles about a family a day had, as published: kept from the first post that says it.

One small file a name and day, under `archive/counts/`. A family's own post of the day settles its number;
another family's, which compares, keeps one where there is none. A number that is being counted again (its
day is run again) is open: it counts as unknown, so that runs side by side all count alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from digest_lib.files import digest_of, read_json, write_json
from digest_lib.settings import Home
from digest_lib.text.scripts import fold


@dataclass(frozen=True)
class Counted:
    """The published numbers of a home."""

    home: Home

    def of(self, day: Date | str, name: str) -> int | None:
        """The number that was published; None where there is none, or where it is being counted again."""
        number, is_open = self._read(day, name)
        return None if is_open else number

    def keep(self, day: Date | str, name: str, number: int, *, own: bool = False) -> None:
        """Keeps what a post says; another family's number (not `own`) only where there is none yet."""
        before, is_open = self._read(day, name)
        if (before is None) if not own else (before != number or is_open):
            self._write(day, name, number, is_open=False)

    def open(self, day: Date | str, name: str) -> int | None:
        """Lets the number be counted again; returns what it was."""
        number, is_open = self._read(day, name)
        if number is not None and not is_open:
            self._write(day, name, number, is_open=True)
        return number

    def close(self, day: Date | str, name: str) -> int | None:
        """The number as it stands now; one that nobody counted again stays what it was."""
        number, is_open = self._read(day, name)
        if number is not None and is_open:
            self._write(day, name, number, is_open=False)
        return number

    def _path(self, day: Date | str, name: str) -> Path:
        return self.home.archive / "counts" / str(day) / f"{digest_of(fold(name))}.json"

    def _read(self, day: Date | str, name: str) -> tuple[int | None, bool]:
        try:
            told = read_json(self._path(day, name))
            return int(told["articles"]), bool(told["open"])
        except (OSError, ValueError, KeyError, TypeError):
            return None, False

    def _write(self, day: Date | str, name: str, number: int, *, is_open: bool) -> None:
        told = {"date": str(day), "name": name, "articles": number, "open": is_open}
        write_json(self._path(day, name), told)
