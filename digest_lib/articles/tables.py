"""Append-only Parquet tables that DuckDB reads and writes: no server, no database file, no lock.

A table is a folder of `day=YYYY-MM-DD/<unique>.parquet` files, each written whole and never changed, so any
number of processes add to it at once, on any storage that many machines see. Every file carries the version
of its columns. A file that cannot be read (cut short, foreign, of a newer version) is left where it is and
left out, and `problems` names it: the rest of the archive goes on.

Version 1 has a table's columns. Version 2 has the row's day (`of_day`) before them: a
month's days in one file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from digest_lib.articles import parquet
from digest_lib.articles.partitions import TRIES, file_name, is_month, listed
from digest_lib.errors import RestlessFiles, StorageError
from digest_lib.files import fill_atomic

if TYPE_CHECKING:
    import duckdb

#: How the problem begins of a file that is sound, and of a later version of this library.
NEWER = "written by a newer version"

#: Of the columns' names, types and meaning: of a day's files, and of a month's. A reader refuses a version
#: that it does not know.
_DAY_VERSION, _MONTH_VERSION = 1, 2
#: The column of a row's day. Not `day`: DuckDB would read that from the folder's name instead.
DAY = "of_day"
#: The day of a row that is in a day's file, by the name of its folder.
_OF_FOLDER = r"regexp_extract(filename, 'day=(\d{4}-\d{2}-\d{2})[^/\\]*[/\\][^/\\]+$', 1)::DATE"
#: With fewer files it is quicker to look into each.
_MANY = 50
#: A file by its name, size and time: written once, it stays what it is.
_Key = tuple[Path, int, int]
#: The versions, and the latest times, of the files that this process has looked at.
_SEEN: dict[_Key, int | None] = {}
_LATEST: dict[_Key, dict[str, datetime]] = {}


class Table:
    """The rows below `folder`; `columns` are names and DuckDB types, in order."""

    def __init__(self, folder: Path, columns: Mapping[str, str]) -> None:
        self.folder = folder
        self.columns = columns
        #: file -> why it was left out, of the files met so far
        self.problems: dict[Path, str] = {}

    def append(self, day: Date, rows: Sequence[tuple[Any, ...]]) -> None:
        """Adds one file with the rows to the partition `day`. Adds nothing when it raises `StorageError`."""
        if not rows:
            return
        path = self.folder / f"day={day.isoformat()}" / file_name(uuid4().hex, monthly=False)

        def fill(aside: Path) -> None:
            parquet.write(aside, self.columns_of(path), rows, version_of(path))

        try:
            fill_atomic(path, fill)
        except StorageError:
            if path.parent.is_dir():
                raise
            fill_atomic(path, fill)  # the folder was empty, and a compaction has just removed it

    def query(
        self,
        sql: str,
        values: Sequence[Any] = (),
        *,
        days: tuple[Date, Date] = (Date.min, Date.max),
        given: Sequence[str] | None = None,
        since: Mapping[str, datetime] | None = None,
    ) -> list[tuple[Any, ...]]:
        """The result of `sql` over `rows` (those of the days `days`, both included, in files that can be
        read).

        `rows` has each row's day (`DAY`) too where `sql` names it. `values` fill its `?`; `given`, if not
        None, is a table of ids that it can join: `given(id)`. Files that have no time in any of the columns
        `since` that is as late are left out: for a query that wants none of their rows, and has thousands of
        files to look into.
        """
        for _ in range(TRIES):
            files = self._reaching(self.readable(days), since or {})
            if not files:
                return []
            with parquet.connection() as opened:
                if given is not None:
                    made = "CREATE TEMP TABLE given AS SELECT unnest(?::VARCHAR[]) AS id"
                    opened.execute(made, [list(given)])
                found = self._asked(opened, sql, values, files, days)
                if found is not None:
                    return found
                # One that is gone was compacted, or set aside by another process that met the damage first;
                # one that is damaged is noted, and left out of the next listing.
                if all(path.exists() for path in files):
                    for path in files:
                        self.sound(opened, path)
        raise RestlessFiles(self.folder)

    def _asked(
        self,
        opened: duckdb.DuckDBPyConnection,
        sql: str,
        values: Sequence[Any],
        files: Sequence[Path],
        days: tuple[Date, Date],
    ) -> list[tuple[Any, ...]] | None:
        # The only names in the text of the query are this library's own; every value is bound.
        names, parts, bound = ", ".join(self.columns), [], list[Any]()
        dated = DAY in sql
        if of_days := [str(path) for path in files if not is_month(path)]:
            day = f", {_OF_FOLDER} AS {DAY}" if dated else ""
            parts.append(f"SELECT {names}{day} FROM read_parquet(?, filename = true)")  # noqa: S608
            bound.append(of_days)
        if of_months := [str(path) for path in files if is_month(path)]:
            day = f", {DAY}" if dated else ""
            parts.append(f"SELECT {names}{day} FROM read_parquet(?) WHERE {DAY} BETWEEN ? AND ?")  # noqa: S608
            bound += [of_months, *days]
        return parquet.rows(opened, f"WITH rows AS ({' UNION ALL '.join(parts)}) {sql}", [*bound, *values])

    def sound(self, opened: duckdb.DuckDBPyConnection, path: Path) -> bool:
        """Whether every column of the file can be read; notes the problem if not."""
        import duckdb

        # Not their greatest values: those stand in the file's index, which may be whole where they are not.
        columns = self.columns_of(path).items()
        names = ", ".join(f"bit_xor(hash({name}::{kind}))" for name, kind in columns)
        try:
            opened.execute(f"SELECT {names} FROM read_parquet(?)", [[str(path)]]).fetchall()  # noqa: S608
        except duckdb.Error as error:
            self.problems[path] = parquet.reason(error, path)
            return False
        return True

    def readable(self, days: tuple[Date, Date]) -> list[Path]:
        """The partitions' files that say they are of a version that this library knows.

        A file that goes while they are looked at was compacted, or set aside: they are listed anew, since its
        rows stand in a file that the listing may not have.
        """
        for _ in range(TRIES):
            listing = [path for path in self.files(days) if path not in self.problems]
            found = self._versions(listing)
            for path, version in found.items():
                if path not in self.problems and version != version_of(path) and path.exists():
                    self.problems[path] = _version_problem(version)
            if all(path in found or path in self.problems for path in listing):
                return [path for path in listing if path not in self.problems]
        raise RestlessFiles(self.folder)

    def _reaching(self, files: Sequence[Path], since: Mapping[str, datetime]) -> list[Path]:
        """The files that have a time as late, or that do not tell."""
        if not since or len(files) < _MANY:
            return list(files)
        keys = {path: key for path in files if (key := _key(path))}
        if fresh := [path for path, key in keys.items() if not _LATEST.get(key, {}).keys() >= since.keys()]:
            with parquet.connection() as opened:
                found = parquet.latest(opened, fresh, list(since))
            for (path, column), moment in found.items():
                _LATEST.setdefault(keys[path], {})[column] = moment
        least = {column: parquet.plain(moment) for column, moment in since.items()}
        told = {path: _LATEST.get(keys[path], {}) if path in keys else {} for path in files}
        return [
            path
            for path in files
            if any(column not in told[path] or told[path][column] >= least[column] for column in least)
        ]

    def _versions(self, files: Sequence[Path]) -> dict[Path, int | None]:
        """The version that each file names; `problems` has those that are no Parquet."""
        keys = {path: key for path in files if (key := _key(path))}
        if fresh := [path for path, key in keys.items() if key not in _SEEN]:
            with parquet.connection() as opened:
                found = parquet.versions(opened, fresh, self.problems)
            # One that names no version is not remembered: it may be anything.
            _SEEN.update({keys[path]: found[path] for path in fresh if path in found})
        return {path: _SEEN.get(key) for path, key in keys.items()}

    def check(self, days: tuple[Date, Date] = (Date.min, Date.max)) -> None:
        """Reads every column of every file of these partitions; `problems` has what cannot be read."""
        files = self.readable(days)
        with parquet.connection() as opened:
            for path in files:
                if path.exists():
                    self.sound(opened, path)

    def torn(self) -> dict[Path, str]:
        """The files that do not begin and end as Parquet does: cut short, or overwritten. A glance at each,
        which a thousand days can afford."""
        files = self.files((Date.min, Date.max))
        return {path: "it is cut short, or no Parquet" for path in files if not parquet.is_whole(path)}

    def salvage_by_day(
        self, path: Path, needed: Collection[str]
    ) -> list[tuple[Date | None, tuple[Any, ...]]]:
        """The rows of a damaged file whose `needed` columns can be read; other columns that cannot are empty.
        None of them, where it holds nothing that can be had. Each with its day where the file has rows of
        several."""
        columns = self.columns_of(path)
        needed = {*needed, *(columns.keys() - self.columns.keys())}
        with parquet.connection() as opened:
            got = {name: parquet.column(opened, path, name, kind) for name, kind in columns.items()}
        lengths = {len(values) for values in got.values() if values is not None}
        if any(got[name] is None for name in needed) or len(lengths) != 1:
            return []
        count = min(lengths)
        days = got.pop(DAY, None) or [None] * count
        rows = zip(*(values or [""] * count for values in got.values()), strict=True)
        return list(zip(days, rows, strict=True))

    def columns_of(self, path: Path) -> dict[str, str]:
        """The columns of one of the table's files, by its name: a month's has the row's day before them."""
        return {**({DAY: "DATE"} if is_month(path) else {}), **self.columns}

    def files(self, days: tuple[Date, Date]) -> list[Path]:
        """The files that may have rows of these days (both included), readable or not."""
        files, strange = listed(self.folder, days)
        self.problems |= dict.fromkeys(strange, "not a partition; its name should be day=YYYY-MM-DD")
        return files


def version_of(path: Path) -> int:
    """The version that a file of this name has."""
    return _MONTH_VERSION if is_month(path) else _DAY_VERSION


def _key(path: Path) -> _Key | None:
    """None for a file that was compacted, or set aside, meanwhile."""
    try:
        told = path.stat()
    except OSError:
        return None
    return path, told.st_size, told.st_mtime_ns


def _version_problem(version: int | None) -> str:
    if version is None:
        return "not a file of this archive"
    return f"{NEWER} (schema {version}, this one reads {_DAY_VERSION} and {_MONTH_VERSION}); update digest"
