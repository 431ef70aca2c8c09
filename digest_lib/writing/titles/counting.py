"""What an English text counts, in Traditional Chinese: «9,000 employees» is 9,000 名員工."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.tokens import Token, tokens_of

#: Words that change a number before them or after them: what has one is left out.
_BEFORE = frozenset([
    "than", "nearly", "almost", "about", "around", "roughly", "under", "least", "most", "per", "no", "not",
    "between", "and", "or", "every", "within", "top", "-", "–", "—", "/",
])  # fmt: skip
_AFTER = frozenset(["to", "or", "-", "–", "—", "/", "out", "per"])
_LIMITS = (("more", "than"), ("up", "to"), ("over",), ("fewer", "than"), ("less", "than"))
#: Times and bare money say little alone.
_UNTOLD = ("t", "m", "version")


def counted_in(sentence: str) -> list[str]:
    """What the sentence counts, each once, in its order; none that is not sure."""
    tokens = tokens_of(sentence)
    reading = Reading(tokens)
    found = (_told(reading, tokens, at) for at in range(len(tokens)))
    return list(dict.fromkeys(zh for zh in found if zh))


def _told(reading: Reading, tokens: Sequence[Token], at: int) -> str:
    """The thing counted at a token; "" where none is."""
    if tokens[at].kind not in {"number", "share"}:
        return ""
    start = next((at - len(limit) for limit in _LIMITS if _stands(tokens, at - len(limit), limit)), at)
    before = tokens[start - 1] if start else None
    # The number of a name counts nothing: the LLVM 23 series.
    if start > 1 and before and before.low == "to" and tokens[start - 2].kind == "number":
        return ""
    if before and (before.low in _BEFORE or (start > 1 and before.text[:1].isupper())):
        return ""
    part = next(iter(_countings(reading, start)), None)
    if part is None or (part.end < len(tokens) and tokens[part.end].low in _AFTER):
        return ""
    return spaced(part.zh.strip())


def _stands(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> bool:
    return at >= 0 and tuple(t.low for t in tokens[at : at + len(words)]) == words


def _countings(reading: Reading, at: int) -> Iterator[Part]:
    """Readings of a count with what it counts, the longest first."""
    for part in reading.parts("core", at):
        is_share = part.has("share") and " 的" in part.zh
        if "「" in part.zh:
            continue
        if is_share or (part.entry and part.has("pl") and not part.has(*_UNTOLD) and not part.has("share")):
            yield part
