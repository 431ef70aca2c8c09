"""What a machine can read about a post: kept in the notebook's metadata, and all that pages are made from."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from digest_lib.checking.digest import Digest, Verdict
from digest_lib.files import refuse_newer

#: The mime type under which `section(digest, "making")` hands the facts to publishing.
MIME = "application/vnd.digest+json"
#: The key of the facts in a published notebook's metadata.
KEY = "digest"


#: A story's id is part of its event's address, beside those of the months and of the list of all.
_STORY = re.compile(r"(?!index$|\d{4}-\d{2}$)[a-z0-9][a-z0-9-]{0,79}")


def _story_id(text: str) -> str:
    if not _STORY.fullmatch(text):
        raise ValueError("it cannot be part of an address")
    return text


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


class Mention(_Fact):
    """An article that only names the family: no source of the post, but what its reader may look at."""

    url: str
    title: str
    publisher: str
    lang: str
    published: datetime


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

    id: Annotated[str, AfterValidator(_story_id)]
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
    #: how many articles only mention the family and are no sources, and those of them that are listed; posts
    #: of before say neither
    mentioned: int = 0
    mentions: list[Mention] = Field(default_factory=list)
    corrections: list[Correction] = Field(default_factory=list)
    retracted: Retraction | None = None

    @model_validator(mode="before")
    @classmethod
    def _not_of_later(cls, value: Any) -> Any:
        """What a later version published is no damage: raises `NewerFile`, which every reader lets pass."""
        if isinstance(value, dict):
            refuse_newer(f"posts/{value.get('date')}-{value.get('family')}", value)
        return value

    @model_validator(mode="after")
    def _each_story_once(self) -> Self:
        ids = [story.id for story in self.stories]
        if len(ids) != len(set(ids)):
            raise ValueError("two stories have the same id")
        return self

    @property
    def told(self) -> int:
        """How many articles the told stories have."""
        return len({article for story in self.stories for article in story.articles})
