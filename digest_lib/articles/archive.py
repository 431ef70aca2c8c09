"""The archive: every article that was ever gathered or imported, in a folder that many processes add to.

```
articles/day=2026-07-29/*.parquet   articles, by the day (UTC) they were fetched; one file a gather and day
texts/day=2026-07-29/*.parquet      full texts read later, by the newsroom's day that read them
pages/day=2026-07-29/*.parquet      what those pages say of themselves: author, time, … (`pages_read.py`)
unread/day=2026-07-29/*.parquet     articles whose date is there and cannot be read (`unread.py`)
gathers/day=2026-07-29/*.json       what each gather and import did (`gather_log.py`)
robots/<name>.json                  what sites let robots read, for a day
feeds.json                          ETag and Last-Modified of the feeds (`validators.py`)
damaged/...                         files that cannot be read any more (`lost.py`)
```

**One article from many rows.** A feed is read again and again; a row is added only when it says something
new. Of the rows of an id that were fetched and published up to `until`, the one fetched first gives `url`,
`publisher`, `feed`, `published` and `fetched`; the one fetched last gives `title`, `summary` and `lang`; the
longest gives `text`. Words that were decoded with loss or by the wrong encoding (`damage.py`) count only
where no row has whole ones. Ties are broken by the rows' content, so the same files give the same articles.

**A window** ends at `until`, and holds the articles *seen* in it: seen is the later of published and fetched,
since what was fetched late is late news, not lost news. But a feed that is read for the first time brings
months of old articles; so nothing is news that was published more than `days` and two days of grace (a
weekend without gathering) before `until`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from pathlib import Path
from typing import Any

from digest_lib import settings
from digest_lib.articles.article import Article, Coverage
from digest_lib.articles.gather_log import GatherLog
from digest_lib.articles.lost import Lost, all_lost, all_settled, set_aside
from digest_lib.articles.pages_read import PagesRead
from digest_lib.articles.report import FeedReport
from digest_lib.articles.tables import NEWER, Table
from digest_lib.articles.twins import REACH, without_twins
from digest_lib.articles.unread import Unread, UnreadTable
from digest_lib.articles.validators import Validators
from digest_lib.day import Day
from digest_lib.documents.damage import damaged
from digest_lib.documents.plain import TITLE_LIMIT, one_line, shortened, storable
from digest_lib.files import digest_of
from digest_lib.web.robots import Kept

#: How much older than its window an article may be, when it was fetched late.
GRACE = timedelta(days=2)

_ARTICLES = {
    "id": "VARCHAR", "url": "VARCHAR", "title": "VARCHAR", "summary": "VARCHAR", "publisher": "VARCHAR",
    "feed": "VARCHAR", "lang": "VARCHAR", "published": "TIMESTAMP", "fetched": "TIMESTAMP", "text": "VARCHAR",
}  # fmt: skip
#: Columns that the row fetched first decides, and those that the last one does.
_FIRST = "fetched, published, url, title, summary, text"
_MERGED = f"""
    SELECT id, first(url ORDER BY {_FIRST}), last(title ORDER BY NOT {damaged("title")}, {_FIRST}),
        last(summary ORDER BY NOT {damaged("summary")}, {_FIRST}),
        first(publisher ORDER BY {damaged("publisher")}, {_FIRST}),
        first(feed ORDER BY {damaged("feed")}, {_FIRST}),
        last(lang ORDER BY NOT {damaged("title")}, {_FIRST}), first(published ORDER BY {_FIRST}) AS published,
        min(fetched) AS fetched, first(text ORDER BY {damaged("text")}, length(text) DESC, {_FIRST})
    FROM rows WHERE fetched <= ? AND published <= ? AND published >= ?
    GROUP BY id
    HAVING greatest(first(published ORDER BY {_FIRST}), min(fetched)) > ?
    ORDER BY published DESC, id
"""  # noqa: S608 - built from constants
_EVER = datetime.min.replace(tzinfo=UTC)


class Archive:
    """The archive in `folder`, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._articles = Table(folder / "articles", _ARTICLES)
        self._unread = UnreadTable(folder / "unread")
        #: what pages gave that were read
        self.pages = PagesRead(folder)
        self._broken: dict[Path, str] = {}
        #: what each gather and import did
        self.log = GatherLog(folder / "gathers", self._broken)
        #: by what feeds know whether we have their latest copy
        self.validators = Validators(folder / "feeds.json", self._broken)
        #: what sites let robots read, as they said it lately
        self.robots = Kept(folder / "robots")

    @property
    def tables(self) -> dict[str, Table]:
        """The tables by the name of their folder."""
        tables = (self._articles, *self.pages.tables, self._unread.table)
        return {table.folder.name: table for table in tables}

    @property
    def problems(self) -> dict[Path, str]:
        """The files met so far that could not be read and were left out, with the reason of each."""
        found = [table.problems for table in self.tables.values()]
        return {path: why for problems in found for path, why in problems.items()} | self._broken

    def put_damage_aside(self) -> list[Lost]:
        """Moves the damaged files met so far to `damaged/` (`lost.py`), where nothing meets them again, and
        returns those that were moved. What a later version wrote is not damaged."""
        damage = {path: why for path, why in self.problems.items() if not why.startswith(NEWER)}
        moved = set_aside(self.folder, damage)
        for one in moved:
            met = self.folder / one.name
            for problems in (self._broken, *(table.problems for table in self.tables.values())):
                problems.pop(met, None)
        return moved

    def lost(self, begin: datetime, until: datetime, day: Day) -> list[Lost]:
        """The damaged files that held articles of the window (those of a gather in it; where no gather of
        their day is known, those of its dates), or what the newsroom's day `day` had read."""
        return [one for one in all_lost(self.folder) if one.span and self._bears(one, begin, until, day)]

    def gone(self, begin: datetime, until: datetime, day: Day) -> list[Lost]:
        """The damaged files with articles of the window that a repair has settled, where fewer articles of it
        are there than its gathers brought: what could not be read is gone for good."""
        settled = [one for one in all_settled(self.folder) if one.table == "articles" and one.span]
        bearing = [one for one in settled if self._bears(one, begin, until, day)]
        if not bearing:
            return []
        brought = sum(feed.new for report in self.log.between(begin, until) for feed in report.feeds)
        counted = self._articles.query(
            "SELECT count(DISTINCT id) FROM rows WHERE fetched > ? AND fetched <= ?", [begin, until]
        )
        return bearing if sum(there for (there,) in counted) < brought else []

    def _bears(self, lost: Lost, begin: datetime, until: datetime, day: Day) -> bool:
        assert lost.span is not None
        first, last = lost.span
        if lost.table in {"texts", "pages"}:
            return first <= day.date <= last
        if lost.table == "gathers":
            return False  # the articles are there; a feed's silence is all that it could have told
        if first == last and (when := [one.when for one in self.log.of_days(first, last)]):
            return any(begin < moment <= until for moment in when)
        return begin.date() <= last and first <= until.date()

    def add(self, articles: Iterable[Article]) -> frozenset[str]:
        """Adds what is not there yet and returns the ids that the archive had never heard of.

        An article that says nothing new adds nothing. One whose title, summary or text changed is added
        with the `published` it had first: a changed headline is no new article. Raises `StorageError`.
        """
        offered = sorted(map(_storable, articles), key=_row_order)
        if not offered:
            return frozenset()
        first, said = self._known({article.id for article in offered})
        before = frozenset(first)
        fresh: dict[Date, list[tuple[Any, ...]]] = defaultdict(list)
        for article in offered:
            times = first.get(article.id)
            content = digest_of(article.title, article.summary, article.text)
            if times and times[0] <= article.fetched:
                if content in said[article.id]:
                    continue
                article = replace(article, published=times[1])  # noqa: PLW2901
            else:
                first[article.id] = (article.fetched, article.published)
            said[article.id].add(content)
            fresh[article.fetched.astimezone(UTC).date()].append(_row(article))
        for day in sorted(fresh):
            self._articles.append(day, fresh[day])
        return frozenset(first) - before

    def add_unread(self, found: Iterable[Unread]) -> frozenset[str]:
        """Adds articles whose date cannot be read, and returns the ids that the archive had never heard of.

        One that is there with its date says what it says now, and keeps that date. Raises `StorageError`.
        """
        offered = list(found)
        first, _ = self._known({one.article.id for one in offered}) if offered else ({}, {})
        self.add(one.article for one in offered if one.article.id in first)
        return self._unread.add(one for one in offered if one.article.id not in first)

    def waiting(self, since: datetime, until: datetime) -> list[Unread]:
        """The articles fetched after `since` and up to `until` that nothing has dated yet and whose page was
        not read."""
        found = self._unread.since(since, until)
        ids = {one.article.id for one in found}
        if not ids:
            return []
        known = {*self._known(ids)[0], *self.pages.tried(ids)}
        return [one for one in found if one.article.id not in known]

    def damaged(self, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids that no row has whole: a title or summary that was decoded with loss."""
        rows = self._articles.query(
            f"SELECT id FROM rows JOIN given USING (id) GROUP BY id"  # noqa: S608 - built from constants
            f" HAVING bool_and({damaged('title')}) OR bool_and({damaged('summary')})",
            given=sorted(ids),
        )
        return frozenset(id for (id,) in rows)

    def articles(self, until: datetime, days: float = 1, *, since: datetime | None = None) -> list[Article]:
        """The articles seen in the window of `days` that ends at `until`, newest first.

        Never one that was fetched or published after `until`. `since`, where given, is the window's
        exact beginning (not included) instead of `until` less `days`. A Google News entry whose
        publisher's own one is known by `until` is left out.
        """
        begin = until - timedelta(days=days) if since is None else since
        found = self._merged(until, begin, begin - GRACE)
        return without_twins(found, lambda: self._merged(until, begin - REACH, begin - REACH - GRACE))

    def everything(self, since: datetime = _EVER, until: datetime | None = None) -> list[Article]:
        """All articles seen after `since` and up to `until`, with the full texts read so far."""
        end = until or datetime.max.replace(tzinfo=UTC)
        found = self._merged(end, since, _EVER)
        texts = self.pages.texts([article.id for article in found], Date.max)
        return [article.reading(article.text or texts.get(article.id, "")) for article in found]

    def latest(self) -> datetime | None:
        """When the newest article was seen, as far as time has come; None for an empty archive."""
        rows = self._articles.query(
            "SELECT max(greatest(published, fetched)) FROM rows WHERE greatest(published, fetched) <= ?",
            [settings.now()],
        )
        return _utc(rows[0][0]) if rows and rows[0][0] else None

    def days(self) -> list[Date]:
        """The newsroom's dates whose posts have articles to report on, oldest first."""
        # A day ends at its cut-off, itself included: moved so that cut-offs fall just before midnight.
        some = Day.of("2026-01-01")
        shift = datetime(2026, 1, 1, tzinfo=UTC) - some.cutoff - timedelta(microseconds=1)
        rows = self._articles.query(
            "SELECT DISTINCT CAST(greatest(published, fetched) + to_microseconds(?) AS DATE) AS day FROM rows"
            " ORDER BY day",
            [shift // timedelta(microseconds=1)],
        )
        return [day + timedelta(days=1) for (day,) in rows]

    def coverage(self, until: datetime, days: float = 1, *, since: datetime | None = None) -> Coverage:
        """What was listened to in the window (as `articles`).

        A feed answered when any gather of the window heard it. Feeds that are known only from the
        window's articles came by import: they count as feeds that answered, and as `imported`. Files
        of the archive that cannot be read stand among the failures.
        """
        begin = until - timedelta(days=days) if since is None else since
        found = self.articles(until, since=begin)
        gathers = self.log.between(begin, until, "gather")
        last = {feed.url: feed for report in gathers for feed in report.feeds}
        heard = {feed.url for report in gathers for feed in report.feeds if feed.answered}
        titles = {feed.title for feed in last.values()}
        imported = {article.feed for article in found} - titles
        return Coverage(
            feeds=len(last) + len(imported),
            answered=len(heard) + len(imported),
            articles=len(found),
            failed=_failures([feed for feed in last.values() if feed.url not in heard])
            + tuple((str(path.relative_to(self.folder)), why) for path, why in sorted(self.problems.items())),
            imported=len(imported),
        )

    def _merged(self, until: datetime, since: datetime, oldest: datetime) -> list[Article]:
        rows = self._articles.query(
            _MERGED, [until, until, oldest, since], days=(Date.min, until.astimezone(UTC).date()),
            since={"published": oldest},
        )  # fmt: skip
        return [_article(row) for row in rows]

    def _known(self, ids: set[str]) -> tuple[dict[str, tuple[datetime, datetime]], dict[str, set[str]]]:
        """Of each id that is there: when it was first fetched, with its `published`; what its rows say."""
        first: dict[str, tuple[datetime, datetime]] = {}
        said: dict[str, set[str]] = defaultdict(set)
        for id, fetched, published, title, summary, text in self._articles.query(
            "SELECT id, fetched, published, title, summary, text FROM rows JOIN given USING (id)"
            " ORDER BY fetched, published, url, title, summary, text",
            given=sorted(ids),
        ):
            first.setdefault(id, (_utc(fetched), _utc(published)))
            said[id].add(digest_of(title, summary, text))
        return first, said


def _failures(feeds: Iterable[FeedReport]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((feed.title, feed.error or f"HTTP {feed.status}") for feed in feeds))


def _storable(article: Article) -> Article:
    """The article as it will come back, so that it is known again."""
    from digest_lib.documents.cleaning import alone  # slow to import, and hardly anybody adds to the archive

    title, summary = alone(one_line(article.title), article.url, one_line(article.summary))
    return replace(
        article,
        title=shortened(title, TITLE_LIMIT),
        publisher=shortened(one_line(article.publisher), TITLE_LIMIT),
        summary=summary,
        text=storable(article.text),
    )


def _row_order(article: Article) -> tuple[Any, ...]:
    return (article.fetched, article.published, article.id, article.title, article.summary, article.text)


def _row(article: Article) -> tuple[Any, ...]:
    row = tuple(getattr(article, name) for name in _ARTICLES)
    return tuple(value.astimezone(UTC) if isinstance(value, datetime) else value for value in row)


def _article(row: tuple[Any, ...]) -> Article:
    said = dict(zip(_ARTICLES, row, strict=True))
    return Article(**{**said, "published": _utc(said["published"]), "fetched": _utc(said["fetched"])})


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)
