"""Every number of a text, whatever way it is written: 1,600億, 1600亿, １６００億 and 160 billion are one.

`quantities` reads numbers with scale and unit, money, percentages, dates, times and versions;
`supported_by` says whether a source states what a claim states. Numbers that say nothing (一個, one of,
第一) are not read, nor are vague ones (數百, 百萬用戶, millions). 兆 is 10^12, as in Taiwan; a mainland
text's 兆 for million is rare enough to be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from digest_lib.text import calendar_dates, numerals, units
from digest_lib.text import number_patterns as patterns
from digest_lib.text.quantity import (
    HALF_DAY,
    HOUR,
    ORDINAL,
    QUARTER,
    TIME,
    VERSION,
    Quantity,
    date_of,
    supported_by,
)
from digest_lib.text.scripts import to_simplified

__all__ = ["Quantity", "date_of", "quantities", "stated", "supported_by"]

_HALF_HOUR = 30
_CLOCK_NUMBER = re.compile(r"\d+|十?[一二三四五六七八九十两]")


def quantities(text: str) -> frozenset[Quantity]:
    """The numbers that a text states."""
    return frozenset(stated(text))


def stated(text: str) -> list[Quantity]:
    """The numbers that a text states, in order, each with the words that state it."""
    return list(_stated(text))


@lru_cache(maxsize=16384)  # the rules that lay clauses beside each other read one and the same many times
def _stated(text: str) -> tuple[Quantity, ...]:
    # A full-width comma between half-width digits separates two numbers; folding would join them.
    apart = re.sub(r"(?<=[0-9])，(?=[0-9])", "；", text)
    folded = to_simplified(apart)
    if not patterns.MAY_STATE.search(folded):
        return ()
    found = list(_scan(folded))
    _share_units(found, folded)
    return tuple(replace(f.quantity, said=text[f.start : f.end].strip()) for f in found
                 if not (_says_nothing(f) or _is_distance(f, folded)))  # fmt: skip


@dataclass(slots=True)
class _Found:
    quantity: Quantity
    start: int
    end: int
    #: no unit stands after it: may share what its neighbour has
    bare: bool = False
    #: the scale that the text gives it: 億, billion
    scale: Decimal = Decimal(1)


def _scan(text: str) -> Iterator[_Found]:
    position = 0
    while match := patterns.ANY.search(text, position):
        position = max(match.end(), position + 1)
        kind = match.lastgroup or ""
        if kind == "word" and (word := _word_before_number(match)):
            position = match.start() + len(word)
        else:
            yield from _READERS[kind](match)


def _word_before_number(match: re.Match[str]) -> str:
    """In «AI10億美元» the word is AI; in «Qwen3.8» the number belongs to it."""
    glued = patterns.LETTERS.match(match.group())
    follows = patterns.MAKES_FIGURE.match(match.string, match.end())
    return glued.group() if glued and follows and follows.group().strip() else ""


def _link(_: re.Match[str]) -> Iterator[_Found]:
    yield from ()


def _date(match: re.Match[str]) -> Iterator[_Found]:
    parts = calendar_dates.parts_of(match)
    if parts is not None:
        yield _at(match, date_of(parts.year, parts.month, parts.day))


def _clock(match: re.Match[str]) -> Iterator[_Found]:
    said = match.group()
    hour, minute = ([int(_plain(n)) for n in _CLOCK_NUMBER.findall(said)] + [0])[:2]
    minute += _HALF_HOUR if said.endswith("半") else 0
    yield _at(match, Quantity(Decimal((hour * HOUR + minute) % HALF_DAY), TIME))


def _part(match: re.Match[str]) -> Iterator[_Found]:
    """百分之三十, 三分之二, 七成, half: all are percentages."""
    if match.group("per"):
        value = _plain(match.group("share")) / (1 if match.group("per") == "百" else 10)
    elif match.group("den"):
        value = 100 * _plain(match.group("num")) / (_plain(match.group("den")) or 1)
    elif match.group("cheng"):
        whole, _, tail = match.group("cheng").partition("成")
        value = 10 * _plain(whole) + (_plain(tail) if tail else 0)
    else:
        value = Decimal(50)
    yield _at(match, Quantity(round(value, 4), units.PERCENT))


def _quarter(match: re.Match[str]) -> Iterator[_Found]:
    said = match.group().lower()
    order = {"first": 1, "一": 1, "second": 2, "二": 2, "third": 3, "三": 3, "fourth": 4, "四": 4}
    number = next((n for word, n in order.items() if word in said), 0) or re.findall("[1-4]", said)[0]
    yield _at(match, Quantity(Decimal(number), QUARTER))


def _double(match: re.Match[str]) -> Iterator[_Found]:
    said = match.group().lower()
    times = 3 if said.startswith("trip") else 4 if said.startswith("quad") else 2
    yield _at(match, Quantity(Decimal(times), units.TIMES))


def _ordinal(match: re.Match[str]) -> Iterator[_Found]:
    said = match.group().lower()
    if place := numerals.PLACES.get(said):
        value = Decimal(place)
    else:
        value = _plain(re.sub(r"^第\s?|[a-z]+$", "", said))
    yield _at(match, Quantity(value, ORDINAL))


def _dotted(match: re.Match[str]) -> Iterator[_Found]:
    yield _at(match, _version(match.group().lstrip("v")))


def _word(match: re.Match[str]) -> Iterator[_Found]:
    for number, scale in patterns.IN_WORD.findall(match.group()):
        if scale and number.count(".") <= 1:
            value = Decimal(number) * units.scale_of(scale)
            yield _at(match, Quantity(value))
        else:
            yield _at(match, _version(number))


def _version(said: str) -> Quantity:
    return Quantity(Decimal(".".join(said.split(".")[:2])), VERSION, said)


def _figure(match: re.Match[str]) -> Iterator[_Found]:
    number, letter, unit = match.group("number"), match.group("scale") or "", match.group("unit") or ""
    currency = (match.group("currency") or "").strip()
    segments = patterns.SEGMENT.findall(number)
    if number[0] in numerals.CHINESE_FIRST and not (segments or unit or currency):
        return  # 十一, 一二三: a word, not a number
    if letter in {"m", "b", "t"} and not currency:
        letter = ""  # metres, bits, tonnes: a small letter is a scale after a currency only
    scale = units.scale_of(letter or segments[-1][1]) if letter or segments else Decimal(1)
    value = _value(number) * (scale if letter else 1)
    named = units.CURRENCY_OF[currency] if currency else units.unit_of(unit) if unit else ""
    if number.lower() in numerals.GROUPS:
        named = named or units.COUNT
    if named == units.COUNT and unit.strip() == "版" and "." in number:
        yield _at(match, _version(number))
        return
    value += Decimal("0.5") if match.group("and_half") else 0
    times, named = units.SPANS.get(named, (1, named))
    yield _Found(Quantity(value * times, named), match.start(), match.end(), not unit, scale)


def _value(number: str) -> Decimal:
    segments = patterns.SEGMENT.findall(number)
    if segments:
        return sum((_plain(n) * units.scale_of(s) for n, s in segments), Decimal(0))
    return _plain(number)


def _plain(number: str) -> Decimal:
    if number[0].isdigit():
        return Decimal(number.replace(",", ""))
    if number.lower() in numerals.GROUPS:
        return Decimal(numerals.GROUPS[number.lower()])
    if number[0].isascii():
        return Decimal(1) if number.lower() in {"a", "an", "another"} else numerals.english(number)
    return numerals.chinese(number.lstrip("零") or "零")


def _at(match: re.Match[str], quantity: Quantity) -> _Found:
    return _Found(quantity, match.start(), match.end())


_READERS: dict[str, Callable[[re.Match[str]], Iterator[_Found]]] = {
    "link": _link, "date": _date, "clock": _clock, "part": _part, "quarter": _quarter, "double": _double,
    "ordinal": _ordinal, "dotted": _dotted, "word": _word, "figure": _figure,
}  # fmt: skip


def _share_units(found: list[_Found], text: str) -> None:
    """10 to 20% is 10% and 20%, $5–10 billion is 5 and 10 billion dollars, 20、30% are both percent.
    Changes the list in place, from the end, so that a unit wanders along a series."""
    for first, second in reversed(list(pairwise(found))):
        gap = text[first.end : second.start]
        is_range = bool(patterns.RANGE.fullmatch(gap))
        if is_range or patterns.SERIES.fullmatch(gap):
            _share(first, second, is_range=is_range)


def _share(first: _Found, second: _Found, *, is_range: bool) -> None:
    one, two = first.quantity, second.quantity
    if first.bare and is_range and first.scale == 1 and one.value * second.scale <= two.value:
        one = replace(one, value=one.value * second.scale)
    if first.bare and not one.unit and two.unit in _SHARED and (is_range or two.unit in units.STRONG):
        one = replace(one, unit=two.unit)
    if second.bare and not two.unit and one.unit in units.MONEY:
        two = replace(two, unit=one.unit)
    first.quantity, second.quantity = one, two


_SHARED = frozenset(units.UNIT_OF.values())


#: 前一年, 一年前, 近一週: a distance in time, not a number.
_ONE_BEFORE = re.compile(r"(?:[前近这每同上隔下]|过去)$")
_ONE_AFTER = re.compile(r"\s?(?:[前后来内多]|以[前后来内])")


def _is_distance(found: _Found, text: str) -> bool:
    if found.quantity.value != 1 or found.quantity.unit not in {"year", "month", "week", "day"}:
        return False
    return bool(_ONE_BEFORE.search(text[: found.start]) or _ONE_AFTER.match(text, found.end))


def _says_nothing(found: _Found) -> bool:
    quantity = found.quantity
    return quantity.value == 1 and quantity.unit in {"", units.COUNT, ORDINAL} and found.scale == 1
