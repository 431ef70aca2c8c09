"""Full texts that are kept for so many days: what nobody cites goes then, and the article itself stays.

What a text goes from keeps all else: title, summary, publisher, dates, what its page said of itself. The file
that holds it is written anew before the old one goes, as in `compacting.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date as Date
from pathlib import Path

from digest_lib.articles import parquet
from digest_lib.articles.archive import Archive
from digest_lib.articles.partitions import file_name, is_month, span_of
from digest_lib.articles.tables import Table, version_of
from digest_lib.files import digest_of, fill_atomic

#: What stands in place of the text.
GONE = "its text was kept for as long as this newsroom keeps texts"
_GOES = "(text != '' AND id NOT IN (SELECT unnest(?::VARCHAR[])))"


def due_files(archive: Archive, since: Date, before: Date) -> list[tuple[Table, Path]]:
    """The files of the archive whose texts go before `before`, less those that went before `since`."""
    found = []
    for table in (archive.tables["texts"], archive.tables["articles"]):
        for path in table.readable((since, before)):
            span = span_of(path)
            if span and span[1] < before:
                found.append((table, path))
    return found


def forget_texts(files: Iterable[tuple[Table, Path]], cited: Collection[str]) -> int:
    """Takes the full texts in these files from articles that are not `cited` (ids), and returns from how many
    rows. Raises `StorageError`, having lost nothing else."""
    given, count = sorted(cited), 0
    for table, path in files:
        if due := _due(path, given):
            _rewrite(table, path, given)
            count += due
    return count


def _due(path: Path, cited: list[str]) -> int:
    """How many rows of the file have a text that goes; 0 for a file that cannot be read."""
    asked = f"SELECT count(*) FROM read_parquet(?) WHERE {_GOES}"  # noqa: S608 - built from constants
    with parquet.connection() as opened:
        found = parquet.rows(opened, asked, [[str(path)], cited])
    return int(found[0][0]) if found else 0


def _rewrite(table: Table, path: Path, cited: list[str]) -> None:
    instead = {"text": f"CASE WHEN {_GOES} THEN '' ELSE text END AS text"}
    values: list[object] = [cited]
    if "problem" in table.columns:
        instead["problem"] = f"CASE WHEN {_GOES} THEN ? ELSE problem END AS problem"
        values += [cited, GONE]
    columns = [instead.get(name, name) for name in table.columns_of(path)]
    sql = f"SELECT {', '.join(columns)} FROM read_parquet(?)"  # noqa: S608 - built from constants
    name = digest_of(path.name, GONE, *cited)
    fresh = path.with_name(file_name(name, monthly=is_month(path)))
    fill_atomic(fresh, lambda aside: parquet.copy(aside, sql, [*values, [str(path)]], version_of(fresh)))
    path.unlink(missing_ok=True)
