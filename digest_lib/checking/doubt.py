"""What is put to an llm in doubt, beside the deterministic check, and what its answer must show.

Rules say little about sentences that are far from their sources in wording. An llm that finds such a sentence
supported must quote the passage that does, which is looked for in the sources: a bare yes is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from digest_lib.articles.article import Article
from digest_lib.checking.clauses import alike, clauses
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import Evidence, evidence, plain, without_quotations
from digest_lib.checking.matching import is_one_of, matches
from digest_lib.checking.slots import PLAIN, Slots, slots
from digest_lib.checking.turns import turns
from digest_lib.text.numbers import supported_by

#: A clause of which a clause of a source tells so much, with its names and numbers, is not asked about: what
#: is left are its own words, but for a particle. At 0.65 one falsehood in eight that stand near a source's
#: wording was never asked about, and asking about all such costs a question more in fifty (`bench/answers`).
TOLD = 0.9
#: One that shares so much says the same again.
SAID_AGAIN = 0.8
#: A passage of fewer letters stands in anything, unless it is a whole title.
SHORTEST_PASSAGE = 6
_LEFT_OUT = re.compile(r"…|\n+")
#: Punctuation is not what a passage is known by.
_MARKS = re.compile(r"[\W_]+")


def doubtful(sentence: Sentence, articles: Mapping[str, Article]) -> bool:
    """Is there a clause of the sentence, outside quotations, that no clause of its sources tells with the
    same names and numbers, as sure and of as many?"""
    sources = [evidence(articles[i]) for i in sentence.sources if i in articles]
    if sentence.kind == "count" or not sources:
        return False
    return not all(_is_told(clause, sources) for clause in slots(without_quotations(sentence.text)))


def _is_told(claim: Slots, sources: Sequence[Evidence]) -> bool:
    return any(m.share >= TOLD and _is_as_full(m.clause, claim) for m in matches(claim, sources))


def _is_as_full(clause: Slots, claim: Slots) -> bool:
    """Has the source's clause the names and numbers of the claim's, and speaks as it does?"""
    odd = [turns(c.clause).negations % 2 for c in (clause, claim)]
    said = [(min(c.rank("sure"), default=PLAIN), max(c.rank("all"), default=0)) for c in (clause, claim)]
    return (
        odd[0] == odd[1] and said[0] == said[1]
        and all(is_one_of(name, clause.names) for name, _ in claim.names)
        and all(supported_by(quantity, clause.numbers) for quantity in claim.numbers)
    )  # fmt: skip


def restated(sentence: Sentence, articles: Mapping[str, Article]) -> bool:
    """Does every clause of the sentence say again what a clause of its sources says?"""
    own = clauses(without_quotations(sentence.text))
    return bool(own) and not _far(sentence, articles, SAID_AGAIN)


def _far(sentence: Sentence, articles: Mapping[str, Article], least: float) -> bool:
    sources = [evidence(articles[i]) for i in sentence.sources if i in articles]
    own = clauses(without_quotations(sentence.text))
    if not sources:
        return False
    return any(not any(alike(clause, [s.compared], least) for s in sources) for clause in own)


def shows(passage: str, articles: Collection[Article]) -> bool:
    """Does the passage stand in one of the articles? What is left out is marked by dots or a new line; each
    part may stand in another article, in either script."""
    parts = [part for said in _LEFT_OUT.split(plain(passage)) if (part := _MARKS.sub("", said))]
    sources = [_MARKS.sub("", evidence(a).quotable) for a in articles]
    if not parts or not all(any(part in source for source in sources) for part in parts):
        return False
    titles = {_MARKS.sub("", plain(a.title)) for a in articles}
    return sum(map(len, parts)) >= SHORTEST_PASSAGE or parts[0] in titles
