"""One article that came twice: from its publisher, and as a Google News entry.

A Google News link neither redirects nor can be decoded, so its URL does not tell which page it stands for;
publisher and headline do. The publisher's own entry is kept, since it can be opened and read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from digest_lib.articles.article import Article
from digest_lib.web.urls import has_no_page

#: How long before the window a twin may have come: Google News lists what is days old.
REACH = timedelta(days=4)
_NOT_WORD = re.compile(r"[\W_]+")
_TAIL = re.compile(r"\s*[|｜–—\-_]\s*[^|｜–—_]{1,40}$")

_Key = tuple[str, str]


def without_twins(articles: Sequence[Article], before: Callable[[], Iterable[Article]]) -> list[Article]:
    """The articles less each Google News entry whose publisher's own one is among them or those of `before`,
    and less the second of two Google News entries of one headline. `before` is asked only where needed."""
    if not any(has_no_page(article.url) for article in articles):
        return list(articles)
    own = (article for article in (*articles, *before()) if not has_no_page(article.url))
    known = {key for article in own for key in _keys(article)}
    twice: set[_Key] = set()
    kept = set()
    # The one seen first stays, whatever the order in which they are given.
    for article in sorted(articles, key=lambda one: (one.seen, one.id)):
        if has_no_page(article.url):
            keys = _keys(article)
            if keys & (known | twice):
                continue
            twice |= keys
        kept.add(article.id)
    return [article for article in articles if article.id in kept]


def _keys(article: Article) -> set[_Key]:
    """Publisher and headline, with and without what sites hang on it («… | 島嶼報»)."""
    publisher = _plain(article.publisher)
    keys = {(publisher, _plain(article.title))}
    tail = _TAIL.search(article.title)
    if tail and publisher and publisher in _plain(tail.group()):
        keys.add((publisher, _plain(article.title[: tail.start()])))
    return keys


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())
