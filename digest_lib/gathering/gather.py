"""Gathering: from the web into the archive, and from the archive onto the desk.

**When a day ends.** A post covers the news up to its day's cut-off, and a newsroom that gathers once a day
does so after that. So the first gather at or after a day's cut-off (and before the next day's) closes the
day: what it fetched still belongs to it, and the next day begins there, with neither gap nor overlap. A later
gather, or a re-run, moves nothing. Where no gather closed the day (imported news), the cut-off itself does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest_lib import parameters, settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article, Articles, Coverage
from digest_lib.articles.lost import Lost
from digest_lib.articles.poisoned import poisoned
from digest_lib.articles.report import FeedReport, GatherReport
from digest_lib.articles.tables import NEWER
from digest_lib.day import Day
from digest_lib.documents.opml import FeedSource, expanded, read_opml
from digest_lib.errors import BadInput, BlindDay, UserError
from digest_lib.gathering.dating import date_by_pages
from digest_lib.gathering.hearing import Heard, Listener, Progress
from digest_lib.gathering.publishers import Publishers
from digest_lib.gathering.reading import read
from digest_lib.secrets import Scanner
from digest_lib.settings import Home
from digest_lib.web.clock import check_order, check_witnesses
from digest_lib.web.fetch import Limits
from digest_lib.web.loops import run_async

__all__ = ["Progress", "close", "gather", "gather_day", "read"]


def gather(
    date: str | int | None = None,
    *,
    days: int = 1,
    queries: Sequence[str] = (),
    cut_off: str | None = None,
    since: str | None = None,
) -> Articles:
    """The articles of the window of `days` that ends with the day `date`, from the archive.

    `date` None is the day of the archive's latest article, never later than today; with an empty archive
    it is today. Only for today, only if no gather with these `queries` closed it yet, and only where
    `DIGEST_FETCH` allows it, the feeds are fetched first. `cut_off` (ISO 8601 with zone) says where the day
    ends, for a re-run of a day whose run recorded it, and `since` where the run of the day before did, so
    that no news falls between two posts. The day of the result has the cut-off that was used.

    A damaged file of the archive is set aside, and named in the coverage of the days that it bore on. Raises
    `BlindDay` when nothing was gathered for the window, `UserError` for a malformed date, `BadInput` for a
    broken `feeds.opml`, for a file of a later version, and for a day that has lost all it had or that had a
    post already (what is missing must not pass for silence), repaired or not; `StorageError` when the disk is
    full.
    """
    parameters.check(date=date, window_days=days, queries=queries, cut_off=cut_off, since=since)
    home = Home.find()
    archive = Archive(home.archive)
    moment = settings.now()
    day = _day(archive, date, moment)
    is_open = cut_off is None and day.date == Day.today(moment).date
    if is_open and settings.may_fetch() and _closing(archive, day, queries) is None:
        gather_day(home, moment, queries)
    closed = close(archive, day, queries) if cut_off is None else Day(day.date, _moment(cut_off))
    begin = _moment(since) if since else close(archive, day.shifted(-days), queries).cutoff
    found, coverage = _seen(archive, begin, closed.cutoff)
    if archive.problems and archive.put_damage_aside():
        # Met once: with it out of the way, this run reads the archive as every later one will.
        archive = Archive(home.archive)
        found, coverage = _seen(archive, begin, closed.cutoff)
    # Less than there was must replace no post, and nothing at all must not pass for silence.
    lost = _lost(archive, begin, closed, refused=cut_off is not None or not found)
    _refuse_newer(archive.problems)
    if coverage.blind:
        raise BlindDay(day.date, home.archive)
    coverage = replace(coverage, failed=(*coverage.failed, *((one.name, one.reason) for one in lost)))
    left_out = poisoned(found)
    found = [article for article in found if article.id not in left_out]
    return Articles(tuple(found), closed, days, coverage, left_out=tuple(left_out.values()))


def _seen(archive: Archive, begin: datetime, until: datetime) -> tuple[list[Article], Coverage]:
    return archive.articles(until, since=begin), archive.coverage(until, since=begin)


def _lost(archive: Archive, begin: datetime, day: Day, *, refused: bool) -> list[Lost]:
    """The damaged files that held something of the day. Raises `BadInput` for the first where it is
    `refused` to do without."""
    waiting, gone = archive.lost(begin, day.cutoff, day), archive.gone(begin, day.cutoff, day)
    if waiting and refused:
        mends = "put back a copy of it, or run: digest archive repair"
        raise BadInput(waiting[0].name, f"{waiting[0].reason}; {mends}")
    if gone and refused:
        why = f"what it held of {day.date} is not in the archive any more, so no post is made of what is left"
        raise BadInput(gone[0].name, f"{gone[0].reason}; {why}: put a copy of the file back there")
    return [*waiting, *gone]


def _refuse_newer(problems: Mapping[Path, str]) -> None:
    """Raises `BadInput` for a file of a later version among those that cannot be read."""
    for path, reason in problems.items():
        if reason.startswith(NEWER):
            raise BadInput(path, f"{reason}, or move it away to do without what it holds")


def close(archive: Archive, day: Day, queries: Sequence[str] = ()) -> Day:
    """The day with the cut-off that the archive shows it had (see the module): the first gather that closed
    it and asked all the `queries`, else the first that closed it, else its own."""
    closing = _closing(archive, day, queries) or _closing(archive, day, ())
    return Day(day.date, closing) if closing else day


def gather_day(
    home: Home,
    now: datetime,
    queries: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    limits: Limits | None = None,
    replay: bool = False,
    catch_up: bool = False,
) -> GatherReport:
    """Fetches every feed of `feeds.opml` once, search feeds once for each query, and archives what is new.

    Articles are `fetched` at `now`; those without a date, or with one in the next year, are `published`
    then. Those whose date is there and cannot be read or cannot be true wait for one, which their pages are
    asked for. The report, which is archived too, says of each feed what became of it. Works under Jupyter's
    running event loop. Raises `BadInput` for a broken `feeds.opml`, `StorageError`, and `WrongClock` where
    `now` cannot be (a `replay` may go back in time), archiving nothing; no feed raises. With `catch_up`, what
    was published on days that no gather listened to counts for them, as if it had been imported.
    """
    archive = Archive(home.archive)
    last = archive.log.last()
    if not replay:
        check_order(now, last)
    listed = read_opml(home.feeds)
    feeds = expanded(listed, queries)
    moment = now.astimezone(UTC)
    listener = Listener(Publishers(listed), moment, archive.validators.load())
    found = run_async(listener.hear(feeds, progress, limits))
    if settings.is_of_this_machine(now):
        check_witnesses(now, listener.served)
    # Articles before validators: stopped between the two, the next gather fetches once too often.
    scanner = Scanner()
    found = {url: _without_poison(heard, scanner) for url, heard in found.items()}
    articles = [article for feed in feeds for article in found[feed.url].articles]
    new = archive.add(_made_up_for(articles, last, now) if last and catch_up else articles)
    new |= archive.add_unread(one for feed in feeds for one in found[feed.url].unread)
    archive.validators.keep({url: one.known for url, one in found.items() if one.known is not None})
    report = GatherReport(moment, "gather", _counted(feeds, found, new), tuple(queries))
    archive.log.keep(report)
    date_by_pages(archive, moment)
    return report


def _made_up_for(articles: Sequence[Article], last: datetime, now: datetime) -> list[Article]:
    """The articles, those of the days between the `last` gather and today's as if they had been fetched then:
    a machine that slept for days tells of each day what its feeds still list."""
    yesterday = Day.today(now).shifted(-1)
    if Day.today(last).date >= yesterday.date:
        return list(articles)
    slept = [last < article.published <= yesterday.cutoff for article in articles]
    return [
        replace(one, fetched=one.published) if late else one
        for one, late in zip(articles, slept, strict=True)
    ]


def _without_poison(heard: Heard, scanner: Scanner) -> Heard:
    """What was heard without the articles that hold a secret's value, which its report names."""
    bad = poisoned([*heard.articles, *(one.article for one in heard.unread)], scanner)
    if not bad:
        return heard
    return replace(
        heard,
        articles=tuple(article for article in heard.articles if article.id not in bad),
        unread=tuple(one for one in heard.unread if one.article.id not in bad),
        report=replace(heard.report, poisoned=tuple(sorted(bad.values()))),
    )


def _counted(
    feeds: Sequence[FeedSource], found: Mapping[str, Heard], new: frozenset[str]
) -> tuple[FeedReport, ...]:
    """The reports in the feed list's order; a new article counts for the first feed that has it."""
    left = set(new)
    reports = []
    for feed in feeds:
        heard = found[feed.url]
        mine = {article.id for article in (*heard.articles, *(one.article for one in heard.unread))} & left
        left -= mine
        reports.append(replace(found[feed.url].report, new=len(mine)))
    return tuple(reports)


def _day(archive: Archive, date: str | int | None, now: datetime) -> Day:
    if date is not None:
        return Day.of(date)
    today = Day.today(now)
    latest = archive.latest()
    if latest is None:
        return today
    day = Day.covering(latest)
    before = close(archive, day.shifted(-1))
    return min(before if latest <= before.cutoff else day, today, key=lambda one: one.date)


def _closing(archive: Archive, day: Day, queries: Sequence[str]) -> datetime | None:
    """When the first gather that heard a feed and asked all the queries closed the day."""
    instant = timedelta(microseconds=1)
    begin, end = day.cutoff - instant, day.shifted(1).cutoff - instant
    for report in archive.log.between(begin, end):
        if report.kind == "gather" and report.answered and {*queries} <= {*report.queries}:
            return report.when
    return None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UserError(f"cut_off «{text}» is not a time with a zone; write 2026-07-29T05:00+08:00")
    return moment.astimezone(UTC)
