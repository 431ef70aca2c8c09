"""What every build has to know of every post, however many there are: what lists say of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from digest_lib.publishing.front import headline_of
from digest_lib.sections.facts import Facts, StoryFacts
from digest_lib.sections.foreign import headline_html
from digest_lib.site.drawn.of_post import names


class _Brief(BaseModel):
    model_config = ConfigDict(frozen=True)


class StoryBrief(_Brief):
    """A story: its headline as text and as HTML, its articles, the (post, story) that it continues, and what
    it is ranked by (as in `StoryFacts`)."""

    id: str
    title: str
    headline: str
    articles: tuple[str, ...]
    publishers: int
    official: bool
    kind: str
    score: float | None
    follows: tuple[str, str] | None = None

    @classmethod
    def of(cls, story: StoryFacts, facts: Facts) -> Self:
        return cls(
            id=story.id,
            title=story.headline,
            headline=headline_html(story.headline, facts, story.id),
            articles=tuple(story.articles),
            publishers=story.publishers,
            official=story.official,
            kind=story.kind,
            score=story.score,
            follows=(story.follows.post, story.follows.story) if story.follows else None,
        )


class Tally(_Brief):
    """What a post counts of its own day: articles about each family by name, the articles of its stories with
    their publisher and language, and how many sentences were checked and withheld."""

    about: dict[str, int] = {}
    articles: tuple[tuple[str, str, str], ...] = ()
    checked: int = 0
    withheld: int = 0

    @classmethod
    def of(cls, facts: Facts) -> Self:
        return cls(
            about=facts.history.get(str(facts.date), {}),
            articles=tuple((s.id, s.publisher, s.lang or "und") for s in facts.sources if s.story),
            checked=sum(facts.checked.values()),
            withheld=facts.checked.get("withheld", 0),
        )


class Brief(_Brief):
    """A post: of which family and day, its headline as HTML, when it was published and last corrected, how
    many feeds it heard of how many it asked, what it tells and from how many articles, of which charts it has
    the data, and its files by name with the names of what they hold."""

    family: str
    name: str
    day: date
    headline: str
    cutoff: datetime
    heard: tuple[int, int]
    told: int
    corrected: date | None = None
    retracted: date | None = None
    stories: tuple[StoryBrief, ...] = ()
    charts: tuple[str, ...] = ()
    tally: Tally = Tally()
    files: dict[str, str] = {}

    @classmethod
    def of(cls, facts: Facts, files: dict[str, str] | None = None) -> Self:
        return cls(
            family=facts.family,
            name=facts.name,
            day=facts.date,
            headline=headline_html(headline_of(facts), facts),
            cutoff=facts.cutoff,
            heard=(facts.coverage.answered, facts.coverage.feeds),
            told=facts.told,
            corrected=max((one.date for one in facts.corrections), default=None),
            retracted=facts.retracted.date if facts.retracted else None,
            stories=tuple(StoryBrief.of(story, facts) for story in facts.stories),
            charts=tuple(names(facts)),
            tally=Tally.of(facts),
            files=files or {},
        )
