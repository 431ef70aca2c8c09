"""Years that are not counted as Gregorian: the Republic's, Japan's eras, Buddhist, Persian and Hijri ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date

#: Era -> the year before its first.
ERAS = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
#: An era with its year; 元 is the first.
ERA_YEAR = re.compile(r"(?:中華|中华)?(民國|民国|令和|平成|昭和)\s*(\d{1,3}|元)")
#: Years below 200 are the Republic's where no other calendar is in use; before 1911 + 60 nothing was online.
REPUBLIC = range(60, 200)
_BUDDHIST = range(2514, 2800)
_BUDDHISTS = frozenset({"th", "lo", "km", "my"})
_CENTURY_TURN, _BUDDHIST_TURN = 70, 55
_PERSIAN, _HIJRI = range(1350, 1450), range(1391, 1500)
_PERSIANS, _HIJRIS = frozenset({"fa", "ps", "ckb", "lrc", "mzn", "uz"}), frozenset({"ar", "ur", "ps", "ug"})

_PERSIAN_MONTHS = (
    "فروردین farvardin|اردیبهشت ordibehesht|خرداد khordad|تیر tir|مرداد امرداد mordad|شهریور shahrivar"
    "|مهر mehr|آبان aban|آذر azar|دی dey|بهمن bahman|اسفند esfand"
)
_HIJRI_MONTHS = (
    "محرم muharram|صفر safar|ربیع‌الاول|ربیع‌الثانی|جمادی‌الاول|جمادی‌الثانی|رجب rajab|شعبان shaban"
    "|رمضان ramadan|شوال shawwal||"
)


def month_names() -> Iterator[tuple[str, str, int]]:
    """(name, calendar, month) of the Persian and the Hijri months."""
    for calendar, months in (("persian", _PERSIAN_MONTHS), ("hijri", _HIJRI_MONTHS)):
        for number, names in enumerate(months.split("|"), start=1):
            yield from ((name, calendar, number) for name in names.split())
    yield from (
        (name, "hijri", number)
        for name, number in (
            ("ربيع الأول", 3), ("ربيع الآخر", 4), ("ربيع الثاني", 4), ("جمادى الأولى", 5),
            ("جمادى الآخرة", 6), ("جمادى الثانية", 6),
            ("ذو القعدة", 11), ("ذي القعدة", 11), ("ذو الحجة", 12), ("ذي الحجة", 12),
        )
    )  # fmt: skip


def short_year(number: int, lang: str) -> int:
    """What a year of two digits leaves out: 26 is of this century, 71 of the last, 69 Buddhist."""
    if lang in _BUDDHISTS and number >= _BUDDHIST_TURN:
        return 2500
    return 1900 if number >= _CENTURY_TURN else 2000


def gregorian(year: int, month: int, day: int, lang: str, calendar: str = "") -> Date | None:
    """The day that the numbers mean in a text of the language; None where that cannot be told or is no day.

    `calendar` is the one that the month's name belongs to. A year that only one calendar in use where the
    language is spoken can have is of that one.
    """
    try:
        if calendar == "persian" or (not calendar and lang in _PERSIANS and year in _PERSIAN):
            return _persian(year, month, day)
        if calendar == "hijri" or (not calendar and lang in _HIJRIS and year in _HIJRI):
            return _hijri(year, month, day)
        if year in _BUDDHIST and lang in _BUDDHISTS:
            year -= 543
        return Date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _persian(year: int, month: int, day: int) -> Date | None:
    import jdatetime

    return jdatetime.date(year, month, day).togregorian() if year in _PERSIAN else None


def _hijri(year: int, month: int, day: int) -> Date | None:
    from hijridate import Hijri

    told = Hijri(year, month, day).to_gregorian() if year in _HIJRI else None
    return Date(told.year, told.month, told.day) if told else None
