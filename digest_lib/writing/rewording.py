"""Repairs that need no llm: script, usage and invisible characters put right in place, nothing else."""

from __future__ import annotations

import re

from digest_lib.checking.evidence import quotations
from digest_lib.text.scripts import simplified_in, to_traditional
from digest_lib.text.usage import mainland_words

#: What shows nothing and changes nothing. What turns the direction of reading is no slip: it is not mended.
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff]")


def reworded(text: str, language: str) -> str:
    """The text in its language's script and words, as far as that can be done without knowing what it means;
    the text itself where there is nothing to do. Quotations keep their words, not their script."""
    text = _INVISIBLE.sub("", text)
    if language.lower() not in {"zh-tw", "zh-hant"}:
        return text
    if simplified_in(text):
        text = to_traditional(text)
    quoted = [(at, at + len(q)) for q in quotations(text) for at in [text.find(q)]]
    for start, end, said in reversed(mainland_words(text)):
        if not any(a <= start < b for a, b in quoted):
            text = text[:start] + said + text[end:]
    return text
