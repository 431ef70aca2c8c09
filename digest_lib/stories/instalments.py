"""Instalments of a series: one publisher's titles that count, «之五：…» and «之六：…», «Day two», «7/28».

What a series is on stays the same for weeks, so its parts read alike; each is an event of its own. A number
counts where it stands as such labels do: after «part» or 第, in brackets, as a date, and before the title
proper. Of two titles that are the same but for their numbers, any number counts.
"""

from __future__ import annotations

import re

from digest_lib.text.numerals import CHINESE_PATTERN, ENGLISH_PATTERN
from digest_lib.text.scripts import fold

_NUMBER = rf"(?:\d+|{CHINESE_PATTERN}|{ENGLISH_PATTERN})"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_SERIAL = re.compile(
    rf"第\s?{_NUMBER}\s?[集期回话讲章篇课弹夜周天日]"
    rf"|之{_NUMBER}"
    rf"|[(（](?:{_NUMBER}|[上中下前后])[)）]"
    rf"|(?:\b(?:part|day|week|ep|episode|vol|volume|chapter|lesson|issue|no)\b\.?\s?|#\s?){_NUMBER}"
    rf"|{_NUMBER}月{_NUMBER}日|\b\d{{1,2}}/\d{{1,2}}\b|\b{_MONTH}\s\d{{1,2}}\b"
)
#: What ends a label: its own bracket, a colon or a bar; a space does where words have none between them.
_ENDS = re.compile(r"\s*(?:$|[:：|｜】\]」』—–])|\s+(?=[^\x00-\x7f])")
_CHANGES = re.compile(
    rf"\d+(?:[./:-]\d+)*|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:周|星期|礼拜)[一二三四五六日天]"
    rf"|{CHINESE_PATTERN}|{ENGLISH_PATTERN}"
)


def template(title: str) -> str:
    """What stays of the titles of a series, «Security updates for Monday», «v5.109.1 发布»: two titles of one
    publisher with one template and other numbers are two events."""
    return _CHANGES.sub("#", fold(title))


def series(title: str) -> tuple[str, str]:
    """The label that a title begins with, without its number, and the number; empty where it has none."""
    folded = fold(title)
    for found in _SERIAL.finditer(folded):
        closed = found.group()[-1] in ")）"
        if closed or _ENDS.match(folded, found.end()):
            return folded[: found.start()] + "#", found.group()
    return "", ""
