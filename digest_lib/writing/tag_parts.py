"""Tags that are a part of a name: by what the texts of their story say before them and behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from digest_lib.text.names import by_canonical, glossary, known_spans
from digest_lib.text.scripts import fold

#: Latin words with a capital beside each other, and versions: Grok Voice Think Fast2.0, Gemini 3.6 Flash.
_WORD: Final = r"(?=[a-z]*[A-Z])[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*"
_VERSION: Final = r"(?:v\d{1,2}|\d{1,2}(?:\.\d+)*)(?![\dA-Za-z%.,:/-])"
RUN: Final = re.compile(rf"(?<![A-Za-z0-9@/.-]){_WORD}(?: (?:{_WORD}|{_VERSION}))*")
_ITS_VERSION: Final = re.compile(rf" {_VERSION}(?= |$)")


def told_whole(tag: str, texts: Sequence[str], tags: Iterable[str]) -> str:
    """A tag with the product before it that the texts tell it with: Claude Opus 5 for Opus 5. Empty for a
    part of a name: always told with other words before it that are no maker's (Cyber of Gemini 3.5 Flash
    Cyber), one of a series of which another is among the `tags` (Terra beside GPT-5.6 Luna), or another of
    them without its version (Gemini Flash beside Gemini 3.6 Flash). What many know is a name by itself."""
    if fold(tag) in glossary() or not tag.isascii():
        return tag
    others = [other for other in tags if other != tag]
    leads = _leads(tag, texts)
    # Opus 5 is short for Claude Opus 5 wherever it stands alone; Zapier is no part of a Claude Zapier.
    numbered = re.search(rf" {_VERSION}$", tag)
    usual = Counter(lead for lead in leads if lead or not numbered).most_common(1)
    if usual and _is_product(usual[0][0]):
        return f"{usual[0][0]} {tag}"
    is_one_of = any(lead and other.startswith(f"{lead} ") for lead in leads for other in others)
    is_less = any(_ITS_VERSION.sub("", other) == tag for other in others)
    return "" if is_one_of or is_less or (leads and all(leads)) else tag


def _leads(tag: str, texts: Sequence[str]) -> list[str]:
    """What stands before the tag wherever it stands, of Latin words and versions, but for who made it."""
    before = rf"(?:(?:{_WORD}|{_VERSION})[ -])*"
    pattern = re.compile(rf"(?<![A-Za-z0-9.-])({before}){re.escape(tag)}(?![A-Za-z0-9])")
    return [without_maker(m[1]).strip(" -") for text in texts for m in pattern.finditer(text)]


def _is_product(name: str) -> bool:
    entry = by_canonical().get(glossary().get(fold(name), ""))
    return entry is not None and entry.kind == "product"


def without_maker(run: str) -> str:
    """Latin words beside each other without the company that stands before a name."""
    while (maker := next(iter(known_spans(run)), None)) and maker[0] == 0 and maker[2].kind != "product":
        run = run[maker[1] :].strip()
    return run
