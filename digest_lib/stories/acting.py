"""Who did what is new in a story: «證實» tells nobody anything, «OpenAI 證實» does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digest_lib.articles.article import Article
from digest_lib.stories.bearing import MEDIA
from digest_lib.stories.novelty import TURNS
from digest_lib.stories.traits import opening
from digest_lib.text.chinese_names import OFFICE
from digest_lib.text.names import known_spans
from digest_lib.text.scripts import HAN, fold
from digest_lib.text.sides import sides, verbs

#: Turns that are something said: nothing, without who says it.
_SAID: Final = frozenset(("證實", "否認", "回應", "道歉"))
#: Turns between two sides, which are nothing without them: the group of their verbs (`text/verbs.tsv`), and
#: how both, the doer alone and the other alone are told, then how one is who gives what another could claim.
_SIDED: Final = {
    "求償": ("claim", "{doer}向{other}求償", "{doer}求償", "{other}遭求償", "{other}賠償{doer}"),
    "起訴": ("sue", "{doer}起訴{other}", "{doer}起訴", "{other}遭起訴", ""),
    "調查": ("probe", "{doer}調查{other}", "", "{other}遭調查", ""),
    "開罰": ("probe", "{doer}對{other}開罰", "", "{other}遭開罰", ""),
    "禁用": ("probe", "{doer}禁用{other}", "", "{other}遭禁用", ""),
}
_ACTORS: Final = frozenset(("company", "person", "body"))
#: What something may be done to, besides: what somebody makes.
_DONE_TO: Final = _ACTORS | {"product"}
#: What may stand between who and what, an office apart: nothing that changes either (尚未證實, 遭否認).
_BETWEEN: Final = re.compile(
    rf"(?P<office>(?:{OFFICE}|ceo))?(?:发文|发声|出面|亲自|正式|公开|首度|终于|随后|随即|官方|今[日天]|昨[日天]|已经?|也|则|又|再|has|have)*"
    r"\s?(?:has\s|have\s)?"
)
_OFFICE: Final = re.compile(rf"\s?(?:{OFFICE}|ceo)")
#: Who stands behind these is whom it is done to, or one of several.
_NOT_WHO: Final = re.compile(r"(?:对|向|将|把|跟|与|和|的|因|against|with|by)\s?$")
#: What has not been done, or not for sure.
_UNSURE: Final = re.compile(
    r"未|不(?!久|只|仅)|没|否认|考虑|可能|拟|拒绝|恐|或(?!者)|传|威胁|扬言|准备|打算|计划|若|如果|是否|避免|要求|判|令"
    r"|\b(?:ask\w*|order\w*|may|might|could|would|not|never|threat\w*|consider\w*|plan\w*|if|whether)\b"
)
#: How far before a verb what makes it unsure is looked for, and how far behind it whom it is done to.
_NEAR, _NEXT = 16, 8


def as_told(fact: str, articles: Sequence[Article]) -> str:
    """A fact of `what_is_new` as it is told: a turn with who made it, where an article says so in as many
    words; nothing for what somebody said or did to somebody when no article says who."""
    if fact not in TURNS:
        return fact
    texts = [text for article in articles for text in (article.title, opening(article))]
    if fact in _SIDED:
        return next((told for text in texts if (told := _between(fact, text))), "")
    if who := next((who for text in texts if (who := _who(fact, text))), ""):
        return _beside(who, fact)
    return fact if fact not in _SAID and any(_happens(fact, fold(text)) for text in texts) else ""


def _happens(turn: str, folded: str) -> bool:
    """Does a folded text say that it happened, not that it may?"""
    return any(not _is_unsure(folded, m.start()) for m in TURNS[turn].finditer(folded))


def _is_unsure(folded: str, at: int) -> bool:
    return bool(_UNSURE.search(folded, max(0, at - _NEAR), at))


def _between(turn: str, text: str) -> str:
    """A turn between two sides as a text has it: who claims, who is to pay; empty where it does not say."""
    group, both, doing, done_to, giving = _SIDED[turn]
    folded = fold(text)
    for verb in verbs(folded):
        signs = {is_doer for name, is_doer in verb.groups if name == group}
        # 調查 and 開罰 share a group: only its own word tells a turn.
        own = giving or TURNS[turn].search(folded, verb.start, verb.end)
        if len(signs) != 1 or not own or _is_unsure(folded, verb.start):
            continue
        found = sides(folded, verb)
        found = found if True in signs else found.turned()
        doer, other = _only(text, found.doer, _ACTORS), _only(text, found.other, _DONE_TO)
        pattern = both if doer and other else doing if doer else done_to if other else ""
        if False in signs:
            pattern = giving if doer and other else ""
        if pattern:
            return _joined(pattern, doer, other)
    return ""


def _only(text: str, parts: Sequence[tuple[int, int]], kinds: frozenset[str]) -> str:
    """Who stands in these parts of a text, with an office, where it is one alone; else nothing."""
    for start, end in parts:
        found = [
            (a, b) for a, b, e in known_spans(text)
            if start <= a and b <= end and e.kind in kinds and e.canonical not in MEDIA
        ]  # fmt: skip
        if len(found) == 1 or (found and found[0][0] - start <= _NEXT and found[0][1] < found[1][0]):
            a, b = found[0]
            office = _OFFICE.match(fold(text), b, end)
            return text[a : office.end() if office else b]
    return ""


def _joined(pattern: str, doer: str, other: str) -> str:
    """The pattern with its names, with room between what is Chinese and what is not."""
    told = ""
    for piece in _pieces(pattern, doer, other):
        told = _beside(told, piece)
    return told


def _pieces(pattern: str, doer: str, other: str) -> Iterator[str]:
    for piece in re.split(r"(\{\w+\})", pattern):
        if piece:
            yield piece.format(doer=doer, other=other)


def _beside(one: str, other: str) -> str:
    """Two texts as one."""
    room = bool(one) and bool(HAN.match(one[-1])) is not bool(HAN.match(other[0]))
    return f"{one} {other}" if room else f"{one}{other}"


def _who(turn: str, text: str) -> str:
    """Who makes the turn in the text, as it says it, with an office: OpenAI, Anthropic執行長."""
    folded = fold(text)
    turns = [m.start() for m in TURNS[turn].finditer(folded)]
    for start, end, entry in known_spans(text):
        if entry.kind not in _ACTORS or entry.canonical in MEDIA or _NOT_WHO.search(folded[:start]):
            continue
        for at in turns:
            if at >= end and (between := _BETWEEN.fullmatch(folded[end:at])):
                return text[start : end + (between.end("office") if between["office"] else 0)]
    return ""
