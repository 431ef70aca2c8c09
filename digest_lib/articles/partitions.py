"""The files of a table's partitions, as they are at one moment, though others add to them and compact them.

A partition is a folder `day=YYYY-MM-DD`. A file `month-<name>.parquet` in the one of a month's first day has
rows of the whole month (`compacting.py`).
"""

from __future__ import annotations

import os
import time
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from digest_lib.errors import RestlessFiles

#: How the name of a file begins that has rows of a whole month.
_MONTH = "month-"
#: So often a listing is begun anew, and a query asked again, that met a change. A compaction needs longer for
#: each file that it makes than they do, so this is far more than are ever needed.
TRIES = 100
#: Nanoseconds within which two changes may leave a folder the same time, and by which clocks of machines that
#: share a disk may differ.
_COARSE = 60 * 10**9
#: What this process has read: folder -> its time of change then, and its names.
_KNOWN: dict[Path, tuple[int, frozenset[str]]] = {}


def day_of(folder: Path) -> Date | None:
    """The day of a partition's folder; None for a name that is none."""
    try:
        return Date.fromisoformat(folder.name.removeprefix("day="))
    except ValueError:
        return None


def end_of_month(day: Date) -> Date:
    """The last day of the day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def file_name(name: str, *, monthly: bool) -> str:
    """How a file is called that has rows of its partition's day, or of the month that this begins."""
    return f"{_MONTH if monthly else ''}{name}.parquet"


def is_month(path: Path) -> bool:
    """Whether the file has rows of the month that its partition begins."""
    return path.name.startswith(_MONTH)


def span_of(path: Path) -> tuple[Date, Date] | None:
    """The first and the last day of which the file may have rows; None for one that lies in no partition."""
    day = day_of(path.parent)
    if day is None or not is_month(path):
        return (day, day) if day else None
    return day, end_of_month(day)


def listed(folder: Path, days: tuple[Date, Date]) -> tuple[list[Path], list[Path]]:
    """The files that may have rows of these days (both included), by name, and the folders that are no
    partitions. Raises `RestlessFiles`.

    What a compaction deletes stands in a file that it wrote before, of the same partition or of an earlier
    one. So folders are looked into newest first, and all of it again when folders came or went meanwhile.
    """
    for _ in range(TRIES):
        names = _names(folder)
        before = {folder / name: day_of(folder / name) for name in names if name.startswith("day=")}
        files: list[Path] = []
        for path, day in sorted(before.items(), reverse=True):
            if day is None or day > days[1] or day < days[0].replace(day=1):
                continue
            found = [path / name for name in _names(path) if name.endswith(".parquet") and name[0] != "."]
            files += [one for one in found if day >= days[0] or (is_month(one) and _ends(one, days[0]))]
        if names == _names(folder):
            return sorted(files), sorted(path for path, day in before.items() if day is None)
    raise RestlessFiles(folder)


def _ends(path: Path, first: Date) -> bool:
    span = span_of(path)
    return span is not None and span[1] >= first


def _names(folder: Path) -> frozenset[str]:
    """The names in the folder. They are remembered where nothing can have changed since they were read: a
    folder's time is that of its last change, and too coarse for one that is as good as now."""
    try:
        changed = folder.stat().st_mtime_ns
        known = _KNOWN.get(folder)
        if known and known[0] == changed:
            return known[1]
        read = time.time_ns()
        names = frozenset(os.listdir(folder))  # noqa: PTH208 - thousands of folders: names are enough
    except OSError:
        return frozenset()
    if changed < read - _COARSE and folder.stat().st_mtime_ns == changed:
        _KNOWN[folder] = (changed, names)
    return names
