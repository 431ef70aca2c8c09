"""Dates as texts write them: 2026年7月22日, 民國115年, 七月二十二日, 7/22, July 22, 去年, Wednesday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from digest_lib.text.numerals import chinese

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = (
    r"(?i:January|Jan|February|Feb|March|April|Apr|June|Jun|July|Jul|August|Aug"
    r"|September|Sept?|October|Oct|November|Nov|December|Dec)\.?|Mar\."
)
#: May is a month in lower case only beside a day or a year; behind a word alone it is what may be.
_MONTH = rf"(?:{_MONTHS}|(?i:May))"
_MONTH_ALONE = rf"(?:{_MONTHS}|May)"
_CN = r"[一二三四五六七八九十]{1,3}"
_ROC_EPOCH = 1911
_LONGEST_MONTH = 31
_NUMBERED = re.compile(r"[ymd]\d")

_YEAR = r"(?:19|20)\d\d"
_M = r"1[0-2]|0?[1-9]"
_D = r"3[01]|[12]\d|0?[1-9]"
#: 日, or what joins it to the day that closes the range: 7月20-22日
_DAY_SIGN = r"\s?(?:[日号]|(?=[-~至到、]))"
_BEFORE_MONTH = r"(?i:in|of|by|since|until|late|early|mid|last|this|from|next)"

#: On folded text (Simplified, half-width). The numbered groups hold year, month and day.
PATTERN = (
    rf"(?:民国\s?(?P<roc>\d{{2,3}})|(?<!\d)(?<!\d[.,])(?P<y1>{_YEAR}))\s?年"
    rf"(?:\s?(?P<m1>{_M})\s?月(?:\s?(?P<d1>{_D}){_DAY_SIGN})?)?(?!代)"
    rf"|(?<!\d)(?<!\d[.,])(?P<m2>{_M})\s?月(?:\s?(?P<d2>{_D}){_DAY_SIGN})?"
    rf"|(?P<m3>{_CN})月(?:(?P<d3>{_CN})[日号])?"
    rf"|(?<!\d)(?P<y4>{_YEAR})(?P<sep>[-/.])(?P<m4>{_M})(?P=sep)(?P<d4>{_D})(?!\d)"
    rf"|(?<![\d/.])(?P<m5>{_M})/(?P<d5>{_D})(?![\d/%]|\.\d)"
    rf"|\b(?P<m6>{_MONTH})\s(?P<d6>{_D})(?:st|nd|rd|th)?\b(?!,\d|:|%)(?:\s?,?\s(?P<y6>{_YEAR})\b)?"
    rf"|\b(?P<d7>{_D})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m7>{_MONTH})\b(?:,?\s(?P<y7>{_YEAR})\b)?"
    rf"|\b(?P<m8>{_MONTH})\s(?P<y8>{_YEAR})\b"
    rf"|\b{_BEFORE_MONTH}[\s-](?P<m9>{_MONTH_ALONE})\b(?!\s(?:{_D}|{_YEAR})(?:st|nd|rd|th)?\b(?!,\d|:|%))"
)


@dataclass(frozen=True, slots=True, order=True)
class Parts:
    """What a text says of a date: 0 for what it leaves out."""

    year: int = 0
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return "-".join(f"{n:02}" if n else "?" for n in (self.year, self.month, self.day))

    def says(self, other: Parts) -> bool:
        """Does this date, of a source, say the other, of a claim? What the claim names must agree; only
        the year may be missing here, since news leave it to the reader."""
        if other.year and self.year and other.year != self.year:
            return False
        if not other.month:
            return other.year == self.year
        return other.month == self.month and other.day in (0, self.day)


def parts_of(match: re.Match[str]) -> Parts | None:
    """The parts of a match of `PATTERN`, or None where the numeral is no month."""
    groups = match.groupdict()
    found = {k[0]: v for k, v in groups.items() if v and _NUMBERED.fullmatch(k)}
    roc = groups.get("roc")
    year = int(roc) + _ROC_EPOCH if roc else int(found.get("y", 0))
    month, day = _number(found.get("m", "")), _number(found.get("d", ""))
    return Parts(year, month, day) if month <= len(_ENGLISH) and day <= _LONGEST_MONTH else None


def _number(text: str) -> int:
    if not text:
        return 0
    if text[0].isdigit():
        return int(text)
    return _ENGLISH.index(text[:3].lower()) + 1 if text.isascii() or text[0].isascii() else int(chinese(text))


_DAYS_AWAY = {
    0: re.compile(r"(?:今[日天晚早]|今\(|(?i:\btoday\b|\btonight\b))"),
    -1: re.compile(r"(?:昨[日天晚]|昨\(|(?i:\byesterday\b))"),
    1: re.compile(r"(?:明[日天]|(?i:\btomorrow\b))"),
}
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])|\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAYS = {name: i for i, name in enumerate(["Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"])}
_WEEKDAYS |= {name: i for i, name in enumerate("一二三四五六日")} | {"天": 6}
_YEARS_AWAY = {
    0: re.compile(r"(?:今年|本年|(?i:\bthis year\b))"),
    -1: re.compile(r"(?:去年|(?i:\blast year\b))"),
    1: re.compile(r"(?:明年|(?i:\bnext year\b))"),
}
_THIS_MONTH = re.compile(r"(?:本月|这个月|(?i:\bthis month\b))")


def relative(text: str, day: date) -> set[Parts]:
    """The dates that a folded text of that day names by their distance: 昨日, 去年, this month, Wednesday
    (the last one up to that day, and the next)."""
    days = {day + timedelta(n) for n, pattern in _DAYS_AWAY.items() if pattern.search(text)}
    for match in _WEEKDAY.finditer(text):
        back = timedelta((day.weekday() - _WEEKDAYS[match.group(1) or match.group(2)]) % 7)
        days |= {day - back, day - back + timedelta(7)}
    years = {Parts(day.year + n) for n, pattern in _YEARS_AWAY.items() if pattern.search(text)}
    months = {Parts(day.year, day.month)} if _THIS_MONTH.search(text) else set()
    return {Parts(d.year, d.month, d.day) for d in days} | years | months
