"""Keeping `feeds.opml`: testing every feed of it, and adding the feed of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html.parser import HTMLParser
from queue import SimpleQueue
from threading import Thread
from urllib.parse import urljoin, urlsplit

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.health import moves
from digest_lib.documents.dates import is_ahead, order_of, possible_date
from digest_lib.documents.decoding import decoded
from digest_lib.documents.feeds import ParsedFeed
from digest_lib.documents.opml import FeedSource, expanded, read_opml, with_feed, with_moved
from digest_lib.documents.opml_bytes import feed_url
from digest_lib.documents.workers import Workers
from digest_lib.errors import BadInput, UserError
from digest_lib.files import write_atomic
from digest_lib.gathering.hearing import parsed_answer
from digest_lib.proxies import Proxies
from digest_lib.settings import Home
from digest_lib.text.languages import tongue_of
from digest_lib.web.fetch import Ask, Fetched, Limits, fetch_all
from digest_lib.web.loops import run_async
from digest_lib.web.urls import tidy

#: What search feeds are tried with.
_QUERIES = ("AI",)
_STALE = timedelta(days=180)
_LIMITS = Limits(total=90.0, request=20.0, retries=1)
_FEED_TYPES = frozenset((
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/xml", "text/xml",
))  # fmt: skip
#: Where sites that name no feed often have one.
_USUAL = ("feed/", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml")
_COMMENTS = re.compile(r"comment|留言|迴響|评论|評論|コメント", re.I)
_LANGUAGE_TAGS = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "und": ""}


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """A feed that was tried. `problem` says why it gives nothing, `notes` what is odd though it works."""

    source: FeedSource
    status: int = 0
    entries: int = 0
    newest: datetime | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.problem


def check_feeds(
    home: Home, queries: Sequence[str] = _QUERIES, *, limits: Limits | None = None
) -> Iterator[FeedCheck]:
    """Tries every feed of the home's list, search feeds with each of the queries, and yields each as it
    answers. Archives nothing. Raises `BadInput` for a broken list; no feed raises."""
    feeds = {feed.url: feed for feed in expanded(read_opml(home.feeds), queries)}
    results: SimpleQueue[FeedCheck | BaseException | None] = SimpleQueue()

    async def work() -> None:
        async for answer, parsed in _tried(list(feeds), limits):
            results.put(checked(feeds[answer.url], answer, parsed, settings.now()))

    def run() -> None:
        try:
            run_async(work())
            results.put(None)
        except BaseException as error:
            results.put(error)

    Thread(target=run, daemon=True).start()
    while (found := results.get()) is not None:
        if isinstance(found, BaseException):
            raise found
        yield found


def _undated(what: str, said: Sequence[str], of: int) -> list[str]:
    """A note on the entries, `of` so many, whose date is there and none that counts."""
    if not said:
        return []
    shown = "», «".join(list(dict.fromkeys(one[:80] for one in said))[:3])
    return [f"{len(said)} of {of} entries have a date that {what} («{shown}»)"]


def checked(source: FeedSource, answer: Fetched, parsed: ParsedFeed, now: datetime) -> FeedCheck:
    """What the answer of a feed says of it."""
    lang = source.lang or parsed.lang
    said = [entry.published.strip() for entry in parsed.entries]
    order = order_of(said, lang)
    read = {one: possible_date(one, lang, now, order) for one in said}
    dates = [date for one in said if (date := read[one])]
    unread = [one for one in said if one and not read[one]]
    newest = max(dates, default=None)
    notes = []
    if answer.moved:
        notes.append(f"has moved for good to {answer.moved}")
    if parsed.dropped:
        notes.append(
            f"{len(parsed.dropped)} of {len(parsed.read)} entries cannot be used: {parsed.dropped[0]}"
        )
    if not parsed.entries and not (answer.error or parsed.problem):
        notes.append("has no entries")
    if said.count(""):
        notes.append(f"{said.count('')} of {len(said)} entries have no date")
    ahead = {one for one in unread if is_ahead(one, lang, now, order)}
    notes += _undated("cannot be read", [one for one in unread if one not in ahead], len(said))
    notes += _undated("is in the future", [one for one in unread if one in ahead], len(said))
    if newest and now - newest > _STALE:
        notes.append(f"its newest entry is of {newest:%Y-%m-%d}")
    return FeedCheck(
        source,
        answer.status,
        len(parsed.entries),
        newest,
        answer.error or parsed.problem,
        tuple(notes),
        answer.seconds,
    )


def add_feed(home: Home, url: str, category: str = "", *, limits: Limits | None = None) -> FeedSource:
    """Adds the feed at `url`, or the one that the page there names, to the home's list, and returns it.

    The file keeps its comments and formatting. `category` is the outline that is to hold it, made where there
    is none; without it the feed stands at the end. Raises `UserError` where there is no feed or it is there
    already, `BadInput` for a broken list, `StorageError`.
    """
    known = {tidy(feed.url): feed for feed in read_opml(home.feeds)}
    url = feed_url(url)
    if not tidy(url):
        raise UserError(f"«{url}» is no http(s) URL")
    found, parsed = run_async(_find(url, limits))
    source = _source(found, parsed, category)
    if there := known.get(tidy(source.url)):
        raise UserError(f"{source.url} is in {home.feeds.name} already, as «{there.title}»")
    tag = _LANGUAGE_TAGS.get(source.lang, source.lang)
    try:
        changed = with_feed(home.feeds.read_bytes(), source, tag)
    except ValueError as error:
        raise BadInput(home.feeds, f"{error}; mend it, or add the feed by hand") from error
    write_atomic(home.feeds, changed)
    return source


def update_feeds(home: Home, now: datetime) -> list[tuple[str, str]]:
    """Writes into `feeds.opml` where feeds have moved to for good, as the gathers up to `now` heard of it,
    and says which: (old, new). A move counts when two gathers in a row were sent to one place, and the feed
    answers there. All else in the file stays. Raises `BadInput` for a file that cannot be rewritten."""
    listed = {feed.url for feed in read_opml(home.feeds)}
    moved = {old: new for old, new in moves(Archive(home.archive), now).items() if old in listed}
    if moved:
        try:
            write_atomic(home.feeds, with_moved(home.feeds.read_bytes(), moved))
        except ValueError as error:
            raise BadInput(home.feeds, f"cannot be rewritten ({error}); write it there yourself") from error
    return list(moved.items())


def _source(found: Fetched, parsed: ParsedFeed, category: str) -> FeedSource:
    titles = "\n".join(entry.title for entry in parsed.entries)
    url = found.moved or found.url
    site = _site(parsed)
    return FeedSource(
        title=parsed.title or urlsplit(site or url).hostname or url,
        url=url,
        category=category,
        lang=parsed.lang or tongue_of(titles),
        site=site,
    )


def _site(parsed: ParsedFeed) -> str:
    """Where most of the entries are: an aggregator's are all over the web, and it has no site of its own."""
    places = Counter(urlsplit(entry.url)[:2] for entry in parsed.entries)
    for (scheme, host), count in places.most_common(1):
        if count * 2 > len(parsed.entries):
            return f"{scheme}://{host}"
    return ""


async def _find(url: str, limits: Limits | None) -> tuple[Fetched, ParsedFeed]:
    """The feed at the URL, else the first that its page names, else the first where feeds usually are."""
    async for answer, parsed in _tried([url], limits):
        if not answer.ok:
            raise UserError(f"{url} cannot be had: {answer.error}")
        if not parsed.problem:
            return answer, parsed
        base = answer.final or url
        named = linked_feeds(decoded(answer.body, answer.content_type), base)
        usual = [urljoin(base.rstrip("/") + "/", name) for name in _USUAL]
        usual += [urljoin(base, f"/{name}") for name in _USUAL]
        for candidates in (named, list(dict.fromkeys(usual))):
            if found := await _first(candidates, limits):
                return found
    raise UserError(f"{url} is no feed, and its page names none; give the feed's own URL")


async def _first(urls: Sequence[str], limits: Limits | None) -> tuple[Fetched, ParsedFeed] | None:
    """The first of the URLs, in their order, that is a feed; one with entries before one without."""
    good = {}
    async for answer, parsed in _tried(urls, limits):
        if answer.ok and not parsed.problem:
            good[answer.url] = answer, parsed
    ordered = [good[url] for url in urls if url in good]
    return min(ordered, key=lambda found: not found[1].entries, default=None)


async def _tried(urls: Sequence[str], limits: Limits | None) -> AsyncIterator[tuple[Fetched, ParsedFeed]]:
    bounds = limits or _LIMITS
    async with Workers(bounds.reading) as workers:
        asks = [Ask(url) for url in urls]
        async for answer in fetch_all(asks, proxy=Proxies.of(), limits=bounds):
            yield answer, await parsed_answer(answer, workers)


def linked_feeds(page: str, url: str) -> list[str]:
    """The feeds that a page names for itself, in its order, those of comments last."""
    reader = _Links()
    reader.feed(page)
    found = [(bool(_COMMENTS.search(f"{title} {href}")), urljoin(url, href)) for href, title in reader.found]
    return list(dict.fromkeys(link for _, link in sorted(found, key=lambda one: one[0]) if tidy(link)))


class _Links(HTMLParser):
    """Collects `<link rel="alternate" type="application/rss+xml" href=… title=…>` and its like."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = given.get("type", "").lower().partition(";")[0].strip()
        is_link = tag == "link" and bool(given.get("href"))
        if is_link and "alternate" in given.get("rel", "").lower().split() and kind in _FEED_TYPES:
            self.found.append((given["href"], given.get("title", "")))
