"""A quotation in Traditional script of what its source says in Simplified, character by character.

Folded, 被髮明 is 被发明; it is not what the source says in Taiwan's script. A character of a quotation is
right where it is what the source's becomes there, or what Taiwan writes for that as well (`shapes`).
Where the source's can become nothing else (a phrase, a name or the character says so), the quotation is
put right; where it cannot be told, it is withheld.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest_lib.articles.article import Article
from digest_lib.checking.evidence import EDGES, NOT_QUOTED, RUNS, Evidence, quotations, spellings_of
from digest_lib.checking.injections import told
from digest_lib.checking.reasons import Reason
from digest_lib.text.conversion import Choice
from digest_lib.text.name_spans import SURNAMES
from digest_lib.text.scripts import HAN, fold, simplified_in
from digest_lib.text.shapes import in_names, shape_of
from digest_lib.text.traditional import choices_of, in_script, in_words_throughout

#: So much stands beside a wrong character where a reason shows it.
_BESIDE = 4


@dataclass(frozen=True)
class Misconverted:
    """A quotation with characters that are another word's: what it should be, as far as can be told."""

    quotation: str
    right: str
    is_certain: bool

    def reason(self) -> Reason:
        """What is wrong, with a few characters beside it."""
        differ = [i for i, (a, b) in enumerate(zip(self.quotation, self.right, strict=True)) if a != b]
        part = slice(max(0, differ[0] - _BESIDE), differ[-1] + _BESIDE + 1)
        return Reason("misconverted", (self.quotation[part], self.right[part]))


def misconverted(text: str, sources: Sequence[Evidence]) -> list[Misconverted]:
    """The quotations of a text that its sources have, but for the script of some characters."""
    found = []
    for quotation in quotations(text):
        # what holds Simplified is told of, and converted, as a whole
        if HAN.search(quotation) and not simplified_in(quotation):
            found += _of_sources(quotation, sources)
    return found


def requoted(text: str, sources: Sequence[Evidence]) -> str:
    """The text with its quotations put right where it is certain what is right."""
    for wrong in misconverted(text, sources):
        if wrong.is_certain:
            text = text.replace(wrong.quotation, wrong.right)
    return text


def _of_sources(quotation: str, sources: Iterable[Evidence]) -> list[Misconverted]:
    """The quotation as wrong as it is in the source that is closest to it; nothing where one has it."""
    found = [wrong for source in sources for wrong in _of_source(quotation, source)]
    if not found or any(wrong.right == quotation for wrong in found):
        return []
    return [min(found, key=lambda w: (not w.is_certain, _distance(w), w.right))]


def _distance(wrong: Misconverted) -> int:
    return sum(a != b for a, b in zip(wrong.quotation, wrong.right, strict=True))


def _of_source(quotation: str, source: Evidence) -> Iterator[Misconverted]:
    """What the quotation should be, for each way in which the source has it."""
    plain, places = plain_places(quotation)
    parts = [(m.start(), m.group()) for m in re.finditer("[^…]+", plain)]
    edges = [len(part) - len(part.lstrip(EDGES)) for _, part in parts]
    trimmed = [(at + e, p.strip(EDGES)) for (at, p), e in zip(parts, edges, strict=True) if p.strip(EDGES)]
    if trimmed and all(part in source.quotable for _, part in trimmed):
        yield from _as_stated(quotation, places, trimmed, _versions(source.article))
        return
    for spelling in spellings_of(source):
        if fold(spelling) == fold(quotation) and len(spelling) == len(quotation):
            choices = list(map(Choice, in_script(spelling, "zh-Hans")))
            yield _compared(quotation, range(len(quotation)), choices)


def _as_stated(
    quotation: str, places: list[int], parts: list[tuple[int, str]], versions: Sequence[_Version]
) -> Iterator[Misconverted]:
    right, is_certain = list(quotation), True
    for at, part in parts:
        found = [version for version in versions if part in version.plain]
        # what a source says in its own words, it says in those
        own = [version for version in found if not version.in_taiwans_words] or found
        here = places[at : at + len(part)]
        ways = [_compared(quotation, here, stated) for version in own for stated in version.all_of(part)]
        if not ways:
            return
        best = min(ways, key=lambda w: (_distance(w), not w.is_certain, w.right))
        is_certain = is_certain and best.is_certain
        right = [b if b != c else a for a, b, c in zip(right, best.right, quotation, strict=True)]
    yield Misconverted(quotation, "".join(right), is_certain)


def _compared(quotation: str, places: Sequence[int], stated: Sequence[Choice]) -> Misconverted:
    """The characters at those places of the quotation against what the source has."""
    own = shape_of("".join(quotation[place] for place in places))
    shapes = shape_of("".join(choice.character for choice in stated))
    right, is_certain = list(quotation), True
    for i, (place, choice) in enumerate(zip(places, stated, strict=True)):
        character = quotation[place]
        if not HAN.match(character) or _is_right(character, choice, own[i] == shapes[i]):
            continue
        right[place] = choice.character
        is_certain = is_certain and not (choice.also or character in choice.perhaps)
    return Misconverted(quotation, "".join(right), is_certain)


def _is_right(character: str, choice: Choice, same_shape: bool) -> bool:
    if choice.in_name:
        return in_names(character) == in_names(choice.character)
    if same_shape or character in choice.also or simplified_in(choice.character):
        return True  # what stands beside kana is not converted, and compared with nothing
    return character in choice.perhaps and character in SURNAMES  # a name that was not seen to be one


def plain_places(text: str) -> tuple[str, list[int]]:
    """A text as `evidence.plain` has it, and where in the text each of its characters stands."""
    folded, plain, places = fold(text), list[str](), list[int]()
    runs = {m.start(): m for m in RUNS.finditer(text)}
    i = 0
    while i < len(text):
        run = runs.get(i)
        sign = folded[i] if run is None else "-" if run.lastgroup == "dashes" else "…"
        if not NOT_QUOTED.match(sign):
            plain.append(sign)
            places.append(i)
        i = i + 1 if run is None else run.end()
    return "".join(plain), places


@dataclass(frozen=True)
class _Version:
    """A part of a source, plain, and what each of its characters is in Taiwan's script."""

    plain: str
    places: list[int]
    choices: list[Choice]
    in_taiwans_words: bool = False

    def all_of(self, part: str) -> Iterator[list[Choice]]:
        """What the characters of a part are, wherever it stands."""
        for match in re.finditer(f"(?={re.escape(part)})", self.plain):
            at = match.start()
            yield [self.choices[place] for place in self.places[at : at + len(part)]]


@lru_cache(maxsize=512)
def _versions(article: Article) -> tuple[_Version, ...]:
    """What may be quoted of an article: its title and its text, a Simplified one also in Taiwan's words."""
    found = []
    for text in (told(article.title), "\n".join([told(article.summary), told(article.text)])):
        found.append(_Version(*plain_places(text), choices_of(text, article.lang)))
        if article.lang == "zh-Hans":
            worded = in_words_throughout(text)
            found.append(_Version(*plain_places(worded), [Choice(c) for c in worded], in_taiwans_words=True))
    return tuple(found)
