"""Marks around a concept are no quotation: the 「開放或封閉」 question, the 「經濟指數」 connector.

What somebody is said to have said must stand in a source to the character. What a writer only sets apart is
short, has nobody speaking beside it, and is not nearly what a source says: a garbled quotation is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.evidence import Evidence, plain
from digest_lib.text.scripts import HAN, fold

#: A longer one is what somebody said; so short a one cannot be told from other words of its source.
LONGEST_HAN, LONGEST_LATIN, SHORTEST = 14, 32, 5
#: Who speaks, right before a quotation or right after.
_SPEAKS = (
    r"(?:表示|指出|说(?:法是|道|过)?|称(?:为|作|之为)?|认为|写道|强调|宣布|透露|坦言|补充|解释|直言|回应|提到|告诉|警告|呼吁|主张|表明|批评|形容|喊话"
    r"|引述|指控|反问|问|答|叫做|定义为|视为|标语|口号|原话|承认|否认"
    r"|sa(?:ys|id)|wrote|called?|told|described|put it|quot\w+)"
)
_BEFORE = re.compile(rf"{_SPEAKS}[^。;]{{0,6}}[:,]?\s?$|:\s?$")
_AFTER = re.compile(rf"^[^。;,]{{0,10}}{_SPEAKS}")
#: A sentence, not a concept.
_SENTENCE = re.compile(r"[。！？!?，,；;]")
#: Half of it in one run is nearly what the source says.
_PARTS = 2


def is_concept(quotation: str, text: str, sources: Sequence[Evidence]) -> bool:
    """Does the writer only set these words of the text apart?"""
    longest = LONGEST_HAN if HAN.search(quotation) else LONGEST_LATIN
    if len(quotation) > longest or _SENTENCE.search(quotation):
        return False
    at = text.find(quotation)
    before, after = fold(text[: max(0, at - 1)]), fold(text[at + len(quotation) + 1 :])
    if _BEFORE.search(before) or _AFTER.search(after):
        return False
    return len(quotation) <= SHORTEST or not any(_is_garbled(plain(quotation), s) for s in sources)


def _is_garbled(words: str, source: Evidence) -> bool:
    """Does a long run of the words stand in the source?"""
    least = max(2, len(words) // _PARTS)  # one character changed leaves a run of half
    return any(words[i : i + least] in source.quotable for i in range(len(words) - least + 1))
