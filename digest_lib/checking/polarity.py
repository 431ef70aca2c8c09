"""Does a sentence affirm what its sources deny, or deny what they affirm? Read at the predicate.

`contrast` lays whole clauses beside each other, which a free paraphrase escapes. Here only the predicates are
compared: a sentence is flipped where everything that its sources say with one has the other sign, and some of
it speaks of what the sentence speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest_lib.checking.clauses import features
from digest_lib.checking.evidence import Evidence, as_written
from digest_lib.checking.predicates import ADVICE, DARK, OPEN, Said, classed, clauses_of, is_class
from digest_lib.checking.reasons import Reason, reason
from digest_lib.checking.turns import FIRST, LEANING, NEGATION
from digest_lib.text.names import well_known
from digest_lib.text.scripts import HAN, fold

#: So much of the claim's own clause must be spoken of beside the predicate: so many words, and such a share.
SHARED, SHARE = 2, 0.25


def flipped(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for which the text affirms what its sources deny, or denies what they affirm.

    That it denies a word of no class which its sources use elsewhere says nothing: of paraphrases that do so,
    as many were right as were wrong.
    """
    own = list(clauses_of(fold(text)))
    for said in [*classed(own), *_affirmed(own, sources)]:
        if ADVICE.search(said.clause):
            continue
        theirs = [s for source in sources for s in _source_says(source, said.predicate)]
        near = [s for s in theirs if s.denied != said.denied and _same_matter(said, s)]
        if any(OPEN.search(s.clause) or (not s.denied and _is_dark(s)) for s in (said, *near)):
            continue
        if near and all(s.denied != said.denied for s in theirs):
            theirs_said = as_written(near[0].clause, (s.whole for s in sources))
            return reason("sign", as_written(said.clause, [text]), theirs_said)
    return []


def _is_dark(said: Said) -> bool:
    """Does the clause deny in a way of its own, beside its predicate, or that it was so before?"""
    return bool(FIRST.search(said.clause)) or bool(DARK.search(said.clause.replace(said.predicate, "|")))


def _affirmed(clauses: Sequence[tuple[str, str]], sources: Sequence[Evidence]) -> Iterator[Said]:
    """What the sources deny with a word of no class, and the clauses say without denying it."""
    denied = sorted({s.predicate for source in sources for s in source.denied})
    for clause, sentence in clauses:
        said = [word for word in denied if word in clause]
        if said and not (NEGATION.search(clause) or LEANING.search(clause)):
            yield from (Said(word, False, clause, sentence) for word in said)


def _source_says(source: Evidence, predicate: str) -> list[Said]:
    """What the source says with this predicate; a word of no class counts as affirmed wherever it stands
    without a negation in its clause."""
    if is_class(predicate):
        return [s for s in source.classed if s.predicate == predicate]
    said = [s for s in source.denied if s.predicate == predicate]
    return [*said, *(Said(predicate, False, c, s) for c, s in source.clauses if _is_affirmed(predicate, c))]


def _is_affirmed(word: str, clause: str) -> bool:
    """Does the word stand in a clause without a negation?"""
    return word in clause and not NEGATION.search(clause)


def _same_matter(one: Said, other: Said) -> bool:
    """Do the two speak of one thing, beside the predicate?"""
    mine, theirs = features(one.clause), features(other.sentence)
    if HAN.search(one.clause) and HAN.search(other.clause):
        beside = {f for f in mine & theirs if f not in one.predicate}
        return len(beside) >= max(SHARED, SHARE * len(mine))
    return bool(well_known(one.clause) & well_known(other.sentence)) or bool(
        {f for f in features(one.clause) & features(other.sentence) if f.isascii()}
    )
