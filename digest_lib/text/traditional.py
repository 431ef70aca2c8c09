"""From Simplified Chinese to what a reader in Taiwan reads: `in_script` the script, `in_words` words too.

What is quoted, and the title of a work, keeps its words in both: only the script of what somebody said may
change. A Traditional text is seen only in the clauses that hold Simplified, for a conversion can harm what
is right (干擾); a Simplified one in every clause but the Traditional ones. A clause whose conversion is not
the clause again when it is converted back is left as it was.
"""

from __future__ import annotations

from functools import lru_cache

from digest_lib.text.conversion import in_taiwans_script
from digest_lib.text.quotation_marks import quoted
from digest_lib.text.scripts import CLAUSES, KANA, has_traditional, is_flagged, language_of
from digest_lib.text.taiwan_words import in_taiwans_words


def in_script(text: str, lang: str = "") -> str:
    """The text in Taiwan's script, character for character: what may stand in quotation marks, and names.

    A text in another language is given back unchanged. `lang` is the language where it is known: a short
    sentence of a Simplified article may hold nothing that shows its script.
    """
    return _traditional(text, lang, words=False)


def in_words(text: str, lang: str = "") -> str:
    """The text in Taiwan's script and words (软件 becomes 軟體), but for what is quoted in it."""
    return _traditional(text, lang, words=True)


def in_words_throughout(text: str) -> str:
    """A Simplified text in Taiwan's script and words, quotations too: so may a writer have quoted it."""
    return _traditional(text, "zh-Hans", words=True, quotations=True)


@lru_cache(maxsize=4096)
def _traditional(text: str, lang: str, *, words: bool, quotations: bool = False) -> str:
    language = lang or language_of(text)
    if not language.startswith("zh"):
        return text
    whole = language == "zh-Hans"
    kept = quoted(text) if words and not quotations else []
    parts, end = [], 0
    for gap in [*((m.start(), m.end()) for m in CLAUSES.finditer(text)), (len(text), len(text))]:
        own = words and not any(a <= end < b for a, b in kept)
        parts += [_clause(text[end : gap[0]], whole=whole, words=own), text[gap[0] : gap[1]]]
        end = gap[1]
    return "".join(parts)


def _clause(clause: str, *, whole: bool, words: bool) -> str:
    if (
        not clause
        or KANA.search(clause)
        or not (is_flagged(clause) or (whole and not has_traditional(clause)))
    ):
        return clause
    converted = in_taiwans_script(clause)
    return in_taiwans_words(clause, converted) if words else converted
