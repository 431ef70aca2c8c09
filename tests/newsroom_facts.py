"""What a page of the sample newsroom asserts (numbers, dates, names): do its events state it?

A page is read in passes, each blanking out what it has understood: names of the page's own events,
dates, numbers with their units, and last the Latin words, which by then can only be ordinary words
or foreign names. Chinese names are known only as far as some event of the ledger spells them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Event = dict[str, Any]

#: Large units as they are used in the page's language; 兆 is a trillion in Taiwan and Japan.
UNITS = {
    "萬億": 10**12, "万亿": 10**12, "兆": 10**12, "trillion": 10**12, "億": 10**8, "亿": 10**8,
    "billion": 10**9, "bn": 10**9, "B": 10**9, "million": 10**6, "萬": 10**4, "万": 10**4,
    "thousand": 10**3, "千": 10**3, "百": 100, "hundred": 100, "k": 10**3, "T": 10**12,
}  # fmt: skip
DIGITS = dict(zip("零〇一二兩两三四五六七八九", [0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9], strict=True))
WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12,
}  # fmt: skip
MONTHS = {
    "January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6, "July": 7,
    "August": 8, "September": 9, "October": 10, "November": 11, "December": 12,
}  # fmt: skip
WEEKDAYS = {
    "Monday": 0, "Tuesday": 1, "Wednesday": 2, "Thursday": 3, "Friday": 4, "Saturday": 5,
    "Sunday": 6, "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "月": 0, "火": 1,
    "水": 2, "木": 3, "金": 4, "土": 5,
}  # fmt: skip

_BIG = "|".join(unit for unit in UNITS if not unit.isascii())
_BIG_LATIN = "|".join(unit for unit in UNITS if unit.isascii())
NUMBER = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)*)"
    rf"(?:[\s-]?(?P<unit>{_BIG}|(?:{_BIG_LATIN})(?![A-Za-z])))?(?P<percent>\s?%)?"
)
#: A small Chinese number counts only before a counter or after 第: 一 is too often an article.
_COUNTERS = "款家名個个項项種种週周年月天日倍成部座次位人台層层則则大件方版步代季間顆步兆億亿萬万千百"
CHINESE = re.compile(
    rf"(?P<nth>第)?(?P<number>[二兩两三四五六七八九十]+|(?<=第)一)(?P<counter>[{_COUNTERS}])"
)
FRACTION = re.compile(r"[一二三四五六七八九十]+分之[一二三四五六七八九十]+")
SEVERAL = re.compile(r"[數数][十百千萬万億亿兆]+")
TENS_OF = re.compile(r"\b(?:tens|hundreds|thousands|millions|billions) of (?:thousands|millions|billions)\b")
VAGUE = (("tens of thousands", "數萬"), ("数", "數"), ("万", "萬"), ("亿", "億"))
ENGLISH = re.compile(rf"\b(?P<word>{'|'.join(WORDS)})\b", re.IGNORECASE)

DATE_FORMS = (
    re.compile(r"(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?:(?P<y>20\d\d)\s?年\s?)?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?[日號号])?"),
    re.compile(r"(?P<y>20\d\d)\s?年"),
    re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})\b(?: (?P<d>\d{{1,2}})(?!\d))?(?:, (?P<y>20\d\d))?"),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\s?[日號号](?!本)"),
    re.compile(r"(?<![\d.$])(?P<y>20[23]\d)(?!\d|\.\d|%)"),
)
WEEKDAY = re.compile(
    r"\b(?P<en>\w+day)\b|(?:週|周|星期|礼拜)(?P<zh>[一二三四五六日])(?!次)|(?P<ja>[月火水木金土日])曜"
)

LATIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-z0-9À-ÿ.+'’&_-]*")
#: Latin words that name no one: the trade's vocabulary, and openers of English sentences.
ORDINARY = frozenset({
    "AI", "API", "APIs", "App", "token", "tokens", "Token", "fork", "connector", "CEO", "GPU",
    "GPUs", "LLM", "beta", "PC", "IT", "euro", "euros", "US$", "GW", "T", "px", "k",
})  # fmt: skip
SENTENCE_END = re.compile(r"(?:[。！？]|[.!?](?=\s|$))[」』”\"）)]?")
#: Phrases in which a numeral counts nothing.
IDIOMS = ("第三方", "十分")
#: Stands where something was understood. It is no letter, so words still end beside it.
GAP = "◇"


@dataclass
class Facts:
    """What a text asserts, or what the ledger allows."""

    numbers: set[str] = field(default_factory=set)
    dates: set[tuple[int | None, int | None, int | None]] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def sentences(body: Iterable[str]) -> int:
    return sum(len(SENTENCE_END.findall(paragraph)) for paragraph in body)


def foreign(text: str, events: Iterable[Event], ledger: Iterable[Event], lang: str) -> list[str]:
    """Every number, date and name in `text` that none of its `events` states."""
    events = list(events)
    own = _spellings(events)
    allowed = allowed_by(events)
    rest = _without(_normal(text), own)
    others = _spellings(ledger) - own
    problems = [f"name {name}" for name in sorted(others) if _find(name, rest)]
    found = read(rest)
    problems += [f"number {number}" for number in sorted(found.numbers - allowed.numbers)]
    problems += [f"date {day}" for day in found.dates if not _known(day, allowed.dates)]
    problems += [f"weekday {day}" for day in sorted(found.weekdays - allowed.weekdays)]
    return problems + [f"word {word}" for word in _names(found.words, rest, lang)]


def read(text: str) -> Facts:
    """The dates, numbers and Latin words of a text, each stretch of it read once."""
    facts = Facts()
    rest = _normal(text)
    for idiom in IDIOMS:
        rest = rest.replace(idiom, GAP)
    rest = WEEKDAY.sub(lambda match: _take_weekday(match, facts), rest)
    for form in DATE_FORMS:
        rest = form.sub(lambda match: _take_date(match, facts), rest)
    rest = FRACTION.sub(lambda match: _keep(match.group(), facts), rest)
    for form in (SEVERAL, TENS_OF):
        rest = form.sub(lambda match: _keep(_vague(match.group()), facts), rest)
    rest = NUMBER.sub(lambda match: _keep(_value(match), facts), rest)
    rest = CHINESE.sub(lambda match: _keep(_chinese(match), facts), rest)
    rest = ENGLISH.sub(lambda match: _keep(str(WORDS[match["word"].lower()]), facts), rest)
    facts.words = set(LATIN.findall(rest))
    return facts


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")


def allowed_by(events: Iterable[Event]) -> Facts:
    """What the ledger says of these events."""
    allowed = Facts()
    for event in events:
        for figure in event["figures"]:
            allowed.numbers |= read(figure).numbers
        for day in [str(event["when"]), *event.get("dates", [])]:
            parts = [int(part) for part in day.split("-")]
            year, month, dom = (*parts, None, None)[:3]
            allowed.dates.add((year, month, dom))
            if year and month and dom:
                allowed.weekdays.add(date(year, month, dom).weekday())
    return allowed


def _spellings(events: Iterable[Event]) -> set[str]:
    return {_normal(str(name)) for event in events for one in event["who"] for name in one["names"]}


def _pattern(name: str) -> str:
    """Latin names end where a word ends, and «GPT-5.6» is not the start of «GPT-5.65»."""
    start = r"(?<![A-Za-z0-9.])" if name[0].isascii() else ""
    end = r"(?![A-Za-z0-9]|\.\d|-\d)" if name[-1].isascii() else ""
    return start + re.escape(name) + end


def _find(name: str, text: str) -> bool:
    return re.search(_pattern(name), text) is not None


def _without(text: str, names: Iterable[str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return re.sub("|".join(map(_pattern, ordered)), GAP, text) if ordered else text


def _keep(value: str, facts: Facts) -> str:
    facts.numbers.add(value)
    return GAP


def _vague(number: str) -> str:
    """Tens of thousands is 數萬 is 数万."""
    for one, other in VAGUE:
        number = number.replace(one, other)
    return number


def _value(match: re.Match[str]) -> str:
    digits = match["digits"].replace(",", "")
    if digits.count(".") > 1 or (match["unit"] is None and "." in digits):
        number = digits  # a version: 7.0 is not 7
    else:
        number = f"{(Decimal(digits) * UNITS.get(match['unit'] or '', 1)).normalize():f}"
    return number + ("%" if match["percent"] else "")


def _chinese(match: re.Match[str]) -> str:
    number, counter = match["number"], match["counter"]
    if "十" in number:
        tens, _, ones = number.partition("十")
        value = DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    else:
        value = int("".join(str(DIGITS[digit]) for digit in number))
    if counter == "成":
        return f"{value * 10}%"
    return str(value * UNITS.get(counter, 1))


def _take_date(match: re.Match[str], facts: Facts) -> str:
    parts = match.groupdict()
    month = MONTHS.get(parts.get("month") or "") or parts.get("m")
    year, dom = parts.get("y"), parts.get("d")
    facts.dates.add((_int(year), _int(month), _int(dom)))
    return GAP


def _int(value: str | int | None) -> int | None:
    return None if value is None else int(value)


def _take_weekday(match: re.Match[str], facts: Facts) -> str:
    name = match["en"] or match["zh"] or match["ja"]
    if name not in WEEKDAYS:
        return match.group()
    facts.weekdays.add(WEEKDAYS[name])
    return GAP


Day = tuple[int | None, int | None, int | None]


def _known(day: Day, allowed: set[Day]) -> bool:
    return any(
        all(said is None or said == known for said, known in zip(day, one, strict=True)) for one in allowed
    )


def _names(words: set[str], text: str, lang: str) -> list[str]:
    """The words that must be names: any Latin word outside English; in English, capitals inside."""
    found = []
    for word in sorted(word.rstrip(".'-&_") for word in words):
        bare = word.removesuffix("'s")
        if bare in ORDINARY or not bare:
            continue
        if (
            lang != "en"
            or any(letter.isupper() for letter in bare[1:])
            or (bare[0].isupper() and not _only_opens(word, text))
        ):
            found.append(word)
    return found


def _only_opens(word: str, text: str) -> bool:
    """Whether the word is capitalised only because sentences start with it."""
    places = [match.start() for match in re.finditer(rf"\b{re.escape(word)}(?!\w)", text)]
    opens = all(re.search(r"(^|[.!?:\n]\s*)$", text[:place]) for place in places)
    return opens and word.lower() in OPENERS


#: Words with which English sentences of the sample begin.
OPENERS = frozenset({
    "a", "agents", "an", "analysis", "and", "another", "apps", "as", "backup", "before", "both",
    "building", "but", "by", "can", "capital", "cheap", "compute", "copy", "critics", "customers",
    "data", "developers", "direct", "doctors", "does", "each", "early", "eligible", "expect",
    "full", "get", "he", "hope", "how", "i", "if", "in", "inference", "investors", "is", "it",
    "its", "judge", "last", "long", "look", "looking", "looks", "migrations", "models", "new",
    "nobody", "notes", "on", "one", "only", "our", "out", "pages", "papers", "payments", "people",
    "promises", "questions", "ratings", "readers", "researchers", "riskier", "safety", "sandbox",
    "schools", "scientists", "security", "shares", "she", "slow", "so", "some", "steam", "such",
    "technology", "that", "the", "their", "these", "they", "this", "three", "to", "today",
    "traders", "training", "two", "we", "what", "when", "whether", "why", "will", "with",
    "working", "write", "writing",
})  # fmt: skip
