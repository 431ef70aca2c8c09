"""What a writer of English counts, rounds or works out himself, and no source has to state as a number.

Two films are as many as a source lists; over $1.5 million rounds 1,580,575; a decade lies between 2005 and
2015. Only small counts and ranks in words are a writer's own, and only where no source counts such things
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from digest_lib.checking.evidence import Evidence
from digest_lib.text.numbers import Quantity, supported_by
from digest_lib.text.quantity import DATE, ORDINAL
from digest_lib.text.units import COUNT, PERCENT

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_RANKS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NUMBERS = "|".join([*_COUNTS, "six", "seven", "eight", "nine", "ten", "eleven", "twelve", r"\d{1,3}"])
_NTH = "|".join([*_RANKS, "sixth", "seventh", "eighth", "ninth", "tenth", r"\d{1,3}(?:st|nd|rd|th)"])
#: What stands before an item of a list.
_MARKER = re.compile(r"\s*\d{1,2}[.)]\s")
#: A part of a game or a year, which is a half of it by name.
_A_HALF = re.compile(r"(?:first|second|latter|other|opening)[\s-]$")
#: The thing that is counted is among so many words behind its number.
_BEHIND = re.compile(r"(?:\s[a-z-]+){1,3}")
_SHORTEST = 4
_OVER = re.compile(r"\b(?:over|more than|above|at least|exceed(?:s|ed|ing)|in excess of|upwards of)\s$")
_UNDER = re.compile(r"\b(?:nearly|almost|close to|just under|just below|less than|under|up to)\s$")
_ABOUT = re.compile(r"\b(?:about|around|approximately|roughly|some|circa|an estimated)\s$")
_YEARS = range(1800, 2100)


def is_own_in_english(quantity: Quantity, text: str, sources: Sequence[Evidence]) -> bool:
    """May a writer say this number of the text without a source that states it?"""
    places = re.finditer(rf"(?<!\w){re.escape(quantity.said)}(?![\w-])", text)
    return any(_is_own_there(quantity, text, place.start(), sources) for place in places)


def _is_own_there(quantity: Quantity, text: str, at: int, sources: Sequence[Evidence]) -> bool:
    said, before, behind = quantity.said.lower(), text[:at].lower(), text[at + len(quantity.said) :]
    if not before.strip() and _MARKER.match(text):
        return True
    if quantity.unit == PERCENT and said == "half":
        return bool(_A_HALF.search(before))
    if quantity.unit == "year":
        return _lies_between_years(quantity, before, sources)
    if quantity.unit in {"", COUNT} and said.split()[0] in _COUNTS:
        return not _counted_otherwise(said, behind, _NUMBERS, _COUNTS, sources)
    if quantity.unit == ORDINAL and said in _RANKS:
        return not _counted_otherwise(said, behind, _NTH, _RANKS, sources)
    return _rounds(quantity, before, sources)


def _counted_otherwise(
    said: str, behind: str, numbers: str, known: dict[str, int], sources: Sequence[Evidence]
) -> bool:
    """Does a source count, or rank, what stands behind the number, and differently?"""
    found = _BEHIND.match(behind.lower())
    things = [w.rstrip("s") for w in (found.group().split() if found else said.split()[1:])]
    things = [re.escape(w) for w in things if len(w) >= _SHORTEST]
    if not things:
        return False
    other = re.compile(rf"\b({numbers})\s(?:[a-z-]+\s){{0,2}}?(?:{'|'.join(things)})")
    mine = said.split(maxsplit=1)[0]
    return any(
        number not in {mine, str(known[mine])} and not number.startswith(str(known[mine]))
        for s in sources for number in other.findall(s.folded)
    )  # fmt: skip


def _lies_between_years(quantity: Quantity, before: str, sources: Sequence[Evidence]) -> bool:
    """Is it how far two years that a source names lie apart, or the number of a year in a row: 46th year?"""
    years = {int(q.value) for s in sources for q in s.stated if not q.unit and q.value in _YEARS}
    years |= {int(q.exact[:4]) for s in sources for q in s.stated if q.unit == DATE and q.exact[:4].isdigit()}
    apart = {abs(a - b) for a in years for b in years}
    least, most = _bounds(quantity.value, before)
    if any(least <= n <= most for n in apart if n):
        return True
    return any(
        re.search(rf"\b{quantity.value}(?:st|nd|rd|th) (?:year|anniversary)", s.folded) for s in sources
    )


def _rounds(quantity: Quantity, before: str, sources: Sequence[Evidence]) -> bool:
    """Is it what a source states, rounded in the way that the text says?"""
    least, most = _bounds(quantity.value, before)
    if least == most:
        return False
    alike = (q for s in sources for q in s.stated if least <= q.value <= most)
    return any(supported_by(replace(quantity, value=q.value), [q]) for q in alike)


def _bounds(value: Decimal, before: str) -> tuple[Decimal, Decimal]:
    """Between which values lies what is said to be over, nearly or about this one? A writer gives it to the
    last digit that he has."""
    exponent = value.normalize().as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if _OVER.search(before):
        return value, value + step
    if _UNDER.search(before):
        return value - step, value
    return (value - step / 2, value + step / 2) if _ABOUT.search(before) else (value, value)
