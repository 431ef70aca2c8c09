"""Who reports a story on their own: the vendor, copies of one text and two sections of one site aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from digest_lib.articles.article import Article
from digest_lib.text.scripts import fold

#: Hosts that pass on what others publish: there the publisher's name tells who it is.
_PASSING_ON = frozenset(("google.com", "bing.com", "msn.com", "yahoo.com", "yahoo.com.tw", "feedburner.com"))

#: A text is a copy when this share of its runs of characters stands in another one.
_COPIED = 0.8
_RUN = 8
#: Of a shorter text, sharing says little: two reports of one launch may both be its name and a date.
_LEAST = 20


def independent(articles: Sequence[Article], vendor: Iterable[Article] = ()) -> int:
    """How many publishers report it on their own.

    The vendor's pages (`vendor`) are not independent of it; a copy of an earlier article's text adds
    nobody; the sections of one site (money.udn.com, udn.com) are one publisher.
    """
    own = {a.id for a in vendor}
    runs: list[frozenset[str]] = []
    found: set[str] = set()
    for article in sorted(articles, key=lambda a: (a.published, a.id)):
        mine = _runs(article)
        copied = any(_copies(mine, other) for other in runs)
        runs.append(mine)
        if article.id not in own and not copied:
            found.add(publisher_of(article))
    return len(found)


def publisher_of(article: Article) -> str:
    """The publisher: its domain, or its name where a link leads to one that passes news on."""
    host = (urlsplit(article.url).hostname or "").lower()
    domain = _domain(host)
    return fold(article.publisher) if domain in _PASSING_ON and article.publisher else domain


@lru_cache(maxsize=10_000)
def _domain(host: str) -> str:
    """The part of a host that is registered, by the public suffix list (of `tld`, which trafilatura needs
    too)."""
    from tld import get_fld

    return get_fld(f"http://{host}", fail_silently=True) or host.removeprefix("www.")


def _runs(article: Article) -> frozenset[str]:
    """Runs of eight characters of what it says, without spaces and marks."""
    words = re.sub(r"\W+", "", fold(article.text or article.summary))
    if len(words) < _LEAST:
        return frozenset()
    return frozenset(words[k : k + _RUN] for k in range(len(words) - _RUN + 1))


def _copies(one: frozenset[str], other: frozenset[str]) -> bool:
    """Is one a copy of the other, whole or cut short?"""
    fewer = min(len(one), len(other))
    return fewer > 0 and len(one & other) >= _COPIED * fewer
