"""How much news a family's day has, guessed before any of it is read: by that an experiment's runs are put in
order, and nothing else depends on it.

A guess from titles and from how summaries open takes some hundredths of a second, in which a notebook would
not even have begun. It does not know of namesakes, nor of what was told before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from digest_lib.articles.archive import Archive
from digest_lib.day import Day
from digest_lib.lab.planned import Run
from digest_lib.settings import Home
from digest_lib.stories.match import OPENING, is_of
from digest_lib.text.names import Aliases

#: Articles as they were gathered, and when a day sees each: an article of many rows counts once a day.
_SEEN = f"SELECT id, url, title, left(summary, {OPENING}), greatest(published, fetched) FROM rows"  # noqa: S608


class _Row(NamedTuple):
    id: str
    url: str
    words: str
    seen: datetime


def news(home: Home, runs: Iterable[Run]) -> dict[tuple[str, str], int]:
    """(date, family) of the runs -> how many articles seem to be about the family."""
    first: dict[tuple[str, str], Run] = {}
    for run in runs:
        first.setdefault((run.date, run.family), run)
    windows = {key: _window(run) for key, run in first.items()}
    if not windows:
        return {}
    rows = _rows(home, min(begin for begin, _ in windows.values()), max(end for _, end in windows.values()))
    found = {}
    for key, run in first.items():
        begin, end = windows[key]
        found[key] = len(_about(run, (row for row in rows if begin < row.seen <= end)))
    return found


def _window(run: Run) -> tuple[datetime, datetime]:
    """From when, and up to when, the run's day sees articles."""
    day, given = Day.of(run.date), run.parameters
    end = day.with_cutoff(given["cut_off"]).cutoff if given.get("cut_off") else day.cutoff
    if since := given.get("since"):
        return datetime.fromisoformat(str(since)).astimezone(UTC), end
    return end - timedelta(days=int(given.get("window_days", 1))), end


def _rows(home: Home, begin: datetime, end: datetime) -> list[_Row]:
    """Each row of the archive in which an article is seen after `begin` and up to `end`; the part of it that
    was fetched before, and published in it, is left out."""
    table = Archive(home.archive).tables["articles"]
    found = table.query(_SEEN, days=(begin.date(), end.date()))
    rows = (
        _Row(id_, url, f"{title}\n{opening}", seen.replace(tzinfo=UTC))
        for id_, url, title, opening, seen in found
    )
    return [row for row in rows if begin < row.seen <= end]


def _about(run: Run, rows: Iterable[_Row]) -> set[str]:
    """The ids of those of the rows that name the family, or are pages of its vendor."""
    given = run.parameters
    aliases = Aliases(given.get("aliases") or [], given.get("exclude") or [])
    official = given.get("official") or []
    return {row.id for row in rows if aliases.count(row.words) or is_of(row.url, official)}
