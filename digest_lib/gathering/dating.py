"""Dates for articles whose feed gives none that can be read: from their pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article
from digest_lib.day import Day
from digest_lib.documents.pages import PageText
from digest_lib.gathering.reading import PAGE_LIMITS, read_pages
from digest_lib.web.fetch import Limits
from digest_lib.web.loops import run_async
from digest_lib.web.urls import has_no_page

#: Later, a page that could not be had is asked for no more: its news is old.
_PATIENCE = timedelta(days=3)
#: Pages of one gather: a feed that is read for the first time brings a hundred entries.
_MOST = 100


def date_by_pages(archive: Archive, now: datetime, limits: Limits = PAGE_LIMITS) -> frozenset[str]:
    """Reads the pages of articles that wait for a date, and archives as fetched `now` those whose page says
    when it was published; returns the ids that the archive had not. Only where pages may be fetched.

    Texts and facts of the pages are archived, too. Raises `StorageError`; no page raises.
    """
    if not settings.may_read():
        return frozenset()
    waiting = [one.article for one in archive.waiting(now - _PATIENCE, now)]
    asked = [article for article in waiting if not has_no_page(article.url)][:_MOST]
    if not asked:
        return frozenset()
    found = run_async(read_pages(asked, limits, archive.robots))
    day = Day.today(now).date
    archive.pages.add_texts(day, now, {id: (page.text, page.problem) for id, page in found.items()})
    archive.pages.add_facts(day, now, {id: page.facts for id, page in found.items()})
    return archive.add(dated for one in asked if (dated := _dated(one, found.get(one.id), now)))


def _dated(article: Article, page: PageText | None, now: datetime) -> Article | None:
    said = page.facts.published if page else None
    if said is None or said > now + timedelta(days=1):
        return None
    return replace(article, published=min(said, now), fetched=now)
