"""What an article is recognised by: its words, names, numbers and versions, ready to be compared.

Words are kept as numbers (a hash of 62 bits, and two bits for the kind of word): of a hundred thousand
articles they take a tenth of the memory, and are compared as arrays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from digest_lib.articles.article import Article
from digest_lib.stories.fairs import exhibitor
from digest_lib.stories.instalments import series, template
from digest_lib.stories.roundups import is_roundup
from digest_lib.stories.topics import TOPIC, topics_in
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

#: A name and its version, whose candidates (rc3, beta 2) are steps to one release.
_VERSION = re.compile(
    r"([a-z\u00c0-\u024f][a-z\u00c0-\u024f-]*)[\s-]?\s?v?(\d+(?:\.\d+)+)"
    r"(?:[- .]?(?:rc|beta|alpha|pre|[ab])[ .]?\d+)?"
    r"(?![%\d])(?!\s?(?:[亿万兆倍个美元]|billion|million|trillion))"
)
#: Parts of host names that are no names.
_HOST_WORDS = frozenset(("www", "com", "org", "net", "blog", "news", "dev", "docs"))


#: Words as numbers, in ascending order.
Ids = npt.NDArray[np.uint64]

#: Kinds of words, in the lowest bits of their numbers: Han and other scripts; Latin words and numbers;
#: well-known names; topics, which are the same in all scripts.
OTHER, LATIN, KNOWN, ON_TOPIC = 0, 1, 2, 3
KIND_BITS = np.uint64(3)

#: Years, and days of a month: what happens on one day is not one event.
_CALENDAR = re.compile(r"(?:19|20)\d\d|\d{1,2}")
#: Hiragana are what joins words: の and を stand in every headline.
_JOINS = re.compile(r"[\u3041-\u309f]+")


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The words of a text: which (`ids`), how often (`counts`), and whether in the title (`titled`)."""

    ids: Ids
    counts: npt.NDArray[np.uint8]
    titled: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """An article as clustering sees it. `bag` holds the words of title and opening, numbers included."""

    headline: str
    bag: Bag
    versions: frozenset[tuple[str, str]]
    actors: frozenset[tuple[str, str]]  #: (kind, name) of the companies and products in the title
    names: frozenset[str]  #: the well-known names of title and opening
    titled: frozenset[str]  #: the topics and well-known names of the title
    template: str
    series: tuple[str, str]  #: the label of a series that the title begins with, and its number
    language: str  #: zh for both of its scripts: words of one are words of the other
    publisher: str
    day: float
    roundup: bool
    lead: str  #: the opening, for the encoder
    exhibitor: str  #: whom the title has show something at a fair


@dataclass(frozen=True, slots=True)
class Told:
    """One source of a story that a post told: its title, and what the post said on its word."""

    title: str
    said: str
    url: str
    publisher: str
    lang: str
    #: did the post tell, on its word, what happened: more than that it was published, or a foreign quotation?
    plainly: bool = True

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


def words_of(article: Article) -> tuple[list[str], list[str]]:
    """The words of the title, and those of the opening and the host, numbers and well-known names among
    them."""
    return _words(article.title, opening(article), urlsplit(article.url).hostname or "")


@lru_cache(maxsize=20_000)
def _words(title: str, lead: str, host: str) -> tuple[list[str], list[str]]:
    rest = [*tokens(lead), *_numbers(lead), *topics_in(lead), *(f"{NAME}{n}" for n in sorted(named_by(host)))]
    return [*tokens(title), *_numbers(title), *topics_in(title)], rest


@lru_cache(maxsize=20_000)
def _traits(title: str, lead: str, lang: str, publisher: str, host: str, day: float, roundup: bool) -> Traits:
    in_title, rest = _words(title, lead, host)
    return Traits(
        headline=title,
        bag=_bag(in_title, rest),
        versions=frozenset(_VERSION.findall(fold(title))),
        actors=frozenset((e.kind, e.canonical) for *_, e in known_spans(title) if e.kind in _ACTORS),
        names=frozenset(w for w in in_title + rest if w.startswith(NAME)),
        titled=frozenset(w for w in in_title if w.startswith((TOPIC, NAME))),
        template=template(title),
        series=series(title),
        language=lang.partition("-")[0],
        publisher=publisher,
        day=day,
        roundup=roundup,
        lead=lead or title,
        exhibitor=exhibitor(fold(title)),
    )


def _bag(in_title: list[str], rest: list[str]) -> Bag:
    """The title's words count twice."""
    counts = Counter(i for i in map(_id, in_title * 2 + rest) if i)
    titled = {_id(word) for word in in_title}
    ids = sorted(counts)
    return Bag(
        np.array(ids, dtype=np.uint64),
        np.array([min(counts[i], 255) for i in ids], dtype=np.uint8),
        np.array([i in titled for i in ids], dtype=np.bool_),
    )


@lru_cache(maxsize=8192)
def ids_in(text: str) -> Ids:
    """The words of a text as numbers: a day's texts are asked for more than once."""
    return ids_of([*tokens(text), *topics_in(text)])


def ids_of(words: Iterable[str]) -> Ids:
    """The words as numbers, each once, in ascending order; dates and joining words are left out."""
    return np.array(sorted({i for i in map(_id, words) if i}), dtype=np.uint64)


@lru_cache(maxsize=200_000)
def _id(word: str) -> int:
    """The same number for a word on every machine; 0 for a year or a day, and for what joins words."""
    if _CALENDAR.fullmatch(word) or _JOINS.fullmatch(word):
        return 0
    if word.startswith(TOPIC):
        kind = ON_TOPIC
    else:
        kind = KNOWN if word.startswith(NAME) else LATIN if word[0].isascii() else OTHER
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()) & ~3 | kind


def named_by(host: str) -> set[str]:
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
