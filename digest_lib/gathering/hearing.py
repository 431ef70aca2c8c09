"""Listening to the feeds: fetched, read, and made into articles, each as it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest_lib.articles.article import Article
from digest_lib.articles.report import FeedReport
from digest_lib.articles.unread import Unread
from digest_lib.documents.cleaning import of_one_feed
from digest_lib.documents.dates import order_of, possible_date
from digest_lib.documents.feeds import (
    Entry,
    ParsedFeed,
    parse_at_once,
    parse_by_feedparser,
)
from digest_lib.documents.opml import FeedSource
from digest_lib.documents.plain import one_line
from digest_lib.documents.workers import TookTooLong, Workers
from digest_lib.files import digest_of
from digest_lib.gathering.publishers import Publishers
from digest_lib.proxies import Proxies
from digest_lib.text.languages import tongue_of
from digest_lib.web.fetch import Ask, Fetched, Limits, fetch_all

#: Called after each feed with what became of it, how many are done, and how many there are.
Progress = Callable[[FeedReport, int, int], None]
#: Of how feeds are read: with another one, every feed is read anew though it is the same.
_READER = "4"
#: Of dates that cannot be read, so many are shown, and so much of each.
_SHOWN, _LONGEST_SAID = 3, 80
#: Answers being read at once; the others wait in the network, not in memory.
_AT_ONCE = 8
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Heard:
    """What one feed gave in this gather: articles, and those whose date cannot be read. `known` is what the
    next gather asks with: its validators, a digest of what it said, and how many entries that had."""

    report: FeedReport
    articles: tuple[Article, ...] = ()
    unread: tuple[Unread, ...] = ()
    known: Mapping[str, str] | None = None


class Listener:
    """One gather: who publishes what, when it is, and what the last gather left of each feed."""

    def __init__(self, publishers: Publishers, now: datetime, known: Mapping[str, Mapping[str, str]]) -> None:
        self.publishers = publishers
        self.now = now
        self.known = {url: said for url, said in known.items() if not _dated_later(said, now)}
        #: what time it was for the servers that answered
        self.served: list[datetime] = []

    async def hear(
        self, feeds: Sequence[FeedSource], progress: Progress | None = None, limits: Limits | None = None
    ) -> dict[str, Heard]:
        """URL -> what it gave. No feed raises, and none waits for another one."""
        by_url = {feed.url: feed for feed in feeds}
        asks = [self._ask(url) for url in by_url]
        found: dict[str, Heard] = {}
        reading: set[asyncio.Task[Heard]] = set()

        def note(done: set[asyncio.Task[Heard]]) -> None:
            for heard in (task.result() for task in done):
                found[heard.report.url] = heard
                if progress:
                    progress(heard.report, len(found), len(by_url))

        async with Workers((limits or Limits()).reading) as workers:
            async for answer in fetch_all(asks, proxy=Proxies.of(), limits=limits):
                self.served += [answer.served] if answer.served else []
                reading.add(asyncio.create_task(self._heard(by_url[answer.url], answer, workers)))
                if len(reading) >= _AT_ONCE:
                    await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
                done = {task for task in reading if task.done()}
                reading -= done
                note(done)
            if reading:
                note((await asyncio.wait(reading))[0])
        return found

    def _ask(self, url: str) -> Ask:
        known = self.known.get(url, {})
        if known.get("reader") != _READER:  # what was read otherwise is asked for whole
            return Ask(url)
        return Ask(url, known.get("etag", ""), known.get("last_modified", ""))

    async def _heard(self, source: FeedSource, answer: Fetched, workers: Workers) -> Heard:
        known = self.known.get(source.url, {})
        said = digest_of(_READER, answer.content_type, answer.final, source.title, source.lang, answer.body)
        same = answer.ok and (answer.status == _NOT_MODIFIED or said == known.get("said"))
        if same:
            said, parsed = known.get("said", ""), ParsedFeed()
        else:
            parsed = await parsed_answer(answer, workers)
        articles, unread, undated = await asyncio.to_thread(self._articles, source, parsed)
        items = int(known.get("items") or 0) if same else len(parsed.read)
        report = FeedReport(
            source.title,
            source.url,
            answer.status,
            items=items,
            error=answer.error or parsed.problem,
            dropped=parsed.dropped,
            moved=answer.moved,
            seconds=answer.seconds,
            undated=undated,
            unchanged=same,
            unread=tuple(dict.fromkeys(one.said for one in unread))[:_SHOWN],
        )
        sent = {"etag": answer.etag, "last_modified": answer.last_modified, "said": said, "items": str(items)}
        sent |= {"reader": _READER, "when": self.now.isoformat()}
        kept = {**known, **{name: value for name, value in sent.items() if value}}
        if not same:
            # Of another body, only what came with it is true.
            kept = {name: value for name, value in sent.items() if value}
        return Heard(report, articles, unread, kept if report.answered else None)

    def _articles(
        self, source: FeedSource, parsed: ParsedFeed
    ) -> tuple[tuple[Article, ...], tuple[Unread, ...], int]:
        """The entries as articles, those of them whose date is there and cannot be read, and how many have
        none that can."""
        lang, articles, unread, undated = source.lang or parsed.lang, [], [], 0
        order = order_of((entry.published for entry in parsed.entries), lang)
        names = self.publishers.of_entries(source, parsed)
        for entry, publisher in zip(of_one_feed(parsed.entries), names, strict=True):
            script = tongue_of(f"{entry.title}\n{entry.summary}", lang)
            # A date without a zone is in the zone of who wrote it: the feed's word counts before its script.
            dated = possible_date(entry.published, lang or script, self.now, order)
            undated += dated is None
            own = script if script != "und" else lang or "und"
            article = self._article(entry, source, own, dated or self.now, publisher)
            if dated is None and entry.published.strip():
                unread.append(Unread(article, one_line(entry.published)[:_LONGEST_SAID]))
            else:
                articles.append(article)
        return tuple(articles), tuple(unread), undated

    def _article(
        self, entry: Entry, source: FeedSource, lang: str, dated: datetime, publisher: str
    ) -> Article:
        return Article(
            id=Article.id_of(entry.url),
            url=entry.url,
            title=entry.title,
            summary=entry.summary,
            publisher=publisher,
            feed=source.title,
            lang=lang,
            published=dated,
            fetched=self.now,
            text=entry.text,
        )


def _dated_later(known: Mapping[str, str], now: datetime) -> bool:
    """Whether what is known of a feed is of a gather that a wrong clock dated: what that one archived counts
    for another day, so the feed is asked for, and read, as if it were new."""
    try:
        return datetime.fromisoformat(known["when"]) > now
    except (KeyError, ValueError, TypeError):
        return False


async def parsed_answer(answer: Fetched, workers: Workers) -> ParsedFeed:
    """What the answer says: at once where that is bounded, else by a worker within its patience."""
    if not answer.ok:
        return ParsedFeed()
    # Here, by one thread: its parts import each other, and two that begin with different ones see half of it.
    import feedparser  # noqa: F401

    url = answer.final or answer.url
    found = await asyncio.to_thread(parse_at_once, answer.body, answer.content_type, url)
    if found is not None:
        return found
    try:
        told = await workers.ask("feed", answer.body, kind=answer.content_type, url=url)
    except TookTooLong as reason:
        return ParsedFeed(problem=str(reason))
    except OSError:  # no process can be had here; unbounded is better than unread
        return await asyncio.to_thread(parse_by_feedparser, answer.body, answer.content_type, url)
    return ParsedFeed(**{**told, "read": tuple(Entry(**entry) for entry in told["read"])})
