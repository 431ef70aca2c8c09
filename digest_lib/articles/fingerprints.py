"""What the archive says of each day, in a name: the same for the same rows, in whatever files they lie."""

from __future__ import annotations

from collections import defaultdict
from datetime import date as Date

from digest_lib.articles.archive import Archive
from digest_lib.articles.partitions import day_of
from digest_lib.articles.tables import DAY, Table
from digest_lib.files import digest_of

#: The tables that a day's digest is written from.
_TABLES = ("articles", "texts", "pages")


def fingerprints(archive: Archive, first: Date, last: Date) -> dict[Date, str]:
    """A name for the articles, texts, pages and gathers of each of these days (both included)."""
    found: defaultdict[Date, list[str]] = defaultdict(list)
    for name in _TABLES:
        for day, said in _of_table(archive.tables[name], first, last).items():
            found[day] += [name, said]
    for folder in sorted((archive.folder / "gathers").glob("day=*")):
        when = day_of(folder)
        if when and first <= when <= last:  # a report is written once, under a name of its own
            found[when] += ["gathers", *sorted(path.name for path in folder.glob("*.json"))]
    return {day: digest_of(*parts) for day, parts in sorted(found.items())}


def _of_table(table: Table, first: Date, last: Date) -> dict[Date, str]:
    """Each row counts once: a killed compaction leaves it twice, and the next one puts that right."""
    said = ", ".join(f"coalesce({name}::VARCHAR, '')" for name in table.columns)
    rows = table.query(
        f"SELECT {DAY}, md5(string_agg(said, '' ORDER BY said))"  # noqa: S608 - built from constants
        f" FROM (SELECT DISTINCT {DAY}, md5(concat_ws(chr(31), {said})) AS said FROM rows)"
        f" GROUP BY {DAY} ORDER BY {DAY}",
        days=(first, last),
    )
    return dict(rows)
