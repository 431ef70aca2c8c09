"""The terms that a text is found by. `assets/search-terms.js` says the same for what a reader types.

Both scripts are one (`scripts.fold`). A run of Chinese becomes its pairs of characters, since no segmenter
knows tomorrow's names, and none gives a reader's Simplified query the words of a Traditional text; Latin
words and numbers are whole, apart from each other (Qwen3.8 is `qwen` and `3.8`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from digest_lib.text.scripts import fold

_PIECE = re.compile(
    r"[a-z\u00df-\u024f]+|\d+(?:\.\d+)*|[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)
#: The first character that is written without spaces between words.
_CLOSE = "\u3005"
_ACCENTED = range(0xC0, 0x250)
_PLURAL = 4


def plain(text: str) -> str:
    """The text as it is compared: one script, lower case, half-width, no accents; as long as the text."""
    return fold(text).translate(_accents())


def terms(text: str) -> list[str]:
    """The terms of a text, in order, each as often as it stands there."""
    return [term for piece in _PIECE.findall(plain(text)) for term in _of_piece(piece)]


def _of_piece(piece: str) -> list[str]:
    if piece[0] >= _CLOSE:
        return [a + b for a, b in pairwise(piece)] or [piece]
    if len(piece) >= _PLURAL and piece.endswith("s") and not piece.endswith("ss"):
        return [piece[:-1]]
    return [piece]


@cache
def _accents() -> dict[int, str]:
    return {n: unicodedata.normalize("NFD", chr(n))[0] for n in _ACCENTED}
