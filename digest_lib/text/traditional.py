"""From Simplified Chinese to what a reader in Taiwan reads: `in_script` the script, `in_words` words too.

What is quoted, and the title of a work, keeps its words in both: only the script of what somebody said may
change. A Traditional text is seen only in the clauses that hold Simplified, for a conversion can harm what
is right (干擾); a Simplified one in every clause but the Traditional ones. A clause whose conversion is not
the clause again when it is converted back is left as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from digest_lib.text.conversion import Choice, in_taiwans_script, script_choices
from digest_lib.text.quotation_marks import quoted
from digest_lib.text.scripts import CLAUSES, KANA, has_traditional, is_flagged, language_of
from digest_lib.text.taiwan_words import in_taiwans_words


def in_script(text: str, lang: str = "") -> str:
    """The text in Taiwan's script, character for character: what may stand in quotation marks, and names.

    A text in another language is given back unchanged. `lang` is the language where it is known: a short
    sentence of a Simplified article may hold nothing that shows its script.
    """
    return _traditional(text, lang, words=False)


def choices_of(text: str, lang: str = "") -> list[Choice]:
    """`in_script` by characters, each with what else it may be; what needs no converting is what it is."""
    language = lang or language_of(text)
    whole, choices = language == "zh-Hans", list[Choice]()
    for part, is_clause in _parts(text):
        converts = is_clause and language.startswith("zh") and _is_converted(part, whole=whole)
        choices += script_choices(part) if converts else map(Choice, part)
    return choices


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
    parts, start = list[str](), 0
    for part, is_clause in _parts(text):
        own = words and not any(a <= start < b for a, b in kept)
        parts.append(_clause(part, whole=whole, words=own) if is_clause else part)
        start += len(part)
    return "".join(parts)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text's clauses (True) and what stands between them."""
    end = 0
    for gap in CLAUSES.finditer(text):
        yield text[end : gap.start()], True
        yield gap.group(), False
        end = gap.end()
    yield text[end:], True


def _is_converted(clause: str, *, whole: bool) -> bool:
    if not clause or KANA.search(clause):
        return False
    return is_flagged(clause) or (whole and not has_traditional(clause))


def _clause(clause: str, *, whole: bool, words: bool) -> str:
    if not _is_converted(clause, whole=whole):
        return clause
    converted = in_taiwans_script(clause)
    return in_taiwans_words(clause, converted) if words else converted
