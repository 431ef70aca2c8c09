"""Does the text tell of an event that no source tells of? A resignation, a bankruptcy, an alliance, a recall.

Such events are news by themselves, and what is written of one has a word for it in every language
(`events.tsv`); a source without any such word does not tell of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from digest_lib.checking.evidence import Evidence, as_written, without_quotations
from digest_lib.checking.reasons import Reason, reason
from digest_lib.checking.turns import LEANING, NEGATION
from digest_lib.text.lexicon import pattern, rows
from digest_lib.text.scripts import fold

#: What may be, or has been feared, is not told as an event.
_MAYBE = re.compile(
    r"可能|恐|或许|疑似|传闻|风险|防范|如果|是否|\b(?:may|might|could|would|if|whether|risk\w*)\b"
)
#: What somebody asks for has not happened: 要求公平會同意.
_ASKED = re.compile(
    r"要求|呼吁|请求|敦促|希望|期盼|主张|建议|促请"
    r"|\b(?:ask(?:s|ed|ing)?|urg(?:es?|ed|ing)|call(?:s|ed|ing)? (?:on|for)|want(?:s|ed)?|demand(?:s|ed|ing)?"
    r"|propos(?:es?|ed|ing))\b"
)
_CLAUSE = re.compile(r"[。;!?\n]+|,(?!\d)|\.(?=\s|$)")


@cache
def _events() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Of each class, what claims it and what may tell of it."""
    return tuple((pattern(claims), pattern(tells)) for _, claims, tells in rows("checking", "events.tsv"))


def untold(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason, where the text tells of an event that none of its sources has a word for; else nothing.
    What it denies, doubts or says that somebody asks for, it does not tell of."""
    for clause in _CLAUSE.split(fold(without_quotations(text))):
        if LEANING.search(clause) or _MAYBE.search(clause):
            continue
        for claims, tells in _events():
            match = claims.search(clause)
            # 拒絕 and 不再 negate; what negates them tells of nothing
            if match and NEGATION.search(clause[: match.start()] + "|" + clause[match.end() :]):
                continue
            if match and _ASKED.search(clause[: match.start()]):
                continue
            if match and not any(tells.search(s.folded) for s in sources):
                return reason("event", as_written(match.group(), [text]))
    return []
