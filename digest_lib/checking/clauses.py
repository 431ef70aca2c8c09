"""A text cut into clauses that can be compared: which clause of a source does a claim tell again?

Clauses are compared by what they share (pairs of Han characters, Latin words, numbers), in Simplified; the
words that turn the claim's meaning round are taken out first: those are what is compared then.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
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


class Standing:
    """Folded clauses, run together: in which of them may words stand? To take each clause to pieces costs
    more than to look a word up in all of them, and few clauses have what a claim says."""

    def __init__(self, clauses: Iterable[str]) -> None:
        self._text = _FILLERS.sub("", "\n".join(clauses)).replace(",", "")
        lengths = (len(clause) + 1 for clause in self._text.split("\n"))
        self._starts = list(accumulate(lengths, initial=0))

    def most(self, words: Iterable[str]) -> Counter[int]:
        """How many of the words (each as `features` has it) each clause has at most: they stand in it, be it
        within others. A clause with none of them is left out."""
        return Counter(i for word in words for i in self._with(word))

    def _with(self, word: str) -> Iterator[int]:
        at = self._text.find(word)
        while at >= 0:
            i = bisect_right(self._starts, at) - 1
            yield i
            at = self._text.find(word, self._starts[i + 1])


class Compared:
    """The clauses of a text that say enough to be compared with a claim's."""

    def __init__(self, text: str, folded: str) -> None:
        self._clauses = list(_cut(text, folded))
        self._standing = Standing(clause.folded for clause in self._clauses)

    def near(self, kept: frozenset[str], least: float) -> Iterator[Clause]:
        """Those that may hold so much of what is kept, and none that holds it is left out."""
        for i, most in sorted(self._standing.most(kept).items()):
            if most >= least and len(self._clauses[i].features) >= FEWEST:
                yield self._clauses[i]


def _cut(text: str, folded: str) -> Iterator[Clause]:
    cuts = [m.span() for m in _CUT.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return (Clause(text[a:b], folded[a:b]) for a, b in zip(starts, ends, strict=True) if b - a > FEWEST)


def clauses(text: str) -> list[Clause]:
    """The clauses of a text that say enough to be compared."""
    return [clause for clause in _cut(text, fold(text)) if len(clause.features) >= FEWEST]


def alike(claim: Clause, among: Iterable[Compared], least: float) -> list[tuple[float, Clause]]:
    """Those clauses of the texts that hold at least this share of what the claim keeps, the closest first."""
    kept = claim.kept
    near = (clause for text in among for clause in text.near(kept, least * len(kept)))
    shared = ((len(kept & clause.features), clause) for clause in near)
    found = [(n / len(kept), clause) for n, clause in shared if n and n >= least * len(kept)]
    return sorted(found, key=lambda pair: -pair[0])
