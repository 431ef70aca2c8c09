"""Repairs that need no llm: script, usage, invisible characters and sources' handles put right in place."""

from __future__ import annotations

import re

from digest_lib.checking.evidence import quotations
from digest_lib.checking.leaks import HANDLE
from digest_lib.language_names import is_taiwans
from digest_lib.text.scripts import simplified_in, to_simplified, to_traditional
from digest_lib.text.usage import mainland_words

#: What shows nothing and changes nothing. What turns the direction of reading is no slip: it is not mended.
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff]")


#: A handle in brackets, or one that a sentence opens with: 根據 A1 報導，
_HANDLES = re.compile(
    rf"\s{{0,3}}(?:{HANDLE})"
    r"|^(?:(?:根据|依据|依照|据)\s*(?:文章|来源)?\s*|According to (?:article |source )?)"
    r"A\d{1,2}\s*(?:的?报导|报道|指出|所述)?,\s*",
    re.IGNORECASE,
)


def _without_handles(text: str) -> str:
    """The text without the short names of sources in brackets: they are listed beside it."""
    folded = to_simplified(text)
    for match in reversed(list(_HANDLES.finditer(folded))):
        text = text[: match.start()] + text[match.end() :]
    return text


def reworded(text: str, language: str) -> str:
    """The text in its language's script and words, as far as that can be done without knowing what it means;
    the text itself where there is nothing to do. Quotations keep their words, not their script."""
    text = _without_handles(_INVISIBLE.sub("", text))
    if not is_taiwans(language):
        return text
    if simplified_in(text):
        text = to_traditional(text)
    quoted = [(at, at + len(q)) for q in quotations(text) for at in [text.find(q)]]
    for start, end, said in reversed(mainland_words(text)):
        if not any(a <= start < b for a, b in quoted):
            text = text[:start] + said + text[end:]
    return text
