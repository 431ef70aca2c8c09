"""The digest: what is written about a family on a day, and the verdict on each of its sentences.

`StoryText` and `DayText` are also the JSON schemas that the llm is asked to fill.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    # Closed schemas: OpenAI's strict mode wants it, and text outside the schema is a fault.
    model_config = ConfigDict(extra="forbid")


class Sentence(_Strict):
    """One sentence with the ids of the articles that it rests on.

    `kind`: a `fact` stands in its sources; an `analysis` builds on them; a `count` is computed from the run's
    own tables and needs no source.
    """

    text: str
    sources: list[str] = Field(default_factory=list)
    # A factory, since a `default` in the schema is refused by strict servers.
    kind: Literal["fact", "analysis", "count"] = Field(default_factory=lambda: "fact")


class StoryText(_Strict):
    """What is written about one story."""

    headline: str
    sentences: list[Sentence]
    why_it_matters: list[Sentence] = Field(default_factory=list)


class Support(_Strict):
    """The answer to the question whether sources support a sentence."""

    supported: bool


class Analysis(_Strict):
    """What it means: for the industry, beside the rivals, for the market."""

    industry: list[Sentence] = Field(default_factory=list)
    rivals: list[Sentence] = Field(default_factory=list)
    market: list[Sentence] = Field(default_factory=list)


class Outlook(_Strict):
    """What it means for developers and for users."""

    developers: list[Sentence] = Field(default_factory=list)
    users: list[Sentence] = Field(default_factory=list)


class DayText(_Strict):
    """What is written about the day as a whole, after the stories."""

    headline: str
    summary: list[Sentence] = Field(default_factory=list)
    trend: list[Sentence] = Field(default_factory=list)
    analysis: Analysis = Field(default_factory=Analysis)
    key_points: list[Sentence] = Field(default_factory=list)
    outlook: Outlook = Field(default_factory=Outlook)
    tags: list[str] = Field(default_factory=list)


class DigestStory(StoryText):
    """A story's text in a digest, with the story's id."""

    story: str


class Digest(DayText):
    """A family's text of a day. An empty list means that the section is left out."""

    stories: list[DigestStory] = Field(default_factory=list)

    def sentences(self) -> Iterator[tuple[str, list[Sentence]]]:
        """Every list of sentences with its place, such as `stories[abc].sentences` or `analysis.market`."""
        yield "summary", self.summary
        yield "trend", self.trend
        for story in self.stories:
            yield f"stories[{story.story}].sentences", story.sentences
            yield f"stories[{story.story}].why_it_matters", story.why_it_matters
        yield "analysis.industry", self.analysis.industry
        yield "analysis.rivals", self.analysis.rivals
        yield "analysis.market", self.analysis.market
        yield "key_points", self.key_points
        yield "outlook.developers", self.outlook.developers
        yield "outlook.users", self.outlook.users


class Status(StrEnum):
    """What became of a sentence."""

    SUPPORTED = "supported"
    REPAIRED = "repaired"
    WITHHELD = "withheld"


class Verdict(_Strict):
    """What the check says of one sentence (or headline, or tag) at `place`."""

    place: str
    text: str
    status: Status
    #: what a person can read: «1600億» in none of its sources
    reasons: list[str] = Field(default_factory=list)
    #: for a repaired sentence: what stood there before
    before: str = ""
