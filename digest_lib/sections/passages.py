"""What of a source a sentence rests on: one short passage of it, in its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from digest_lib.articles.article import Article
from digest_lib.checking.digest import Sentence
from digest_lib.sections.facts import Passage
from digest_lib.text.scripts import fold
from digest_lib.text.sentences import split_sentences
from digest_lib.text.vectors import tokens

#: A passage is quoted, not copied: so many characters at most, so many passages of one source, and never
#: much of what the source says as a whole.
_LONGEST: Final = 120
_A_SOURCE: Final = 3
#: Sentences of an article that are looked at.
_LOOKED_AT: Final = 80
#: How much of the sentence a passage must share.
_LEAST: Final = 3.0
_NUMBER: Final = 3.0
_LATIN: Final = 2.0
_NOT_WORDS: Final = re.compile(r"[\W_]+")


def passages_of(sentences: Iterable[Sentence], articles: Mapping[str, Article]) -> list[Passage]:
    """For each sentence and each of its sources the passage that says most of it, where one does.

    A sentence that quotes its source word for word needs none.
    """
    found: dict[tuple[str, str], Passage] = {}
    taken: dict[str, set[str]] = {}
    for sentence in sentences:
        for source in sentence.sources if sentence.kind != "count" else ():
            key = (sentence.text, source)
            if key in found or source not in articles:
                continue
            text = passage(sentence.text, articles[source])
            own = taken.setdefault(source, set())
            if text and (text in own or len(own) < _A_SOURCE):
                own.add(text)
                found[key] = Passage(sentence=sentence.text, source=source, text=text)
    return list(found.values())


def passage(text: str, article: Article) -> str:
    """The sentence of the article that says most of `text`, shortened; empty where none says enough of it, or
    where `text` has it in it."""
    said = set(_weighed(text))
    best, score = "", _LEAST
    for candidate in _sentences(article):
        shared = sum(_weight(word) for word in said & _weighed(candidate))
        # Of two that say as much, the shorter says it better.
        value = shared / (1 + len(candidate) / 1000)
        if value > score:
            best, score = candidate, value
    if not best or _letters(best) in _letters(text):
        return ""
    return best if len(best) <= _LONGEST else best[: _LONGEST - 1].rstrip("，、；：, ") + "…"


def _sentences(article: Article) -> list[str]:
    """The article's sentences, but for its title, which stands in the list of sources anyway."""
    told = [s for text in (article.summary, article.text) for s in split_sentences(text, article.lang)]
    kept = dict.fromkeys(" ".join(sentence.split()) for sentence in told[:_LOOKED_AT])
    title = _letters(article.title)
    return [sentence for sentence in kept if sentence and _letters(sentence) != title]


@lru_cache(maxsize=4096)
def _weighed(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


def _weight(word: str) -> float:
    if any(c.isdigit() for c in word):
        return _NUMBER
    return _LATIN if word[0].isascii() else 1.0


def _letters(text: str) -> str:
    return _NOT_WORDS.sub("", fold(text))
