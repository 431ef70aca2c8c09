"""A text as clauses with slots: who, about what, how sure, whose word, how many of them.

A clause without a name of its own speaks of whom the clause before it names, one at the beginning of a
sentence of whom the sentence before names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from digest_lib.checking.clauses import features
from digest_lib.checking.matters import matters
from digest_lib.checking.predicates import LONGEST
from digest_lib.text.chinese_names import SAYING
from digest_lib.text.lexicon import rows, words
from digest_lib.text.names import known_spans, latin_names
from digest_lib.text.numbers import Quantity, stated
from digest_lib.text.patterns import led
from digest_lib.text.scripts import HAN, fold
from digest_lib.text.segmented_names import segmented_names

_SENTENCE = re.compile(r"[。;!?\n]+|\.(?=\s|$)")
_CLAUSE = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|—+|(?<=[\u3400-\u9fff])[ \u3000](?=[\u3400-\u9fff])")
#: So far into a clause a name may stand that it begins with: 安全公司 Northgate.
_LEADS = 6
#: What makes a name the one who says it.
_SAYS = re.compile(
    rf"\s?(?:[\u4e00-\u9fff]{{0,8}})(?<![被由对])(?:{SAYING})"
    r"|\s?(?:also )?(?:said|says|told|wrote|writes|announced|added|noted)\b"
)
_SAYING_FIRST = re.compile(rf"\s?[也并还则又]?(?:{SAYING})")
#: What a text says as it is.
PLAIN = 5

#: A Latin name, all its words: Simon Willison.
_LATIN = re.compile(
    r"[A-Z\u00c0-\u00de][A-Za-z0-9\u00c0-\u024f.&'-]*(?: [A-Z\u00c0-\u00de][A-Za-z0-9\u00c0-\u024f.&'-]*)*"
)

#: What is written, shown or sung.
_WORK = re.compile(r"《([^》]*)》")

#: What stands before somebody for whom or with whom it is done.
_ASIDE = re.compile(
    r"(?:[为对向给替帮与和跟被比]|针对|关于|\b(?:for|to|with|by|from|of|than|at|on|about)) ?(?:the )?$"
)
#: So long it is at most.
_LONGEST_ASIDE = 10

#: (start, end, name, kind) of who or what is named; kind is the glossary's, `place` too, or empty.
Name = tuple[int, int, str, str]


@dataclass(frozen=True, eq=False)
class Slots:
    """A clause, folded, with its sentence, and whom it is about."""

    clause: str
    sentence: str
    #: the clause with the one before it in its sentence, which may say whose word it is
    scope: str
    #: the names of the clause, and whether they are those of a clause before it
    names: tuple[tuple[str, str], ...]
    carried: tuple[tuple[str, str], ...]
    #: every name of the sentence
    around: frozenset[str]
    #: does the clause begin with its first name?
    leads: bool
    #: who is said to say it, with the kind of name
    speaker: tuple[str, str] | None
    #: for whom, with whom or by whom it is said to be done
    asides: frozenset[str]

    @cached_property
    def about(self) -> tuple[tuple[str, str], ...]:
        """Whom it is about: its own names, else those that it carries on."""
        return self.names or self.carried

    @cached_property
    def is_chinese(self) -> bool:
        """Has it a Chinese character?"""
        return bool(HAN.search(self.clause))

    @cached_property
    def bare(self) -> str:
        """The clause without its names and without how sure and how far it speaks."""
        without = _any_slot().sub("|", self.clause)
        for name, _ in self.names:
            without = without.replace(folded_name(name), "|")
        return without

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words that it has besides names and numbers."""
        words = features(self.bare).difference(*(_words_of(name) for name, _ in self.names))
        return frozenset(f for f in words if not f[0].isdigit())

    @cached_property
    def matters(self) -> frozenset[str]:
        """What it is about, in either language."""
        return matters(self.clause)

    @cached_property
    def numbers(self) -> list[Quantity]:
        """The numbers in it."""
        return stated(self.clause)

    def is_aside(self, name: str) -> bool:
        """Is it named as one for whom, with whom or by whom something is done?"""
        return name in self.asides

    def rank(self, slot: str) -> frozenset[int]:
        """The ranks of the words of a slot that the clause has."""
        return ranks(slot, self.clause)


@cache
def _slots() -> Mapping[str, re.Pattern[str]]:
    """The words of each slot, each rank a group of its own."""
    fields: dict[str, list[str]] = {}
    for name, rank, field in rows("checking", "modality.tsv"):
        fields.setdefault(name, []).append(f"(?P<r{rank}>{words(field)})")
    return {name: led("|".join(ranked)) for name, ranked in fields.items()}


@cache
def _any_slot() -> re.Pattern[str]:
    return led(
        "|".join(words(field) for name, _, field in rows("checking", "modality.tsv") if name != "heard")
    )


@lru_cache(maxsize=8192)
def ranks(slot: str, folded: str) -> frozenset[int]:
    """The ranks of the words of a slot in a folded text."""
    return frozenset(int(m.lastgroup[1:]) for m in _slots()[slot].finditer(folded) if m.lastgroup)


@lru_cache(maxsize=8192)
def folded_name(name: str) -> str:
    """A name, folded."""
    return fold(name)


@lru_cache(maxsize=8192)
def _words_of(name: str) -> frozenset[str]:
    return features(fold(name))


def slots(text: str) -> list[Slots]:
    """The clauses of a text; none of a sentence that is longer than anybody writes."""
    folded = fold(text)
    named = _named(text, folded)
    starts = [start for start, *_ in named]
    found: list[Slots] = []
    subject: tuple[tuple[str, str], ...] = ()
    for start, end in _parts(_SENTENCE, folded, 0, len(folded)):
        if end - start > LONGEST:
            continue
        here = named[bisect_left(starts, start) : bisect_left(starts, end)]
        around = frozenset(name for _, _, name, _ in here)
        if start and folded[start - 1] == "\n":
            subject = ()  # a title's subject is not that of the text's first words
        before, speaker = start, None
        for a, b in _parts(_CLAUSE, folded, start, end):
            inside = [n for n in here if a <= n[0] < b]
            own = tuple(dict.fromkeys((name, kind) for _, _, name, kind in inside))
            leads = bool(inside) and inside[0][0] - a <= _LEADS
            speaker = _speaker(folded, inside, b) or _going_on(folded, a, subject) or speaker
            scope = folded[before:b]
            asides = frozenset(
                name for at, _, name, _ in inside if _ASIDE.search(folded, max(a, at - _LONGEST_ASIDE), at)
            )
            found.append(
                Slots(folded[a:b], folded[start:end], scope, own, subject, around, leads, speaker, asides)
            )
            before = a
            subject = own[:1] or subject
    return found


def _speaker(folded: str, inside: list[Name], end: int) -> tuple[str, str] | None:
    """Who of those named in a clause says something."""
    said = ((name, kind) for _, b, name, kind in inside if _SAYS.match(folded, b, end))
    return next(said, None)


def _going_on(folded: str, start: int, subject: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    """Who says what a clause begins to tell that names nobody before: …親上火線，坦言…"""
    return subject[0] if subject and _SAYING_FIRST.match(folded, start) else None


def _parts(border: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in border.finditer(text, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < end:
        yield start, end


def _named(text: str, folded: str) -> list[Name]:
    found: list[Name] = [(a, b, e.canonical, e.kind) for a, b, e in known_spans(text)]
    taken = bytearray(len(folded))
    for a, b, *_ in found:
        taken[a:b] = b"\1" * (b - a)
    others = [(w, "") for w in dict.fromkeys(m.group() for m in _LATIN.finditer(text)) if latin_names(w)]
    works = _WORK.findall(text)  # 《奧德賽》 is nobody
    people = (name for kind, name in segmented_names(text) if kind == "person")
    others += [(name, "person") for name in people if not any(name in work for work in works)]
    for written, kind in others:
        name = fold(written)
        for a in _places(name, folded):
            b = a + len(name)
            if taken.find(1, a, b) < 0:
                taken[a:b] = b"\1" * (b - a)
                found.append((a, b, name, kind))
    return sorted(found)


def _places(name: str, folded: str) -> Iterator[int]:
    """Where a folded name begins in a folded text, not within a longer word."""
    at = folded.find(name)
    while at >= 0:
        before = folded[at - 1] if at else ""
        whole = not (name[0].isascii() and before.isascii() and before.isalnum())
        if whole:
            yield at
        at = folded.find(name, at + (len(name) if whole else 1))
