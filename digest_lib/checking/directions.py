"""Does a sentence give a number of its sources the other direction? Up by 14% for down by 14%.

A number is the surest sign that a paraphrase and a clause of its source speak of one thing, whatever the words
and the language around it. Each number of the claim with a word of direction beside it is looked up in the
sources; it is turned where every clause that states it with a word of the same axis goes the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.checking.evidence import Evidence
from digest_lib.checking.turns import AHEAD_ONLY, Turn, directions
from digest_lib.text.numbers import Quantity, stated, supported_by
from digest_lib.text.quantity import DATE, ORDINAL, QUARTER, TIME, VERSION
from digest_lib.text.scripts import HAN, fold

_CLAUSE = re.compile(r"[。；！？，;!?\n、|｜]+|,(?!\d)|\.(?=\s|$)")
#: What says when or which, not how much.
_NO_AMOUNT = frozenset({DATE, TIME, VERSION, ORDINAL, QUARTER})
#: A word of direction this far from a number speaks of it; Latin words are longer.
NEAR, NEAR_LATIN = 10, 28


@dataclass(frozen=True, slots=True)
class Moved:
    """A number with the direction that the words beside it give it, on one axis."""

    quantity: Quantity
    axis: int
    up: bool
    clause: str


def moved(text: str) -> list[Moved]:
    """The numbers of a text that have a direction."""
    return [m for clause in _CLAUSE.split(text) if clause for m in _in_clause(clause)]


def _in_clause(clause: str) -> Iterator[Moved]:
    found = directions(fold(clause))
    position = 0
    for quantity in stated(clause) if found else ():
        start = clause.find(quantity.said, position)
        if start < 0 or quantity.unit in _NO_AMOUNT:
            continue
        position = start + len(quantity.said)
        for axis in {turn.axis for turn in found}:
            near = [(gap, t.up) for t in found if t.axis == axis and (gap := _gap(t, start, position, clause)) is not None]
            if near:
                yield Moved(quantity, axis, min(near)[1], clause)


def _gap(turn: Turn, start: int, end: int, clause: str) -> int | None:
    """How far the word of direction stands from the number; None where it does not speak of it."""
    gap = start - turn.end if turn.end <= start else turn.start - end
    if gap < 0 or (turn.axis in AHEAD_ONLY and turn.end > start):
        return None
    between = clause[turn.end : start] if turn.end <= start else clause[end : turn.start]
    return gap if gap <= (NEAR if HAN.search(clause) else NEAR_LATIN) and not stated(between) else None


@lru_cache(maxsize=2048)
def _of(source: Evidence) -> tuple[Moved, ...]:
    return tuple(moved(source.whole))


def turned(text: str, sources: Sequence[Evidence]) -> list[str]:
    """Reasons for which a number of the text goes the other way in its sources."""
    for mine in moved(text):
        theirs = [m for s in sources for m in _of(s) if m.axis == mine.axis and supported_by(mine.quantity, [m.quantity])]
        if theirs and all(m.up != mine.up for m in theirs):
            return [f"與來源的方向相反：「{mine.clause.strip()}」；來源是「{theirs[0].clause.strip()}」"]
    return []
