"""Posts as the site's pages see them, made in memory from short rows: nothing is executed or written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from digest_lib.checking.digest import Digest, DigestStory, Sentence
from digest_lib.sections.facts import (
    CoverageFacts,
    Facts,
    Follows,
    Source,
    StoryFacts,
    UsageFacts,
    WriterFacts,
)
from digest_lib.site.config import Config
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.posts import Post

NAMES = {"claude": "Claude", "gpt": "GPT", "qwen": "Qwen"}
CONFIG = Config("AI 模型日報", "每天一篇", "https://news.example")


@dataclass(frozen=True)
class Row:
    """A story: its id, its articles (one letter each, which is its publisher, too), and what it follows."""

    id: str
    articles: str
    headline: str = ""
    kind: str = ""
    score: float | None = None
    follows: tuple[str, str] | None = None
    new: tuple[str, ...] = ()
    why: str = ""
    #: nothing is told of it but what is counted
    counted: bool = False


def post(
    day: str, family: str, rows: Sequence[Row] = (), history: dict[str, dict[str, int]] | None = None
) -> Post:
    """A post of these stories."""
    when = datetime.combine(date.fromisoformat(day), time(1), UTC)
    letters = list(dict.fromkeys(letter for row in rows for letter in row.articles))
    facts = Facts(
        family=family, name=NAMES[family], language="zh-TW", date=when.date(), window_days=1, cutoff=when,
        writer=WriterFacts(llm="offline", why=""),
        usage=UsageFacts(input_tokens=0, output_tokens=0, cost_usd=None),
        counts={}, prompts={}, coverage=CoverageFacts(feeds=1, answered=1, articles=9, imported=0, failed=[]),
        matched=len(letters), found=len(rows), checked={}, history=history or {},
        digest=Digest(
            headline=_headline(rows[0]) if rows else "", stories=[_text(row) for row in rows],
        ),
        verdicts=[], stories=[_story(row, when) for row in rows],
        sources=[_source(n, letter, rows, when) for n, letter in enumerate(letters, start=1)],
    )  # fmt: skip
    return Post.of(f"{day}-{family}", Path(f"{day}-{family}"), facts)


def room(*posts: Post) -> Newsroom:
    """A newsroom of these posts."""
    ordered = sorted(posts, key=lambda p: p.facts.family)
    ordered.sort(key=lambda p: p.facts.date, reverse=True)
    return Newsroom(ordered, NAMES, CONFIG)


def _headline(row: Row) -> str:
    return row.headline or f"事件 {row.id}"


def _text(row: Row) -> DigestStory:
    said = [
        Sentence(
            text=f"{letter} 報導 {row.id}。",
            sources=[f"article-{letter}"],
            kind="count" if row.counted else "fact",
        )
        for letter in row.articles
    ]
    why = [Sentence(text=row.why, kind="analysis")] if row.why else []
    return DigestStory(story=row.id, headline=_headline(row), sentences=said, why_it_matters=why)


def _story(row: Row, when: datetime) -> StoryFacts:
    follows = Follows(post=row.follows[0], story=row.follows[1], headline="之前") if row.follows else None
    return StoryFacts(
        id=row.id, headline=_headline(row), articles=[f"article-{letter}" for letter in row.articles],
        urls=[f"https://{letter}.example/" for letter in row.articles], publishers=len(row.articles),
        official=False, first=when, last=when, follows=follows, what_is_new=list(row.new), kind=row.kind,
        score=row.score,
    )  # fmt: skip


def _source(number: int, letter: str, rows: Sequence[Row], when: datetime) -> Source:
    return Source(
        number=number, id=f"article-{letter}", url=f"https://{letter}.example/", title=f"{letter} 的標題",
        publisher=f"{letter} 報", lang="zh-Hant", published=when, official=False,
        story=next(row.id for row in rows if letter in row.articles),
    )  # fmt: skip
