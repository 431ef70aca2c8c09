"""Which clauses of the sources tell what a clause of a text tells, in any language, and how much of it?

The clauses of a source are read once, and kept by the classes of words that they have: only those that share
some with a claim, or have enough of its words somewhere, are looked at word by word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from digest_lib.checking.clauses import Standing
from digest_lib.checking.evidence import Evidence
from digest_lib.checking.slots import Slots, folded_name, slots
from digest_lib.text.numbers import supported_by

#: Such a share of what a clause says must its counterpart say, too, within a language and across.
WITHIN, ACROSS = 0.45, 0.5
#: A clause is judged from so much on that it says: words count one, what it is about two, numbers three.
LEAST = 4
#: A clause that tells nearly as much as the closest one speaks for the claim as well.
NEARLY = 0.75
MATTER, NUMBER, NAME = 2, 3, 2
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Match:
    """A clause of a source beside a clause of a text, and how much of that it tells."""

    clause: Slots
    #: without its names, and with them
    bare: float
    share: float


class Told:
    """The clauses of a source, with where they have what: each class's clauses as the bits of a number,
    since thousands of small lists cost more to keep than to make."""

    def __init__(self, source: Evidence) -> None:
        self.clauses = slots(source.whole)
        self._standing = Standing(clause.clause for clause in self.clauses)

    @cached_property
    def numbered(self) -> list[int]:
        """Which clauses state a number."""
        return [i for i, clause in enumerate(self.clauses) if clause.numbers]

    @cached_property
    def _matters(self) -> dict[str, int]:
        return _places(clause.matters for clause in self.clauses)

    def near(self, claim: Slots) -> Iterator[Match]:
        """The clauses that tell something of what the claim tells, in order."""
        most = self._standing.most(claim.terms)
        about = Counter(i for matter in claim.matters for i in _bits(self._matters.get(matter, 0)))
        within, across = _needed(claim, across=False), _needed(claim, across=True)
        least = min(within, across)
        some = {i for i in {*most, *about} if most[i] + MATTER * about[i] >= least}
        some = {i for i in some if about[i] or not claim.terms.isdisjoint(self.clauses[i].terms)}
        if claim.numbers and least <= 0:
            some.update(self.numbered)
        for i in sorted(some):
            clause = self.clauses[i]
            is_across = claim.is_chinese is not clause.is_chinese
            shared = MATTER * about[i] + (0 if is_across else len(claim.terms & clause.terms))
            if shared < (across if is_across else within) or not (shared or claim.numbers):
                continue
            match = _beside(claim, clause, shared, across=is_across)
            if match.share or match.bare:
                yield match


@lru_cache(maxsize=2048)
def told_by(source: Evidence) -> Told:
    """The clauses of a source, read once."""
    return Told(source)


def _places(words: Iterable[frozenset[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for i, of_clause in enumerate(words):
        for word in of_clause:
            found[word] = found.get(word, 0) | 1 << i
    return found


def _bits(number: int) -> Iterator[int]:
    """Which bits of a number are set."""
    while number:
        last = number & -number
        yield last.bit_length() - 1
        number ^= last


def matches(claim: Slots, sources: Sequence[Evidence]) -> list[Match]:
    """The clauses of the sources that tell something of what the claim tells."""
    return [match for source in sources for match in told_by(source).near(claim)]


def beside(found: Sequence[Match]) -> list[Match]:
    """Of these, the clauses that tell most of it, the closest first."""
    best = max((m.share for m in found), default=0.0)
    return sorted((m for m in found if m.share and m.share >= best * NEARLY), key=lambda m: -m.share)


def without_names(found: Sequence[Match]) -> list[Match]:
    """The same, whoever is named."""
    best = max((m.bare for m in found), default=0.0)
    return sorted((m for m in found if m.bare and m.bare >= best * NEARLY), key=lambda m: -m.bare)


def is_one_of(name: str, names: Sequence[tuple[str, str]]) -> bool:
    """Is it one of the names, or a part of one, or one of it?"""
    one = folded_name(name)
    return any(one in (other := folded_name(n)) or other in one for n, _ in names)


def _needed(claim: Slots, *, across: bool) -> float:
    """How much of the claim's words a clause must share that tells enough of it, should it have all its
    numbers and names."""
    numbers, names = NUMBER * len(claim.numbers), NAME * len(claim.about)
    words = MATTER * len(claim.matters) + (0 if across else len(claim.terms))
    least = ACROSS if across else WITHIN
    bare = max(LEAST - numbers, least * (words + numbers) - numbers)
    named = max(LEAST - numbers - names, least * (words + numbers + names) - numbers - names)
    return min(bare, named) - _ROUNDING


def _beside(claim: Slots, clause: Slots, told: int, *, across: bool) -> Match:
    """How much of the claim the clause tells, without its names and with them; 0 where that is too little.
    `told`: what they share beside names and numbers."""
    whole = MATTER * len(claim.matters) + (0 if across else len(claim.terms))
    same = sum(supported_by(q, clause.numbers) for q in claim.numbers) if clause.numbers else 0
    told, whole = told + NUMBER * same, whole + NUMBER * len(claim.numbers)
    named = sum(is_one_of(n, clause.about) for n, _ in claim.about) if clause.about else 0
    least = ACROSS if across else WITHIN
    bare = told / whole if whole and told >= LEAST else 0.0
    told, whole = told + NAME * named, whole + NAME * len(claim.about)
    share = told / whole if whole and told >= LEAST else 0.0
    return Match(clause, bare if bare >= least else 0.0, share if share >= least else 0.0)
