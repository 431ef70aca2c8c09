"""What each language calls months, weekdays and halves of a day, and how it writes a date: CLDR, by Babel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

Order = Literal["", "dmy", "mdy", "ymd"]

#: Months as tokens that no language uses, so that names and tokens cannot be taken for each other.
MONTH, WEEKDAY, FORENOON, AFTERNOON, GAP = "\ue000", "\ue010", "\ue020", "\ue021", " "
_WIDTHS = ("wide", "abbreviated")
#: Halves and times of day that say on which side of noon an hour is; CLDR has more of them than these.
_HALVES = {"am": FORENOON, "pm": AFTERNOON}
_MORE_HALVES = {
    FORENOON: "上午 午前 凌晨 清晨 早上 早晨 오전 a.m. a.m a. m. am",
    AFTERNOON: "下午 午後 午后 中午 傍晚 晚上 晚間 晚间 夜間 오후 p.m. p.m p. m. pm",
}
#: Words around a date that CLDR's patterns lack: of the day and the year, and how some say «at» and
#: «o'clock».
_MORE_GAPS = (
    "號 号 日 年 klo kl uhr à às at of the om las il le ore godz ngày năm lúc tanggal pukul jam"
    " om uur den um pada o v ob в о оны сарын วันที่ เวลา น. พ.ศ ค.ศ"
)
#: What ends an hour, a minute or a second is part of the time.
_OF_A_CLOCK = frozenset("時时點点分秒시분초h")
#: Languages whose prepositions grow together with the month.
_PREFIXES = {"he": "ב"}
#: In a month's name: M02 and 二月 are what Babel says where a language has no names of its own.
_NOT_ITS_OWN = re.compile("[\\d\u2e80-\ud7af]")
#: What most countries write, and the language's own table does not have.
_MORE_MONTHS = {"en": (("sept", 9),)}
#: Scripts whose words stand side by side without a gap.
_JOINED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7af"
#: CLDR's names for the parts that say how dates are written.
_OF_DATES = ("months", "days", "day_periods", "date_formats", "time_formats", "datetime_formats")
_WEEKDAY_PREFIXES = ("星期", "週", "周", "禮拜", "礼拜")
_ENGLISH_AND_ITS_ORDER = "en"
#: What stands between gaps; a name is one, but where the script joins its words.
_WORD = re.compile(r"[^\W\d_]+")
_IS_JOINED = re.compile(f"[{_JOINED}]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LITERAL = re.compile(r"'((?:[^']|'')*)'|([^\x00-\x7f\u200e\u200f\u202f\u060c\s]+)")


@dataclass(frozen=True)
class Words:
    """Of one language: name -> token, and which of the names are months."""

    names: Mapping[str, str]
    months: frozenset[str]

    @cached_property
    def finder(self) -> re.Pattern[str]:
        """Finds a name that is a word; among characters that join without a gap, its end is enough."""
        ordered = sorted(map(re.escape, self.names), key=len, reverse=True)
        return re.compile(rf"(?<![^\W\d_{_JOINED}])({'|'.join(ordered)})(?![^\W\d_{_JOINED}])\.?")

    def told(self, text: str) -> str:
        """The folded text with its names as tokens and the words around them as gaps."""
        return self.finder.sub(lambda found: f" {self.names[found[1]]} ", text)


def folded(text: str) -> str:
    """As names are compared: lower case, without accents and marks of direction, all digits 0 to 9."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()))
    kept = (char for char in unicodedata.normalize("NFC", plain) if unicodedata.category(char) != "Cf")
    return "".join(map(_digit, kept))


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(int(value))


@cache
def words_of(language: str) -> tuple[Words, ...]:
    """The words of a language; none for an unknown one."""
    from babel import localedata

    return _distinct([language] if language and localedata.exists(language) else [])


@cache
def words_by_country(language: str) -> tuple[Words, ...]:
    """The words of a language as each of its countries has them: dozens, which take long to load."""
    from babel import localedata

    same = [name for name in localedata.locale_identifiers() if language and name.startswith(f"{language}_")]
    return _distinct(sorted(same, key=lambda name: (name.count("_"), name)))


def words_with(months: str) -> tuple[Words, ...]:
    """The words of each language of which the folded text names a month, without those that differ by
    country. Babel needs seconds for all languages: `month_names.txt` says which those are."""
    whole = set(_WORD.findall(months))
    named = (
        codes
        for name, codes in _months()
        if name in months and (name in whole or not name.isalpha() or _IS_JOINED.match(name))
    )
    return _words_of_some(tuple(sorted({code for codes in named for code in codes})))


@cache
def _words_of_some(languages: tuple[str, ...]) -> tuple[Words, ...]:
    return _distinct(languages)


@cache
def _months() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each folded name of a month, and the languages that have it."""
    lines = files(__package__).joinpath("month_names.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple((name, tuple(codes.split())) for name, codes in pairs)


def months_of_all() -> dict[str, list[str]]:
    """The same from Babel, which loads all that it has."""
    from babel import localedata

    found: dict[str, list[str]] = {}
    for code in sorted(name for name in localedata.locale_identifiers() if "_" not in name):
        for words in _distinct([code]):
            for name in (name for name in words.months if not _NOT_ITS_OWN.search(name)):
                found.setdefault(name, []).append(code)
    return dict(sorted(found.items()))


def _distinct(names: Iterable[str]) -> tuple[Words, ...]:
    found: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for name in names:
        known = _names(name)
        found.setdefault(tuple(sorted(known.items())), known)
    return tuple(Words(known, frozenset(filter(_is_month(known), known))) for known in found.values())


def _is_month(known: Mapping[str, str]) -> Callable[[str], bool]:
    return lambda name: MONTH < known[name] <= chr(ord(MONTH) + 12)


def _names(name: str) -> dict[str, str]:
    """Folded name -> token. A name that means two things is left out."""
    data = _data_of(name)
    gaps = {folded(one): GAP for one in (*_literals(data), *_MORE_GAPS.split()) if one not in _OF_A_CLOCK}
    halves = {folded(one): half for half, said in _MORE_HALVES.items() for one in said.split(" ")}
    halves |= {
        folded(said): _HALVES[period]
        for context in ("format", "stand-alone")
        for width in _WIDTHS
        for period, said in data["day_periods"].get(context, {}).get(width, {}).items()
        if period in _HALVES
    }
    days = {said: chr(ord(WEEKDAY) + day) for said, day in _said(data["days"])}
    days |= {
        prefix + said[-1]: token
        for said, token in days.items()
        for prefix in _WEEKDAY_PREFIXES
        if said.startswith(_WEEKDAY_PREFIXES)
    }
    days |= {"星期天": chr(ord(WEEKDAY) + 6), "週天": chr(ord(WEEKDAY) + 6)}
    months: dict[str, str] = {}
    for said, month in (*_said(data["months"]), *_MORE_MONTHS.get(name, ())):
        token = chr(ord(MONTH) + month)
        for one in (said, _PREFIXES.get(name.partition("_")[0], "") + said):
            months[one] = token if months.get(one, token) == token else ""
    known = gaps | halves | days | months
    return {one: token for one, token in known.items() if token and any(char.isalpha() for char in one)}


def _data_of(name: str) -> Any:
    """What CLDR says of a language's dates, as its own. Babel writes what it resolves into dictionaries that
    a language shares with those it inherits from: after a date in Quechua, 250 languages had its months."""
    from babel import localedata

    whole = localedata.load(name)
    return localedata.LocaleDataDict({part: deepcopy(whole[part]) for part in _OF_DATES})


def _said(tables: Any) -> Iterable[tuple[str, int]]:
    for context in ("format", "stand-alone"):
        for width in (*_WIDTHS, "short"):
            for number, said in tables.get(context, {}).get(width, {}).items():
                short = folded(said).rstrip(".")
                if len(short) > 1:
                    yield short, number


def _literals(data: Any) -> Iterable[str]:
    """The words in the language's patterns of dates and times: «de», «年», «г.»."""
    patterns = [one.pattern for one in (*data["date_formats"].values(), *data["time_formats"].values())]
    patterns += [str(one) for one in data["datetime_formats"].values()]
    for pattern in patterns:
        for found in _LITERAL.finditer(pattern):
            said = found[1] or found[2] or ""
            yield from (word.strip(".,") for word in said.split() if word.strip(".,"))


@cache
def order_of(language: str) -> Order:
    """How the language writes a date in numbers; empty where it has two ways (English) or is unknown."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    if not language or language.partition("_")[0] == _ENGLISH_AND_ITS_ORDER:
        return ""
    try:
        pattern = Locale.parse(language.replace("-", "_")).date_formats["short"].pattern.lower()
    except (UnknownLocaleError, ValueError):
        return ""
    letters = "".join(dict.fromkeys(char for char in pattern if char in "dmy"))
    return letters if letters in ("dmy", "mdy", "ymd") else ""  # type: ignore[return-value]
