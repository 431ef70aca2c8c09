"""Zones of time as dates name them: offsets, abbreviations, places, and what a language implies."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
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
    "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "IRST": 3.5, "GST": 4, "PKT": 5, "IST": 5.5,
    "NPT": 5.75, "ICT": 7, "WIB": 7, "WITA": 8, "WIT": 9, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "SAST": 2,
    "EAT": 3, "CAT": 2, "WAT": 1, "BRT": -3, "ART": -3, "CLT": -4, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "NST": -3.5, "NDT": -2.5,
    "MEST": 2, "ADT": -3,
}  # fmt: skip
#: Abbreviations that mean another zone in a language's countries: China's standard time is not America's.
_ELSEWHERE = {
    ("CST", "zh-Hant"): "Asia/Taipei", ("CST", "zh-Hans"): "Asia/Shanghai", ("IST", "he"): "Asia/Jerusalem",
    ("IST", "ga"): "Europe/Dublin", ("AST", "ar"): "Asia/Riyadh",
}  # fmt: skip
#: Zones that are named the same in summer and in winter.
_ALL_YEAR = {
    "AT": "America/Halifax", "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}  # fmt: skip
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?")


def zone_of(text: str, lang: str) -> tzinfo | None:
    """The zone that was written or, where `text` is empty, is implied; None when it is not a zone."""
    if not text:
        return _ZONE_OF_LANGUAGE.get(lang, UTC)
    name = text.upper()
    if place := _ELSEWHERE.get((name, lang)) or _ALL_YEAR.get(name):
        return ZoneInfo(place)
    if name == "AST" or name in _ZONES:
        return timezone(timedelta(hours=_ZONES.get(name, -4)))
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset >= timedelta(hours=24):
            return None
        return timezone(-offset if match[1] == "-" else offset)
    return _place(text) if "/" in text else None


def _place(text: str) -> tzinfo | None:
    """The zone of a place as the tz database names it: asia/taipei, Etc/GMT."""
    from zoneinfo import available_timezones

    known = {name.lower(): name for name in available_timezones()}
    name = known.get(text.lower())
    return ZoneInfo(name) if name else None
