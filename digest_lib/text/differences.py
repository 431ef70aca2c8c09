"""Two wordings of a text: which words of each the other does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, TypeAlias

from digest_lib.text.name_spans import known_borders
from digest_lib.text.scripts import to_simplified

#: A text in pieces, each with whether the other wording has it, too.
Pieces: TypeAlias = list[tuple[str, bool]]

#: A number or Latin word with what belongs to it, spaces, Chinese without any; else a character.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_%$]+(?:[.,-][A-Za-z0-9_%$]+)*|\s+|[\u3400-\u9fff]+|.", re.DOTALL)
_CLOSE: Final = "\u3400"
#: So little between two changes reads more easily as part of them: signs around a character at most.
_JOINT: Final = re.compile(r"\W*\w?\W*")


def marked(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces; words stay whole."""
    pieces = list(_changes(before, after))
    left, right = ([(one[side], one[0] == one[1]) for one in pieces if one[side]] for side in (0, 1))
    return left, right


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """The texts beside each other, piece by piece: as it was, and as it is. What changed is no shorter than
    is read with ease."""
    made: list[tuple[str, str]] = []
    pieces = list(_changes(before, after))
    for number, (old, new) in enumerate(pieces):
        inner = 0 < number < len(pieces) - 1
        if made and made[-1][0] != made[-1][1] and (old != new or (inner and _JOINT.fullmatch(old))):
            made[-1] = made[-1][0] + old, made[-1][1] + new
        else:
            made.append((old, new))
    return made


def words(text: str) -> Iterator[str]:
    """The words, spaces and signs of a text; together they are the text."""
    for token in _TOKEN.findall(text):
        if len(token) == 1 or token[0] < _CLOSE:
            yield token
            continue
        edges = sorted({0, len(token), *known_borders(to_simplified(token))})
        yield from (token[first:last] for first, last in pairwise(edges))


def alike(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _changes(before: str, after: str) -> Iterator[tuple[str, str]]:
    a, b = list(words(before)), list(words(after))
    for _, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield "".join(a[i1:i2]), "".join(b[j1:j2])
