"""What is remarkable in a day's numbers: statements that are computed, each with the table it is read off.

They stand where an llm's analysis would. A number that says nothing (neither the most nor the first for days,
nor a share that moved) makes no statement; a young archive makes none either, and one that is no older than
what is said of it says so («有紀錄的 9 天裡»): nobody knows what was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import takewhile

from digest_lib.checking.digest import Sentence, Table
from digest_lib.stories.continuity import MEMORY, Past
from digest_lib.stories.history import History
from digest_lib.stories.kinds import Kind, kind_of_texts
from digest_lib.stories.story import Stories
from digest_lib.stories.traits import Told
from digest_lib.writing.frames import Frames, frames

#: Days of which something can be the most or the first, and that must have been without it.
LEAST_DAYS, LEAST_WITHOUT = 7, 3
#: Articles of a day, and of a story, that can be the most of many days.
LEAST_ARTICLES, LEAST_REPORTS = 5, 3
#: Points by which a share must move, and the articles of a week that make a share.
LEAST_POINTS, LEAST_OF_WEEK = 10, 20
#: Days without news that are told: who reads daily knows of yesterday's.
LEAST_SINCE = 2
#: Days on which a story was told, its own among them, that are many.
LEAST_TOLD = 3
#: Kinds that are one to a reader: a break-in is an incident, too.
_BROKEN = (Kind.INCIDENT, Kind.SECURITY)
_WEEK = 7
_ROWS = 8


@dataclass(frozen=True, slots=True)
class Remark:
    """A statement, the numbers that it states, and its table."""

    text: str
    counts: Mapping[str, int]
    table: Table

    @property
    def sentence(self) -> Sentence:
        return Sentence(text=self.text, kind="count")


def remarks(
    stories: Stories,
    name: str,
    language: str,
    past: History | None,
    told: Past | None,
    heads: Mapping[str, str] | None = None,
) -> list[Remark]:
    """The day's remarks. `past` are the articles a day, with the day's own last; `told` the earlier posts;
    `heads` what heads the stories (by id)."""
    heads = heads or {}
    frame = frames(language)
    found: list[Remark] = []
    if past is not None and name in past.counts and past.days and past.days[-1] == stories.day.date:
        # A number that the post does not show otherwise would contradict it.
        if past.counts[name][-1] == stories.matched:
            found += _by_day(past, name, frame)
        found += _share(past, name, frame)
    if told is None or not told.stories:
        return found
    if not stories:
        found += _last_news(stories, name, told, frame)
    else:
        heads = {story.id: heads.get(story.id, story.lead.title) for story in stories}
        days = {remark.counts.get("past_days") for remark in found}
        kinds = [r for r in _first_of_kind(stories, told, frame, heads) if r.counts["past_days"] not in days]
        found += [*_largest(stories, told, frame, heads), *kinds, *_goes_on(stories, told, frame, heads)]
    return found


def _by_day(past: History, name: str, frame: Frames) -> Iterator[Remark]:
    """The most articles of many days; the first day with, or without, any."""
    known = [(d, n) for d, n in zip(past.days, past.counts[name], strict=True) if n is not None]
    today, before = known[-1][1], [n for _, n in known[:-1]]
    table = Table(head=[frame.day, name], rows=[[str(d), str(n)] for d, n in reversed(known[-_ROWS:])])

    def run(holds: Callable[[int], bool]) -> int:
        return len(list(takewhile(holds, reversed(before))))

    def recorded(days: int) -> bool:
        """Is nothing known of the day before so many, or of one among them?"""
        unbroken = (known[-1][0] - known[-1 - days][0]).days == days
        return not unbroken or (days == len(before) and len(known) < len(past.days))

    less = run(lambda n: n < today)
    if today >= LEAST_ARTICLES and less + 1 >= LEAST_DAYS:
        span = _span(frame, less + 1, recorded=recorded(less))
        yield _remark(frame.most_articles, table, span, name=name, about=today, past_days=less + 1)
        return
    pattern, days = (
        (frame.first_again, run(lambda n: n == 0)) if today else (frame.first_without, run(lambda n: n > 0))
    )
    young = recorded(days)
    if days >= (LEAST_DAYS - 1 if young else LEAST_WITHOUT):
        yield _remark(pattern, table, _span(frame, days + 1, recorded=young), name=name, past_days=days + 1)


def _span(frame: Frames, days: int, *, recorded: bool) -> dict[str, str]:
    """Of how many days something is the most or the first; `recorded`: the archive tells of no other day."""
    span, first = (frame.span_recorded, frame.first_recorded) if recorded else (frame.span, frame.first)
    return {"span": span.format(past_days=days), "first": first.format(past_days=days)}


def _share(past: History, name: str, frame: Frames) -> Iterator[Remark]:
    """The family's share of the articles about it and its rivals, this week beside the one before."""
    this, last = (
        {family: [n for n in part(row) if n is not None] for family, row in past.counts.items()}
        for part in (_last_week, _week_before)
    )
    if min(len(this[name]), len(last[name])) < _WEEK:
        return
    sums = [{family: sum(row) for family, row in week.items()} for week in (this, last)]
    totals = [sum(week.values()) for week in sums]
    if min(totals) < LEAST_OF_WEEK:
        return
    now, then = (round(100 * week[name] / total) for week, total in zip(sums, totals, strict=True))
    if abs(now - then) >= LEAST_POINTS:
        table = Table(
            head=[frame.family, frame.this_week, frame.week_before],
            rows=[[f, str(sums[0][f]), str(sums[1][f])] for f in past.counts],
        )
        yield _remark(frame.share, table, {}, name=name, share_now=now, share_then=then, week=_WEEK)


def _last_week(row: Sequence[int | None]) -> Sequence[int | None]:
    return row[-_WEEK:]


def _week_before(row: Sequence[int | None]) -> Sequence[int | None]:
    return row[-2 * _WEEK : -_WEEK]


def _largest(stories: Stories, told: Past, frame: Frames, heads: Mapping[str, str]) -> Iterator[Remark]:
    """A story with more reports than any that the posts of many days told."""
    earlier = [(e.post[:10], e.headline, len(reports)) for e, reports in told.stories]
    most = max(stories, key=lambda s: len(s.articles))
    reports, today = len(most.articles), stories.day.date
    since = max((d for d, _, n in earlier if n >= reports), default="")
    days, span = _since(today, since, min(d for d, _, _ in earlier), frame)
    if reports >= LEAST_REPORTS and days >= LEAST_DAYS:
        rows = sorted((e for e in earlier if e[0] > since), key=lambda e: (-e[2], e[0]))[: _ROWS - 1]
        table = Table(
            head=[frame.day, frame.story, frame.reports],
            rows=[[str(today), heads[most.id], str(reports)], *([d, h, str(n)] for d, h, n in rows)],
        )
        yield _remark(frame.largest, table, span, reports=reports, past_days=days)


def _first_of_kind(stories: Stories, told: Past, frame: Frames, heads: Mapping[str, str]) -> Iterator[Remark]:
    """News of a kind of which the posts of many days had none: a launch, a price, an incident."""
    kinds = [(e.post[:10], e.headline, _kind_of(reports)) for e, reports in told.stories]
    today, first = stories.day.date, min(day for day, _, _ in kinds)
    for kind in frame.of_kind:
        new = [s for s in stories if s.kind == kind and s.follows is None]
        had = [
            (day, headline) for day, headline, of in kinds if of in (_BROKEN if kind in _BROKEN else (kind,))
        ]
        days, span = _since(today, max(had)[0] if had else "", first, frame)
        if new and days >= LEAST_DAYS:
            rows = [[str(today), heads[s.id]] for s in new] + [[*row] for row in sorted(had, reverse=True)]
            table = Table(head=[frame.day, frame.story], rows=rows[:_ROWS])
            yield _remark(frame.first_of_kind, table, span, kind=frame.of_kind[kind], past_days=days)


def _since(today: Date, last: str, first: str, frame: Frames) -> tuple[int, dict[str, str]]:
    """How many days ago the `last` one was, or else the `first` post that is known; and how it is told."""
    days = (today - today.fromisoformat(last or first)).days
    return days, _span(frame, days, recorded=not last and days < MEMORY.days)


def _last_news(stories: Stories, name: str, told: Past, frame: Frames) -> Iterator[Remark]:
    """On a day without news, when there was some, and which."""
    rows = [[e.post[:10], e.headline] for e, _ in reversed(told.stories)]
    days = (stories.day.date - stories.day.date.fromisoformat(rows[0][0])).days
    if days >= LEAST_SINCE:
        yield _remark(
            frame.last_news,
            Table(head=[frame.day, frame.story], rows=rows[:_ROWS]),
            {},
            name=name,
            past_days=days,
        )


def _kind_of(reports: Sequence[Told]) -> str | None:
    return kind_of_texts([(told.title, told.said) for told in reports])


def _goes_on(stories: Stories, told: Past, frame: Frames, heads: Mapping[str, str]) -> Iterator[Remark]:
    """The story that earlier posts have told on most days, and that goes on."""
    today = str(stories.day.date)
    threads = [
        {e.post[:10]: e.headline for e, _ in told.stories if e.story == story.id} | {today: heads[story.id]}
        for story in stories
        if story.follows
    ]
    longest = max(threads, key=len, default={})
    if len(longest) >= LEAST_TOLD:
        days = (stories.day.date - stories.day.date.fromisoformat(min(longest))).days + 1
        rows = [[day, headline] for day, headline in sorted(longest.items(), reverse=True)]
        table = Table(head=[frame.day, frame.story], rows=rows[:_ROWS])
        yield _remark(frame.goes_on, table, {}, past_days=days, days_told=len(longest))


def _remark(pattern: str, table: Table, span: Mapping[str, str], **values: str | int) -> Remark:
    counts = {key: value for key, value in values.items() if isinstance(value, int)}
    return Remark(pattern.format(**values, **span), counts, table)
