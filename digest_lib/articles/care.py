"""Looking after the archive: finding what is damaged, saying what can be had again, and mending what can be.

Nothing is thrown away: what was mended, or is beyond it, lies in `damaged/settled/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from typing import Any

from digest_lib.articles.archive import Archive
from digest_lib.articles.lost import Lost, all_lost, set_aside, settle
from digest_lib.articles.report import GatherReport

#: What a row of each table means nothing without; what else cannot be read is left empty.
NEEDED = {
    "articles": ("id", "url", "title", "publisher", "feed", "lang", "published", "fetched"),
    "texts": ("id", "read", "text", "problem"),
    "pages": ("id", "read", "author", "published", "publisher", "source"),
    "unread": ("id", "url", "title", "publisher", "feed", "lang", "said", "fetched"),
}
#: A gather this much later than now was dated by a wrong clock.
_LATER = timedelta(minutes=10)
#: What can still be read of a file, by day.
_Rows = defaultdict[Date, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A damaged file, how many of its rows can still be read, and what else can be had again."""

    lost: Lost
    rows: int
    says: str

    def __str__(self) -> str:
        return f"{self.lost}: {self.says}"


def check(archive: Archive, first: Date = Date.min, last: Date = Date.max) -> list[Lost]:
    """Reads every file of these days, sets what is damaged aside, and returns what was found now."""
    for table in archive.tables.values():
        table.check((first, last))
    archive.log.check(first, last)
    return archive.put_damage_aside()


def glance(archive: Archive) -> list[Lost]:
    """As `check`, and quick: finds what is cut short, not what is damaged inside."""
    cut = [table.torn() for table in archive.tables.values()]
    return set_aside(archive.folder, {path: why for found in cut for path, why in found.items()})


def torn(archive: Archive) -> list[str]:
    """The names of files that are cut short and lie in their place still: the next run sets them aside."""
    found = (path for table in archive.tables.values() for path in table.torn())
    return [str(path.relative_to(archive.folder)) for path in found]


def outlooks(archive: Archive) -> list[Outlook]:
    """What is set aside and waits for a person, with what a repair would bring."""
    return [_outlook(archive, lost, _rows(archive, lost)) for lost in all_lost(archive.folder)]


def _outlook(archive: Archive, lost: Lost, rows: _Rows) -> Outlook:
    count = sum(map(len, rows.values()))
    if lost.table in {"texts", "pages"}:
        again = "the pages are read again for today's posts only; older posts keep what they say"
    elif lost.table == "gathers":
        again = "what was gathered then is in the archive; only the report of it is lost"
    else:
        again = _heard(archive.log.of_days(*lost.span)) if lost.span else _heard(())
    salvaged = f"{count} of its rows can be read; " if count else "none of its rows can be read; "
    return Outlook(lost, count, ("" if lost.table == "gathers" else salvaged) + again)


def _heard(reports: Iterable[GatherReport]) -> str:
    """What was new that day, and who still has it."""
    new: dict[str, int] = {}
    for report in reports:
        for feed in report.feeds:
            if feed.new:
                new[feed.title] = new.get(feed.title, 0) + feed.new
    if not new:
        return "no gather of that day is known: import it again if it came by `digest import`"
    most = sorted(new.items(), key=lambda one: (-one[1], one[0]))
    shown = ", ".join(f"{title} ({count})" for title, count in most[:5]) + (", ..." if len(most) > 5 else "")  # noqa: PLR2004
    return (
        f"that day brought {sum(new.values())} new articles from {shown}; what these feeds still list comes "
        "back with the next gather"
    )


def _rows(archive: Archive, lost: Lost) -> _Rows:
    table = archive.tables.get(lost.table)
    rows: _Rows = defaultdict(list)
    for day, row in table.salvage_by_day(lost.path, NEEDED[lost.table]) if table else []:
        if of := day or lost.day:
            rows[of].append(row)
    return rows


def repair(archive: Archive, now: datetime) -> list[str]:
    """Puts back every row that can still be read, has the next gather ask every feed for all it lists, dates
    anew what a wrong clock dated later than `now`, and settles what was damaged. Returns a line for each
    thing done. Raises `StorageError`."""
    done = []
    waiting = all_lost(archive.folder)
    if waiting:
        # Before anything is settled: killed in between, nothing would be damaged the next time, and feeds
        # would go on answering that nothing is new.
        archive.validators.forget()
    for lost in waiting:
        rows = _rows(archive, lost)
        outlook = _outlook(archive, lost, rows)
        for day in sorted(rows):
            archive.tables[lost.table].append(day, rows[day])
        settle(archive.folder, lost)
        done.append(f"{lost.name}: {outlook.says}")
    return done + _dated_anew(archive, now)


def _dated_anew(archive: Archive, now: datetime) -> list[str]:
    """What was fetched after `now` was fetched before it, by a clock that was wrong: it counts from now."""
    latest, done = now + _LATER, []
    for path, report in archive.log.files():
        if report.when > latest and report.kind == "gather":
            archive.validators.forget()
            why = f"dated {report.when.isoformat()}, by a wrong clock"
            for lost in set_aside(archive.folder, {path: why}):
                settle(archive.folder, lost)
            name = path.relative_to(archive.folder)
            done.append(f"{name}: a gather of {report.when:%Y-%m-%d} is set aside")
    table = archive.tables["articles"]
    at = list(table.columns).index("fetched")
    for path in table.files((latest.date(), Date.max)):
        rows = [row for _, row in table.salvage_by_day(path, NEEDED["articles"])]
        if not any(row[at].replace(tzinfo=UTC) > latest for row in rows):
            continue
        archive.validators.forget()
        table.append(now.astimezone(UTC).date(), [_from_now(table.columns, row, now) for row in rows])
        for lost in set_aside(archive.folder, {path: "fetched later than now, by a wrong clock"}):
            settle(archive.folder, lost)
        done.append(f"{path.relative_to(archive.folder)}: {len(rows)} articles are dated anew")
    return done


def _from_now(columns: Iterable[str], row: tuple[Any, ...], now: datetime) -> tuple[Any, ...]:
    moment = now.astimezone(UTC).replace(tzinfo=None)
    return tuple(
        min(value, moment) if name in {"fetched", "published"} else value
        for name, value in zip(columns, row, strict=True)
    )
