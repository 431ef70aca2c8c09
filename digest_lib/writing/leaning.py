"""Sentences that lean on the one before them: «the same report» is nothing where that report is not named."""

from __future__ import annotations

import re

from digest_lib.checking.digest import Sentence

#: How a sentence begins that speaks of the report that the one before it named.
_LEANING = {
    "zh-TW": re.compile(
        r"同一?篇(?:報導|文章|新聞稿?)|(?:該|此|這)篇?(?:報導|文章|新聞稿)"
        r"|(?:報導|文章|文中)(?:中|裡)?(?:還|也|另|並|亦|又|同時)"
    ),
    "en": re.compile(
        r"(?i)(?:the same|that|this) (?:report|article|post|story)\b"
        r"|it (?:also|further) (?:says?|said|reports?|adds?)\b"
    ),
    "ja": re.compile(r"(?:同じ|同|この|その)(?:記事|報道|リリース)"),
}


def leans(sentence: Sentence, language: str) -> bool:
    """Does it begin with a report that it does not name?"""
    return bool(_LEANING[language].match(sentence.text))
