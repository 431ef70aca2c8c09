"""Damaged files of the archive, set aside by name: `damaged/` has them as the archive had them, each with its
reason beside it, until a person has them repaired. So damage is met once, everything else goes on, and a day
that lost something knows it.

```
damaged/articles/day=2026-07-29/<name>.parquet              what was there
damaged/articles/day=2026-07-29/<name>.parquet.reason.txt   what is wrong with it
damaged/settled/...                                         the same, once it was repaired as far as possible
```
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from digest_lib.articles.partitions import day_of, span_of
from digest_lib.errors import StorageError
from digest_lib.files import storage, write_atomic

FOLDER, SETTLED, _REASON = "damaged", "settled", ".reason.txt"


@dataclass(frozen=True, slots=True)
class Lost:
    """A damaged file: where it lies now, what it is called in the archive (`articles/day=…/….parquet`), the
    table and the day (None for a folder that names none), and what is wrong with it."""

    path: Path
    name: str
    reason: str

    @property
    def table(self) -> str:
        return self.name.partition("/")[0]

    @property
    def day(self) -> Date | None:
        return day_of(self.path.parent)

    @property
    def span(self) -> tuple[Date, Date] | None:
        """The first and the last day of which it had rows: those of its day, or of the month it begins."""
        return span_of(self.path)

    def __str__(self) -> str:
        return f"{self.name} is damaged ({self.reason})"


def set_aside(archive: Path, problems: Mapping[Path, str]) -> list[Lost]:
    """Moves the files to `damaged/`, and returns those that this call moved. One that cannot be moved (a disk
    that is read-only) or that another process has moved is left out: it is named by who reads it."""
    moved = []
    for path, reason in sorted(problems.items()):
        if not path.is_file() or path.parent.parent.parent != archive:
            continue  # the partitions of the tables hold what can be damaged; other files are made anew
        name = str(path.relative_to(archive))
        target = archive / FOLDER / name
        with suppress(StorageError), storage(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target.with_name(target.name + _REASON), reason + "\n")
            path.rename(target)
            moved.append(Lost(target, name, reason))
    return moved


def all_lost(archive: Path) -> list[Lost]:
    """What lies in `damaged/` and is not settled, by name."""
    return [one for one in _all_in(archive / FOLDER) if one.table != SETTLED]


def all_settled(archive: Path) -> list[Lost]:
    """What was settled: repaired as far as it could be, which may be not at all."""
    return _all_in(archive / FOLDER / SETTLED)


def _all_in(folder: Path) -> list[Lost]:
    files = [
        path
        for path in sorted(folder.glob("*/day=*/*"))
        if not path.name.endswith(_REASON) and not path.name.startswith(".")
    ]
    return [Lost(path, str(path.relative_to(folder)), _reason(path)) for path in files]


def settle(archive: Path, lost: Lost) -> None:
    """Puts away a damaged file that a person has dealt with. Raises `StorageError`."""
    target = archive / FOLDER / SETTLED / lost.name
    with storage(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        lost.path.rename(target)
        reason = lost.path.with_name(lost.path.name + _REASON)
        if reason.exists():
            reason.rename(target.with_name(target.name + _REASON))


def _reason(path: Path) -> str:
    try:
        told = path.with_name(path.name + _REASON).read_text(encoding="utf-8", errors="replace")
        return " ".join(told.split())
    except OSError:
        return "its reason is not there any more"
