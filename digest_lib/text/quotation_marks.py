"""What stands in quotation marks, and between the marks of a title."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PAIRS = {"「": "」", "『": "』", "“": "”", "‘": "’", "《": "》", "〈": "〉"}
_STRAIGHT = re.compile(r'"[^"\n]{2,300}"')


def quoted(text: str) -> list[tuple[int, int]]:
    """The beginning and end of each quotation and each title of a work, the outermost of nested ones.

    A mark that is not closed quotes what follows it: a text may have been cut off.
    """
    found, unclosed = outermost(text, _PAIRS)
    if unclosed is not None:
        found.append((unclosed, len(text)))
    return sorted([*found, *(m.span() for m in _STRAIGHT.finditer(text))])


def outermost(text: str, pairs: Mapping[str, str]) -> tuple[list[tuple[int, int]], int | None]:
    """What stands between marks of `pairs` (opening: closing), marks included, the outermost of nested ones;
    and where an outermost mark opens that nothing closes."""
    found, stack = list[tuple[int, int]](), list[int]()
    for i, character in enumerate(text):
        if character in pairs:
            stack.append(i)
        elif stack and character == pairs[text[stack[-1]]]:
            start = stack.pop()
            if not stack:
                found.append((start, i + 1))
    return found, stack[0] if stack else None
