"""Which characters are one and the same in Taiwan's writing: 台 and 臺, 裡 and 裏, 着 and 著.

OpenCC's tables of variants say so of shapes; `script_choices.tsv` of characters that Taiwan's press
writes either way in any word (占 and 佔), and of words that it writes either way (了解 and 瞭解). What
becomes one character in Simplified is not the same for that: 發 and 髮 are two.
"""

from __future__ import annotations

import re
from functools import cache

from digest_lib.text.script_tables import either_characters, either_words, same_shapes


def shape_of(text: str) -> str:
    """A Traditional text with one shape for what may be written in several; as long as it was."""
    return _either().sub(_first, in_names(text)).translate(_shapes(with_either=True))


def in_names(text: str) -> str:
    """The same as far as names have it: 周 is no 週 there."""
    return text.translate(_shapes(with_either=False))


@cache
def _shapes(*, with_either: bool) -> dict[int, str]:
    """Code point to the one shape of its kind: the least of those that are linked, however far apart."""
    kinds: dict[str, set[str]] = {}
    for pair in [*same_shapes(), *(either_characters().items() if with_either else ())]:
        kind = set[str]().union(*(kinds.get(c, {c}) for c in pair))
        kinds.update(dict.fromkeys(kind, kind))
    return {ord(c): min(kind) for c, kind in kinds.items()}


@cache
def _words() -> dict[str, str]:
    return {in_names(a): in_names(b) for a, b in either_words().items()}


@cache
def _either() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_words()))))


def _first(match: re.Match[str]) -> str:
    return _words()[match.group()]
