"""What is put to an llm in doubt, beside the deterministic check, and what its answer must show.

Rules say little about sentences that are far from their sources in wording. An llm that finds such a sentence
supported must quote the passage that does, which is looked for in the sources: a bare yes is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from digest_lib.articles.article import Article
from digest_lib.checking.clauses import alike, clauses
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import evidence, plain, without_quotations

#: A clause that shares so much with a clause of a source has been compared with it.
COMPARED = 0.5
#: One that shares so much says the same again.
SAID_AGAIN = 0.8
#: A passage of fewer letters stands in anything, unless it is a whole title.
SHORTEST_PASSAGE = 6
_LEFT_OUT = re.compile(r"…|\n+")
#: Punctuation is not what a passage is known by.
_MARKS = re.compile(r"[\W_]+")


def doubtful(sentence: Sentence, articles: Mapping[str, Article]) -> bool:
    """Is there a clause of the sentence, outside quotations, that no clause of its sources resembles?"""
    if sentence.kind == "count":
        return False
    return _far(sentence, articles, COMPARED)


def restated(sentence: Sentence, articles: Mapping[str, Article]) -> bool:
    """Does every clause of the sentence say again what a clause of its sources says?"""
    own = clauses(without_quotations(sentence.text))
    return bool(own) and not _far(sentence, articles, SAID_AGAIN)


def _far(sentence: Sentence, articles: Mapping[str, Article], least: float) -> bool:
    sources = [evidence(articles[i]) for i in sentence.sources if i in articles]
    own = clauses(without_quotations(sentence.text))
    if not sources:
        return False
    return any(not any(alike(clause, s.compared, least) for s in sources) for clause in own)


def shows(passage: str, articles: Collection[Article]) -> bool:
    """Does the passage stand in one of the articles? What is left out is marked by dots or a new line; each
    part may stand in another article, in either script."""
    parts = [part for said in _LEFT_OUT.split(plain(passage)) if (part := _MARKS.sub("", said))]
    sources = [_MARKS.sub("", evidence(a).quotable) for a in articles]
    if not parts or not all(any(part in source for source in sources) for part in parts):
        return False
    titles = {_MARKS.sub("", plain(a.title)) for a in articles}
    return sum(map(len, parts)) >= SHORTEST_PASSAGE or parts[0] in titles
