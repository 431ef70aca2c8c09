"""A story: one event, with every article that reports it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, overload

from digest_lib import desk_table
from digest_lib.articles.article import Article, Coverage
from digest_lib.day import TAIPEI, Day
from digest_lib.stories.desk import left_out_table, stories_table
from digest_lib.stories.kinds import Kind

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier post of this family that a story continues: `post` is its folder's name."""

    post: str
    story: str
    headline: str


@dataclass(frozen=True, slots=True)
class Story:
    """One event. `articles` are best first (the first is the lead); times are UTC."""

    id: str
    articles: tuple[Article, ...]
    publishers: int
    first: datetime
    last: datetime
    #: whether a primary source (the vendor's own page) is among the articles
    official: bool
    why_grouped: str
    why_ranked: str
    score: float
    follows: Earlier | None = None
    #: with `follows`: what the earlier posts did not tell: numbers, names, dates and turns, as said
    what_is_new: tuple[str, ...] = ()
    #: with `follows`: it brings nothing new, and what its headlines say was told
    told_again: bool = False
    #: what kind of event it is; None where no word tells it
    kind: Kind | None = None

    @property
    def lead(self) -> Article:
        return self.articles[0]


@dataclass(frozen=True)
class Stories(Sequence[Story]):
    """A family's stories of a day, most important first. Shows as a table in a notebook."""

    items: tuple[Story, ...]
    family: str
    day: Day
    window_days: int
    coverage: Coverage
    #: how many articles were about the family
    matched: int
    #: articles that mention the family without being about it
    mentions: tuple[Article, ...] = ()
    #: the vendor's own hosts, marked as primary sources
    official_hosts: tuple[str, ...] = ()
    #: article id -> why it is not news (ranked out, or already published)
    left_out: Mapping[str, str] = field(default_factory=dict)
    #: the articles that are left out
    others: tuple[Article, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Story: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Story]: ...
    def __getitem__(self, index: int | slice) -> Story | Sequence[Story]:
        return self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Story]:
        return iter(self.items)

    @property
    def articles(self) -> dict[str, Article]:
        """Every article of every story, by id, in the order of the stories."""
        return {a.id: a for story in self.items for a in story.articles}

    @property
    def frame(self) -> pd.DataFrame:
        """One row a story, in order."""
        import pandas as pd  # slow, and hardly ever wanted

        columns = [
            "story",
            "lead",
            "kind",
            "articles",
            "publishers",
            "official",
            "first",
            "last",
            "follows",
            "what is new",
            "why grouped",
            "why ranked",
        ]
        return pd.DataFrame([_row(s) for s in self.items], columns=columns)

    def _repr_html_(self) -> str:
        said = f"{self.matched:,} 篇以這個家族為主題，分成 {len(self):,} 則；"
        said += f"另有 {len(self.mentions):,} 篇只是提到"
        said += f"，略過 {len(self.left_out):,} 篇。" if self.left_out else "。"
        return desk_table.line(said) + stories_table(self.items) + left_out_table(self.others, self.left_out)

    def __repr__(self) -> str:
        return f"<{len(self)} stories of {self.family} on {self.day}>"


def _row(story: Story) -> dict[str, object]:
    return {
        "story": story.id,
        "lead": story.lead.title,
        "kind": story.kind or "",
        "articles": len(story.articles),
        "publishers": story.publishers,
        "official": "✓" if story.official else "",
        "first": story.first.astimezone(TAIPEI).strftime("%m-%d %H:%M"),
        "last": story.last.astimezone(TAIPEI).strftime("%m-%d %H:%M"),
        "follows": story.follows.post if story.follows else "",
        "what is new": "、".join(story.what_is_new),
        "why grouped": story.why_grouped,
        "why ranked": story.why_ranked,
    }
