"""Does any sentence of the sources mean nearly what the text says? Asked of the encoder, where there is one.

Names, numbers and turned words are found without it; what it adds is the sentence that no source comes near
to: an invention made of the right names, or a source that speaks of something else in another language. A
text whose every clause resembles one of a source is not asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from digest_lib.checking.attribution import without_bylines
from digest_lib.checking.clauses import alike, clauses, features
from digest_lib.checking.evidence import Evidence, without_quotations
from digest_lib.checking.reasons import Reason, reason
from digest_lib.text.encoder import Encoder, encoder
from digest_lib.text.names import well_known
from digest_lib.text.numbers import stated
from digest_lib.text.scripts import fold

#: The cosine of a text with the nearest sentence of its sources below which nothing there says it, within a
#: language and across. Chosen on `dev`: careful paraphrases have 0.39 and more (0.34 across), sentences
#: beside an article drawn at random 0.2 and less, invented additions to one mostly 0.25 and less,
#: an event of a few words that none of them tells 0.32 and less.
WITHIN, ACROSS = 0.33, 0.26
#: A clause that shares so much with a clause of a source resembles it.
RESEMBLES = 0.5
#: A source with such a share of a text's words, wherever it has them, speaks of it: the encoder cannot tell
#: that it does not say it. Short sentences that go on from the one before were withheld otherwise: of good
#: answers it frees 4 of 7 (`dev`), of false ones none.
SPOKEN_OF = 0.35
#: Sentences of a source that are looked at first, and at most: those that share most words and names, and the
#: opening.
FIRST, MOST, OPENING = 8, 120, 4


def far(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason, where no sentence of the sources comes near to what the text says; else nothing.

    Not for an analysis: one that holds two sources against each other is near to neither. Who reports it
    is no part of what is said, and a bare figure («甲報與乙報都提到 75%») has no meaning to compare.
    """
    model = encoder()
    if model is None or not sources or _resembles(text, sources):
        return []
    text = without_bylines(text, [s.article for s in sources])
    words = _words(text)
    if not words or any(len(words & s.features) >= SPOKEN_OF * len(words) for s in sources):
        return []
    across = not any(s.is_chinese is _is_han(text) for s in sources)
    least = ACROSS if across else WITHIN
    ranked = [_ranked(text, source) for source in sources]
    for some in ([s for r in ranked for s in r[:FIRST]], [s for r in ranked for s in r[FIRST:MOST]]):
        if some and _nearest(model, text, some) >= least:
            return []
    return reason("far")


def _words(text: str) -> frozenset[str]:
    """What it says besides its figures."""
    for quantity in stated(text):
        text = text.replace(quantity.said, " ")
    return features(fold(text))


def _is_han(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def _resembles(text: str, sources: Sequence[Evidence]) -> bool:
    own = clauses(without_quotations(text))
    return bool(own) and all(any(alike(clause, [s.compared], RESEMBLES) for s in sources) for clause in own)


def _nearest(model: Encoder, text: str, sentences: Sequence[str]) -> float:
    vectors = model.vectors([text, *sentences])
    return float((vectors[1:] @ vectors[0]).max())


def _ranked(text: str, source: Evidence) -> list[str]:
    """The source's sentences, each alone and with the next, those that share most with the text first; the
    opening counts as sharing something."""
    words, names = features(fold(text)), well_known(text)
    alone = source.sentences
    found = []
    for place, sentence in enumerate(alone):
        shared = len(words & features(fold(sentence))) + 3 * len(names & well_known(sentence))
        found.append((-(shared + (OPENING - place if place < OPENING else 0)), place, sentence))
    best = [sentence for _, _, sentence in sorted(found)]
    pairs = [f"{a} {b}" for a, b in pairwise(alone) if a in best[:FIRST] and b in best[:FIRST]]
    return [*best[:FIRST], *pairs, *best[FIRST:]]
