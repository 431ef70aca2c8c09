"""Small days to draw: digests and histories of fictional news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from digest_lib.articles.article import Article, Coverage
from digest_lib.checking.digest import Digest, DigestStory, Sentence
from digest_lib.day import Day
from digest_lib.stories.history import History
from digest_lib.stories.story import Earlier, Stories, Story
from digest_lib.writing.draft import Draft, Revised
from digest_lib.writing.usage import OFFLINE, Usage, Writer

DAY = Day.of("2026-07-29")


def article(n: int, publisher: str, lang: str = "zh-Hant") -> Article:
    url = f"https://news{n}.example/{n}"
    return Article(
        f"{n:016x}", url, f"title {n}", "", publisher, "feed", lang,
        DAY.cutoff - timedelta(hours=n % 20), DAY.cutoff,
    )  # fmt: skip


def story(
    n: int, publishers: Sequence[str], langs: Sequence[str] = ("zh-Hant",),
    official: bool = False, follows: bool = False,
) -> Story:  # fmt: skip
    articles = tuple(
        article(100 * n + i, publisher, langs[i % len(langs)]) for i, publisher in enumerate(publishers)
    )
    earlier = Earlier("2026-07-28-qwen", f"s{n}", "earlier") if follows else None
    return Story(
        f"s{n}", articles, len(set(publishers)), DAY.cutoff, DAY.cutoff, official,
        "", "", 1.0, earlier,
    )  # fmt: skip


def revised(
    told: Sequence[tuple[str, Story]], name: str = "Qwen", *, language: str = "zh-TW",
    matched: int | None = None, deck: str = "", window_days: int = 1,
    coverage: Coverage | None = None,
) -> Revised:  # fmt: skip
    """A digest that tells each story under its headline."""
    items = tuple(s for _, s in told)
    stories = Stories(
        items, name.lower(), DAY, window_days,
        coverage or Coverage(feeds=40, answered=38, articles=1679),
        sum(len(s.articles) for s in items) if matched is None else matched,
    )  # fmt: skip
    sentences = [Sentence(text=deck)] if deck else []
    digest = Digest(
        headline="headline",
        stories=[DigestStory(story=s.id, headline=h, sentences=sentences) for h, s in told],
    )
    draft = Draft(digest, stories, name, language, Writer(OFFLINE))
    return Revised(digest, draft, (), Usage(), draft.writer)


def history(counts: Mapping[str, Sequence[int | None]], last: date = DAY.date) -> History:
    """A history that ends on `last`."""
    length = len(next(iter(counts.values()), ()))
    days = tuple(last - timedelta(days=length - 1 - i) for i in range(length))
    return History(days, {name: tuple(row) for name, row in counts.items()})
