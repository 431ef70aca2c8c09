"""Is it the model that a name means, or a namesake: Monet, the zodiac, the wind?

A name that is a word of its own elsewhere (Claude, Gemini, Mistral, GPT) means the model where the text
speaks of its field: in one of the field's words, or by another vendor, person, product or version of it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from digest_lib.text.names import Aliases, known_spans
from digest_lib.text.scripts import HAN, fold

#: A capital or a digit inside a name: ChatGPT, xAI, GPT-5. Nothing else is spelled so.
_OWN_SPELLING = re.compile(r"[a-z][A-Z]|\d|[A-Za-z]\s[A-Za-z]")
#: A version after a name: Claude 5, Gemini 3.6 Flash, Mistral Large 3.
_VERSION = re.compile(r"\s?-?(?:(?:Flash|Pro|Ultra|Opus|Sonnet|Haiku|Large|Medium|Small|Max|Mini)\s)?\d")
#: From so many Han characters on a name is nothing else.
_LONG = 4


@cache
def _field() -> re.Pattern[str]:
    words = files("digest_lib.stories").joinpath("field_words.txt").read_text("utf-8").split()
    folded = sorted({fold(w).replace("-", " ") for w in words}, key=lambda w: (-len(w), w))
    latin = "|".join(re.escape(w).replace(r"\ ", "[- ]") for w in folded if w.isascii())
    other = "|".join(re.escape(w) for w in folded if not w.isascii())
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{other}")


def means_the_model(text: str, aliases: Aliases) -> bool:
    """Does anything in the text say that the names in it are the family's?"""
    spans = aliases.spans(text)
    if any(_unlike_words(text[a:b]) or _VERSION.match(text, b) for a, b in spans):
        return True
    if _field().search(fold(text)):
        return True
    return any(
        entry.kind in ("company", "product", "person") and not any(a < end and start < b for a, b in spans)
        for start, end, entry in known_spans(text)
    )


def _unlike_words(name: str) -> bool:
    return bool(_OWN_SPELLING.search(name)) or len(HAN.findall(name)) >= _LONG
