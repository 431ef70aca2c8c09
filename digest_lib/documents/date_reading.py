"""A date in any language's words and order: read only where it can mean one day.

What of a text is neither number, name of a month or weekday, half of a day, zone nor one of the words that
the language puts around a date makes it no date. What its numbers leave open (03/07/2026) is decided by the
weekday that stands beside them, by the points between them (a day comes first), by the order in which the
language writes, or by `order`, which other dates of the same feed may have shown; else it stays open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime, timedelta

from digest_lib.documents.calendars import ERA_YEAR, ERAS, REPUBLIC, gregorian, month_names, short_year
from digest_lib.documents.date_words import (
    AFTERNOON,
    FORENOON,
    MONTH,
    WEEKDAY,
    Order,
    Words,
    folded,
    order_of,
    words_by_country,
    words_of,
    words_with,
)
from digest_lib.documents.zones import zone_of
from digest_lib.text.numerals import chinese

_PARTS = re.compile(
    r"(?P<clock>(?<![\d/.-])\d{1,2}\s*(?:[:：]|h(?=\s*\d)|\.(?=\d\d(?!\d|\.\d)))\s*\d{2}"
    r"(?:\s*[:：.]\s*\d{2}(?:[.,]\d+)?)?(?![\d/.-]*\d[/.-]))"
    r"|(?P<hours>\d{1,2}\s*[時时点點시]\s*(?:\d{1,2}\s*[分분]?)?(?:\s*\d{1,2}\s*[秒초])?)"
    # A number after a hyphen is an offset after a time, or as four digits that stand apart.
    r"|(?P<zone>(?:utc|gmt)\s*[+-]\d{1,2}(?::?\d{2})?|(?:(?<=:\d\d)|(?<=:\d\d\s))[+-]\d{1,2}(?::?\d{2})?(?!\d)"
    r"|(?<=\s)[+-]\d{2}:?\d{2}(?!\d)|[a-z]+/[a-z_]+|(?<=[\d\s])z\b)"
    r"|(?P<number>\d+)|(?P<token>[\ue000-\ue0ff])|(?P<word>[^\W\d_]+)|(?P<other>.)",
    re.S,
)
#: What says nothing: a weekday of one letter before a comma, anything in brackets without a number, the
#: ending of an ordinal.
_NOTHING = re.compile(
    r"^\s*[^\W\d_]\s*[,،，](?=\s*\d)|[(（][^()（）\d]*[)）]|(?<=\d)(?:st|nd|rd|th|er|re|[ºª°])\b"
)
_IDEOGRAPH = re.compile("[\u2e80-\ud7af]")
_NUMERAL = re.compile(r"[〇○零一二三四五六七八九十百]+(?=\s*[年月日號号時时點点分秒])")
_PADDED = re.compile(r"(?<!\d)0(?=\d\s*[月日號号])")
_COMMON_ERA = re.compile(r"(?:西元|西历|西曆|公元|西暦)\s*(?=\d{4})")
_ROC_DIGITS = re.compile(r"(?<!\d)(1[0-9]{2})(\d{2})(\d{2})(?!\d)")
_YEAR_DIGITS = 4
_NOON = 12


@dataclass(slots=True)
class _Found:
    """The parts of a text."""

    numbers: list[str] = field(default_factory=list)
    #: what stood before each number: «/», «.», or nothing that matters
    months: list[tuple[int, str, int]] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    clock: tuple[int, int, float] | None = None
    half: str = ""
    zone: str = ""
    points: bool = False


def read_date(text: str, lang: str, order: Order = "") -> datetime | None:
    """The moment (with its zone) that the text names, or None where it names none or may name several."""
    plain = _NUMERAL.sub(_in_digits, _NOTHING.sub(" ", folded(text)))
    # What says its part is no year, however it is padded: 115年07月03日.
    plain = _PADDED.sub("", _COMMON_ERA.sub("", plain))
    own = lang.partition("-")[0]
    era, plain = _era(plain, lang)
    if moments := _moments(plain, [*words_of(own), *words_of("en")], lang, order, era):
        return _only(moments)
    # English says the same in each of its hundred countries.
    if own != "en" and (moments := _moments(plain, words_by_country(own), lang, order, era)):
        return _only(moments)
    if _IDEOGRAPH.search(plain):
        others = [words for name in ("zh", "ja", "ko") for words in words_of(name)]
    elif re.search(r"[^\W\d_]{2}", plain):
        others = list(words_with(plain))
    else:
        return None
    return _only(_moments(plain, others, lang, order, era))


def _in_digits(numeral: re.Match[str]) -> str:
    # Many write the circle ○ for the numeral 〇.
    return str(chinese(numeral.group().replace("○", "〇")))


def shown_order(text: str, lang: str) -> Order:
    """The order in which a date of numbers alone must be read, where only one gives a day or a weekday says
    so; empty where it is open, or says nothing of the order (07/07/2026)."""
    era, plain = _era(_NOTHING.sub(" ", folded(text)), lang)
    found = _parts(_calendar_names(plain))
    if found is None or found.months:
        return ""
    days = {day for day in _days(found, lang, era) if day}
    if found.weekdays:
        days = {(day, way) for day, way in days if day.weekday() in found.weekdays}
    return next(iter(days))[1] if len(days) == 1 else ""


def _era(plain: str, lang: str) -> tuple[int, str]:
    """The year before an era's first, where one is named or written as Taiwan does, and the text without the
    era's name."""
    if found := ERA_YEAR.search(plain):
        year = "1" if found[2] == "元" else found[2]
        return ERAS[found[1]], f"{plain[: found.start()]}{int(year):03}{plain[found.end() :]}"
    if lang == "zh-Hant":
        return ERAS["民國"], _ROC_DIGITS.sub(r"\1/\2/\3", plain)
    return 0, plain


def _only(readings: set[tuple[datetime, bool]]) -> datetime | None:
    """The moment, if all agree; of those that do not, the ones that fit the weekday they read."""
    confirmed = {moment for moment, is_sure in readings if is_sure}
    moments = confirmed or {moment for moment, _ in readings}
    return next(iter(moments)) if len(moments) == 1 else None


def _moments(
    plain: str, tables: Iterable[Words], lang: str, order: Order, era: int
) -> set[tuple[datetime, bool]]:
    """Every moment that the text may name in one of the languages, and whether a weekday confirms it."""
    readings = set()
    for words in tables:
        found = _parts(words.told(_calendar_names(plain)))
        if found is None:
            continue
        days = {day for day in _days(found, lang, era) if day}
        for day in _decided(days, found, lang, order):
            if moment := _at(day, found, lang):
                readings.add((moment, day.weekday() in found.weekdays))
    return readings


def _decided(days: set[tuple[Date, Order]], found: _Found, lang: str, order: Order) -> set[Date]:
    """The days that the text may mean by all that is known."""
    if len({day for day, _ in days}) > 1 and found.weekdays:
        days = {(day, way) for day, way in days if day.weekday() in found.weekdays}
    own = "dmy" if found.points else order_of(lang)
    for preferred in (own, order):
        if len({day for day, _ in days}) > 1 and any(way == preferred for _, way in days):
            days = {(day, way) for day, way in days if way == preferred}
    return {day for day, _ in days}


_CALENDARS = {"persian": 0x30, "hijri": 0x40}
_CALENDAR_NAMES = {
    folded(name): chr(ord(MONTH) + _CALENDARS[calendar] + month) for name, calendar, month in month_names()
}
_CALENDAR_FINDER = re.compile(
    rf"(?<![^\W\d_])({'|'.join(map(re.escape, sorted(_CALENDAR_NAMES, key=len, reverse=True)))})(?![^\W\d_])"
)


def _calendar_names(plain: str) -> str:
    return _CALENDAR_FINDER.sub(lambda found: f" {_CALENDAR_NAMES[found[1]]} ", plain)


def _parts(told: str) -> _Found | None:
    """The parts of a text whose names are tokens; None where something in it is none."""
    found = _Found()
    for part in _PARTS.finditer(told):
        kind, said = part.lastgroup or "", part.group()
        if kind in {"clock", "hours"} and found.clock is None:
            found.clock = _clock(said)
        elif kind == "number":
            found.numbers.append(said)
        elif kind == "token":
            _token(ord(said) - ord(MONTH), len(found.numbers), found)
        elif kind in {"zone", "word"} and not (said == "t" and found.numbers) and not found.zone:
            found.zone = said
        elif said == "t" or (kind == "other" and unicodedata.category(said)[0] in "PZC"):
            found.points |= said == "."
        else:
            return None
    return found


def _token(code: int, place: int, found: _Found) -> None:
    name = chr(ord(MONTH) + code)
    if 0x10 <= code < 0x17:  # noqa: PLR2004 - the weekdays' range
        found.weekdays.add(code - (ord(WEEKDAY) - ord(MONTH)))
    elif name in {FORENOON, AFTERNOON}:
        found.half = name
    else:
        calendar = next((one for one, base in _CALENDARS.items() if base < code <= base + 12), "")
        found.months.append((code - _CALENDARS.get(calendar, 0), calendar, place))


def _clock(said: str) -> tuple[int, int, float]:
    """Hour, minute and second; a fourth number is a part of the second."""
    parts = re.findall(r"\d+", said)
    fraction = float(f"0.{parts[3]}") if len(parts) > 3 else 0.0  # noqa: PLR2004
    hour, minute, second = (*map(int, parts), 0, 0, 0)[:3]
    return hour, minute, second + fraction


def _days(found: _Found, lang: str, era: int) -> Iterator[tuple[Date, Order] | None]:
    """Every day that the numbers may mean, with the order in which they would stand."""
    names = {(month, calendar) for month, calendar, _ in found.months}
    if len(names) > 1:
        return
    if names:
        if len(found.numbers) != 2:  # noqa: PLR2004 - day and year
            return
        ((month, calendar),) = names
        first, second = found.numbers
        # 3 July 26 and July 3, 26, but 26. July 3 only where the year is told by its length.
        for year, day, way in ((second, first, "dmy"), (first, second, "ymd")):
            if _is_year(year, era) or (way == "dmy" and not _is_year(day, era)):
                yield _day(year, month, day, lang, era, calendar, way)  # type: ignore[arg-type]
        return
    if len(found.numbers) != 3:  # noqa: PLR2004 - day, month and year
        return
    a, b, c = found.numbers
    if _is_year(a, era):
        yield _day(a, int(b), c, lang, era, "", "ymd")
    elif _is_year(c, era):
        yield _day(c, int(b), a, lang, era, "", "dmy")
        yield _day(c, int(a), b, lang, era, "", "mdy")
    else:
        yield _day(a, int(b), c, lang, era, "", "ymd")
        yield _day(c, int(b), a, lang, era, "", "dmy")
        yield _day(c, int(a), b, lang, era, "", "mdy")


def _is_year(number: str, era: int) -> bool:
    return len(number) == _YEAR_DIGITS or (era > 0 and len(number) == 3)  # noqa: PLR2004 - 115, or 008 of an era


def _day(
    year: str, month: int, day: str, lang: str, era: int, calendar: str, order: Order
) -> tuple[Date, Order] | None:
    if len(day) > 2 or len(year) > _YEAR_DIGITS:  # noqa: PLR2004 - a day has two digits
        return None
    number = int(year)
    if era and len(year) == 3:  # noqa: PLR2004
        if era == ERAS["民國"] and number not in REPUBLIC:
            return None
        number += era
    elif len(year) < 3:  # noqa: PLR2004 - of this or the last century
        number += short_year(number, lang.partition("-")[0])
    told = gregorian(number, month, int(day), lang.partition("-")[0], calendar)
    return (told, order) if told else None


def _at(day: Date, found: _Found, lang: str) -> datetime | None:
    zone = zone_of(found.zone, lang)
    hour, minute, second = found.clock or (0, 0, 0.0)
    # Without an hour, the «d.» behind a day is no half of one.
    half = found.half if found.clock else ""
    if half == AFTERNOON and hour < _NOON:
        hour += _NOON
    elif half == FORENOON and hour == _NOON:
        hour = 0
    if zone is None or hour > 24 or minute > 59:  # noqa: PLR2004 - a day's hours, an hour's minutes
        return None
    try:
        return datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(
            hours=hour, minutes=minute, seconds=min(second, 59.999999)
        )
    except (ValueError, OverflowError):
        return None
