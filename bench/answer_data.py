"""Answers written by hand for recorded days, good ones and false ones, as the bench of the check reads them.

What they are and by what rule they were written: `bench/answers/README.md`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

ANSWERS = Path(__file__).parent / "answers"

Split = Literal["dev", "heldout", "blind", "kinds-dev", "kinds-heldout"]
KINDS = ("fact", "analysis", "headline", "tag")
#: The parts of an answer, by their path in `StoryText` (after `stories.`) or `DayText`.
SECTIONS = (
    "stories.headline", "stories.sentences", "stories.why_it_matters",
    "headline", "summary", "trend", "analysis.industry", "analysis.rivals", "analysis.market",
    "key_points", "outlook.developers", "outlook.users", "tags",
)  # fmt: skip
FALSE_KINDS = (
    "wrong_actor", "certainty", "merged", "cause", "overgeneralised", "negation", "wrong_citation",
    "implication", "moved_number", "denied_headline", "wrong_person",
)  # fmt: skip
#: Those of the later files, which are about what stands near a source's wording.
NEAR_KINDS = (
    "wrong_actor", "certainty", "negation", "moved_number", "denied_headline", "unit", "date", "direction",
    "scope", "attribution", "rival",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One text of an answer: where it stands in the digest of a family's day, and what it cites."""

    date: str
    family: str
    section: str
    kind: str
    #: the id of its story's first article; None for a text of the whole day
    story: str | None
    text: str
    #: ids of the cited articles
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Falsehood(Answer):
    """A text that its cited articles do not bear out."""

    false_kind: str
    why: str
    #: the same said rightly, with the same citations, where there is such a sentence
    true: str | None


def good(split: Split) -> list[Answer]:
    """The texts that should stand."""
    return [Answer(**_of(row)) for row in _rows(f"good-{split}")]


def false(split: Split) -> list[Falsehood]:
    """The texts that should not."""
    return [Falsehood(**{"true": None, **_of(row)}) for row in _rows(f"false-{split}")]


def doubted(answer: Answer) -> bool:
    """What an oracle answers that is asked whether the sources support the text: by its label. It shows what
    the question reaches, not how well an llm answers it."""
    return isinstance(answer, Falsehood)


@cache
def _rows(name: str) -> list[dict[str, Any]]:
    path = ANSWERS / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _of(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "sources": tuple(row["sources"])}
