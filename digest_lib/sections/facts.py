"""What a machine can read about a post: kept in the notebook's metadata, and all that pages are made from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from digest_lib.checking.digest import Digest, Verdict

#: The mime type under which `section(digest, "making")` hands the facts to publishing.
MIME = "application/vnd.digest+json"
#: The key of the facts in a published notebook's metadata.
KEY = "digest"


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Source(_Fact):
    """A source as a post lists it; `number` is what citations show."""

    number: int
    id: str
    url: str
    title: str
    publisher: str
    lang: str
    published: datetime
    official: bool
    #: the story under which it is listed; empty for one that is only cited
    story: str = ""


class Passage(_Fact):
    """What of a source a sentence rests on, in the source's words."""

    sentence: str
    source: str
    text: str


class Follows(_Fact):
    """The story of an earlier post that is continued."""

    post: str
    story: str
    headline: str


class StoryFacts(_Fact):
    """A story of the post."""

    id: str
    headline: str
    articles: list[str]
    urls: list[str]
    publishers: int
    official: bool
    first: datetime
    last: datetime
    follows: Follows | None = None
    #: with `follows`: what the earlier posts did not tell, as it is said
    what_is_new: list[str] = []
    #: what kind of event it is, and how it was ranked within its day; posts of before say neither
    kind: str = ""
    score: float | None = None


class CoverageFacts(_Fact):
    """What was listened to: feeds that were asked, those that answered, and those that were imported."""

    feeds: int
    answered: int
    articles: int
    imported: int
    failed: list[tuple[str, str]]


class WriterFacts(_Fact):
    """Who wrote; `why` as in `writing.draft.Writer`."""

    llm: str
    why: str
    answered: str = ""
    warning: str = ""


class UsageFacts(_Fact):
    """What the llm's answers took when they were made, so that a re-run from the cache tells the same."""

    input_tokens: int
    output_tokens: int
    cost_usd: float | None


class Correction(_Fact):
    """A published post was made again and came out different."""

    date: date
    changes: list[str]


class Retraction(_Fact):
    """The post was taken back."""

    date: date
    reason: str


class Facts(_Fact):
    """Everything machine-readable about a post."""

    version: Literal[1] = 1
    family: str
    name: str
    language: str
    date: date
    window_days: int
    cutoff: datetime
    writer: WriterFacts
    usage: UsageFacts
    counts: dict[str, int]
    prompts: dict[str, str]
    coverage: CoverageFacts
    matched: int
    #: how many articles a day were about the family and each rival, as the post's charts have them:
    #: day -> name -> number; settled from the first post on that says it
    history: dict[str, dict[str, int]] = Field(default_factory=dict)
    #: how many stories there were before the check
    found: int
    checked: dict[str, int]
    digest: Digest
    verdicts: list[Verdict]
    stories: list[StoryFacts]
    sources: list[Source]
    #: posts of before have none
    passages: list[Passage] = Field(default_factory=list)
    corrections: list[Correction] = Field(default_factory=list)
    retracted: Retraction | None = None

    @property
    def told(self) -> int:
        """How many articles the told stories have."""
        return len({article for story in self.stories for article in story.articles})
