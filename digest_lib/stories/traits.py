"""What an article is recognised by: its words, names, numbers and versions, ready to be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from urllib.parse import urlsplit

from digest_lib.articles.article import Article
from digest_lib.stories.roundups import is_roundup, template
from digest_lib.text import units
from digest_lib.text.names import known_spans, well_known
from digest_lib.text.numbers import Quantity, quantities
from digest_lib.text.scripts import fold
from digest_lib.text.vectors import tokens

#: How much of a summary says what the event is; further on, publishers add background.
OPENING = 300

NAME, NUMBER = "name:", "number:"
_ACTORS = ("company", "product")
#: Smaller bare numbers (3 models, 5 tips) are everywhere.
_TELLING = 100

_VERSION = re.compile(
    r"([a-z\u00c0-\u024f][a-z\u00c0-\u024f-]*)[\s-]?\s?v?(\d+(?:\.\d+)+(?:-?rc\d+)?)(?![%\d])(?!\s?(?:[亿万兆倍个美元]|billion|million|trillion))"
)
#: Parts of host names that are no names.
_HOST_WORDS = frozenset(("www", "com", "org", "net", "blog", "news", "dev", "docs"))


@dataclass(frozen=True, slots=True)
class Traits:
    """An article as clustering sees it. `words` are those of the title and the opening, numbers included."""

    headline: str
    title: frozenset[str]
    words: Counter[str]
    versions: frozenset[tuple[str, str]]
    actors: frozenset[tuple[str, str]]  #: (kind, name) of the companies and products in the title
    names: frozenset[str]  #: the well-known names of title and opening
    template: str
    chinese: bool
    publisher: str
    day: float
    roundup: bool
    lead: str  #: the opening, for the encoder


@dataclass(frozen=True, slots=True)
class Told:
    """One source of a story that a post told: its title, and what the post said on its word."""

    title: str
    said: str
    url: str
    publisher: str
    lang: str

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.said}"


def opening(article: Article) -> str:
    """The first words after the title: the publisher's summary, or else the text's."""
    return (article.summary or article.text)[:OPENING]


def traits(article: Article) -> Traits:
    """What the article is recognised by. The title counts twice: it names the event."""
    return _traits(
        article.title, opening(article), article.lang, article.publisher,
        urlsplit(article.url).hostname or "", article.published.timestamp() / 86400, is_roundup(article),
    )  # fmt: skip


def told_traits(told: Told, day: float) -> Traits:
    """What a source of an earlier post is recognised by; `day` is the day it is compared as."""
    host = urlsplit(told.url).hostname or ""
    return _traits(told.title, told.said[:OPENING], told.lang, told.publisher, host, day, False)


@lru_cache(maxsize=20_000)
def _traits(title: str, lead: str, lang: str, publisher: str, host: str, day: float, roundup: bool) -> Traits:
    in_title = tokens(title) + _numbers(title)
    rest = tokens(lead) + _numbers(lead) + [f"{NAME}{n}" for n in sorted(_named_by(host))]
    return Traits(
        headline=title,
        title=frozenset(in_title),
        words=Counter(in_title * 2 + rest),
        versions=frozenset(_VERSION.findall(fold(title))),
        actors=frozenset((e.kind, e.canonical) for *_, e in known_spans(title) if e.kind in _ACTORS),
        names=frozenset(w for w in in_title + rest if w.startswith(NAME)),
        template=template(title),
        chinese=lang.startswith("zh"),
        publisher=publisher,
        day=day,
        roundup=roundup,
        lead=lead or title,
    )


def _named_by(host: str) -> set[str]:
    """The well-known names in a host: what stands on openai.com says OpenAI."""
    return well_known(" ".join(p.capitalize() for p in host.split(".") if p not in _HOST_WORDS))


def _numbers(text: str) -> list[str]:
    """Money, percentages and large numbers, by value: 2,500億 and $250B are one, whatever the currency is
    called."""
    return sorted({f"{NUMBER}{q.value.normalize():f}" for q in quantities(text) if _telling(q)})


def _telling(quantity: Quantity) -> bool:
    if quantity.unit in ("date", "time", "ordinal", "quarter", "version"):
        return False
    return quantity.unit in units.STRONG or quantity.value >= _TELLING


def rarity(documents: Sequence[Iterable[str]], background: Sequence[Iterable[str]]) -> dict[str, float]:
    """How much a shared word says: the logarithm of how rare it is, in all news and among these documents.

    A name in every article of a family (its own) says nothing there, however rare it is elsewhere.
    """
    here = Counter(w for words in documents for w in set(words))
    everywhere = here + Counter(w for words in background for w in set(words))
    n, total = max(len(documents), _FEW), max(len(documents) + len(background), _FEW_AT_ALL)
    return {
        word: min(log((total + 1) / (everywhere[word] + 1)), _STEEP * log((n + 1) / count) + 1)
        for word, count in here.items()
    }


#: On a quiet day, counts say little: a word in both of two articles is not a common word.
_FEW, _FEW_AT_ALL = 20, 100
#: Among the documents themselves rarity is steep: only what most of them share is dampened.
_STEEP = 3.0
