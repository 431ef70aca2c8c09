"""An article: one page of a publisher, as the archive knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, overload

from digest_lib import desk_table
from digest_lib.day import TAIPEI, Day
from digest_lib.files import digest_of
from digest_lib.text.traditional import in_script
from digest_lib.web.urls import canonical

if TYPE_CHECKING:
    import pandas as pd


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
        return in_script(self.publisher, "zh-Hans") if simplified else self.publisher

    def reading(self, text: str) -> Article:
        """The same article with its full text."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was listened to for a day: where its articles come from, and how many were seen.

    `feeds` and `answered` have those in that are known by an import alone; nobody asked them.
    """

    feeds: int
    answered: int
    articles: int
    #: (feed, reason) of the feeds that gave nothing because something went wrong
    failed: tuple[tuple[str, str], ...] = ()
    #: feeds whose articles came from an import, not from asking
    imported: int = 0

    @property
    def asked(self) -> int:
        """How many feeds were asked."""
        return self.feeds - self.imported

    @property
    def heard(self) -> int:
        """How many of those asked answered."""
        return self.answered - self.imported

    @property
    def blind(self) -> bool:
        """True when nothing was listened to, so that silence means nothing."""
        return not self.articles and not self.answered


@dataclass(frozen=True)
class Articles(Sequence[Article]):
    """The articles of a window that ends at a day's cut-off, newest first, with what was covered.

    In a notebook it shows as a table of the newest. `frame` is the DataFrame to work with, with all of them.
    """

    items: tuple[Article, ...]
    day: Day
    window_days: int
    coverage: Coverage
    #: article id -> why it is here (set by matching)
    why: Mapping[str, str] = field(default_factory=dict)
    #: articles that only mention the family (set by matching)
    mentions: tuple[Article, ...] = ()
    #: openings of the whole window's articles, by which clustering knows how common a word is
    background: tuple[str, ...] = ()
    #: why articles of the window are not here: a line each (set by gathering)
    left_out: tuple[str, ...] = ()
    #: the family's names (set by matching): what all its articles share, and no event is known by
    names: tuple[str, ...] = ()

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
        import pandas as pd  # takes longer than all else here, and hardly any process looks at a frame

        return pd.DataFrame(
            [
                {
                    "published": _when(a),
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
        until = self.day.cutoff.astimezone(TAIPEI)
        heard = self.coverage
        said = f"{len(self):,} 篇文章，{self.window_days} 天內，到臺北時間 {until:%Y-%m-%d %H:%M} 為止；"
        if heard.asked or not heard.imported:
            said += f"{heard.asked:,} 個來源中 {heard.heard:,} 個有回應。"
        if heard.imported:
            said += f"{heard.imported:,} 個來源的報導來自匯入的資料。"
        if self.mentions:
            said += f"另有 {len(self.mentions):,} 篇只是提到。"
        languages = desk_table.line(desk_table.counted(a.lang for a in self)) if self.items else ""
        told = "".join(desk_table.line(f"略過：{why}") for why in self.left_out)
        columns = ("時間", "語言", "媒體", "標題", "理由", "全文字數")
        rows = [self._row(a) for a in self]
        return desk_table.line(said) + told + languages + desk_table.table(columns, rows, unit="篇")

    def _row(self, article: Article) -> tuple[desk_table.Cell, ...]:
        return (
            _when(article),
            desk_table.language(article.lang),
            article.publisher,
            desk_table.Link(article.title or article.url, article.url),
            self.why.get(article.id),
            len(article.text) or None,
        )

    def __repr__(self) -> str:
        return f"<{len(self)} articles up to {self.day}>"


def _when(article: Article) -> str:
    return article.published.astimezone(TAIPEI).strftime("%m-%d %H:%M")
