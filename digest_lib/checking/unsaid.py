"""Who is told not to have said something, or to have denied it, has not said it in the source either: what
the source tells is turned round by the frame alone, and no other word of the sentence shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.clauses import Clause, alike, clauses
from digest_lib.checking.evidence import Evidence
from digest_lib.checking.lent import SPEAKS
from digest_lib.checking.reasons import Reason
from digest_lib.checking.turns import DENIAL
from digest_lib.text.scripts import fold

#: What he is told not to do; the texts are folded.
_SAY = rf"(?:{SPEAKS.pattern}|报[导道]|转述|引述|披露|揭露|公布|宣布)"
_NOT = "(?:并(?:未|没有?|不曾)|从(?:未|没)|未曾|不曾|没有|否认)"
#: How the frame ends: «並未表示：「…」», «沒有轉述甲的說法：「…」», «否認，…».
_FRAME = (
    rf"(?:{_NOT}(?:公开|正式|明确|直接)?{_SAY}[^,。:「」]{{0,12}}|否认)[,:「]+\s?"
    r"(?=[^,。:「])"
)
#: The same in English: «never said: “…”», «denied that …».
_ENGLISH_FRAME = (
    r"\b(?:(?:(?:did|has|have) not|(?:did|has|have)n[’']t|never)"
    r" (?:say|said|stated?|claim(?:ed)?|report(?:ed)?|announced?)|den(?:y|ies|ied))\b"
    r"(?:[,:]|\s+that\b)*\s*[“\"]?(?=\w)"
)
_DENIED = re.compile(f"{_FRAME}|{_ENGLISH_FRAME}")
#: A source that denies anything in these words may deny this.
_DENIES = re.compile(
    rf"{_NOT}[^,。]{{0,4}}{_SAY}|反驳|{DENIAL}"
    r"|\b(?:disput\w+|rebut\w*)|(?:\bnot|n[’']t|\bnever)\s+(?:sa[iy]|claim|announce)"
)
#: So much of what follows the frame a clause of the source shares that tells it.
_TELLS = 0.6


def unsaid(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason for a denial of what the sources tell and nobody in them denies; else nothing."""
    for frame in _DENIED.finditer(fold(text)):
        what = clauses(text[frame.end() :])[:1]
        if what and any(_tells(source, what[0]) for source in sources):
            denied, told = text[: frame.end()].strip("，,：:「 "), what[0].text.strip("「」『』 ")
            return [Reason("unsaid", (denied, told))]
    return []


def _tells(source: Evidence, what: Clause) -> bool:
    """Does the source tell it, and deny nothing?"""
    near = alike(what, [source.compared], _TELLS)
    if not near or any(clause.turns.negations % 2 for _, clause in near):
        return False
    return not _DENIES.search(source.folded)
