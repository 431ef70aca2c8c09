"""Text that lost characters on its way: decoded with loss (\ufffd), or by the encoding of another script."""

from __future__ import annotations

import re

#: A replacement character, or a run of signs and accented letters such as no language writes (ªº¨T¨®¬ì): what
#: Windows-1252 makes of the bytes of Chinese, Japanese, Korean or Russian.
_DAMAGE = (
    "\ufffd|[\u00a1-\u00bf\u00d7\u00f7\u02c6\u02dc\u2020\u2021\u2030\u2039\u203a\u20ac\u2122]"
    "[\u00a1-\u00ff][\u00a1-\u00bf\u00c0-\u00ff\u0152-\u0192]"
    "|[\u00c0-\u00ff][\u00a1-\u00bf][\u00c0-\u00ff][\u00a1-\u00bf]"
)
_PATTERN = re.compile(_DAMAGE)
_WORD = re.compile(r"[^\W\d_]+")
_NONSENSE = re.compile(
    "[A-Za-z][\u0370-\u0eff]|[\u0370-\u0eff][A-Za-z]|[\u00c0-\u024f]{3}"
    "|[a-z\u0430-\u044f][A-Z\u0410-\u042f][a-z\u0430-\u044f]?[A-Z\u0410-\u042f]"
    # a capital with an accent behind a small letter (kŸnftig, itÕs): Mac Roman read as Windows-1252
    "|[a-z][\u00c0-\u00d6\u00d8-\u00de\u0152\u0160\u0178\u017d]"
)


def damaged_at(text: str) -> int:
    """Where the text lost characters first; -1 where it did not."""
    found = _PATTERN.search(text)
    return found.start() if found else -1


def sense_of(text: str) -> float:
    """The share of the words beyond ASCII that a language may write, 0 to 1: none mixes Latin letters with
    those of another alphabet (Genиve), hardly one has accents on three letters in a row (âûïóñ), or a capital
    within a word (kŸnftig)."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(not _NONSENSE.search(word) for word in words) / len(words) if words else 1.0


def damaged(column: str) -> str:
    """The same of a column, in DuckDB's SQL."""
    return f"regexp_matches({column}, '{_DAMAGE}')"
