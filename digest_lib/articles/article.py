"""An article: one page of a publisher, as the archive knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import overload

import pandas as pd

from digest_lib.articles.urls import canonical
from digest_lib.day import TAIPEI, Day
from digest_lib.files import digest_of
from digest_lib.text.scripts import to_traditional


@dataclass(frozen=True, slots=True)
class Article:
    """One page. Times are UTC; `text` is the full text, empty until the page was read."""

    id: str
    url: str
    title: str
    summary: str
    publisher: str
    feed: str
    lang: str
    published: datetime
    fetched: datetime
    text: str = ""

    @staticmethod
    def id_of(url: str) -> str:
        """The id that every copy of this URL has."""
        return digest_of(canonical(url))

    @property
    def seen(self) -> datetime:
        """When this newsroom could know of it: an article fetched late is late news, not lost news."""
        return max(self.published, self.fetched)

    def publisher_in(self, language: str) -> str:
        """The publisher's name in the script of a post's language."""
        simplified = self.lang == "zh-Hans" and language == "zh-TW"
        return to_traditional(self.publisher, "zh-Hans") if simplified else self.publisher

    def reading(self, text: str) -> Article:
        """The same article with its full text."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was listened to for a day: feeds asked and answered, articles seen."""

    feeds: int
    answered: int
    articles: int
    #: (feed, reason) of the feeds that gave nothing because something went wrong
    failed: tuple[tuple[str, str], ...] = ()
    #: feeds whose articles came from an import, not from asking
    imported: int = 0

    @property
    def blind(self) -> bool:
        """True when nothing was listened to, so that silence means nothing."""
        return not self.articles and not self.answered


@dataclass(frozen=True)
class Articles(Sequence[Article]):
    """The articles of a window that ends at a day's cut-off, newest first, with what was covered.

    In a notebook it shows as a table. `frame` is the DataFrame to work with.
    """

    items: tuple[Article, ...]
    day: Day
    window_days: int
    coverage: Coverage
    #: article id -> why it is here (set by matching)
    why: Mapping[str, str] = field(default_factory=dict)
    #: articles that only mention the family (set by matching)
    mentions: tuple[Article, ...] = ()
    #: titles of the whole window, by which matching and clustering know how common a word is
    background: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Article]: ...
    def __getitem__(self, index: int | slice) -> Article | Sequence[Article]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.items)

    @property
    def frame(self) -> pd.DataFrame:
        """One row an article: published (Taipei), lang, publisher, title, url, read (characters of
        full text), why."""
        return pd.DataFrame(
            [
                {
                    "published": a.published.astimezone(TAIPEI).strftime("%m-%d %H:%M"),
                    "lang": a.lang,
                    "publisher": a.publisher,
                    "title": a.title,
                    "url": a.url,
                    "read": len(a.text),
                    "why": self.why.get(a.id, ""),
                }
                for a in self.items
            ],
            columns=["published", "lang", "publisher", "title", "url", "read", "why"],
        )

    def _repr_html_(self) -> str:
        head = (
            f"<p>{len(self)} articles up to {self.day.cutoff.astimezone(TAIPEI):%Y-%m-%d %H:%M} "
            f"(Taipei), window of {self.window_days} day(s); "
            f"feeds answered: {self.coverage.answered} of {self.coverage.feeds}</p>"
        )
        return head + str(self.frame.to_html(max_rows=40, index=False, escape=True))

    def __repr__(self) -> str:
        return f"<{len(self)} articles up to {self.day}>"
