"""Word lists of a room: tables beside its code, and their words as patterns.

A table has a row a line, its fields parted by tabs; words are folded (Simplified, lower case) and parted by
|, each a regular expression. Latin words match whole.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from digest_lib.text.patterns import led

#: A | that parts words, not one within brackets.
_BETWEEN = re.compile(r"\|(?![^(]*\))")


@cache
def rows(room: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table of a room (`checking`), its comments left out."""
    table = files(f"digest_lib.{room}").joinpath(name).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in table.splitlines() if line and not line.startswith("#"))


def words(field: str) -> str:
    """The words of a field as one regular expression."""
    parts = _BETWEEN.split(field)
    latin = "|".join(w for w in parts if w.isascii())
    return "|".join([*(w for w in parts if not w.isascii()), *([rf"\b(?:{latin})\b"] if latin else [])])


@cache
def pattern(field: str) -> re.Pattern[str]:
    """The words of a field, compiled."""
    return led(words(field))
