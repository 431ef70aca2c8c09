"""A text cut into clauses that can be compared: which clause of a source does a claim tell again?

Clauses are compared by what they share (pairs of Han characters, Latin words, numbers), in Simplified; the
words that turn the claim's meaning round are taken out first: those are what is compared then.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from digest_lib.checking.turns import Turns, turns, without_turns
from digest_lib.text.scripts import fold

_CUT = re.compile(
    r"[，。；：！？…\n|｜]+|[,.;:!?]+(?=\s|$)|(?<=[\u3400-\u9fff])[, \u3000](?=[\u3400-\u9fff])"
)
_TERM = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*|\d+(?:[.,]\d+)*|[\u3400-\u9fff]+")
_FILLERS = re.compile(r"[的了在是也都就又與与和及]")
_STOP = re.compile(
    r"the|a|an|of|to|in|on|at|for|and|or|is|are|was|were|be|been|by|with|as|it|its|that|this|from|has|have"
)

#: A clause with fewer features says too little to be told from others.
FEWEST = 4


@dataclass(frozen=True)
class Clause:
    """A clause as it stands in a text, with what it is compared by."""

    text: str

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

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
            found += [term[i : i + 2] for i in range(len(term) - 1)]
        elif not _STOP.fullmatch(term):
            found.append(term.replace(",", ""))
    return frozenset(found)


def clauses(text: str) -> list[Clause]:
    """The clauses of a text that say enough to be compared."""
    found = (Clause(part) for part in _CUT.split(text) if len(part) > FEWEST)
    return [clause for clause in found if len(clause.features) >= FEWEST]


class Index:
    """The clauses of a source, found by what they hold."""

    def __init__(self, found: Sequence[Clause]) -> None:
        self.clauses = found
        self._by_feature: dict[str, list[int]] = {}
        for i, clause in enumerate(found):
            for feature in clause.features:
                self._by_feature.setdefault(feature, []).append(i)

    def alike(self, claim: Clause, least: float) -> list[tuple[float, Clause]]:
        """Clauses that hold at least this share of what the claim keeps, the closest first."""
        shared: Counter[int] = Counter()
        for feature in claim.kept:
            shared.update(self._by_feature.get(feature, ()))
        whole = len(claim.kept)
        found = [(n / whole, i) for i, n in shared.items() if n >= least * whole]
        return [(s, self.clauses[i]) for s, i in sorted(found, key=lambda pair: (-pair[0], pair[1]))]
