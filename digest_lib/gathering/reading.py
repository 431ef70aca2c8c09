"""Full texts of the articles that matter: from the archive, else, for today, from their pages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article, Articles
from digest_lib.articles.poisoned import reason
from digest_lib.day import Day
from digest_lib.documents.facts import PageFacts
from digest_lib.documents.pages import PageText, page_text
from digest_lib.documents.workers import TookTooLong, Workers
from digest_lib.proxies import Proxies
from digest_lib.secrets import Scanner
from digest_lib.settings import Home
from digest_lib.web.fetch import Ask, Fetched, Limits, fetch_all
from digest_lib.web.hosts import is_video
from digest_lib.web.loops import run_async
from digest_lib.web.robots import Kept
from digest_lib.web.urls import has_no_page, is_file, is_front

#: A notebook waits for its pages: less patience than a gather has.
PAGE_LIMITS = Limits(total=90.0, request=15.0, body=5 * 1024 * 1024, at_once=16, retries=1)
#: A server that answered so gives the page to nobody, or not to us: no use to ask again today.
_FINAL = frozenset({401, 402, 403, 404, 410, 451})


def read(matched: Articles, *, limits: Limits = PAGE_LIMITS) -> Articles:
    """The same articles with their full texts, where there are any; an article without one keeps its
    summary, and so does one whose text holds the value of a secret of this machine.

    Texts come from the archive: those that a run of this day or of an earlier one has read. Only for
    today, and where `DIGEST_FETCH` is not `no`, the other pages are fetched and their texts archived, so that
    every later run of this day reads the same. What a site's robots.txt does not allow is not read. Raises
    `StorageError`; no page raises.
    """
    archive, scanner = Archive(Home.find().archive), Scanner()
    day = matched.day.date
    by_id = {article.id: article for article in matched if not article.text}
    wanted = list(by_id)
    texts = archive.pages.texts(wanted, day)
    now = settings.now()
    if settings.may_read() and day == Day.today(now).date:
        tried = archive.pages.unreadable(wanted, day)
        left = [a for a in matched if a.id in wanted and a.id not in texts and a.id not in tried]
        found = run_async(read_pages([a for a in left if _has_text(a.url)], limits, archive.robots))
        found = {id: _without_poison(page, by_id[id].url, scanner) for id, page in found.items()}
        archive.pages.add_texts(day, now, {id: (page.text, page.problem) for id, page in found.items()})
        archive.pages.add_facts(day, now, {id: page.facts for id, page in found.items()})
        texts |= {id: page.text for id, page in found.items() if page.text}
    texts = {id: text for id, text in texts.items() if not scanner.found(text.encode(errors="replace"))}
    items = tuple(a.reading(texts[a.id]) if a.id in texts else a for a in matched)
    return replace(matched, items=items)


def _without_poison(page: PageText, url: str, scanner: Scanner) -> PageText:
    """The page, or in place of one that holds a secret's value why it is not kept."""
    name = scanner.found(repr(page).encode(errors="replace"))
    return PageText(problem=reason(url, name, scanner)) if name else page


def _has_text(url: str) -> bool:
    """Whether there is a page to read: of a video there is what its feed said of it."""
    return not (has_no_page(url) or is_video(url) or is_file(url))


async def read_pages(articles: Sequence[Article], limits: Limits, kept: Kept) -> dict[str, PageText]:
    """Article id -> its page, of those that gave a final answer. `kept`: what sites let robots read."""
    ids = {article.url: article.id for article in articles}
    found: dict[str, PageText] = {}
    asks = [Ask(url) for url in ids]
    async with Workers(limits.reading) as workers:
        ways = Proxies.of()
        async for answer in fetch_all(asks, proxy=ways, limits=limits, obey_robots=True, kept_robots=kept):
            if answer.ok and is_front(answer.final) and not is_front(answer.url):
                found[ids[answer.url]] = PageText(problem="it leads to the front page of its site")
            elif answer.ok:
                found[ids[answer.url]] = await _page(answer, workers)
            elif answer.status in _FINAL or answer.refused:
                found[ids[answer.url]] = PageText(problem=answer.error)
    return found


async def _page(answer: Fetched, workers: Workers) -> PageText:
    url = answer.final or answer.url
    try:
        told = await workers.ask("page", answer.body, kind=answer.content_type, url=url)
    except TookTooLong as reason:
        return PageText(problem=str(reason))
    except OSError:  # no process can be had here; unbounded is better than unread
        return await asyncio.to_thread(page_text, answer.body, answer.content_type, url)
    facts = told["facts"]
    published = datetime.fromisoformat(facts["published"]) if facts["published"] else None
    return PageText(told["text"], told["problem"], PageFacts(**{**facts, "published": published}))
