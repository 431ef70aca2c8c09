"""What every build has to know of every post, however many there are: little, and quickly read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel, ConfigDict

from digest_lib.sections.facts import Facts, StoryFacts


class _Brief(BaseModel):
    model_config = ConfigDict(frozen=True)


class StoryBrief(_Brief):
    """A story: its id, its articles, and the (post, story) that it continues."""

    id: str
    articles: tuple[str, ...]
    follows: tuple[str, str] | None = None

    @classmethod
    def of(cls, story: StoryFacts) -> Self:
        follows = (story.follows.post, story.follows.story) if story.follows else None
        return cls(id=story.id, articles=tuple(story.articles), follows=follows)


class Brief(_Brief):
    """A post: of which family and day, when it was published and last corrected, what it tells of, and its
    files by name with the names of what they hold."""

    family: str
    name: str
    day: date
    cutoff: datetime
    corrected: date | None = None
    retracted: date | None = None
    stories: tuple[StoryBrief, ...] = ()
    files: dict[str, str] = {}

    @classmethod
    def of(cls, facts: Facts, files: dict[str, str] | None = None) -> Self:
        return cls(
            family=facts.family,
            name=facts.name,
            day=facts.date,
            cutoff=facts.cutoff,
            corrected=max((one.date for one in facts.corrections), default=None),
            retracted=facts.retracted.date if facts.retracted else None,
            stories=tuple(map(StoryBrief.of, facts.stories)),
            files=files or {},
        )
