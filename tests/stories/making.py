"""Articles and stories for tests, in a line each."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from digest_lib.articles.article import Article, Articles, Coverage
from digest_lib.day import Day
from digest_lib.settings import Home
from digest_lib.stories.cluster import cluster
from digest_lib.stories.story import Stories
from digest_lib.text.scripts import language_of

DAY = Day.of("2026-07-29")


def article(
    title: str,
    *,
    publisher: str = "島嶼科技報",
    summary: str = "",
    text: str = "",
    url: str = "",
    hours: float = 10,
    lang: str = "",
) -> Article:
    """An article published `hours` before the cut-off of `DAY`."""
    url = url or f"http://{publisher}.example/{abs(hash_of(title + publisher))}.html"
    moment: datetime = DAY.cutoff - timedelta(hours=hours)
    return Article(
        id=Article.id_of(url),
        url=url,
        title=title,
        summary=summary,
        publisher=publisher,
        feed=publisher,
        lang=lang or language_of(f"{title}\n{summary}"),
        published=moment,
        fetched=moment,
        text=text,
    )


def hash_of(text: str) -> int:
    """The same number in every process, unlike `hash`."""
    return int.from_bytes(text.encode(), "big") % 10**8


def articles(*items: Article, day: Day = DAY) -> Articles:
    ordered = tuple(sorted(items, key=lambda a: (a.published, a.id), reverse=True))
    return Articles(ordered, day, 1, Coverage(feeds=3, answered=3, articles=len(items)))


def stories(*items: Article, home: Path, family: str = "qwen", official: tuple[str, ...] = ()) -> Stories:
    """The stories of these articles, all taken to be about the family."""
    (home / "posts").mkdir(exist_ok=True)
    return cluster(articles(*items), family=family, official=official, home=Home(home))
