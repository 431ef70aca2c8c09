"""Does a sentence give a number of its sources the other direction? Up by 14% for down by 14%.

A number is the surest sign that a paraphrase and a clause of its source speak of one thing, whatever the words
and the language around it. Each number of the claim with a word of direction beside it is looked up in the
sources; it is turned where every clause that states it with a word of the same axis goes the other way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.checking.clauses import features
from digest_lib.checking.evidence import Evidence
from digest_lib.checking.predicates import clauses_of
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


#: What stands between a noun and its direction: 資本支出會繼續增加, 良率比預期好.
_ADVERBS = r"(?:则|将|会|要|已|再|也|都|均|又|仍|大幅|持续|继续|进一步|略|小幅|明显|首度|首次|预计|可望|平均|同步|可能|预期|反而|终于|[\s])*"
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


def moved_nouns(clauses: Iterable[tuple[str, str]]) -> list[MovedNoun]:
    """The Chinese nouns of clauses (each with its sentence) with a word of direction right after them."""
    found = []
    for clause, sentence in clauses:
        for turn in directions(clause):
            match = _NOUN.search(clause[max(0, turn.start - _LONGEST) : turn.start])
            noun = match.group("noun").lstrip(_JOINS) if match else ""
            if len(noun) >= _ALIKE and turn.axis not in AHEAD_ONLY:
                found.append(MovedNoun(noun, turn.axis, turn.up, clause, sentence))
    return found


@lru_cache(maxsize=2048)
def _nouns_of(source: Evidence) -> tuple[MovedNoun, ...]:
    return tuple(moved_nouns(source.clauses))


def turned_nouns(text: str, sources: Sequence[Evidence]) -> list[str]:
    """Reasons for which a noun of the text goes the other way in its sources, wherever it goes any way there."""
    for mine in moved_nouns(clauses_of(text)):
        same = [m for s in sources for m in _nouns_of(s) if m.axis == mine.axis and m.noun[-_ALIKE:] == mine.noun[-_ALIKE:]]
        own = features(mine.clause)
        near = [m for m in same if len(own & features(m.sentence)) >= SHARE * len(own)]
        if near and all(m.up != mine.up for m in same):
            return [f"與來源的方向相反：「{mine.clause.strip()}」；來源是「{near[0].clause.strip()}」"]
    return []


def turned(text: str, sources: Sequence[Evidence]) -> list[str]:
    """Reasons for which a number of the text goes the other way in its sources."""
    for mine in moved(text):
        theirs = [m for s in sources for m in _of(s) if m.axis == mine.axis and supported_by(mine.quantity, [m.quantity])]
        if theirs and all(m.up != mine.up for m in theirs):
            return [f"與來源的方向相反：「{mine.clause.strip()}」；來源是「{theirs[0].clause.strip()}」"]
    return []
