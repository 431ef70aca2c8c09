"""What a figure is of: does a text give a figure of its source another part to play?

That 43% stands in the source does not bear out «up by 43%» where it went up *to* 43%, nor «輸入 25 美元、
輸出 5 美元» where the source has the two the other way round. Read is what stands beside the figure: the word
right before it, from and to, by and to, per what, before noon or after. A part that cannot be told is not
judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.checking.evidence import Evidence, as_written
from digest_lib.checking.predicates import clauses_of
from digest_lib.checking.reasons import Reason
from digest_lib.checking.turns import directions
from digest_lib.text.numbers import Quantity, stated, supported_by
from digest_lib.text.quantity import DATE, ORDINAL, QUARTER, TIME, VERSION
from digest_lib.text.scripts import fold

_NO_AMOUNT = frozenset({DATE, TIME, VERSION, ORDINAL, QUARTER})
_SPANS = frozenset({"year", "month", "week", "day", "日"})
#: What may stand between a figure and what is said of it.
_ABOUT = (
    r"(?:[了约近逾超过达多的是为则各收要有:\s]|超过|大约|将近|最多|最高|至少|高达"
    r"|about |nearly |over |more than |some )*"
)
_LABEL = re.compile(rf"(?P<label>[\u4e00-\u9fff]{{2}}){_ABOUT}$")
#: Words before a figure that say nothing of what it is of.
_NO_LABEL = re.compile(
    r"超过|达到|约有|至少|最多|最高|只有|共有|总共|高达|将近|接近|来到|其中|另外|还有|目前|[之此日]前|之后|今年|去年|明年|未来|过去|大约|左右|以及|合计"
    r"|[在于由从至到以与和及的将已会有是为比约逾近超有了每共计第再另各近即仅只约并也]|公布|宣布|表示|指出|提到|报导|揭露"
)
_TO = re.compile(rf"(?:[到至成]|\bto ){_ABOUT}$")
_RISES = (
    "增加|成长|增长|上升|提升|提高|上涨|上调|调高|扩大|跳升|年增|季增|月增|调涨|调升"
    "|下降|减少|下跌|下滑|降低|下调|调低|缩减|缩小|年减|季减|月减|调降"
)
_BY = re.compile(rf"(?:(?:{_RISES})(?![到至])|\bby ){_ABOUT}$")
_FROM = re.compile(rf"(?:[从由自]|\bfrom )[^,。]{{0,12}}?{_ABOUT}$")
_TO_BETWEEN = re.compile(r"[到至]|\bto\b|成(?=[\s逾约近]*$)")

#: What a figure is counted by, in both languages.
_PER_TIME = {
    "年": r"每年|年费|按年|per year|a year|annually|yearly",
    "月": r"每个?月|月费|按月|per month|a month|monthly",
    "周": r"每周|每星期|per week|a week|weekly",
    "日": r"每[天日]|日均|per day|a day|daily",
    "时": r"每个?小时|per hour|an hour|hourly",
    "分": r"每分钟|per minute|a minute",
    "人": r"每人|人均|per person|per user|per seat|每[位名个](?:使?用户|使用者|员工)",
}
_PER_MANY = re.compile(r"每(?P<many>[百千万亿]+)\s?(?:个|笔|次)?\s?(?P<what>[a-z]+|[\u4e00-\u9fff]{2})")
_HOUR = r"(?P<hour>\d{1,2}|十?[一二三四五六七八九十])\s?[点时:]"
_BEFORE_NOON = re.compile(rf"(?:凌晨|清晨|早上|早晨|上午)\s?{_HOUR}")
_AFTER_NOON = re.compile(rf"(?:下午|午后|傍晚|晚上|晚间|深夜)\s?{_HOUR}")
_DIGIT = re.compile(r"\d")
_HOURS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"十一": 11, "十二": 12}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a clause, with the part it plays there; empty or None what cannot be told."""

    quantity: Quantity
    clause: str
    label: str
    #: is it what something changed to, or by how much?
    reached: bool | None
    #: what it changed from, where it changed to this
    before: Quantity | None


def misplaced(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for which a figure of the text plays another part than in its sources; the first found."""
    own = list(_figures(fold(text)))
    theirs = [f for s in sources for f in _of(s)] if own else []
    moved = (_against(m, theirs, [f.quantity for f in own if f is not m]) for m in own)
    found: tuple[str, str] | None = next(filter(None, moved), None)
    found = found or _other_rate(fold(text), sources) or _other_half(fold(text), sources)
    if not found:
        return []
    parts = as_written(found[0], [text]), as_written(found[1], (s.whole for s in sources))
    return [Reason("figure", parts)]


def _against(mine: Figure, theirs: Sequence[Figure], others: Sequence[Quantity]) -> tuple[str, str] | None:
    """The claim's clause, and a source's in which the figure is something else; `others`: the claim's other
    figures."""
    same = [f for f in theirs if supported_by(mine.quantity, [f.quantity])]
    if mine.before is not None:
        turned = [f for f in theirs if f.before and supported_by(mine.before, [f.quantity])
                  and supported_by(mine.quantity, [f.before])]  # fmt: skip
        right = any(f.before and supported_by(mine.before, [f.before]) for f in same)
        if turned and not right:
            return mine.clause, turned[0].clause
    if mine.reached is not None and same and all(f.reached is (not mine.reached) for f in same):
        return mine.clause, same[0].clause
    labelled = [f for f in theirs if mine.label and f.label == mine.label]
    labelled = [f for f in labelled if f.quantity.unit == mine.quantity.unit]
    if not (same and labelled) or any(supported_by(mine.quantity, [f.quantity]) for f in labelled):
        return None
    # 一年前是 43%，現在是 15%: what the source has in this place, the text has in another
    swapped = any(supported_by(f.quantity, others) for f in labelled)
    if all(not _same_part(f.label, mine.label) and (f.label or (swapped and f.reached)) for f in same):
        return mine.clause, labelled[0].clause
    return None


@lru_cache(maxsize=2048)
def _of(source: Evidence) -> tuple[Figure, ...]:
    return tuple(_figures_of(source.clauses))


def _figures(folded: str) -> Iterator[Figure]:
    yield from _figures_of(clauses_of(folded))


def _figures_of(clauses: Sequence[tuple[str, str]] | Iterator[tuple[str, str]]) -> Iterator[Figure]:
    for clause, _ in clauses:
        placed = list(_placed(clause))
        starts = [0, *(end for _, end, _ in placed)]
        before: tuple[Quantity, int] | None = None
        for (start, end, quantity), last in zip(placed, starts, strict=False):
            lead = clause[last:start]
            label = _LABEL.search(lead)
            word = label.group("label") if label and not _NO_LABEL.search(label.group("label")) else ""
            came = (
                before[0] if before and before[0].unit == quantity.unit and _TO_BETWEEN.search(lead) else None
            )
            to, by = bool(_TO.search(lead)), bool(_BY.search(lead))
            yield Figure(quantity, clause, word, to if to is not by else None, came)
            before = (quantity, end) if _FROM.search(lead) else None


def _same_part(one: str, other: str) -> bool:
    """Do two labels say that a figure is the same? Words of one direction do (成長 17%, 年增 24%)."""
    ways = [{(turn.axis, turn.up) for turn in directions(label)} for label in (one, other)]
    return one == other or (len(ways[0]) == 1 and ways[0] == ways[1])


def _placed(clause: str) -> Iterator[tuple[int, int, Quantity]]:
    position = 0
    for quantity in stated(clause) if _DIGIT.search(clause) else ():
        start = clause.find(quantity.said, position)
        if start < 0 or quantity.unit in _NO_AMOUNT:
            continue
        position = start + len(quantity.said)
        # 一年前是 43%, 翻倍至 50 家: how long and how often belong to what is said of the figure that follows
        if quantity.unit not in _SPANS and any(c.isdigit() for c in quantity.said):
            yield start, position, quantity


def _other_rate(folded: str, sources: Sequence[Evidence]) -> tuple[str, str] | None:
    """Per thousand for per million, a month for a year."""
    for match in _PER_MANY.finditer(folded):
        told = [m for s in sources for m in _PER_MANY.finditer(s.folded) if m["what"] == match["what"]]
        if told and all(m["many"] != match["many"] for m in told):
            return match.group(), told[0].group()
    for clause, _ in clauses_of(folded):
        per = _per_time(clause)
        if len(per) != 1:
            continue
        timed = [(c, stated(c)) for s in sources for c, _ in s.clauses if _per_time(c)]
        for quantity in stated(clause):
            beside = [c for c, figures in timed if supported_by(quantity, figures)]
            rates = [_per_time(c) for c in beside]
            if rates and not any(per & r for r in rates):
                return clause, beside[0]
    return None


@lru_cache(maxsize=8192)
def _per_time(clause: str) -> frozenset[str]:
    return frozenset(unit for unit, words in _PER_TIME.items() if re.search(words, clause))


def _other_half(folded: str, sources: Sequence[Evidence]) -> tuple[str, str] | None:
    """Five in the morning for five in the afternoon."""
    for mine, other in ((_BEFORE_NOON, _AFTER_NOON), (_AFTER_NOON, _BEFORE_NOON)):
        for match in mine.finditer(folded):
            hour = _hour(match["hour"])
            if any(_hour(m["hour"]) == hour for s in sources for m in mine.finditer(s.folded)):
                continue
            against = [m for s in sources for m in other.finditer(s.folded) if _hour(m["hour"]) == hour]
            if against:
                return match.group(), against[0].group()
    return None


def _hour(said: str) -> int:
    return (int(said) if said.isdigit() else _HOURS.get(said, 0)) % 12
