"""A text cut into clauses that can be compared: which clause of a source does a claim tell again?

Clauses are compared by what they share (pairs of Han characters, Latin words, numbers), in Simplified; the
words that turn the claim's meaning round are taken out first: those are what is compared then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import add

from digest_lib.checking.turns import Turns, turns, without_turns
from digest_lib.text.scripts import fold

_CUT = re.compile(
    r"[，。；：！？…\n|｜]+|[,.;:!?]+(?=\s|$)|(?<=[\u3400-\u9fff])[, \u3000](?=[\u3400-\u9fff])"
)
_TERM = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*|\d+(?:[.,]\d+)*|[\u3400-\u9fff]+")
_FILLERS = re.compile(r"[的了在是也都就又與与和及]")
_STOP = frozenset([
    "the", "a", "an", "of", "to", "in", "on", "at", "for", "and", "or", "is", "are", "was", "were", "be",
    "been", "by", "with", "as", "it", "its", "that", "this", "from", "has", "have",
])  # fmt: skip

#: A clause with fewer features says too little to be told from others.
FEWEST = 4


@dataclass(frozen=True)
class Clause:
    """A clause as it stands in a text, with what it is compared by."""

    text: str
    folded: str

    @cached_property
    def turns(self) -> Turns:
        """What turns its meaning: negations, and words of direction."""
        return turns(self.folded)

    @cached_property
    def features(self) -> frozenset[str]:
        """What it holds."""
        return features(self.folded)

    @cached_property
    def kept(self) -> frozenset[str]:
        """What it holds beside the words that turn its meaning."""
        return features(without_turns(self.folded))


def features(folded: str) -> frozenset[str]:
    """Pairs of Han characters, Latin words and numbers of a folded text."""
    found: list[str] = []
    for term in _TERM.findall(_FILLERS.sub("", folded)):
        if "\u3400" <= term[0] <= "\u9fff":
            found += map(add, term, term[1:])
        elif term not in _STOP:
            found.append(term.replace(",", ""))
    return frozenset(found)


def clauses(text: str, folded: str | None = None) -> list[Clause]:
    """The clauses of a text that say enough to be compared; `folded`: the text, folded, if at hand."""
    folded = fold(text) if folded is None else folded
    cuts = [m.span() for m in _CUT.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    found = (Clause(text[a:b], folded[a:b]) for a, b in zip(starts, ends, strict=True) if b - a > FEWEST)
    return [clause for clause in found if len(clause.features) >= FEWEST]


def alike(claim: Clause, among: Iterable[Clause], least: float) -> list[tuple[float, Clause]]:
    """Those clauses that hold at least this share of what the claim keeps, the closest first."""
    kept = claim.kept
    shared = ((len(kept & clause.features), clause) for clause in among)
    found = [(n / len(kept), clause) for n, clause in shared if n and n >= least * len(kept)]
    return sorted(found, key=lambda pair: -pair[0])
