"""Things that an English title names, in Chinese, where the title as a whole is not told: 語音模式 of «Think
through hard problems in voice mode».

Said is that they are named, nothing of them; so no more must be sure of a title than where such a phrase
begins and ends, and that it is made of terms of several words, which have one sense: of other phrases whose
words have one each, 15 of 64 were wrong (企業 AI for «corporate AI»), of these none of 36
(`bench/gists/README.md`).
"""

from __future__ import annotations

from collections.abc import Iterator

from digest_lib.text.names import glossary
from digest_lib.text.scripts import HAN, fold
from digest_lib.writing.titles import nouns, phrases  # noqa: F401 - they are the grammar's rules
from digest_lib.writing.titles.lexicon import forms, sure_verbs, table
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.terms import is_of_term
from digest_lib.writing.titles.tokens import Token, tokens_of

#: What is shorter in Chinese tells nothing: 觀察.
_SHORTEST = 3
#: Beside these a phrase ends, or begins: words that join it to others. Behind «without» is what there is not.
_JOINS = frozenset(
    ["about", "across", "after", "against", "and", "are", "around", "as", "at", "before", "beyond",
     "but", "by", "can", "could", "do", "does", "during", "for", "from", "has", "have", "how", "if",
     "in", "into", "is", "of", "on", "or", "over", "should", "that", "through", "to", "toward",
     "towards", "under", "via", "vs", "was", "were", "what", "when", "where", "while", "who", "why",
     "will", "with", "&", "+", "'s"]
)  # fmt: skip
#: What stands before a noun and says only which it is, or how many.
_OPENS = frozenset(
    ["a", "an", "the", "our", "your", "my", "its", "their", "this", "that", "these", "those", "new", "more"]
)


def subjects(title: str) -> list[str]:
    """The things that the title names, each once, as they come."""
    tokens = tokens_of(title.replace("’", "'"))
    return list(dict.fromkeys(spaced(zh) for zh in _phrases(Reading(tokens))))


def _phrases(reading: Reading) -> Iterator[str]:
    at = 0
    while at < len(reading.tokens):
        found = next((p for p in reading.parts("core", at) if _is_sure(reading, at, p)), None)
        if found and _begins(reading, at) and not _may_be_called(reading, at, found.end):
            yield found.zh
        at = found.end if found else at + 1


def _is_sure(reading: Reading, at: int, part: Part) -> bool:
    """Is it a phrase of known words, read in one way, and whole?"""
    words = reading.tokens[at : part.end]
    if part.entry is None or part.has("money", "share", "name", "deed", "place", "t", "common"):
        return False
    long = len(part.zh.strip()) >= _SHORTEST and bool(HAN.search(part.zh))
    known = long and all(_is_known(word) for word in words) and not _opens(words[0])
    ways = {other.zh for other in reading.parts("core", at) if other.end == part.end and other.entry}
    of_terms = all(is_of_term(reading.tokens, place) for place in range(at, part.end))
    return known and of_terms and len(ways) == 1 and _ends(reading, part.end)


def _is_known(token: Token) -> bool:
    """Is it a word of the lexicon, and no name?"""
    return token.kind == "word" and token.low in forms() and fold(token.text) not in glossary()


def _opens(token: Token) -> bool:
    return token.low in _OPENS or token.low in table("cardinal") or token.low in table("determiner")


def _ends(reading: Reading, at: int) -> bool:
    """Does nothing stand there that may be of the phrase?"""
    return at >= len(reading.tokens) or reading.tokens[at].kind != "word" or reading.word(at) in _JOINS


def _begins(reading: Reading, at: int) -> bool:
    """The same of what stands before it; a verb has it behind itself."""
    before = reading.tokens[at - 1] if at else None
    if before is None or before.kind == "mark" or before.low in _JOINS or _opens(before):
        return True
    verb = any(form.entry.pos == "v" and form.form == "ing" for form in forms().get(before.low, ()))
    return verb or (before.kind == "word" and before.low in sure_verbs() and not before.is_capital)


def _may_be_called(reading: Reading, at: int, end: int) -> bool:
    """May it be the name of a series or a product? It stands first, and a mark or a number stands behind it:
    Rational Security: …, Framework Laptop 13."""
    first, behind = reading.tokens[at], reading.tokens[end : end + 1]
    return first.begins and first.text[:1].isupper() and bool(behind) and behind[0].kind in {"mark", "number"}
