"""What seems to be a name, or to be called by one, and no source has: doubts, which an llm may settle.

Who tells names by what stands around them (a neural tagger, a segmenter) errs, and foreign names are spelled
otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.clauses import features
from digest_lib.checking.evidence import Evidence
from digest_lib.checking.naming import (
    CHECKED_NAMES,
    CLAUSE,
    PART,
    is_across,
    is_known,
    people_told,
    phrase_in,
    segment_in,
    tellings,
    unknown,
)
from digest_lib.checking.place_names import is_whole, names_place
from digest_lib.checking.reasons import Reason
from digest_lib.text.chinese_names import is_transliterated
from digest_lib.text.names import well_known
from digest_lib.text.scripts import KANA, fold
from digest_lib.text.segmented_names import holds_a_name, is_any_word, is_speaker, named_words
from digest_lib.text.sounds import spells_one
from digest_lib.text.tagged_names import tagged_names

#: What the tagger takes into a name at its end.
_BELONGS = re.compile("旗下$|所屬$|所属$")
#: Of the words around a name that only a segmenter tells, such a share in a source says that it is a word.
_TOLD_ROUND = 0.4


def hardly_named(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for what seems to be a name, or to be called by one, and no source has, not even in parts. Who
    tells names by what stands around errs, and foreign ones are spelled otherwise: doubts only. Chinese alone
    is known: 中国語 in a Japanese text is no China."""
    if KANA.search(text):
        return []
    if not all(s.is_chinese for s in sources):
        return [Reason("hardly_named", (n,)) for n in unknown(people_told(text), sources) if not is_known(n)]
    return list(dict.fromkeys([*_hardly_told(text, sources), *_hardly_segmented(text, sources)]))


def _hardly_told(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for places and organisations that the tagger tells and no source names in any form."""
    across = is_across(text, sources)
    found = (
        (_kind(name, kind), _BELONGS.sub("", name))
        for kind, name in tagged_names(text)
        if kind != "person" and holds_a_name(name)
    )
    return [
        Reason("hardly_named", (name,))
        for kind, name in found
        if not (across and is_transliterated(name))
        and not well_known(name) & CHECKED_NAMES
        and not any(_is_told(kind, name, s) for s in sources)
    ]


def _is_told(kind: str, name: str, source: Evidence) -> bool:
    """Does the source name it, in parts, in another form or as it sounds?"""
    in_parts = phrase_in(fold(name), source)
    return in_parts or segment_in(kind, name, source) or spells_one(name, source.whole)


def _kind(name: str, tagged: str) -> str:
    """What it is looked up as: 日本政府 speaks for a place, 全美 is one, whatever the tagger takes it for."""
    if is_whole(name):
        return "place"
    return "speaker" if is_speaker(name) else tagged


def _hardly_segmented(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason for the first words that no source has and a segmenter takes for a name, or for what is
    called by one."""
    across = is_across(text, sources)
    for is_person, words in named_words(text):
        folded = fold(words)
        spelled = (across and is_transliterated(words)) or bool(well_known(words) & CHECKED_NAMES)
        spelled = spelled or any(names_place(words, s) or spells_one(words, s.whole) for s in sources)
        spelled = spelled or any(phrase_in(folded, s) for s in sources)
        # a segmenter glues to a name what stands beside it
        parts = (folded[:PART], folded[-PART:]) if is_person else ()
        spelled = spelled or any(p in t for s in sources for t in tellings(s) for p in parts)
        if not (spelled or (is_any_word(words) and _goes_round(words, text, sources))):
            return [Reason("hardly_named", (words,))]
    return []


def _goes_round(word: str, text: str, sources: Sequence[Evidence]) -> bool:
    """Do the sources tell of what the word's clause says beside it? Then it is a writer's word for theirs."""
    clause = next((c for c in CLAUSE.split(text) if word in c), "")
    beside = features(fold(clause.replace(word, " ")))
    return bool(beside) and any(len(beside & s.features) >= _TOLD_ROUND * len(beside) for s in sources)
