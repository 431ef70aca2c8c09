"""Append-only Parquet tables that DuckDB reads and writes: no server, no database file, no lock.

A table is a folder of `day=YYYY-MM-DD/<unique>.parquet` files, each written whole and never changed, so any
number of processes add to it at once, on any storage that many machines see. Every file carries the version
of its columns. A file that cannot be read (cut short, foreign, of a newer version) is left where it is and
left out, and `problems` names it: the rest of the archive goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from digest_lib.articles.plain import storable
from digest_lib.errors import StorageError
from digest_lib.files import fill_atomic

if TYPE_CHECKING:
    import duckdb

#: Of the columns' names, types and meaning. A reader refuses a version that it does not know.
SCHEMA_VERSION = 1


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
        path = self.folder / f"day={day.isoformat()}" / f"{uuid4().hex}.parquet"
        fill_atomic(path, lambda aside: self._write(aside, rows))

    def days(self) -> list[Date]:
        """The days that have a partition, oldest first."""
        return sorted(day for day, _ in self._partitions())

    def query(
        self,
        sql: str,
        values: Sequence[Any] = (),
        *,
        days: tuple[Date, Date] = (Date.min, Date.max),
        given: Sequence[str] | None = None,
    ) -> list[tuple[Any, ...]]:
        """The result of `sql` over `rows` (the readable files of partitions `days`, both included).

        `values` fill its `?`; `given`, if not None, is a table of ids that it can join: `given(id)`.
        """
        files = self._readable(days)
        if not files:
            return []
        # The only names in the text of the query are this library's own; every value is bound.
        names = ", ".join(self.columns)
        asked = f"WITH rows AS (SELECT {names} FROM read_parquet(?)) {sql}"  # noqa: S608
        with _connection() as connection:
            if given is not None:
                connection.execute("CREATE TABLE given AS SELECT unnest(?::VARCHAR[]) AS id", [list(given)])
            found = _rows(connection, asked, values, files)
            return self._without_broken(connection, asked, values, files) if found is None else found

    def _without_broken(
        self, connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any], files: list[Path]
    ) -> list[tuple[Any, ...]]:
        """Asks again without the files that fail when they are read alone."""
        sound = [path for path in files if self._sound(connection, path)]
        return (_rows(connection, sql, values, sound) or []) if sound else []

    def _sound(self, connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
        """Whether every column of the file can be read; notes the problem if not."""
        import duckdb

        names = ", ".join(f"max({name}::{kind})" for name, kind in self.columns.items())
        try:
            connection.execute(f"SELECT {names} FROM read_parquet(?)", [[str(path)]]).fetchall()  # noqa: S608
        except duckdb.Error as error:
            self.problems[path] = _reason(error)
            return False
        return True

    def _readable(self, days: tuple[Date, Date]) -> list[Path]:
        """The partitions' files that say they are of a version that this library knows."""
        files = [
            path
            for day, folder in self._partitions()
            if days[0] <= day <= days[1]
            for path in sorted(folder.glob("*.parquet"))
            if path not in self.problems
        ]
        if not files:
            return []
        with _connection() as connection:
            versions = _versions(connection, files, self.problems)
        for path in files:
            version = versions.get(path)
            if path not in self.problems and version != SCHEMA_VERSION:
                self.problems[path] = _version_problem(version)
        return [path for path in files if path not in self.problems]

    def _partitions(self) -> list[tuple[Date, Path]]:
        found = []
        for folder in sorted(self.folder.glob("day=*")):
            try:
                found.append((Date.fromisoformat(folder.name.removeprefix("day=")), folder))
            except ValueError:
                self.problems[folder] = "not a partition; its name should be day=YYYY-MM-DD"
        return found

    def _write(self, path: Path, rows: Sequence[tuple[Any, ...]]) -> None:
        import duckdb

        kinds = list(self.columns.items())
        lists = ", ".join(f"unnest(?::{kind}[]) AS {name}" for name, kind in kinds)
        columns = [[_plain(row[index]) for row in rows] for index in range(len(kinds))]
        target = str(path).replace("'", "''")
        try:
            with _connection() as connection:
                connection.execute(f"CREATE TABLE fresh AS SELECT {lists}", columns)
                connection.execute(
                    f"COPY fresh TO '{target}' (FORMAT parquet, COMPRESSION zstd,"
                    f" KV_METADATA {{schema_version: '{SCHEMA_VERSION}'}})"
                )
        except duckdb.Error as error:
            raise StorageError(path.parent, _reason(error)) from error


def _plain(value: Any) -> Any:
    """A value as DuckDB takes it: times are UTC without saying so, text is storable."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return storable(value) if isinstance(value, str) else value


def _connection() -> duckdb.DuckDBPyConnection:
    """A database in memory that never reaches for the network. One thread: results in a stable order."""
    import duckdb

    return duckdb.connect(
        ":memory:",
        config={"threads": 1, "autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any], files: Sequence[Path]
) -> list[tuple[Any, ...]] | None:
    """The rows, or None when one of the files cannot be read."""
    import duckdb

    unreadable = (
        duckdb.IOException,
        duckdb.InvalidInputException,
        duckdb.ConversionException,
        duckdb.BinderException,
    )
    try:
        found = connection.execute(sql, [[str(path) for path in files], *map(_plain, values)]).fetchall()
    except unreadable:
        return None
    return list(found)


def _versions(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], problems: dict[Path, str]
) -> dict[Path, int | None]:
    """The schema version that each file names; a file that is no Parquet goes to `problems`."""
    import duckdb

    asked = "SELECT file_name, value FROM parquet_kv_metadata(?) WHERE key = 'schema_version'::BLOB"
    try:
        found = connection.execute(asked, [[str(path) for path in files]]).fetchall()
    except duckdb.Error as error:
        if len(files) == 1:
            problems[files[0]] = _reason(error)
            return {}
        half = len(files) // 2
        return _versions(connection, files[:half], problems) | _versions(connection, files[half:], problems)
    return {Path(name): int(value) if value.isdigit() else None for name, value in found}


def _version_problem(version: int | None) -> str:
    if version is None:
        return "not a file of this archive"
    return f"written by a newer version (schema {version}, this one reads {SCHEMA_VERSION}); update digest"


def _reason(error: Exception) -> str:
    """DuckDB's explanation in one line, without its class of error and echo of the query."""
    line = str(error).strip().splitlines()[0]
    return line.partition("Error: ")[2] or line
