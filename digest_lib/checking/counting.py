"""What a writer counts, rounds or says in a figure of speech, and no source has to state as a number.

兩家公司 names two, 三件事 ends a list of three, 一半談政策、一半談工具 weighs nothing, and 四成 rounds
43%. Only small counts in Chinese words are a writer's own: a figure in digits is a claim.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from digest_lib.checking.english_counts import is_own_in_english
from digest_lib.checking.evidence import Evidence
from digest_lib.text.calendar_dates import Parts
from digest_lib.text.names import known_spans, latin_names, stands_in
from digest_lib.text.numbers import Quantity, stated
from digest_lib.text.numerals import CHINESE_PATTERN
from digest_lib.text.quantity import ORDINAL
from digest_lib.text.scripts import HAN, fold
from digest_lib.text.units import COUNT, PERCENT, TIMES

#: A count in words, so small that a reader checks it at a glance, and what is counted.
_IN_WORDS = re.compile(r"^[两二三四五兩]\s?\D$")
_MOST = 5
#: What is counted where reports are: they are cited.
_OF_REPORTS = frozenset("则篇件项条起则則項條")
#: Names set beside each other, in either script: David Vélez and Robin Vince.
_NAME = (
    r"(?:[A-Z\u00c0-\u00de][\w.'-]*(?:\s(?:(?:de|del|della|der|den|la|le|di|da|dos|van|von|bin|al|el|y)\s)*"
    r"[A-Z\u00c0-\u00de0-9][\w.'-]*)*)"
)
_AND = r"\s?(?:,\s?(?:and|or)?|、|和|與|与|及|以及|跟|\band\b|&|vs\.?)\s?"
_LIST = re.compile(rf"{_NAME}(?:{_AND}{_NAME})+")
_BETWEEN = re.compile(_AND)
#: Three things or more, set beside each other in Chinese.
_ITEM = r"[^\s、，。；：！？,;:!?]"
_HAN_LIST = re.compile(rf"{_ITEM}{{2,14}}(?:、{_ITEM}{{2,12}}){{1,4}}?(?:及|以及|與|与|和){_ITEM}{{2}}")
_VERSION = re.compile(r"v?\d{1,4}(?:\.\d{1,6}){1,4}(?:-?rc\d+)?")
_VERSIONS = re.compile(rf"{_VERSION.pattern}(?:\s?(?:{_AND}|,\s?){_VERSION.pattern}){{2,40}}")
#: The same of two things that share what they are called: half … half.
_HALVES = re.compile(r"一半.{1,30}一半|一手.{1,30}一手")
#: What looks like a number and is none, by what follows it.
_FIGURES_OF_SPEECH = re.compile(
    r"一[块塊](?![钱錢美台人元])|第[一二三][方者线線手]|一([\u4e00-\u9fff])一\1|第一[时時][间間]"
)
_WITHIN = re.compile(r"^\s?(?:之|以)?[内內间間裡里]")
#: What says that a span lies between two days, which nobody has to state.
_APART = re.compile(r"(?:[相间間时時]隔|相距)[了僅仅只约約]?\s?$")
#: Days are named without their year more often than with it; this one has a 29 February.
_ANY_YEAR = date(2024, 1, 1)
_DAYS = {"day": 1, "日": 1, "week": 7, "month": 31}
#: What is told of a year, a month, a week or a day, and not of how many of them: 年產能, 周跌, annual.
_RATES = {
    "year": re.compile(
        r"(?<!\d)年(?=[产销增减薪收费均化营度利])|每年|一年|\b(?:annual\w*|yearly|per year|a year)\b"
    ),
    "month": re.compile(r"(?<!\d)(?<!个)月(?=[产销增减薪收费均营租])|每月|\b(?:monthly|per month|a month)\b"),
    "week": re.compile(r"[周週](?=[跌涨增减升降])|每[周週]|\b(?:weekly|per week|a week)\b"),
    "day": re.compile(r"日(?=[产增减均薪活])|每[日天]|单日|\b(?:daily|per day|a day)\b"),
}
#: What says that a number is how far two others lie apart.
_DIFFERENCE = re.compile(
    r"(?:[多少差]了?|[增减增減](?:加|少)?了?|相差|高出|超出|[领領]先|落[后後])[近约約]?\s?$"
)
_CHANGES = re.compile(r"[到至增减升降成]|\b(?:to|from)\b|→")
_NEXT_DAY = re.compile(r"[隔翌次][天日]|一夜|\b(?:next day|overnight|within a day|24 hours|a day later)\b")
#: What says that a span goes from one day to another, both of them in it.
_IN_A_ROW = re.compile(r"(?:一[连連]|[连連][续續]|[为為]期|[连連])\s?$")
#: So many times one after the other, in a word: 連跌三週.
_RUN = re.compile(r"[连連][续續]?[\u4e00-\u9fff]{0,2}\s?$")
#: The same in a source, with the whole number: 连续30日 are not 3.
_RAN = re.compile(rf"连续?(\d+|{CHINESE_PATTERN})")
_HOW_MANY = {word: str(n) for n, word in enumerate("零一二三四五六七八九十")}
_ONE_DAY = re.compile(r"单日|[当同即]日|[当同]天|\b(?:one|single)[- ]day\b")
_TENTHS = re.compile(r"成(?P<half>[五5]?)$")
#: One part of so many: what another number is so many times of.
_FRACTION = re.compile(r"^(?:1/(?P<of>\d{1,4})|.*分之[一1])$")
#: What follows a share that is more than said.
_AND_MORE = re.compile(r"^\s?(?:以上|多|[餘余])")
#: The word before a number that may be a part of its name: Vue 3.
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.-]*\s?$")
_DIGITS = re.compile(r"^\d{1,4}(?:\.\d+)?")
_OVER, _NEARLY = (
    re.compile(r"(?:超过|超過|逾|破|突破|多于|多於)\s?$"),
    re.compile(r"(?:近|将近|將近|接近|快)\s?$"),
)
#: A share in tenths is this near to what it rounds, one in halves of them (五成五) so near.
_NEAR, _NEARER = Decimal(3), Decimal("1.5")
#: A list right before the count of its items, and what stands between those.
_COMMA, _LAST = "、", re.compile(r"[和與与及]|以及")


def is_own(quantity: Quantity, text: str, sources: Sequence[Evidence]) -> bool:
    """May a writer say this number of the text without a source that states it?"""
    at = max(0, text.find(quantity.said))
    behind = text[at + len(quantity.said) :]
    is_speech = any(m.start() <= at < m.end() for m in _FIGURES_OF_SPEECH.finditer(text))
    if is_speech or (text[:at].endswith("每") and quantity.value == 1):
        return True
    worked_out = _is_fraction(quantity, sources) or _is_difference(quantity, text[:at], sources)
    worked_out = worked_out or (not HAN.search(text) and is_own_in_english(quantity, text, sources))
    if worked_out or _is_of_a_name(quantity, text[:at], sources):
        return True
    if quantity.unit == PERCENT:
        return (bool(_HALVES.search(text)) and "一半" in quantity.said) or _rounds(
            quantity, text[:at], behind, sources
        )
    if quantity.unit in _DAYS or quantity.unit == "year":
        return _is_span(quantity, text[:at], behind, sources)
    if quantity.unit != COUNT:
        return False
    counted = bool(_IN_WORDS.match(quantity.said)) and _is_counted(quantity, text, sources)
    return counted or any(int(quantity.value) in _versions_listed(s.whole) for s in sources)


@lru_cache(maxsize=2048)
def _versions_listed(text: str) -> set[int]:
    """How many versions each list of them in a text has: a writer counts the releases of a day."""
    return {len(_VERSION.findall(m.group())) for m in _VERSIONS.finditer(text)}


def _is_span(quantity: Quantity, before: str, behind: str, sources: Sequence[Evidence]) -> bool:
    """Is it how far days that the sources name lie apart, or one day (week, month) in the words of one?"""
    if quantity.unit not in _DAYS:  # years are not counted in days
        return _is_one_of(quantity, sources)
    days = _DAYS[quantity.unit] * int(quantity.value)
    if _WITHIN.match(behind):
        return _lie_within(days, sources) or _is_one_of(quantity, sources)
    if _APART.search(before):
        return days in _between_days(sources)
    if _IN_A_ROW.search(before) and days - 1 in _between_days(sources):
        return True
    if _RUN.search(before) and any(_is_in_a_row(int(quantity.value), s) for s in sources):
        return True
    of_a_day = days == 1 and any(_ONE_DAY.search(s.folded) for s in sources)
    return of_a_day or _is_one_of(quantity, sources)


def _is_one_of(quantity: Quantity, sources: Sequence[Evidence]) -> bool:
    """Is it one year (month, day) that a source has as words (前一年, 1年內), which are read as no number?"""
    said, rate = fold(quantity.said), _RATES.get(quantity.unit)
    return quantity.value == 1 and any(
        said in s.folded or said.replace("一", "1") in s.folded or (rate and rate.search(s.folded))
        for s in sources
    )


def _is_in_a_row(number: int, source: Evidence) -> bool:
    """Is so manyth in a row what the source says: 連續第三周, 連三跌?"""
    nth = any(q.unit == ORDINAL and q.value == number for q in source.stated)
    runs = (m[1] for m in _RAN.finditer(source.folded))
    return (nth and "连续第" in source.folded) or any(_HOW_MANY.get(n, n) == str(number) for n in runs)


def _is_difference(quantity: Quantity, before: str, sources: Sequence[Evidence]) -> bool:
    """Is it by how much a source's number changes: 4 項 more, of 由 243 項增至 247 項?"""
    if not _DIFFERENCE.search(fold(before)):
        return False
    return any(
        one.unit == other.unit == quantity.unit and abs(one.value - other.value) == quantity.value
        for s in sources for clause, _ in s.clauses if _CHANGES.search(clause)
        for one, other in pairwise(stated(clause))
    )  # fmt: skip


def _is_counted(quantity: Quantity, text: str, sources: Sequence[Evidence]) -> bool:
    """Do the text or its sources show so many of them, and no source counts others?"""
    number, counter, before = int(quantity.value), quantity.said[-1], text[: text.find(quantity.said)]
    if number <= _MOST and _lists(number, before):
        return True
    if number > _MOST or any(_other_count(counter, s) for s in sources):
        return False
    if counter in _OF_REPORTS and number == len(sources):
        return True
    if re.split(r"[。；：;:]", before)[-1].count(_COMMA) == number - 1 and _listed_before(before):
        return True
    if any(m.group().count(_COMMA) == number - 2 for s in sources for m in _HAN_LIST.finditer(s.whole)):
        return True
    named = {e.canonical for _, _, e in known_spans(text)} | {fold(n) for n in latin_names(text)}
    lists = [m.group() for t in (text, *(s.whole for s in sources)) for m in _LIST.finditer(t)]
    return number <= len(named) or any(len(_BETWEEN.split(found)) == number for found in lists)


def _lists(number: int, before: str) -> bool:
    """Does a list of so many items, with a word before the last, end right before their count: 教育、醫療與
    司法三個領域? The text shows then what it counts."""
    clause = re.split(r"[，。；：;:,]", before)[-1].rstrip()
    *_, last = items = clause.split(_COMMA)
    return len(items) > 1 and len(items) == number - 1 and bool(_LAST.search(last))


def _is_fraction(quantity: Quantity, sources: Sequence[Evidence]) -> bool:
    """Is it one part of n, where a source says that something is n times another?"""
    match = _FRACTION.search(quantity.said)
    if not match or not (match["of"] or quantity.value):
        return False
    times = {q.value for s in sources for q in s.stated if q.unit == TIMES}
    parts = Decimal(match["of"]) if match["of"] else round(100 / quantity.value)
    return Decimal(parts) in times


def _is_of_a_name(quantity: Quantity, before: str, sources: Sequence[Evidence]) -> bool:
    """Is it the end of a name that a source has: 3 of «Vue 3 頁面», which is read as a count of 頁?"""
    word, digits = _WORD_BEFORE.search(before), _DIGITS.search(quantity.said)
    if not word or not digits or quantity.unit not in {"", COUNT} or str(quantity.value) != digits.group():
        return False
    return any(stands_in(f"{word.group().strip()}{digits.group()}", fold(s.whole)) for s in sources)


def _listed_before(before: str) -> bool:
    """Does the list end right before the count: 推平價模型、找算力、拓通路三件事?"""
    return not before.rstrip().endswith(("，", ",", "。"))


def _other_count(counter: str, source: Evidence) -> bool:
    """Does the source count such things itself, in few words?"""
    return bool(re.search(rf"[两二三四五六七八九2-9]\s?{re.escape(fold(counter))}", source.folded))


def _rounds(quantity: Quantity, before: str, behind: str, sources: Sequence[Evidence]) -> bool:
    """Is it a share in tenths of one that a source states: 四成 of 43%, 超過四成 of 49%, 五成五 of 55.5%?"""
    tenths = _TENTHS.search(quantity.said)
    if not tenths:
        return False
    shares = [q.value for s in sources for q in s.stated if q.unit == PERCENT]
    near, step = (_NEARER, Decimal(5)) if tenths["half"] else (_NEAR, Decimal(10))
    over = under = near
    if _OVER.search(before) or _AND_MORE.search(behind):
        over, under = step, Decimal(0)
    elif _NEARLY.search(before):
        over, under = Decimal(0), step
    return any(quantity.value - under <= share < quantity.value + over for share in shares)


def _lie_within(days: int, sources: Sequence[Evidence]) -> bool:
    """Do the sources name two days that lie so near to each other, or say so in words?"""
    if any(_NEXT_DAY.search(s.folded) for s in sources):
        return True
    return any(0 < apart <= days for apart in _between_days(sources))


def _between_days(sources: Sequence[Evidence]) -> set[int]:
    """How many days lie between any two of one year that the sources name."""
    named = {(p.month, p.day) for p in (_parts(q.exact) for s in sources for q in s.stated if q.names_day)}
    # 7 月 28 日至 30 日: the second is of the first one's month
    bare = {int(q.value) for s in sources for q in s.stated if q.unit == "日"}
    named |= {
        (month, day) for month, _ in named for day in bare if 0 < day <= monthrange(_ANY_YEAR.year, month)[1]
    }
    return {abs((_ANY_YEAR.replace(month=a[0], day=a[1]) - _ANY_YEAR.replace(month=b[0], day=b[1])).days)
            for a, b in combinations(sorted(named), 2)}  # fmt: skip


def _parts(exact: str) -> Parts:
    return Parts(*(int(n) if n != "?" else 0 for n in exact.split("-")))
