"""Who shows something at a fair: two exhibitors are two stories, however much of it both titles tell."""

from __future__ import annotations

import re

from digest_lib.text.scripts import HAN
from digest_lib.text.vectors import tokens

_FAIR = re.compile(
    r"[\w\s]{0,12}?(?:大会|博览会|展览会?|电脑展|车展|书展|世博|峰会|论坛|年会|消费电子展|通讯展)(?:20\d\d)?"
    r"|\b(?:[\w-]+ ){0,3}(?:expo|summit|fair|trade show|conference)(?: [a-z-]+)?(?=[\s:,：，]|$)"
    r"|\b(?:ces|mwc|ifa|computex|waic|gtc|siggraph|semicon)\b(?: ?20\d\d)?"
)
#: A fair's short name before a colon names no exhibitor.
_SHOWS = re.compile(
    r"亮相|展出|参展|展示|携[\w]{1,12}?(?=亮相|登场|参展)|登场|秀出|抢攻"
    r"|\b(?:shows?(?: off)?|showcases?|unveils?|exhibits?|demos?|demonstrates?|debuts?|presents?)\b"
)
_JOINS = re.compile(r"[\s:：,，、|｜—–-]+|\b(?:at|in|on|from|the)\b|于|在|将|也|首度|首次|前进|直击|现场")
#: What many names of firms have.
_OF_FIRMS = re.compile(
    r"科技|电子|集团|公司|国际|工业|资讯|智能|机器人|\b(?:inc|corp|ltd|ai|tech|robotics)\b"
)
#: More is no exhibitor but a sentence.
_LONGEST = 16


def exhibitor(headline: str) -> str:
    """Whom a folded headline has show something at a fair; empty where it does not say so."""
    shows = _SHOWS.search(headline)
    if shows is None or not _FAIR.search(headline):
        return ""
    named = _JOINS.sub(" ", _FAIR.sub(" ", headline[: shows.start()])).strip()
    return named if 1 < len(named) <= _LONGEST else ""


def other_exhibitors(one: str, other: str) -> bool:
    """Are these two exhibitors, in one script, of which nothing is the same?"""
    if not one or not other or bool(HAN.search(one)) != bool(HAN.search(other)):
        return False
    mine, theirs = (set(tokens(_OF_FIRMS.sub(" ", name))) for name in (one, other))
    return bool(mine) and bool(theirs) and not mine & theirs
