"""Who reports a story on their own: the vendor, copies of one text and two sections of one site aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from digest_lib.articles.article import Article
from digest_lib.stories.bearing import MEDIA
from digest_lib.text.names import entries, known_spans
from digest_lib.text.scripts import fold
from digest_lib.web.hosts import account_of, domain_of, is_shared
from digest_lib.web.urls import host_of

#: Hosts that pass on what others publish: there the publisher's name tells who it is.
_PASSING_ON = frozenset(("google.com", "bing.com", "msn.com", "yahoo.com", "yahoo.com.tw", "feedburner.com"))

#: Who reports under such a name reports of themselves: the glossary's companies, and what they make.
_OWN_KINDS = frozenset(("company", "product"))
#: What a company calls the place where it does, besides its own name.
_OWN_PAGES = re.compile(
    r"\b(?:official|blogs?|newsroom|news blog|press|research|developers?|engineering|machine learning"
    r"|cloud|labs?|ai|ml)\b|官方|部落格|博客|新闻(?:中心|室)|开发者|研究院?|台湾|中国|的"
)

#: A text is a copy when this share of its runs of characters stands in another one.
_COPIED = 0.8
_RUN = 8
#: Of a shorter text, sharing says little: two reports of one launch may both be its name and a date.
_LEAST = 20
#: Texts that later ones are compared with: of a story in thousands of papers, a few more change nothing.
_COMPARED = 200
#: So many runs of a copy cannot all be among the fifth that it may have of its own, but by great chance.
_ASKED_FIRST = 12


def independent(articles: Sequence[Article], vendor: Iterable[Article] = ()) -> int:
    """How many publishers report it on their own.

    The vendor's pages (`vendor`) are not independent of it, nor are those of another company, which sells,
    hosts or builds on what it tells of, or has it as a rival; a copy of an earlier article's text adds
    nobody; the sections of one site (money.udn.com, udn.com) are one publisher.
    """
    own = {a.id for a in vendor}
    sites = _sites(articles)
    texts: list[_Text] = []
    found: set[str] = set()
    for article in sorted(articles, key=lambda a: (a.published, a.id)):
        mine = _Text.of(article)
        copied = any(mine.copies(other) for other in texts)
        if not copied and len(texts) < _COMPARED:
            texts.append(mine)
        if article.id not in own and not copied and not is_companys(article):
            found.add(_publisher(article, sites))
    return len(found)


def companies(articles: Iterable[Article]) -> int:
    """How many companies tell it on their own pages, the vendor among them."""
    return len({_domain(a) for a in articles if is_companys(a)})


def is_companys(article: Article) -> bool:
    """Is it published by a company that the glossary knows, on its site or under its name?"""
    domain = _domain(article)
    own = not is_shared(article.url) and domain not in _PASSING_ON
    # microsoft.com, not microsoft-watch.com
    return (own and any(map(_is_company, domain.split(".")))) or _is_company(article.publisher)


@cache
def _companies() -> frozenset[str]:
    return frozenset(e.canonical for e in entries() if e.kind in _OWN_KINDS) - MEDIA


@lru_cache(maxsize=2048)
def _is_company(publisher: str) -> bool:
    """Is it a company's name, with nothing besides but what it calls its pages?"""
    rest, found = fold(publisher), False
    spelled = publisher.capitalize() if publisher.islower() else publisher
    for start, end, entry in reversed(known_spans(spelled)):
        if entry.canonical in _companies():
            rest, found = f"{rest[:start]} {rest[end:]}", True
    return found and not re.search(r"\w", _OWN_PAGES.sub("", rest))


def _sites(articles: Iterable[Article]) -> dict[str, str]:
    """The domains of publishers, by name, where one of their own pages is among the articles."""
    found = ((fold(a.publisher), _domain(a)) for a in articles if not is_shared(a.url))
    return {name: domain for name, domain in found if name and domain not in _PASSING_ON}


def _publisher(article: Article, sites: Mapping[str, str]) -> str:
    """The publisher: its domain; where a link leads to one that passes news on, or that many publish on, the
    domain that its name has in `sites`, or else the name."""
    domain, name = _domain(article), fold(article.publisher)
    shared = is_shared(article.url)
    if shared and name in {"", fold(domain), fold(host_of(article.url))}:  # it says no more than the host
        return account_of(article.url) or domain
    return sites.get(name, name) if (shared or domain in _PASSING_ON) and name else domain


def _domain(article: Article) -> str:
    return domain_of(host_of(article.url))


@dataclass(frozen=True, slots=True)
class _Text:
    """What an article says, in runs of eight characters without spaces and marks; some to ask first."""

    runs: frozenset[str]
    some: tuple[str, ...]

    @classmethod
    def of(cls, article: Article) -> _Text:
        words = re.sub(r"\W+", "", fold(article.text or article.summary))
        if len(words) < _LEAST:
            return cls(frozenset(), ())
        runs = frozenset(words[k : k + _RUN] for k in range(len(words) - _RUN + 1))
        return cls(runs, tuple(sorted(runs)[:_ASKED_FIRST]))

    def copies(self, other: _Text) -> bool:
        """Is one a copy of the other, whole or cut short?"""
        short, long = (self, other) if len(self.runs) <= len(other.runs) else (other, self)
        if not any(run in long.runs for run in short.some):
            return False
        return len(short.runs & long.runs) >= _COPIED * len(short.runs)
