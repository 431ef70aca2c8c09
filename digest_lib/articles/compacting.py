"""Small files of the archive, put together: the same rows in fewer files, so that years are quick to read.

A day that is over has one file a table; a month that is long over has one for all its days. A new file is
written whole, read again and on the disk before those that it replaces go: killed in between, rows are there
twice, which says nothing else (`archive.py`), and the next compaction puts that right. Files that cannot be
read are left for `care.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from digest_lib.articles import parquet
from digest_lib.articles.partitions import day_of, end_of_month, file_name, is_month
from digest_lib.articles.tables import DAY, Table, version_of
from digest_lib.errors import StorageError
from digest_lib.files import digest_of, fill_atomic, sync_folder

#: A month is put together so many days after its end.
MONTH_OVER = 62


@dataclass(frozen=True, slots=True)
class Group:
    """Files that become one: of a day, or of a month from its first day on."""

    files: tuple[Path, ...]
    folder: Path
    monthly: bool

    @property
    def path(self) -> Path:
        """The new file, named after what it is made of: two that do it at once write the same."""
        name = digest_of(*(f"{path.parent.name}/{path.name}" for path in self.files))
        return self.folder / file_name(name, monthly=self.monthly)


def groups(files: Iterable[Path], today: Date) -> list[Group]:
    """Which of these files of one table become one, as of `today`."""
    found: defaultdict[tuple[Path, bool], list[Path]] = defaultdict(list)
    for path in sorted(files):
        day = day_of(path.parent)
        if day is None:
            continue
        first = day.replace(day=1)
        if (today - end_of_month(day)).days > MONTH_OVER:
            found[path.parent.with_name(f"day={first.isoformat()}"), True].append(path)
        elif day < today and not is_month(path):
            found[path.parent, False].append(path)
    made = [Group(tuple(of), folder, monthly) for (folder, monthly), of in found.items()]
    # Days first: they are quick, and what is read most.
    made.sort(key=lambda group: (group.monthly, group.folder))
    return [one for one in made if len(one.files) > 1 or (one.monthly and not is_month(one.files[0]))]


def compact(table: Table, today: Date) -> Iterator[Group]:
    """Puts a table's files together, and yields what is done. Raises `StorageError`, having lost nothing."""
    # Of those that say what they are; one that is damaged inside stops its group alone.
    for group in groups(table.readable((Date.min, Date.max)), today):
        if not _put_together(table, group):
            continue
        for folder in {path.parent for path in group.files}:
            with suppress(OSError):  # something is in it
                folder.rmdir()
        yield group


def _put_together(table: Table, group: Group) -> bool:
    """Writes the group's file and deletes what it replaces; False where that cannot be read (any more)."""
    new = group.path  # once: it is a digest of all the group's names
    sql, values = _rows_of(table, group, new)

    def fill(aside: Path) -> None:
        count = parquet.copy(aside, sql, values, version_of(new))
        if _rows_in(aside) != count:
            raise StorageError(new, "what was written cannot be read again")

    try:
        fill_atomic(new, fill)
    except StorageError:
        with parquet.connection() as opened:
            if all(path.exists() and table.sound(opened, path) for path in group.files):
                raise
        return False
    for path in group.files:
        if path != new:
            path.unlink(missing_ok=True)
    for folder in {path.parent for path in group.files}:
        if folder.is_dir():
            sync_folder(folder)
    return True


def _rows_of(table: Table, group: Group, new: Path) -> tuple[str, list[object]]:
    """The query for the rows of the group's `new` file, each once and in an order of their own, and its
    values."""
    columns = ", ".join(table.columns_of(new))
    names = ", ".join(f"{name}::{kind} AS {name}" for name, kind in table.columns.items())
    parts: list[str] = []
    values: list[object] = []
    for path in group.files:
        day = f"{DAY}, " if is_month(path) else f"?::DATE AS {DAY}, "
        values += [] if is_month(path) or not group.monthly else [day_of(path.parent)]
        parts.append(f"SELECT {day if group.monthly else ''}{names} FROM read_parquet(?)")  # noqa: S608
        values.append([str(path)])
    return f"SELECT DISTINCT {columns} FROM ({' UNION ALL '.join(parts)}) ORDER BY ALL", values  # noqa: S608


def _rows_in(path: Path) -> int:
    with parquet.connection() as opened:
        found = opened.execute("SELECT count(*) FROM read_parquet(?)", [[str(path)]]).fetchone()
    return int(found[0]) if found else -1
