"""Why a sentence does not stand: which reason, and the words that it is about; told in a post's language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from digest_lib.text.scripts import simplified_in
from digest_lib.text.traditional import in_script

#: The language whose words stand in where one has none of its own.
FALLBACK: Final = "zh-TW"
#: Reasons that read a meaning: an llm that is asked may know better. Where none is asked, they decide.
DOUBTS: Final = frozenset(
    {
        "another_actor",
        "owner",
        "figure",
        "surer",
        "opposite",
        "broader",
        "cause",
        "event",
        "off_topic",
        "far",
        "pieced",
        "hardly_named",
    }
)
#: Reasons about characters and words that must be shown as they stand.
_AS_THEY_STAND: Final = frozenset({"simplified", "mainland"})


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Reason -> language -> words, from `reasons.toml`."""
    return tomllib.loads(files(__package__).joinpath("reasons.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason of `reasons.toml`, and the words of the sentence or of a source that it is about."""

    key: str
    parts: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        """The reason in the words of a language. What it quotes of a Simplified source is read in
        Traditional where the reason is."""
        told = table()[self.key]
        words = told.get(language, told[FALLBACK])
        if words is not told[FALLBACK] or self.key in _AS_THEY_STAND:
            return words.format(*self.parts)
        return words.format(*(in_script(p) if simplified_in(p) else p for p in self.parts))


def reason(key: str, *parts: str) -> list[Reason]:
    """One reason, as a list."""
    return [Reason(key, parts)]


def certain(reasons: Iterable[Reason]) -> list[Reason]:
    """Those of the reasons that no llm is asked about."""
    return [r for r in reasons if r.key not in DOUBTS]


def said(reasons: Iterable[Reason], language: str) -> list[str]:
    """The reasons in the words of a language, each once."""
    return list(dict.fromkeys(r.said(language) for r in reasons))
