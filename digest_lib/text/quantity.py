"""A number as texts state it, and when two texts state the same."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from digest_lib.text import units
from digest_lib.text.calendar_dates import Parts

DATE = "date"
TIME = "time"
VERSION = "version"
ORDINAL = "ordinal"
QUARTER = "quarter"

#: A bare number between these may be a year.
_YEARS = (1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `%`, `x` (times), a currency's code, `date`, `time`, `version`, a unit of
    measure, or nothing. `exact` is what must agree to the character (a version: 5.6 is not 5.60) or by
    parts (a date: 2026-07-22, ?-07-22); `said` is how the text says it, and is not compared."""

    value: Decimal
    unit: str = ""
    exact: str = ""
    said: str = field(default="", compare=False)

    @property
    def names_day(self) -> bool:
        """Is it a date with its day, not a month or a year alone?"""
        return self.unit == DATE and not self.exact.endswith("?")


def date_of(year: int, month: int = 0, day: int = 0) -> Quantity:
    """A date as a quantity, 0 for what it leaves open."""
    return Quantity(Decimal(month * 100 + day), DATE, str(Parts(year, month, day)))


def supported_by(claim: Quantity, source: Collection[Quantity]) -> bool:
    """Does a source with these numbers state this one?

    Same value and same unit; or one of the two without unit, unless the other's unit changes what the number
    says (percent, times, money: 40% is not supported by 40 customers; 1600億元 does support 1600億). An
    open currency (元, ¥) agrees with those it may stand for. Half is 50%, doubled is twice.
    """
    return claim in source or any(_agree(claim, said) for said in source)


def _agree(claim: Quantity, source: Quantity) -> bool:
    if DATE in (claim.unit, source.unit):
        return _dates_agree(claim, source)
    if VERSION in (claim.unit, source.unit):
        return _versions_agree(claim, source)
    if claim.unit != source.unit and claim.unit in _LASTS and source.unit in _LASTS:
        return _lasts(claim) == _lasts(source)
    return _says_when(claim, source) or _amounts_agree(claim, source)


def _amounts_agree(claim: Quantity, source: Quantity) -> bool:
    if claim.value != source.value and not _rounds(claim.value, source.value):
        return _doubled(claim, source)
    return _units_agree(claim.unit, source.unit)


_NTH = re.compile(r"\d(?:st|nd|rd|th)\b")
#: Minutes of an hour, and of half a day: nobody has to say which half.
HOUR, HALF_DAY = 60, 720
_HOURS_A_DAY = 24


def _says_when(claim: Quantity, source: Quantity) -> bool:
    """Do they name one time of day, or one day: 9 點 of 9:00, 16 日 of «July 15th and 16th»?"""
    if TIME in (claim.unit, source.unit):
        times = [_time(claim), _time(source)]
        return times[0] is not None and times[0] == times[1]
    if {claim.unit, source.unit} == {"日", ORDINAL}:
        return claim.value == source.value and bool(_NTH.search(f"{claim.said} {source.said}"))
    return False


def _time(said: Quantity) -> Decimal | None:
    """At which minute of half a day: 9 點 without a part of the day looks like a count, «12 to 3 p.m.» like a
    bare number."""
    if said.unit == TIME:
        return said.value
    is_hour = said.unit == "" or (said.unit == units.COUNT and said.said[-1:] in ("点", "點"))
    return said.value * HOUR % HALF_DAY if is_hour and said.value <= _HOURS_A_DAY else None


#: A figure of so many digits may be another, rounded: 79.3 of 79.3187; 1,200 of 1,234 says too little of it.
_PRECISE = 3


def _rounds(claim: Decimal, source: Decimal) -> bool:
    """Is the claim the source's figure, rounded to the digits that the claim has?"""
    rounded = claim.normalize().as_tuple()
    if len(rounded.digits) < _PRECISE or not isinstance(rounded.exponent, int):
        return False
    step = Decimal(1).scaleb(rounded.exponent)
    return abs(source - claim) * 2 <= step and len(source.normalize().as_tuple().digits) > len(rounded.digits)


#: How long a span is: 一年半 is 18 months, and 48 hours are two days.
_LASTS = {"year": (12, "month"), "month": (1, "month"), "week": (10080, "minute"), "day": (1440, "minute"),
          "hour": (60, "minute"), "minute": (1, "minute")}  # fmt: skip


def _lasts(span: Quantity) -> tuple[Decimal, str]:
    times, unit = _LASTS[span.unit]
    return span.value * times, unit


#: 30日 and 30天, 滿十歲 and 十週年.
_ALIKE = ({"日", "day"}, {"岁", "year"})


def _units_agree(claim: str, source: str) -> bool:
    if claim == source or {claim, source} in _ALIKE:
        return True
    if source in units.OPEN_CURRENCY.get(claim, ()) or claim in units.OPEN_CURRENCY.get(source, ()):
        return True
    if claim and source:
        return False
    return (claim or source) not in (units.STRONG | units.MEASURES if claim else units.STRONG - units.MONEY)


#: Twice as much, and what it is as a rise: one time (一倍), or 100%.
_TWICE = (Decimal(2), units.TIMES)
_ONCE = frozenset({(Decimal(1), units.TIMES), (Decimal(100), units.PERCENT)})


def _doubled(claim: Quantity, source: Quantity) -> bool:
    """Is one of them twice as much, and the other the rise that makes it?"""
    if units.TIMES not in (claim.unit, source.unit):
        return False
    pair = {(claim.value, claim.unit), (source.value, source.unit)}
    return _TWICE in pair and bool(pair & _ONCE)


def _parts(quantity: Quantity) -> Parts:
    return _parts_of(quantity.exact)


@lru_cache(maxsize=4096)
def _parts_of(exact: str) -> Parts:
    return Parts(*(int(n) if n != "?" else 0 for n in exact.split("-")))


def _dates_agree(claim: Quantity, source: Quantity) -> bool:
    if claim.unit == source.unit:
        return _parts(source).says(_parts(claim))
    if claim.unit == DATE:  # «2026» in a source says 2026年
        return source.unit == "" and _parts(claim) == Parts(year=int(source.value))
    date = _parts(source)
    if claim.unit == "日":
        return claim.value == date.day
    return claim.unit == "" and _YEARS[0] <= claim.value <= _YEARS[1] and claim.value == date.year


def _versions_agree(claim: Quantity, source: Quantity) -> bool:
    if claim.unit == source.unit:
        return claim.exact == source.exact
    version, other = (claim, source) if claim.unit == VERSION else (source, claim)
    if other.unit == ORDINAL:  # 第 385 期 of «v385»
        return version is source and version.said.lower() == f"v{other.value}"
    if other.unit or str(other.value) not in {version.exact, version.exact.removesuffix(".0")}:
        return False
    # «100 customers» is not supported by H100; a decimal, a year (FY2026) and a version of a claim are
    return version is claim or "." in version.exact or _YEARS[0] <= other.value <= _YEARS[1]
