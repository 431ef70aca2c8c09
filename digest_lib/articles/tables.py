"""Append-only Parquet tables that DuckDB reads and writes: no server, no database file, no lock.

A table is a folder of `day=YYYY-MM-DD/<unique>.parquet` files, each written whole and never changed, so any
number of processes add to it at once, on any storage that many machines see. Every file carries the version
of its columns. A file that cannot be read (cut short, foreign, of a newer version) is left where it is and
left out, and `problems` names it: the rest of the archive goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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

#: How the problem begins of a file that is sound, and of a later version of this library.
NEWER = "written by a newer version"
#: How every Parquet file begins and ends.
_MAGIC = b"PAR1"

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
        # One that is gone was set aside by another process that met the damage first.
        sound = [path for path in files if path.exists() and self._sound(connection, path)]
        return (_rows(connection, sql, values, sound) or []) if sound else []

    def _sound(self, connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
        """Whether every column of the file can be read; notes the problem if not."""
        import duckdb

        # Not their greatest values: those stand in the file's index, which may be whole where they are not.
        names = ", ".join(f"bit_xor(hash({name}::{kind}))" for name, kind in self.columns.items())
        try:
            connection.execute(f"SELECT {names} FROM read_parquet(?)", [[str(path)]]).fetchall()  # noqa: S608
        except duckdb.Error as error:
            self.problems[path] = _reason(error, path)
            return False
        return True

    def _readable(self, days: tuple[Date, Date]) -> list[Path]:
        """The partitions' files that say they are of a version that this library knows."""
        files = [path for path in self.files(days) if path not in self.problems]
        if not files:
            return []
        with _connection() as connection:
            versions = _versions(connection, files, self.problems)
        for path in files:
            version = versions.get(path)
            if path not in self.problems and version != SCHEMA_VERSION and path.exists():
                self.problems[path] = _version_problem(version)
        return [path for path in files if path in versions and path not in self.problems]

    def check(self, days: tuple[Date, Date] = (Date.min, Date.max)) -> None:
        """Reads every column of every file of these partitions; `problems` has what cannot be read."""
        files = self._readable(days)
        with _connection() as connection:
            for path in files:
                self._sound(connection, path)

    def torn(self) -> dict[Path, str]:
        """The files that do not begin and end as Parquet does: cut short, or overwritten. A glance at each,
        which a thousand days can afford."""
        files = self.files((Date.min, Date.max))
        return {path: "it is cut short, or no Parquet" for path in files if not _is_whole(path)}

    def salvage(self, path: Path, needed: Collection[str]) -> list[tuple[Any, ...]]:
        """The rows of a damaged file whose `needed` columns can be read; other columns that cannot are empty.
        None of them, where it holds nothing that can be had."""
        with _connection() as connection:
            got = {name: _column(connection, path, name, kind) for name, kind in self.columns.items()}
        lengths = {len(values) for values in got.values() if values is not None}
        if any(got[name] is None for name in needed) or len(lengths) != 1:
            return []
        return list(zip(*(values or [""] * min(lengths) for values in got.values()), strict=True))

    def files(self, days: tuple[Date, Date]) -> list[Path]:
        """The files of these partitions (both included), readable or not."""
        folders = [folder for day, folder in self._partitions() if days[0] <= day <= days[1]]
        return [path for folder in folders for path in sorted(folder.glob("*.parquet"))]

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
            if files[0].exists():
                problems[files[0]] = _reason(error, files[0])
            return {}
        half = len(files) // 2
        return _versions(connection, files[:half], problems) | _versions(connection, files[half:], problems)
    return {Path(name): int(value) if value.isdigit() else None for name, value in found}


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            begins = file.read(4)
            file.seek(-4, 2)
            return begins == file.read(4) == _MAGIC
    except FileNotFoundError:  # set aside meanwhile
        return True
    except OSError:
        return False


def _column(connection: duckdb.DuckDBPyConnection, path: Path, name: str, kind: str) -> list[Any] | None:
    import duckdb

    try:
        found = connection.execute(f"SELECT {name}::{kind} FROM read_parquet(?)", [[str(path)]]).fetchall()  # noqa: S608
    except duckdb.Error:
        return None
    return [value for (value,) in found]


def _version_problem(version: int | None) -> str:
    if version is None:
        return "not a file of this archive"
    return f"{NEWER} (schema {version}, this one reads {SCHEMA_VERSION}); update digest"


def _reason(error: Exception, path: Path | None = None) -> str:
    """DuckDB's explanation in one line, without its class of error and echo of the query, and without the
    folders above the file, which are no reader's business."""
    line = str(error).strip().splitlines()[0]
    line = line.replace(str(path), "it") if path else line
    return line.partition("Error: ")[2] or line
