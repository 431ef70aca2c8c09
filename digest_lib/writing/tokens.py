"""How much of a text a prompt may hold, in tokens, estimated without a tokenizer of any one model.

A Han character or kana counts as one token, other text as one for every four characters: what the tokenizers
of current models take, or a little more. A budget wants an upper bound; the bill is the server's.
"""

from __future__ import annotations

_LATIN = 0.25
_FIRST_WIDE = "\u2e80"


def estimated(text: str) -> int:
    """Tokens of the text, estimated."""
    wide = sum(c >= _FIRST_WIDE for c in text)
    return round(wide + (len(text) - wide) * _LATIN)


def cut(text: str, tokens: int) -> str:
    """As much of the beginning of the text as fits."""
    left = float(tokens)
    for i, character in enumerate(text):
        left -= 1 if character >= _FIRST_WIDE else _LATIN
        if left < 0:
            return text[:i]
    return text
