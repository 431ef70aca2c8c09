"""What an llm answered, as the digest's own: each sentence gets the kind that its place has.

Nothing here is the llm's to choose: no sentence of an answer is a count, what stands where facts are told is
checked as a fact, and a repaired sentence is what it was before. In places for analysis an llm may call its
sentence a fact, which is checked more, never less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from digest_lib.checking.digest import (
    Analysis,
    DayText,
    Digest,
    DigestStory,
    Outlook,
    Sentence,
    StoryText,
    Written,
)

#: More tags than readers look at; a tag that is longer is none.
MOST_TAGS, LONGEST_TAG = 12, 40
_BETWEEN_TAGS = re.compile(r"[,，、;；|\n]+")


def story_of(answer: StoryText, story: str) -> DigestStory:
    """The story with the id `story`, from an answer whose sources are article ids."""
    return DigestStory(
        story=story,
        headline=answer.headline,
        sentences=facts(answer.sentences),
        why_it_matters=analyses(answer.why_it_matters),
    )


def day_of(answer: DayText) -> Digest:
    """The day without its stories, from an answer whose sources are article ids."""
    said, ahead = answer.analysis, answer.outlook
    return Digest(
        headline=answer.headline,
        summary=facts(answer.summary),
        trend=analyses(answer.trend),
        analysis=Analysis(
            industry=analyses(said.industry), rivals=analyses(said.rivals), market=analyses(said.market)
        ),
        key_points=facts(answer.key_points),
        outlook=Outlook(developers=analyses(ahead.developers), users=analyses(ahead.users)),
        tags=tags_of(answer.tags),
    )


def facts(written: Iterable[Written]) -> list[Sentence]:
    """Sentences of a place where facts are told."""
    return [_sentence(one, "fact") for one in written]


def analyses(written: Iterable[Written]) -> list[Sentence]:
    """Sentences of a place where facts may be weighed."""
    return [_sentence(one, one.kind) for one in written]


def _sentence(written: Written, kind: Literal["fact", "analysis"]) -> Sentence:
    return Sentence(text=written.text, sources=written.sources, kind=kind)


def tags_of(tags: Iterable[str]) -> list[str]:
    """The tags, each once; several in one string are parted."""
    parted = (part.strip().lstrip("#").strip() for tag in tags for part in _BETWEEN_TAGS.split(tag))
    return [tag for tag in dict.fromkeys(parted) if 0 < len(tag) <= LONGEST_TAG][:MOST_TAGS]
