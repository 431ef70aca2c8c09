"""How a name stands in a text: as what it is about, or in a comparison, a list of vendors, someone's past.

Patterns run on folded text (Simplified, half-width, lower case), which is as long as the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest_lib.text.names import Aliases, Entry, known_spans
from digest_lib.text.scripts import fold

#: What stands before a name that something else is measured by, or works with.
_COMPARED = re.compile(
    r"(?:比|胜过?|赢过?|超越|超过|超车|优于|击败|打败|媲美|不输给?|逼近|直逼|叫板|对标|挑战|领先|落后于?|不如|不像"
    r"|[快慢好强高低多少准贵大]过|换掉|弃用|舍弃|(?:仅)?次于|有别于|接近|直追|紧追|取代|替代|类似|相容于?|兼容|支援|支持|串接|整合"
    r"|搭配|蒸馏"
    r"|unlike|than|vs\.?|versus|beat(?:s|ing)?|outperform(?:s|ing)?|rival(?:s|ing)?|surpass(?:es|ing)?"
    r"|overtak(?:es|ing)|compatible with|alternatives? to|instead of|similar to|compared (?:with|to)"
    r"|works with|edg(?:es|ed|ing) past|tops?|match(?:es|ed|ing)|on par with|leaving|since|post-"
    r"|ditch(?:es|ed|ing)?|swap(?:s|ped|ping)?(?: out)?|replac(?:es|ing)"
    r"|second only to|distill(?:ed|ing|s)?(?: from)?|(?:faster|cheaper|better|worse|safer|smaller) than"
    r"|built (?:on|with)|(?:written|made|coded)(?: \w+)? (?:via|with|by)|powered by)\s?(?:the |了)?$"
)
#: What stands after one.
_AS_MEASURE = re.compile(
    r"\s?(?:的?(?:替代|竞争对手|对手|杀手)|相容|兼容|以外|之外|换掉|也(?:未|难|没|不)"
    r"|(?:问世|登场|推出|出现|爆红|上市)(?:之?后|以来|至今)"
    r"|を(?:超え|上回|抜[いく]|凌)|に(?:対抗|匹敵|迫)|並み|の(?:代わり|代替|対抗)"
    r"|[- ](?:compatible|killer|alternatives?|rivals?|competitors?|style|like)\b)"
)
#: Someone's office: «OpenAI 執行長 …» says who speaks.
_OFFICE_AFTER = re.compile(r"\s?(?:的)?(?:执行长|首席执行官|执行官|高层主管|ceo\b)")
#: Someone's past: the text is on what they do now.
_PAST_AFTER = re.compile(
    r"\s?(?:前|(?:的)?(?:共同|联合)?(?:创办人|创始人)|(?:前|离职)员工|co-?founder|founder|alum|veteran)"
)
_PAST_BEFORE = re.compile(
    r"(?:前|(?<![\d千万亿兆美日欧])元|曾任职于?|离开|former|ex-?|previously at|left)\s?$"
)
#: What joins the items of a list, with a version or a few words between.
_JOINED = re.compile(
    r"[^、,，/与和及跟以&.。;；:：!?！？\n]{0,14}(?:、|,|，|/|与|和|及|以及|跟|&|\band\b|\bor\b)\s?(?:and\s)?"
)
#: The end of an item with a capital, before the next.
_UNKNOWN_ITEM = re.compile(r"[A-Z][A-Za-z]+,\s$")
#: Items of a list from which on none of them is the subject.
_MANY = 3

MEDIA = frozenset((
    "Reuters", "Bloomberg", "New York Times", "Wall Street Journal", "Financial Times", "YouTube", "Reddit",
    "Twitter", "LinkedIn", "GitHub",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the family is named."""

    start: int
    compared: bool  #: something else is measured by it, or works with it
    office: bool  #: it says whose officer speaks
    past: bool  #: it says where someone was before
    paired: bool  #: named in one breath with another vendor
    listed: bool  #: one of many vendors

    @property
    def subject(self) -> bool:
        return not (self.compared or self.listed or self.office or self.past)


def places(text: str, family: Aliases) -> list[Place]:
    """Every place of the family's names in the text, with how it stands there."""
    spans = family.spans(text)
    if not spans:
        return []
    folded = fold(text)
    runs = _lists(folded, text, spans)
    paired = {a for run in runs if len(run) > 1 for a in _starts(run, spans)}
    listed = {a for run in runs if len(run) + _unknown(run, text) >= _MANY for a in _starts(run, spans)}
    found = []
    for first, start, end in _whole_names(spans):
        before = folded[max(0, first - 24) : first]
        found.append(Place(
            start,
            bool(_COMPARED.search(before) or _AS_MEASURE.match(folded, end) or _even(before, folded[end:])),
            bool(_OFFICE_AFTER.match(folded, end)),
            bool(_PAST_AFTER.match(folded, end) or _PAST_BEFORE.search(before[-16:])),
            start in paired,
            start in listed,
        ))  # fmt: skip
    return found


def _whole_names(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """(where the whole name begins, start, end) of each: Claude and Fable 5 of «Claude Fable 5» are one."""
    found: list[tuple[int, int, int]] = []
    for start, end in spans:
        joined = bool(found) and start - found[-1][2] <= 1
        found.append((found[-1][0] if joined else start, start, end))
    return found


def _even(before: str, after: str) -> bool:
    """«連 X 都採購»: somebody among many who do something."""
    return bool(re.search(r"(?:连|就连|\beven)\s?$", before)) and bool(re.match(r"\s?(?:都|也|\w)", after))


def others(text: str, family: Aliases) -> set[str]:
    """The companies in the text that are not the family's own, publishers aside."""
    own = family.spans(text)
    return {
        entry.canonical
        for start, end, entry in _vendors(text)
        if not any(start < b and a < end for a, b in own) and entry.kind == "company"
    }


def _vendors(text: str) -> list[tuple[int, int, Entry]]:
    kinds = ("company", "product")
    return [hit for hit in known_spans(text) if hit[2].kind in kinds and hit[2].canonical not in MEDIA]


def _unknown(run: Sequence[tuple[int, int, str]], text: str) -> int:
    """One more where a list goes on from a name that we do not know: «from Acme Capital, A and B»."""
    return len(run) > 1 and bool(_UNKNOWN_ITEM.search(text[max(0, run[0][0] - 24) : run[0][0]]))


def _starts(run: Sequence[tuple[int, int, str]], own: Sequence[tuple[int, int]]) -> set[int]:
    """Where the family is named in a list."""
    return {a for s, e, _ in run for a, _ in own if s <= a < e}


def _lists(folded: str, text: str, own: Sequence[tuple[int, int]]) -> list[list[tuple[int, int, str]]]:
    """The vendors of the text, each list of them together; a name said twice in a list counts once."""
    hits = [(start, end, entry.canonical) for start, end, entry in _vendors(text)]
    hits += [(a, b, folded[a:b]) for a, b in own if not any(s < b and a < e for s, e, _ in hits)]
    runs: list[list[tuple[int, int, str]]] = []
    for hit in sorted(hits):
        last = runs[-1][-1] if runs else None
        if last and _JOINED.fullmatch(folded[last[1] : hit[0]]) and hit[2] not in {n for *_, n in runs[-1]}:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return runs
