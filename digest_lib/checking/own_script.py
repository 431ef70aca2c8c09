"""A writer's own words in Traditional script: names and words of their sources, in another's characters.

於曉明 outside quotation marks, of a source that has 于晓明, is no name of anybody's: as with what is quoted
(`quoted_script`), Simplified has one character for several of Traditional. A character is put right where the
sources have it among the same neighbours (two of a name, else three), always in another form, and the text
by itself may be read so, too: what the writer says otherwise (位於曉明街) stays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import add

from digest_lib.articles.article import Article
from digest_lib.checking.injections import told
from digest_lib.checking.reasons import Reason
from digest_lib.text.conversion import Choice, is_several, script_choices
from digest_lib.text.name_spans import SURNAMES, name_spans, words_of
from digest_lib.text.quotation_marks import quoted
from digest_lib.text.scripts import CLAUSES, HAN, KANA, simplified_in, to_simplified
from digest_lib.text.shapes import shape_of
from digest_lib.text.traditional import choices_of

#: So many characters, the same in a source, show which word one of them is of; and so many of a name.
_AROUND, _OF_NAME = 3, 2
#: So much stands beside a wrong character where a reason shows it.
_BESIDE = 3


@dataclass(frozen=True)
class Miswritten:
    """One character of a text that is another word's, and what it is to be."""

    place: int
    right: str


def miswritten(text: str, articles: Collection[Article]) -> list[Miswritten]:
    """The characters of the text outside of quotation marks that are another word's, by the articles."""
    if not HAN.search(text) or simplified_in(text):
        return []  # what holds Simplified is told of, and converted, as a whole
    known = [part for a in articles if a.lang.startswith("zh") for part in _parts(a)]
    simple = to_simplified(text)
    inside = [(a, b) for a, b in quoted(text) if text[a] not in "《〈"]
    found = {
        place: right
        for place, right in _by_sources(text, simple, known)
        if not any(a <= place < b for a, b in inside)
    }
    own = _own_reading(text, simple) if found else {}
    return [Miswritten(p, right) for p, right in sorted(found.items()) if _allows(own.get(p), right)]


def put_right(text: str, articles: Collection[Article]) -> str:
    """The text with those characters as they are to be."""
    characters = list(text)
    for wrong in miswritten(text, articles):
        characters[wrong.place] = wrong.right
    return "".join(characters)


def reasons_of(text: str, articles: Collection[Article]) -> list[Reason]:
    """Why a text with such characters does not stand: what is wrong, with a few characters beside it."""
    right = put_right(text, articles)
    differ = [i for i, (a, b) in enumerate(zip(text, right, strict=True)) if a != b]
    if not differ:
        return []
    part = slice(max(0, differ[0] - _BESIDE), differ[-1] + _BESIDE + 1)
    return [Reason("miswritten", (text[part], right[part]))]


def _by_sources(text: str, simple: str, known: Collection[_Part]) -> Iterator[tuple[int, str]]:
    """Characters that stand among the same neighbours in the sources, always in one other form."""
    forms: dict[int, set[str]] = {}
    for place, start, around in _windows(simple):
        for part in known:
            for at in part.places(around):
                forms.setdefault(place, set()).update(part.forms(at + place - start, at, len(around)))
    shapes = shape_of(text)
    for place, written in forms.items():
        if len(written) == 1 and shape_of(*written) != shapes[place]:
            yield place, min(written)


def _windows(simple: str) -> Iterator[tuple[int, int, str]]:
    """(place, start, characters): each character that has several forms, in each few that it is one of."""
    for size in (_OF_NAME, _AROUND):
        for start in range(len(simple) - size + 1):
            around = simple[start : start + size]
            several = [i for i in range(size) if is_several(around[i])]
            if several and all(map(HAN.match, around)):
                yield from ((start + i, start, around) for i in several)


@dataclass(frozen=True)
class _Part:
    """A title or a text of an article, and the same in Simplified with the pairs of characters that it has:
    most of what is looked for stands in none."""

    text: str
    lang: str
    simple: str
    pairs: frozenset[str]

    def places(self, around: str) -> Iterator[int]:
        """Where these few characters stand."""
        at = self.simple.find(around) if around[:_OF_NAME] in self.pairs else -1
        while at >= 0:
            yield at
            at = self.simple.find(around, at + 1)

    def forms(self, place: int, start: int, size: int) -> set[str]:
        """What the character at that place is in Taiwan's script, or may be; nothing where the characters
        from `start` are too few to tell."""
        starts, ends = _clauses(self.text)
        here = bisect_right(starts, place) - 1
        begin, end = starts[here], ends[here]
        choice = _choices(self.text[begin:end], self.lang)[place - begin]
        if size == _OF_NAME and not self._is_name(start, begin, end, choice):
            return set()
        return {choice.character, *choice.also, *choice.perhaps}

    def _is_name(self, start: int, begin: int, end: int, choice: Choice) -> bool:
        """Do two characters from `start` begin a name, in the clause from `begin` to `end`?"""
        if choice.in_name:
            return True
        clause = self.simple[begin:end]
        # as it stands in Traditional, a surname that has several forms is written as surnames are
        surname = not is_several(clause[start - begin]) or self.text[start] in SURNAMES
        return surname and start - begin in name_spans(clause, words_of(clause))


@lru_cache(maxsize=512)
def _parts(article: Article) -> tuple[_Part, ...]:
    texts = [told(article.title), told(article.summary), told(article.text)]
    simple = [to_simplified(text) for text in texts]
    return tuple(
        _Part(text, article.lang, s, frozenset(map(add, s, s[1:])))
        for text, s in zip(texts, simple, strict=True)
    )


def _allows(own: Choice | None, right: str) -> bool:
    """Does the text, read by itself, allow that character?"""
    if own is None:
        return False
    return shape_of(own.character) == shape_of(right) or right in own.perhaps or right in own.also


def _own_reading(text: str, simple: str) -> dict[int, Choice]:
    """What each character is by the text alone, read as if it had been Simplified."""
    clauses = zip(*_clauses(text), strict=True)
    return {place: choice for start, end in clauses if not KANA.search(text[start:end])
            for place, choice in enumerate(script_choices(simple[start:end]), start)}  # fmt: skip


@lru_cache(maxsize=512)  # of one clause each of its characters is asked for, several times
def _choices(clause: str, lang: str) -> tuple[Choice, ...]:
    return tuple(choices_of(clause, lang))


@lru_cache(maxsize=512)
def _clauses(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the clauses begin, and where they end."""
    starts, ends = [0], list[int]()
    for gap in CLAUSES.finditer(text):
        ends.append(gap.start())
        starts.append(gap.end())
    return tuple(starts), (*ends, len(text))
