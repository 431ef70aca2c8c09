"""Who did what is new in a story: «證實» tells nobody anything, «OpenAI 證實» does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from digest_lib.articles.article import Article
from digest_lib.stories.bearing import MEDIA
from digest_lib.stories.novelty import TURNS
from digest_lib.stories.traits import opening
from digest_lib.text.chinese_names import OFFICE
from digest_lib.text.names import known_spans
from digest_lib.text.scripts import HAN, fold

#: Turns that are something said: nothing, without who says it.
_SAID: Final = frozenset(("證實", "否認", "回應", "道歉"))
_ACTORS: Final = frozenset(("company", "person", "body"))
#: What may stand between who and what, an office apart: nothing that changes either (尚未證實, 遭否認).
_BETWEEN: Final = re.compile(
    rf"(?P<office>(?:{OFFICE}|ceo))?(?:发文|发声|出面|亲自|正式|公开|首度|终于|随后|官方|今[日天]|昨[日天]|已经?|也|则|又|再|has|have)*"
    r"\s?(?:has\s|have\s)?"
)
#: Who stands behind these is whom it is done to, or one of several.
_NOT_WHO: Final = re.compile(r"(?:对|向|将|把|跟|与|和|的|因|against|with|by)\s?$")


def as_told(fact: str, articles: Sequence[Article]) -> str:
    """A fact of `what_is_new` as it is told: a turn with who made it, where an article says so in as many
    words; nothing for what somebody said when no article says who."""
    if fact not in TURNS:
        return fact
    for article in articles:
        for text in (article.title, opening(article)):
            if who := _who(fact, text):
                return f"{who} {fact}" if not HAN.match(who[-1]) else f"{who}{fact}"
    return "" if fact in _SAID else fact


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
