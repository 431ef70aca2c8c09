"""The digest: what is written about a family on a day, and the verdict on each of its sentences.

`StoryText`, `DayText`, `Written`, `Mending`, `Support` and `Judgement` are what an llm is asked to fill: its
types and its JSON schemas. They are not the digest's own, so that nothing an llm may set decides how it is
checked: it knows no `count`, and `taken` gives each of its sentences the kind that its place has. What these
classes say of themselves is for readers of this file: a schema is sent without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    # Closed schemas: OpenAI's strict mode wants it, and text outside the schema is a fault.
    model_config = ConfigDict(extra="forbid")


class Written(_Strict):
    """One sentence as an llm writes it, with the short names of the articles that it rests on."""

    model_config = ConfigDict(extra="forbid", title="Sentence")

    text: str
    sources: list[str] = Field(default_factory=list)
    # A factory, since a `default` in the schema is refused by strict servers.
    kind: Literal["fact", "analysis"] = Field(default_factory=lambda: "fact")


class StoryText(_Strict):
    """What an llm writes about one story."""

    headline: str
    sentences: list[Written]
    why_it_matters: list[Written] = Field(default_factory=list)


class WrittenAnalysis(_Strict):
    """What it means, as an llm writes it."""

    model_config = ConfigDict(extra="forbid", title="Analysis")

    industry: list[Written] = Field(default_factory=list)
    rivals: list[Written] = Field(default_factory=list)
    market: list[Written] = Field(default_factory=list)


class WrittenOutlook(_Strict):
    """What it means for developers and for users, as an llm writes it."""

    model_config = ConfigDict(extra="forbid", title="Outlook")

    developers: list[Written] = Field(default_factory=list)
    users: list[Written] = Field(default_factory=list)


class DayText(_Strict):
    """What an llm writes about the day as a whole, after the stories."""

    headline: str
    summary: list[Written] = Field(default_factory=list)
    trend: list[Written] = Field(default_factory=list)
    analysis: WrittenAnalysis = Field(default_factory=WrittenAnalysis)
    key_points: list[Written] = Field(default_factory=list)
    outlook: WrittenOutlook = Field(default_factory=WrittenOutlook)
    tags: list[str] = Field(default_factory=list)


class Support(_Strict):
    """An llm's answer to the question whether sources support a sentence, with the passage that does."""

    supported: bool
    quote: str = Field(default_factory=str)


class Judged(Support):
    """The same of one sentence of several, by its short name."""

    model_config = ConfigDict(extra="forbid", title="Judged")

    sentence: str


class Judgement(_Strict):
    """The same of several sentences."""

    verdicts: list[Judged]


class Mended(_Strict):
    """One of several repaired sentences, by the short name of the one in whose place it stands."""

    sentence: str
    text: str
    sources: list[str] = Field(default_factory=list)


class Mending(_Strict):
    """Several repaired sentences."""

    sentences: list[Mended]


class Sentence(_Strict):
    """One sentence of a digest with the ids of the articles that it rests on.

    `kind`: a `fact` stands in its sources; an `analysis` builds on them; a `count` is computed from the run's
    own tables and needs no source. No llm's answer becomes a count.
    """

    text: str
    sources: list[str] = Field(default_factory=list)
    kind: Literal["fact", "analysis", "count"] = "fact"


class Table(_Strict):
    """The table that a computed statement is read off."""

    head: list[str]
    rows: list[list[str]]


class Analysis(_Strict):
    """What it means: for the industry, beside the rivals, for the market."""

    industry: list[Sentence] = Field(default_factory=list)
    rivals: list[Sentence] = Field(default_factory=list)
    market: list[Sentence] = Field(default_factory=list)


class Outlook(_Strict):
    """What it means for developers and for users."""

    developers: list[Sentence] = Field(default_factory=list)
    users: list[Sentence] = Field(default_factory=list)


class DigestStory(_Strict):
    """A story's text in a digest, with the story's id."""

    headline: str
    sentences: list[Sentence]
    why_it_matters: list[Sentence] = Field(default_factory=list)
    story: str


class Digest(_Strict):
    """A family's text of a day. An empty list means that the section is left out."""

    headline: str
    summary: list[Sentence] = Field(default_factory=list)
    trend: list[Sentence] = Field(default_factory=list)
    analysis: Analysis = Field(default_factory=Analysis)
    key_points: list[Sentence] = Field(default_factory=list)
    outlook: Outlook = Field(default_factory=Outlook)
    tags: list[str] = Field(default_factory=list)
    stories: list[DigestStory] = Field(default_factory=list)
    #: what is remarkable in the day's numbers, and by its text the table of each
    numbers: list[Sentence] = Field(default_factory=list)
    tables: dict[str, Table] = Field(default_factory=dict)

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
        yield "numbers", self.numbers
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
