"""Full texts of the articles that matter: from the archive, else, for today, from their pages."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article, Articles
from digest_lib.articles.fetch import Ask, Fetched, Limits, fetch_all
from digest_lib.articles.loops import run_async
from digest_lib.articles.pages import has_no_page, page_text
from digest_lib.day import Day
from digest_lib.settings import Home

#: A notebook waits for its pages: less patience than a gather has.
PAGE_LIMITS = Limits(total=90.0, request=15.0, body=5 * 1024 * 1024, at_once=16, retries=1)
#: A server that answered so gives the page to nobody, or not to us: no use to ask again today.
_FINAL = frozenset({401, 402, 403, 404, 410, 451})


def read(matched: Articles, *, limits: Limits = PAGE_LIMITS) -> Articles:
    """The same articles with their full texts, where there are any; an article without one keeps its
    summary.

    Texts come from the archive: those that a run of this day or of an earlier one has read. Only for
    today, and where `DIGEST_FETCH` is not `no`, the other pages are fetched and their texts archived, so that
    every later run of this day reads the same. Raises `StorageError`; no page raises.
    """
    archive = Archive(Home.find().archive)
    day = matched.day.date
    wanted = [article.id for article in matched if not article.text]
    texts = archive.texts(wanted, day)
    now = settings.now()
    if settings.may_read() and day == Day.today(now).date:
        tried = archive.unreadable(wanted, day)
        left = [a for a in matched if a.id in wanted and a.id not in texts and a.id not in tried]
        found = run_async(_read_pages([a for a in left if not has_no_page(a.url)], limits))
        archive.add_texts(day, now, found)
        texts |= {id: text for id, (text, _) in found.items() if text}
    items = tuple(a.reading(texts[a.id]) if a.id in texts else a for a in matched)
    return replace(matched, items=items)


async def _read_pages(articles: Sequence[Article], limits: Limits) -> dict[str, tuple[str, str]]:
    """Article id -> (text, why there is none), of the pages that gave a final answer."""
    ids = {article.url: article.id for article in articles}
    found: dict[str, tuple[str, str]] = {}
    async for answer in fetch_all([Ask(url) for url in ids], proxy=settings.proxy(), limits=limits):
        if answer.ok:
            page = await asyncio.to_thread(_page, answer)
            found[ids[answer.url]] = page
        elif answer.status in _FINAL:
            found[ids[answer.url]] = ("", answer.error)
    return found


def _page(answer: Fetched) -> tuple[str, str]:
    page = page_text(answer.body, answer.content_type, answer.final or answer.url)
    return page.text, page.problem
