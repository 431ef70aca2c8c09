"""A quotation behind somebody who speaks is his own words to a reader: its source must have it in quotation
marks, too. What a publisher makes of what was said is the publisher's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.evidence import Evidence, is_quoted, plain
from digest_lib.checking.reasons import Reason
from digest_lib.text.scripts import HAN

#: Somebody says what follows.
SPEAKS = re.compile(
    "(?:表示|指出|透露|強調|强调|坦言|直言|警告|承認|承认|主張|主张|批評|批评|聲稱|声称|認為|认为|建議|建议|呼籲|呼吁|(?<![的之])(?:解釋|解释)|補充|补充|提到"
    "|回應|回应|寫道|写道|[宣坦]?[稱称](?![為为霸職职])|(?<![小傳传遊游解學学來来之再])[說说](?![明服])|[發发]文|撰文)(?!了|過|过|的|後|后|會|会|書|书)"
)
#: So many characters are a statement rather than a word for something.
_LEAST = 8
_SPOKEN = re.compile(rf"{SPEAKS.pattern}[，,：:]?\s?「([^「」]*(?:『[^』]*』[^「」]*)*)」")
#: It is the article that speaks.
_ITSELF = re.compile("(?:報導|報道|文章|文中|[該原本]文)[另也還並]?$")


def lent(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for quotations behind somebody who speaks that the sources have only in their own words. A page
    that is said to speak itself («OpenAI 表示：「…」») is quoted whatever its marks."""
    found = []
    for spoken in _SPOKEN.finditer(text):
        quote, before = spoken[1], text[: spoken.start()]
        start = plain(quote)[:_LEAST]
        having = [s for s in sources if s.is_chinese and is_quoted(quote, s)]
        if len(start) < _LEAST or not HAN.search(quote) or _is_theirs(before, having):
            continue
        if having and not any(start in s.words_of_others for s in having):
            found.append(Reason("lent", (quote,)))
    return found


def _is_theirs(before: str, sources: Sequence[Evidence]) -> bool:
    """Is it one of these pages that speaks?"""
    named = any(s.article.publisher and s.article.publisher in before for s in sources)
    return named or bool(_ITSELF.search(before))
