"""Dates as feeds write them. feedparser's own reading turns some into the current month and drops others.

Reads at once RFC 822 with the zones that occur, ISO 8601 and W3C-DTF, asctime, `December 20, 2025`, and the
forms with slashes, points or 年月日 that Chinese, Japanese and Korean sites write; else what `date_reading`
reads, in any language and with the years of other calendars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from digest_lib.documents.date_words import Order
from digest_lib.documents.zones import zone_of

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
#: English names alone: marraskuu, which begins as March does, is November.
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_HALF = r"(?P<half>上午|下午|晚上|午前|午後|오전|오후)?"
_CLOCK = (
    rf"(?:(?:[T,]|at)?\s*{_HALF}\s*(?P<hour>\d{{1,2}})\s*[:：時时点點시]\s*(?P<minute>\d{{1,2}})?[分분]?\s*"
    r"(?:[:：]?(?P<second>\d{2})(?:[.,](?P<part>\d+))?[秒초]?)?\s*(?P<after>[ap]\.?m\.?)?)?"
)
_ZONE = r"\s*(?P<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})?(?:\s*\([^)]*\)|\[[^\]]*\])?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*)?"
_FORMS = tuple(
    re.compile(rf"\s*{form}\s*", re.I)
    for form in (
        # 2025-12-20T08:00:00Z, 2025/12/20 08:00, 2025.12.20, 2025年12月20日（六）下午3點20分
        r"(?P<year>\d{4})\s*[-/.年년]\s*(?P<month>\d{1,2})\s*[-/.月월]\s*(?P<day>\d{1,2})(?:\s*[日号號일])?"
        rf"\s*(?:[（(][一-龥]{{1,3}}[)）]|星期[一二三四五六日天])?\s*{_CLOCK}{_ZONE}",
        # 20251220, 20251220T080000Z, 20251220080000
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
        rf"(?:[T ]?(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?)?{_ZONE}",
        # W3C-DTF allows a month, or a year, alone
        r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?",
        # Sat, 20 Dec 2025 08:00:00 +0800; also without weekday, with two-digit years or hyphens
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s]*{_MONTH}[-,\s]*(?P<year>\d{{4}}|\d{{2}})\b,?\s*"
        rf"{_CLOCK}{_ZONE}",
        # December 20, 2025, 8:00 PM
        rf"{_WEEKDAY}{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b,?\s*{_CLOCK}{_ZONE}",
        # asctime: Sat Dec 20 08:00:00 2025
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d{{2}}):(?P<minute>\d{{2}}):(?P<second>\d{{2}})"
        rf"{_ZONE}\s+(?P<year>\d{{4}})",
    )
)
#: Seconds or milliseconds since 1970, as JSON has them, also as ASP.NET writes it.
_EPOCH = re.compile(r"\s*(?:/Date\()?(\d{10})(?:\d{3}|\.\d+)?(?:(?:[+-]\d{4})?\)/)?\s*")
#: Dates in numbers that may be in several orders.
_YEAR_LAST = re.compile(r"(?<!\d)\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d")
#: Zero dates (1970-01-01, 0001-01-01) are how programs write «no date».
_FIRST_YEAR = 1971
#: A year before or after may be of another calendar.
_GREGORIAN = range(1900, 2400)
_CENTURY_TURN = 70
#: No date is longer; more is a text in its place.
_LONGEST = 100
_NOON = 12
_DAY_END = 24
#: Wrong clocks, embargoes and announced days are in the future, too, but what is further is no date.
_AHEAD = timedelta(days=366)


def parse_date(text: str, lang: str = "", order: Order = "") -> datetime | None:
    """The moment (UTC) that `text` names, or None when it is not a date or may mean several days.

    Without a zone it is read in the zone of the feed's language `lang` (zh-Hant: Taipei, zh-Hans:
    Shanghai, ja: Tokyo, ko: Seoul), else as UTC. A date alone is its midnight there. A date in the
    future is returned as it stands. `order` is the one in which the text's source writes numbers.
    """
    if len(text) > _LONGEST:
        return None
    for form in _FORMS:
        if (match := form.fullmatch(text)) and _year(match["year"]) in _GREGORIAN:
            return _moment(match.groupdict(), lang)
    if match := _EPOCH.fullmatch(text):
        return _in_range(datetime.fromtimestamp(int(match[1]), UTC))
    return _in_range(_read(text, lang, order))


@lru_cache(maxsize=4096)
def _read(text: str, lang: str, order: Order) -> datetime | None:
    from digest_lib.documents.date_reading import read_date

    return read_date(text, lang, order) if any(char.isdecimal() or char >= "一" for char in text) else None


def _in_range(moment: datetime | None) -> datetime | None:
    try:
        told = moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None
    return told if told and told.year >= _FIRST_YEAR else None


def possible_date(text: str, lang: str, now: datetime, order: Order = "") -> datetime | None:
    """The same for something that is there by `now`: never later than that, and None for what is more than a
    year in the future."""
    moment = parse_date(text, lang, order)
    return min(moment, now) if moment and moment <= now + _AHEAD else None


def is_ahead(text: str, lang: str, now: datetime, order: Order = "") -> bool:
    """Whether `text` is a date, and one later than `now`: nothing can have been published then."""
    moment = parse_date(text, lang, order)
    return moment is not None and moment > now


def order_of(texts: Iterable[str], lang: str) -> Order:
    """The order of the numbers in one source's dates, as those of them show that can mean one day only;
    empty where none shows it or they contradict each other."""
    from digest_lib.documents.date_reading import shown_order

    numeric = (text for text in texts if len(text) <= _LONGEST and _YEAR_LAST.search(text))
    shown = {order for text in numeric if (order := shown_order(text, lang))}
    return shown.pop() if len(shown) == 1 else ""


def _moment(found: dict[str, str | None], lang: str) -> datetime | None:
    zone = zone_of(found.get("zone") or "", lang)
    year = _year(found["year"] or "")
    if zone is None or year < _FIRST_YEAR:
        return None
    name = found.get("name")
    month = _MONTHS[name[:3].lower()] if name else int(found.get("month") or 1)
    hour = _hour(found)
    if hour > _DAY_END:
        return None
    part = ((found.get("part") or "") + "000000")[:6]
    try:
        midnight = datetime(year, month, int(found.get("day") or 1), tzinfo=zone)
        moment = midnight.replace(
            hour=hour % _DAY_END,
            minute=int(found.get("minute") or 0),
            second=min(int(found.get("second") or 0), 59),  # a leap second is the one before it
            microsecond=int(part),
        )
        # ISO 8601 writes midnight at the end of a day as 24:00.
        return (moment + timedelta(days=hour // _DAY_END)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004
        return year
    return year + (1900 if year >= _CENTURY_TURN else 2000)


def _hour(found: dict[str, str | None]) -> int:
    hour = int(found.get("hour") or 0)
    half = found.get("half") or (found.get("after") or "")[:1].lower()
    if half in {"下午", "晚上", "午後", "오후", "p"} and hour < _NOON:
        return hour + _NOON
    if half in {"上午", "午前", "오전", "a"} and hour == _NOON:
        return 0
    return hour
