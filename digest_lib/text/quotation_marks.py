"""What stands in quotation marks, and between the marks of a title."""

from __future__ import annotations

import re

_PAIRS = {"「": "」", "『": "』", "“": "”", "‘": "’", "《": "》", "〈": "〉"}
_STRAIGHT = re.compile(r'"[^"\n]{2,300}"')


def quoted(text: str) -> list[tuple[int, int]]:
    """The beginning and end of each quotation and each title of a work, the outermost of nested ones.

    A mark that is not closed quotes what follows it: a text may have been cut off.
    """
    found, stack = list[tuple[int, int]](), list[int]()
    for i, character in enumerate(text):
        if character in _PAIRS:
            stack.append(i)
        elif stack and character == _PAIRS[text[stack[-1]]]:
            start = stack.pop()
            if not stack:
                found.append((start, i + 1))
    if stack:
        found.append((stack[0], len(text)))
    return sorted([*found, *(m.span() for m in _STRAIGHT.finditer(text))])
