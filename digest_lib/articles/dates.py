"""Dates as feeds write them. feedparser's own reading turns some into the current month and drops others.

Reads RFC 822 with the zones that occur, ISO 8601 and W3C-DTF, asctime, `December 20, 2025`, and the forms
with slashes, points or 年月日 that Chinese, Japanese and Korean sites write, with 上午/下午/午前/午後.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

#: Where a date without zone was written, by the language of its feed.
_ZONE_OF_LANGUAGE = {
    "zh-Hant": ZoneInfo("Asia/Taipei"),
    "zh-Hans": ZoneInfo("Asia/Shanghai"),
    "ja": ZoneInfo("Asia/Tokyo"),
    "ko": ZoneInfo("Asia/Seoul"),
}
#: Hours east of Greenwich of the abbreviations seen in feeds. RFC 822 names the American ones.
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MET": 1, "CEST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "ICT": 7, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
    "MEST": 2, "AT": -4, "ET": -5, "CT": -6, "MT": -7, "PT": -8,
}  # fmt: skip
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_HALF = r"(?P<half>上午|下午|晚上|午前|午後|오전|오후)?"
_CLOCK = (
    rf"(?:(?:[T,]|at)?\s*{_HALF}\s*(?P<hour>\d{{1,2}})\s*[:：時时点點시]\s*(?P<minute>\d{{1,2}})?分?"
    r"(?:[:：]?(?P<second>\d{2})(?:[.,](?P<part>\d+))?秒?)?\s*(?P<after>[ap]\.?m\.?)?)?"
)
_ZONE = r"\s*(?P<zone>Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})?(?:\s*\([^)]*\))?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?"
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
#: Zero dates (1970-01-01, 0001-01-01) are how programs write «no date».
_FIRST_YEAR = 1971
_CENTURY_TURN = 70
#: No date is longer; more is a text in its place.
_LONGEST = 100
_NOON = 12
_DAY_END = 24


def parse_date(text: str, lang: str = "") -> datetime | None:
    """The moment (UTC) that `text` names, or None when it is not a date.

    Without a zone it is read in the zone of the feed's language `lang` (zh-Hant: Taipei, zh-Hans:
    Shanghai, ja: Tokyo, ko: Seoul), else as UTC. A date alone is its midnight there. A date in the
    future is returned as it stands.
    """
    for form in _FORMS:
        if match := form.fullmatch(text[: _LONGEST + 1]):
            return _moment(match.groupdict(), lang)
    return _as_feedparser(text.strip())


def _as_feedparser(text: str) -> datetime | None:
    """What feedparser reads besides: Greek and Hungarian months, `ET` for a zone, something after the date.

    Not by its reader of ISO 8601, which fills what it does not find from today's date; and whatever is
    read, its year must stand in the text.
    """
    if len(text) > _LONGEST or not re.search(r"\d{4}", text):
        return None
    from feedparser import datetimes

    readers = (
        datetimes._parse_date_w3dtf,
        datetimes._parse_date_rfc822,
        datetimes._parse_date_asctime,
        datetimes._parse_date_perforce,
        datetimes._parse_date_hungarian,
        datetimes._parse_date_greek,
    )
    for reader in readers:
        try:
            year, month, day, hour, minute, second = reader(text)[:6]
            moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except (TypeError, KeyError, ValueError, OverflowError, AttributeError, IndexError):
            continue
        near = (moment.year, *((moment + timedelta(days=days)).year for days in (-1, 1)))
        if moment.year >= _FIRST_YEAR and any(str(year) in text for year in near):
            return moment
    return None


def _moment(found: dict[str, str | None], lang: str) -> datetime | None:
    zone = _zone(found.get("zone"), lang)
    year = _year(found["year"] or "")
    if zone is None or year < _FIRST_YEAR:
        return None
    name = found.get("name")
    month = _MONTHS[name.lower()] if name else int(found.get("month") or 1)
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


def _zone(text: str | None, lang: str) -> tzinfo | None:
    """The zone that was written or is implied; None when it is not a zone."""
    if not text:
        return _ZONE_OF_LANGUAGE.get(lang, UTC)
    name = text.upper()
    if name == "CST" and lang.startswith("zh"):
        return _ZONE_OF_LANGUAGE.get(lang, UTC)  # China's, not America's, standard time
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    match = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", name)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if match[1] == "-" else offset)
