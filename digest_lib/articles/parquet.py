"""One Parquet file, or many, read and written by DuckDB: what a table is made of (`tables.py`)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest_lib.documents.plain import storable
from digest_lib.errors import StorageError

if TYPE_CHECKING:
    import duckdb

#: How every Parquet file begins and ends.
_MAGIC = b"PAR1"


#: This process's database, which is made once: it takes as long as twenty queries. A fork needs its own.
_DATABASE: dict[int, duckdb.DuckDBPyConnection] = {}
_LOCK = threading.Lock()
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,  # results in a stable order
    "autoinstall_known_extensions": False,  # never reaches for the network
    "autoload_known_extensions": False,
    "enable_external_file_cache": False,  # a file that was damaged since must be seen so
}


@contextmanager
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own to this process's database, which is in memory: its temporary tables are
    nobody else's, and go with it."""
    import duckdb

    with _LOCK:
        if os.getpid() not in _DATABASE:
            _DATABASE[os.getpid()] = duckdb.connect(":memory:", config=_CONFIG)
        own = _DATABASE[os.getpid()].cursor()
    try:
        yield own
    finally:
        own.close()


def rows(opened: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]] | None:
    """The rows, or None when one of the files that are asked cannot be read."""
    import duckdb

    unreadable = (
        duckdb.IOException,
        duckdb.InvalidInputException,
        duckdb.ConversionException,
        duckdb.BinderException,
    )
    try:
        found = opened.execute(sql, [*map(plain, values)]).fetchall()
    except unreadable:
        return None
    return list(found)


def versions(
    opened: duckdb.DuckDBPyConnection, files: Sequence[Path], problems: dict[Path, str]
) -> dict[Path, int | None]:
    """The schema version that each file names; a file that is no Parquet goes to `problems`."""
    import duckdb

    asked = "SELECT file_name, value FROM parquet_kv_metadata(?) WHERE key = 'schema_version'::BLOB"
    try:
        found = opened.execute(asked, [[str(path) for path in files]]).fetchall()
    except duckdb.Error as error:
        if len(files) == 1:
            if files[0].exists():
                problems[files[0]] = reason(error, files[0])
            return {}
        half = len(files) // 2
        return versions(opened, files[:half], problems) | versions(opened, files[half:], problems)
    return {Path(name): int(value) if value.isdigit() else None for name, value in found}


def latest(
    opened: duckdb.DuckDBPyConnection, files: Sequence[Path], columns: Sequence[str]
) -> dict[tuple[Path, str], datetime]:
    """(file, column) -> the latest time in it, by the files' own statistics; those that tell of it."""
    import duckdb

    asked = (
        "SELECT file_name, path_in_schema, max(stats_max_value) FROM parquet_metadata(?)"
        " WHERE list_contains(?, path_in_schema) GROUP BY ALL HAVING count(*) = count(stats_max_value)"
    )
    try:
        found = opened.execute(asked, [[str(path) for path in files], list(columns)]).fetchall()
        return {(Path(name), column): datetime.fromisoformat(value) for name, column, value in found}
    except (duckdb.Error, ValueError):  # one is damaged, or says it otherwise: all of them are read
        return {}


def is_whole(path: Path) -> bool:
    """Whether the file begins and ends as Parquet does; also one that is gone."""
    try:
        with path.open("rb") as file:
            begins = file.read(4)
            file.seek(-4, 2)
            return begins == file.read(4) == _MAGIC
    except FileNotFoundError:  # set aside meanwhile
        return True
    except OSError:
        return False


def column(opened: duckdb.DuckDBPyConnection, path: Path, name: str, kind: str) -> list[Any] | None:
    """The values of one column of a file; None when they cannot be read."""
    import duckdb

    try:
        found = opened.execute(f"SELECT {name}::{kind} FROM read_parquet(?)", [[str(path)]]).fetchall()  # noqa: S608
    except duckdb.Error:
        return None
    return [value for (value,) in found]


def write(path: Path, columns: Mapping[str, str], fresh: Sequence[tuple[Any, ...]], version: int) -> None:
    """Writes the rows to a file of this schema version. Raises `StorageError`."""
    kinds = list(columns.items())
    lists = ", ".join(f"unnest(?::{kind}[]) AS {name}" for name, kind in kinds)
    given = [[plain(row[index]) for row in fresh] for index in range(len(kinds))]
    copy(path, f"SELECT {lists}", given, version)


def copy(path: Path, sql: str, values: Sequence[Any], version: int) -> int:
    """Writes what the query gives to a file of this schema version; returns how many rows. Raises
    `StorageError`."""
    import duckdb

    target = str(path).replace("'", "''")
    try:
        with connection() as opened:
            opened.execute(f"CREATE TEMP TABLE fresh AS {sql}", list(values))
            written = opened.execute(
                f"COPY fresh TO '{target}' (FORMAT parquet, COMPRESSION zstd,"
                f" KV_METADATA {{schema_version: '{version}'}})"
            ).fetchone()  # how many rows
    except duckdb.Error as error:
        raise StorageError(path.parent, reason(error)) from error
    return int(written[0]) if written else 0


def plain(value: Any) -> Any:
    """A value as DuckDB takes it: times are UTC without saying so, text is storable."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return storable(value) if isinstance(value, str) else value


def reason(error: Exception, path: Path | None = None) -> str:
    """DuckDB's explanation in one line, without its class of error and echo of the query, and without the
    folders above the file, which are no reader's business."""
    line = str(error).strip().splitlines()[0]
    line = line.replace(str(path), "it") if path else line
    return line.partition("Error: ")[2] or line
