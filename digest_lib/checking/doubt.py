"""Which sentences the deterministic check can say little about: those far from their sources in wording."""

from __future__ import annotations

from collections.abc import Mapping

from digest_lib.articles.article import Article
from digest_lib.checking.clauses import alike, clauses
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import evidence, without_quotations

#: A clause that shares so much with a clause of a source has been compared with it.
COMPARED = 0.5


def doubtful(sentence: Sentence, articles: Mapping[str, Article]) -> bool:
    """Is there a clause of the sentence, outside quotations, that no clause of its sources resembles?"""
    sources = [evidence(articles[i]) for i in sentence.sources if i in articles]
    own = clauses(without_quotations(sentence.text))
    if not sources or sentence.kind == "count":
        return False
    return any(not any(alike(clause, s.compared, COMPARED) for s in sources) for clause in own)
