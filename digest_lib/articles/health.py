"""How each feed fares over time: a feed that falls silent or changes says nothing of it by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from digest_lib.articles.archive import Archive
from digest_lib.articles.report import FeedReport
from digest_lib.documents.dates import is_ahead

State = Literal["ok", "secret", "error", "moved", "changed", "silent"]

#: A feed is silent after so many times its longest pause; never before the second, and without any rhythm to
#: go by after the third.
_PAUSES = 3
_LEAST_SILENCE = timedelta(days=3)
_NO_RHYTHM = timedelta(days=30)
#: Reports of a feed, oldest first.
History = Sequence[tuple[datetime, FeedReport]]


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """One feed: its state, since when, and what a person would want to know or do."""

    title: str
    url: str
    state: State = "ok"
    since: datetime | None = None
    detail: str = ""
    #: gathers in a row that it did not answer
    fails: int = field(default=0, compare=False)


def feed_health(archive: Archive, until: datetime, days: float = 60) -> list[FeedHealth]:
    """The health at `until` of every feed that the last gather before it asked, in the order of the list, by
    the gathers of so many days."""
    gathers = archive.log.between(until - timedelta(days=days), until, "gather")
    histories: defaultdict[str, list[tuple[datetime, FeedReport]]] = defaultdict(list)
    for report in gathers:
        for feed in report.feeds:
            histories[feed.url].append((report.when, feed))
    return [judged(histories[feed.url]) for feed in (gathers[-1].feeds if gathers else ())]


def moves(archive: Archive, until: datetime, days: float = 60) -> dict[str, str]:
    """The feeds that have moved for good, old URL to new: the last two gathers that asked were both sent
    there, and what is there is a feed."""
    gathers = archive.log.between(until - timedelta(days=days), until, "gather")
    told: defaultdict[str, list[FeedReport]] = defaultdict(list)
    for report in gathers:
        for feed in report.feeds:
            told[feed.url].append(feed)
    last_two = {url: reports[-2:] for url, reports in told.items() if len(reports) > 1}
    return {url: last.moved for url, (before, last) in last_two.items() if _has_settled(before, last)}


def _has_settled(before: FeedReport, last: FeedReport) -> bool:
    """Were both sent to one place, and is a feed there?"""
    return bool(last.moved) and last.moved == before.moved and last.answered and before.answered


def judged(history: History) -> FeedHealth:
    """The health that the reports of one feed show; the gravest trouble where there are several."""
    last = history[-1][1]
    fails = next((n for n, (_, feed) in enumerate(reversed(history)) if feed.answered), len(history))
    for trouble in (_poisoned, _failing, _moved, _changed, _silent):
        if found := trouble(history):
            state, since, detail = found
            return FeedHealth(last.title, last.url, state, since, detail, fails)
    return FeedHealth(last.title, last.url)


_Trouble = tuple[State, datetime, str]


def _poisoned(history: History) -> _Trouble | None:
    read = [(when, feed) for when, feed in history if feed.answered and not feed.unchanged]
    return ("secret", read[-1][0], read[-1][1].poisoned[0]) if read and read[-1][1].poisoned else None


def _failing(history: History) -> _Trouble | None:
    heard = [index for index, (_, feed) in enumerate(history) if feed.answered]
    failed = history[heard[-1] + 1 if heard else 0 :]
    if not failed:
        return None
    last = failed[-1][1]
    before = f"last heard {history[heard[-1]][0]:%Y-%m-%d}" if heard else "never heard"
    reason = last.error or f"HTTP {last.status}"
    # It answered, but not with a feed any more: nobody but the publisher's web site changed.
    state: State = "changed" if heard and last.status == 200 else "error"  # noqa: PLR2004
    return state, failed[0][0], f"{reason} ({len(failed)} in a row; {before})"


def _moved(history: History) -> _Trouble | None:
    when, last = history[-1]
    if not last.moved:
        return None
    told = f"has moved for good to {last.moved}"
    if len(history) > 1 and _has_settled(history[-2][1], last):
        return "moved", when, f"{told}; run: digest feeds update"
    return "moved", when, f"{told}; digest feeds update takes it over if the next gather is sent there, too"


def _changed(history: History) -> _Trouble | None:
    read = [(when, feed) for when, feed in history if feed.answered and not feed.unchanged]
    if not read:
        return None
    when, last = read[-1]
    before = [feed for _, feed in read[:-1]]
    sound = [feed for feed in before if feed.items and len(feed.dropped) * 10 <= feed.items]
    if not last.items and any(feed.items for feed in before):
        had = next(feed.items for feed in reversed(before) if feed.items)
        return "changed", when, f"has no entries any more; it had {had}"
    if sound and len(last.dropped) * 2 > last.items:
        return "changed", when, f"{len(last.dropped)} of {last.items} entries lack a title or link"
    dated = any(feed.items > feed.undated for feed in before)
    if last.unread and last.undated == last.items:
        said = last.unread[0]
        what = (
            "all its dates are in the future" if is_ahead(said, "", when) else "none of its dates can be read"
        )
        return "changed", when, f"{what} («{said}»)"
    if dated and last.items and last.undated == last.items:
        return "changed", when, "none of its entries has a date that can be read any more"
    return None


def _silent(history: History) -> _Trouble | None:
    now = history[-1][0]
    # What the first reading brought was no news of that day.
    begin = history[0][0]
    news = [begin, *(when for when, feed in history[1:] if feed.new)]
    pauses = [later - earlier for earlier, later in pairwise(news[1:])]
    patience = max(_LEAST_SILENCE, _PAUSES * max(pauses)) if pauses else _NO_RHYTHM
    if now - news[-1] <= patience:
        return None
    return "silent", news[-1], f"nothing new since {news[-1]:%Y-%m-%d}"
