"""What a text is about, in classes of words that say the same in Chinese and English (`matters.tsv`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from digest_lib.text.lexicon import rows, words
from digest_lib.text.patterns import led


@cache
def _classes() -> re.Pattern[str]:
    return led("|".join(f"(?P<{name}>{words(field)})" for name, field in rows("checking", "matters.tsv")))


@lru_cache(maxsize=8192)
def matters(folded: str) -> frozenset[str]:
    """The classes that a folded text has a word of."""
    return frozenset(m.lastgroup for m in _classes().finditer(folded) if m.lastgroup)
