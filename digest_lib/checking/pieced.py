"""Is an English text pieced together from words of its source that stand apart there?

«Sergio Agüero scored 100 goals in the 89th minute» has every word, and long runs of words, from an article
that says it nowhere. Judged is only what is mostly copied: a text in words of its own is another matter, and
so is a copy of one sentence, or of two that stand beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from digest_lib.checking.evidence import Evidence
from digest_lib.checking.reasons import Reason, reason
from digest_lib.text.english import base, words_of
from digest_lib.text.scripts import HAN, KANA, fold

_WORD = re.compile(r"[a-z\u00df-\u024f]+")
_LONG_WORD = re.compile(r"[a-z\u00df-\u024f]{3,}")
_SMALL = words_of("""
the and for are was were been with its that this from has have had his her their him them who whom what
when where while after before during into over under about than then also not but out off down more most
some any all each both other another such only very can could will would may might must should did does
because since until through against among within without per own same there here how why our your being
one two three four five six seven eight nine ten first second third she they you which
""")
#: So many of its words are in the source, whatever stands beside them; so many has it at least.
_HELD, _FEWEST = 0.9, 6
#: Such a share of its runs of three words is not in the source: less is a copy, more are words of its own.
_NEW_RUNS = (0.1, 0.35)
#: So much of it stands in one sentence, at most.
_IN_ONE = 0.8


def pieced(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason, where the text is mostly copied and neither a sentence nor two neighbours have all of it;
    else nothing. Several sources may be told together: each that has its words must have them apart."""
    if HAN.search(text) or KANA.search(text):
        return []
    own = _content(text)
    if len(own) < _FEWEST:
        return []
    told = [s for s in sources if len(own & _read(s).content) >= _HELD * len(own)]
    return reason("pieced", text) if told and all(_is_pieced(text, own, _read(s)) for s in told) else []


class _Read:
    """What a source has: its words, its runs of three words, and the words of each sentence."""

    def __init__(self, source: Evidence) -> None:
        self.sentences = [_content(sentence) for sentence in source.sentences] or [frozenset()]
        self.content = frozenset[str]().union(*self.sentences)
        self.runs = frozenset(_runs(source.folded))


@lru_cache(maxsize=2048)
def _read(source: Evidence) -> _Read:
    return _Read(source)


def _is_pieced(text: str, own: frozenset[str], read: _Read) -> bool:
    runs = _runs(text)
    least, most = _NEW_RUNS
    if not least * len(runs) <= sum(run not in read.runs for run in runs) <= most * len(runs):
        return False
    held = own & read.content
    in_one = max(len(held & sentence) for sentence in read.sentences)
    in_two = max((len(held & (a | b)) for a, b in pairwise(read.sentences)), default=in_one)
    return len(held) - in_one >= (1 - _IN_ONE) * len(own) and in_two < len(held)


def _content(text: str) -> frozenset[str]:
    return frozenset(base(word) for word in _LONG_WORD.findall(fold(text)) if word not in _SMALL)


def _runs(text: str) -> list[tuple[str, str, str]]:
    words = [base(word) for word in _WORD.findall(fold(text))]
    return list(zip(words, words[1:], words[2:], strict=False))
