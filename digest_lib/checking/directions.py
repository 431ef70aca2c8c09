"""Does a sentence give a number of its sources the other direction? Up by 14% for down by 14%.

A number is the surest sign that a paraphrase and a clause of its source speak of one thing, whatever the
words and the language around it. Each number of the claim with a word of direction beside it is looked up in
the sources; it is turned where every clause that states it with a word of the same axis goes the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.checking.clauses import features
from digest_lib.checking.evidence import Evidence, as_written
from digest_lib.checking.predicates import clauses_of
from digest_lib.checking.reasons import Reason, reason
from digest_lib.checking.turns import AHEAD_ONLY, Turn, directions
from digest_lib.text.numbers import Quantity, stated, supported_by
from digest_lib.text.quantity import DATE, ORDINAL, QUARTER, TIME, VERSION
from digest_lib.text.scripts import HAN, fold

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


@dataclass(frozen=True, slots=True)
class Bearing:
    """A clause, folded, with its sentence and its words of direction."""

    clause: str
    sentence: str
    turns: tuple[Turn, ...]


def bearings(clauses: Iterable[tuple[str, str]]) -> tuple[Bearing, ...]:
    """Those of the clauses (each with its sentence) that go any way."""
    return tuple(Bearing(c, s, tuple(found)) for c, s in clauses if (found := directions(c)))


@lru_cache(maxsize=2048)
def _of(source: Evidence) -> tuple[Bearing, ...]:
    return bearings(source.clauses)


def moved(bearing: Bearing) -> Iterator[Moved]:
    """The numbers of a clause that have a direction."""
    clause, position = bearing.clause, 0
    for quantity in stated(clause):
        start = clause.find(quantity.said, position)
        if start < 0 or quantity.unit in _NO_AMOUNT:
            continue
        position = start + len(quantity.said)
        for axis in {turn.axis for turn in bearing.turns}:
            gaps = ((_gap(t, start, position, clause), t.up) for t in bearing.turns if t.axis == axis)
            near = [(gap, up) for gap, up in gaps if gap is not None]
            if near:
                yield Moved(quantity, axis, min(near)[1], clause)


def _gap(turn: Turn, start: int, end: int, clause: str) -> int | None:
    """How far the word of direction stands from the number; None where it does not speak of it."""
    gap = start - turn.end if turn.end <= start else turn.start - end
    if gap < 0 or (turn.axis in AHEAD_ONLY and turn.end > start):
        return None
    between = clause[turn.end : start] if turn.end <= start else clause[end : turn.start]
    return gap if gap <= (NEAR if HAN.search(clause) else NEAR_LATIN) and not stated(between) else None


#: What stands between a noun and its direction: 資本支出會繼續增加, 良率比預期好.
_ADVERBS = (
    r"(?:[则将会要已再也都均又仍略\s]|大幅|持续|继续|进一步|小幅|明显|首度|首次"
    r"|预计|可望|平均|同步|可能|预期|反而|终于)*"
)
_NOUN = re.compile(rf"(?P<noun>[\u4e00-\u9fff]{{2,4}}?){_ADVERBS}$")
#: So far before its direction a noun begins, at most.
_LONGEST = 14
#: What a noun does not begin with: words that only join.
_JOINS = "的了在与和及或并但而则将会要已再也都均又仍是有到从由被把对向为以于这那其该比让使"
#: So much of two nouns' ends must be the same for one: of 資本支出 and 年資本支出, four characters.
_ALIKE = 3
#: Such a share of a claim's clause must stand in the source's sentence, for both to speak of one thing.
SHARE = 0.4


@dataclass(frozen=True, slots=True)
class MovedNoun:
    """A noun with the direction that follows it."""

    noun: str
    axis: int
    up: bool
    clause: str
    sentence: str


def moved_nouns(bearing: Bearing) -> Iterator[MovedNoun]:
    """The Chinese nouns of a clause with a word of direction right after them."""
    clause = bearing.clause
    for turn in bearing.turns:
        match = _NOUN.search(clause[max(0, turn.start - _LONGEST) : turn.start])
        noun = match.group("noun").lstrip(_JOINS) if match else ""
        if len(noun) >= _ALIKE and turn.axis not in AHEAD_ONLY:
            yield MovedNoun(noun[-_ALIKE:], turn.axis, turn.up, clause, bearing.sentence)


def turned(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for which a number of the text, or else a noun, goes the other way in its sources, wherever it
    goes any way there."""
    own = bearings(clauses_of(fold(text)))
    for mine in (m for bearing in own for m in moved(bearing)):
        theirs = [m for s in sources for b in _of(s) if _may_state(mine, b) for m in moved(b)]
        theirs = [m for m in theirs if m.axis == mine.axis and supported_by(mine.quantity, [m.quantity])]
        if theirs and all(m.up != mine.up for m in theirs):
            return _reason(mine.clause, theirs[0].clause, text, sources)
    for noun in (m for bearing in own for m in moved_nouns(bearing)):
        if against := _against(noun, sources):
            return _reason(noun.clause, against, text, sources)
    return []


def _may_state(mine: Moved, bearing: Bearing) -> bool:
    """Does the clause go any way on the axis? Reading its numbers costs more."""
    return any(turn.axis == mine.axis for turn in bearing.turns)


def _against(mine: MovedNoun, sources: Sequence[Evidence]) -> str:
    """The clause of the sources in which the noun goes the other way, if it does so wherever it goes any."""
    same = [m for s in sources for b in _of(s) if mine.noun in b.clause for m in moved_nouns(b)]
    same = [m for m in same if m.axis == mine.axis and m.noun == mine.noun]
    own = features(mine.clause)
    near = [m for m in same if len(own & features(m.sentence)) >= SHARE * len(own)]
    return near[0].clause if near and all(m.up != mine.up for m in same) else ""


def _reason(claim: str, against: str, text: str, sources: Sequence[Evidence]) -> list[Reason]:
    return reason("direction", as_written(claim, [text]), as_written(against, (s.whole for s in sources)))
