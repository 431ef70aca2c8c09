"""Does a sentence say the opposite of the clause in its sources that it tells again?

Each clause of the claim is laid beside the clause of its sources that shares most with it. Where they share
nearly everything, one must not negate what the other affirms, nor go up where the other goes down, nor give
another number of the same kind. A clause without a close counterpart is not judged here: a paraphrase far
from its source is for a reader, or for the entailment question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.clauses import Clause, Compared, alike, clauses, features
from digest_lib.checking.counting import is_own
from digest_lib.checking.evidence import Evidence
from digest_lib.checking.predicates import ADVICE, OPEN
from digest_lib.checking.reasons import Reason, reason
from digest_lib.checking.slots import ranks
from digest_lib.checking.turns import DENIES, FIRST
from digest_lib.text.numbers import Quantity, stated, supported_by
from digest_lib.text.quantity import DATE, ORDINAL, VERSION
from digest_lib.text.scripts import fold
from digest_lib.text.units import MEASURES, STRONG

#: Shares of a claim's features that its counterpart must hold before the two are compared. Chosen on the
#: `dev` paraphrases and on broken sentences of recorded articles (bench/checking.py).
DIRECTION, NEGATION, VALUE = 0.5, 0.65, 0.7
#: A clause that holds nearly as much as the closest one speaks for the claim as well.
NEARLY = 0.8
#: One word in common tells nothing of who negates.
FEWEST_SHARED = 2


#: So little of a Chinese claim's words in its Chinese sources means that they speak of something else:
#: careful paraphrases hold more, all but one of 86 (`dev`); with a source drawn at random, 95% hold less.
SUPPORT = 0.1
FEWEST_WORDS = 3
#: The rank of what may be.
_MAY_BE = frozenset({2})
#: So many Latin words and numbers in common tell that a text and a source speak of one thing.
TELLING = 2
#: Words that say what a negation says: 不利 for 不太友好.
_UNFAVOURABLE = re.compile(r"不[利佳良妙妥]")
#: From such a share on, a text's words come from what an article says to the machine.
SMUGGLED = 0.3


def unsupported(text: str, sources: Sequence[Evidence], *, is_analysis: bool = False) -> list[Reason]:
    """The reason, where a Chinese text has next to nothing in common with its Chinese sources; else nothing.

    Across languages the wording tells nothing: there numbers and names must do, and where two of them are
    shared, they do here. An analysis has words of its own: one in common is enough, and none where it only
    says what may be, or what to do.
    """
    if is_analysis and (ADVICE.search(fold(text)) or ranks("sure", fold(text)) & _MAY_BE):
        return []
    if not all(source.is_chinese for source in sources):
        return []
    all_words = features(fold(text))
    words = {f for f in all_words if not f.isascii()}
    if len(words) < FEWEST_WORDS:
        return []
    held = max(len(words & source.features) for source in sources)
    if max(len(all_words & source.features) for source in sources) - held >= TELLING:
        return []
    least = 1 if is_analysis else SUPPORT * len(words)
    return [] if held and held >= least else reason("off_topic")


def smuggled(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason, where the text repeats what an article has only in words meant for the machine."""
    words = features(fold(text))
    if not words or not any(len(words & s.smuggled) >= SMUGGLED * len(words) for s in sources):
        return []
    return reason("to_machine")


def contradictions(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for which the text contradicts the closest clause of its sources; empty where none does."""
    found = []
    theirs = [source.compared for source in sources]
    for claim in clauses(text):
        if near := _closest(claim, theirs):
            found += _against(claim, near, sources)
    return found


def _closest(claim: Clause, theirs: Sequence[Compared]) -> list[tuple[float, Clause]]:
    found = alike(claim, theirs, min(DIRECTION, NEGATION))
    best = max((score for score, _ in found), default=0.0)
    return [(score, clause) for score, clause in found if score >= best * NEARLY]


def _against(claim: Clause, closest: list[tuple[float, Clause]], sources: Sequence[Evidence]) -> list[Reason]:
    score = max(s for s, _ in closest)
    near = [clause for _, clause in closest]
    said = claim.text.strip()
    if score >= DIRECTION and all(claim.turns.opposes(c.turns) and not c.turns.leaning for c in near):
        return reason("direction", said, near[0].text.strip())
    if score >= NEGATION and score * len(claim.kept) >= FEWEST_SHARED and _negate(claim, near):
        return reason("sign", said, near[0].text.strip())
    return _other_values(claim, near, sources) or _other_units(claim, near) if score >= VALUE else []


def _negate(claim: Clause, near: list[Clause]) -> bool:
    """Is one side negated and the other not, of what both speak of? Not said of clauses that only lean to a
    negation."""
    if any(c.turns.leaning for c in (claim, *near)) or _UNFAVOURABLE.search(claim.folded):
        return False
    if any(OPEN.search(c.folded) for c in near):
        return False
    odd = claim.turns.negations % 2
    return all(
        c.turns.negations % 2 != odd
        and (_is_of_both(claim.folded, c.folded) if odd else _is_of_both(c.folded, claim.folded))
        for c in near
    )


def _is_of_both(negated: str, plain: str) -> bool:
    """Does the clause without a negation have what the other denies? 未如期推出 says nothing against 推出,
    and 過去沒有投資過 nothing against 首次投資."""
    if FIRST.search(plain):
        return False
    denied = [m.group("what") for m in DENIES.finditer(negated)]
    return not denied or any(what in plain for what in denied)


def _other_values(claim: Clause, near: list[Clause], sources: Sequence[Evidence]) -> list[Reason]:
    """A number of the claim that its counterpart gives otherwise, in the same unit, and does not round."""
    mine, theirs = stated(claim.text), [q for c in near for q in stated(c.text)]
    return [
        Reason("other_value", (q.said, other.said))
        for q in mine
        if q.unit not in {ORDINAL, VERSION}
        and not (supported_by(q, theirs) or is_own(q, claim.text, sources))
        and sum(m.unit == q.unit for m in mine) == 1
        and (other := _instead(q, theirs)) is not None
    ]  # fmt: skip


def _other_units(claim: Clause, near: list[Clause]) -> list[Reason]:
    """A number of the claim that its counterpart gives with another unit."""
    theirs = [q for c in near for q in stated(c.text)]
    return [
        Reason("other_value", (q.said, other.said))
        for q in stated(claim.text)
        if q.unit in MEASURES | STRONG and not supported_by(q, theirs)
        for other in theirs
        if other.value == q.value and other.unit in MEASURES | STRONG
    ]


def _instead(quantity: Quantity, theirs: Sequence[Quantity]) -> Quantity | None:
    same = [q for q in theirs if q.unit == quantity.unit and (q.unit != DATE or q.names_day)]
    return same[0] if len(same) == 1 else None
