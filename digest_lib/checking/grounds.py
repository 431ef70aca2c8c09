"""What an analysis builds on, where it does not say: the article of the day that shares most with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from digest_lib.articles.article import Article
from digest_lib.checking.clauses import features
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import evidence
from digest_lib.text.scripts import fold

#: Such a share of a sentence's words tells which article it speaks of: of the `dev` paraphrases from Chinese
#: 99% share it with their own article, and 0.1% with one drawn at random.
GROUND = 0.3


#: Of more articles, one has what another lacks: a sentence that cites a whole day would stand in anything.
MOST_CITED = 6


def nearest(sentence: Sentence, articles: Mapping[str, Article], most: int) -> list[str]:
    """Of the sources that a sentence cites, at most so many: those that share most with it, in its order."""
    if len(sentence.sources) <= most:
        return sentence.sources
    words = features(fold(sentence.text))
    known = [i for i in sentence.sources if i in articles]
    share = {i: -len(words & evidence(articles[i]).features) for i in known}
    kept = set(sorted(known, key=lambda i: (share[i], i))[:most])
    return [i for i in sentence.sources if i in kept or i not in share]


def grounded(
    sentence: Sentence, articles: Iterable[Article], stands: Callable[[Sentence], bool]
) -> Sentence | None:
    """The sentence citing the one article that it can be seen to build on and that it stands in; None where
    there is none."""
    words = features(fold(sentence.text))
    shares = [(len(words & evidence(a).features) / len(words), a.id) for a in articles] if words else []
    for share, name in sorted(shares, key=lambda pair: (-pair[0], pair[1])):
        if share < GROUND:
            break
        cited = sentence.model_copy(update={"sources": [name]})
        if stands(cited):
            return cited
    return None
