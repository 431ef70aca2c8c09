"""How much of a text a prompt may hold, in tokens, estimated without a tokenizer of any one model.

A Han character or kana counts as one token, other text as one for every four characters: what the tokenizers
of current models take, or a little more. A budget wants an upper bound; the bill is the server's.
"""

from __future__ import annotations

_LATIN = 0.25
_FIRST_WIDE = "\u2e80"
#: Of the estimate, what even the thriftiest tokenizer takes; shorter prompts tell nothing, and fit anywhere.
_LEAST, _SHORT = 0.4, 1_000
#: Sizes of contexts are multiples of it.
_CONTEXTS = 1024


def estimated(text: str) -> int:
    """Tokens of the text, estimated."""
    wide = sum(c >= _FIRST_WIDE for c in text)
    return round(wide + (len(text) - wide) * _LATIN)


def read_less(reported: int, text: str) -> bool:
    """Whether a server that reports so many tokens for a prompt has read less than the whole of it.

    No tokenizer in use takes less than half of what is estimated here. A server that fills its context to
    the brim reports the context's size.
    """
    whole = estimated(text)
    if whole < _SHORT:
        return False
    return reported < whole * _LEAST or (reported < whole and reported % _CONTEXTS == 0)


def cut(text: str, tokens: int) -> str:
    """As much of the beginning of the text as fits."""
    left = float(tokens)
    for i, character in enumerate(text):
        left -= 1 if character >= _FIRST_WIDE else _LATIN
        if left < 0:
            return text[:i]
    return text
