"""Names in titles: runs of words that are kept as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from digest_lib.text.english import is_common
from digest_lib.text.names import entries, glossary
from digest_lib.text.scripts import fold
from digest_lib.writing.titles.joints import DAYS, MONTHS
from digest_lib.writing.titles.lexicon import forms, table
from digest_lib.writing.titles.reading import Part, Reading, rule
from digest_lib.writing.titles.tokens import is_known, is_name, spelled

#: «May» may be a verb.
_CALENDAR = frozenset([*DAYS, *MONTHS]) - {"may"}
#: What a name of two words has «of» behind.
_OF = frozenset(
    [
        "university",
        "department",
        "bank",
        "institute",
        "house",
        "ministry",
        "secretary",
        "bureau",
        "board",
        "council",
        "court",
        "republic",
        "school",
        "college",
        "museum",
        "academy",
        "memorandum",
        "office",
        "director",
    ]
)
#: What begins a question and no name, though its word be one: Why Go.
_ASKS = frozenset(["why", "how", "what", "when", "where", "who", "which", "if", "i"])
_GOVERNMENT = re.compile(r"(?:the )?Government of (?:the )?(.+)|(.+) [Gg]overnment")
#: What makes a name of the word before it: Reality Labs.
_HEADS = frozenset({"labs", "institute", "foundation", "university", "ventures", "capital"})


@rule("name")
def _name(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A run of words that name one thing."""
    tokens, end = reading.tokens, at
    if reading.word(at) in _ASKS and reading.word(at + 1) not in brands():
        return
    while end < len(tokens) and _goes_on(reading, at, end):
        end += 1
    if end == at or not _is_whole(reading, at, end):
        return
    for stop in range(end, at, -1):
        text = spelled(tokens[at:stop])
        kind = _kind_of(text)
        said = in_chinese(text)
        # Cut short of its run, only what is well known is a name: Claude Code of «Claude Code quality».
        if stop == end or kind:
            common = not tokens[at].is_marked and is_common(tokens[at].low)
            lone = common and stop == at + 1 and not kind
            score = 0.0 if kind or is_known(tokens[at].text) else -0.05
            yield Part(stop, said, frozenset({"name", *kind, *(["lone"] if lone else [])}), None, score)


def _goes_on(reading: Reading, at: int, end: int) -> bool:
    """Does the name that begins at `at` have this word, too?"""
    token = reading.tokens[end]
    # Vibe coding is a noun of two words, wherever it stands.
    if not token.is_capital and any(len(f.words) > 1 for _, f in reading.entries(end, "n")):
        return is_known(token.text) and is_name(token)
    if token.kind == "number":
        return (
            end > at
            and token.text[-1].isdigit()
            and reading.word(end + 1).rstrip("s") not in {"year", "million", "day", "%"}
        )
    if token.low in _CALENDAR:
        return False
    if token.low == "of":
        named = end > at and reading.word(end - 1) in _OF and end + 1 < len(reading.tokens)
        return named and is_name(reading.tokens[end + 1])
    written = token.text in _written() or (token.raised and token.low in _written_small())
    if written and not (end > at and token.low in brands()):
        return False
    return _names(reading, at, end) or (end == at and token.begins and _begins(reading, end))


def _names(reading: Reading, at: int, end: int) -> bool:
    """Is it a word of a name by itself, or for what stands beside it?"""
    token = reading.tokens[end]
    if token.text[:1].isupper():
        # The University of Pittsburgh; Claude Design; Reality Labs.
        named = token.low in _OF and reading.word(end + 1) == "of" and end + 2 < len(reading.tokens)
        if named and is_name(reading.tokens[end + 2]):
            return True
        if end > at and token.raised and token.low in brands():
            return True
        behind = reading.tokens[end + 1] if end + 1 < len(reading.tokens) else None
        # Blender 4.4: what has a version is a program.
        if behind and "." in behind.text[1:] and behind.text[0].isdigit() and not _is_term(reading, end):
            return True
        if reading.word(end + 1) in _HEADS and reading.tokens[end + 1].text[:1].isupper():
            return True
    return is_name(token) and (token.is_capital or _stands_alone(reading, end) or not _is_term(reading, end))


def _begins(reading: Reading, at: int) -> bool:
    """A common word that begins a title and a name: Cognizant and Anthropic; Agent of Agent Skills."""
    token = reading.tokens[at]
    behind = reading.tokens[at + 1] if at + 1 < len(reading.tokens) else None
    if not token.text[:1].isupper() or behind is None:
        return False
    if not _is_term(reading, at):
        return _acts(reading, at)
    plain = behind.is_capital and not behind.is_marked and not is_known(behind.text)
    noun = any(f.entry.pos == "n" for _, f in reading.entries(at, "n"))
    return plain and noun and not token.raised and _is_term(reading, at + 1)


def _acts(reading: Reading, at: int) -> bool:
    """Is a word that the lexicon has not, first in a title, who does it?"""
    token, after = reading.tokens[at], reading.tokens[at + 1]
    if after.text[:1].isupper() and after.low in brands():
        return True
    verb = any(f.form == "s" and len(f.words) == 1 for _, f in reading.entries(at + 1, "v"))
    return verb and not token.raised


def _is_term(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    return any(f.words in {(token.low,), (token.text,)} for f in forms().get(token.low, ()))


@cache
def _written() -> frozenset[str]:
    """Words of the lexicon that are written with a capital: American, LLMs."""
    known = (f.words[0] for rows in forms().values() for f in rows if len(f.words) == 1)
    return frozenset(w for w in known if w != w.lower())


@cache
def _written_small() -> frozenset[str]:
    return frozenset(w.lower() for w in _written() if "-" in w)


@cache
def brands() -> frozenset[str]:
    """Words that end names: Claude Code, Reality Labs."""
    return frozenset(table("brand"))


def _stands_alone(reading: Reading, at: int) -> bool:
    token = reading.tokens[at]
    known = is_known(token.text) and is_name(token)
    return (token.is_marked and not _is_term(reading, at)) or known


def _is_whole(reading: Reading, at: int, end: int) -> bool:
    return any(not t.text[0].isdigit() or t.is_marked for t in reading.tokens[at:end])


def in_chinese(text: str) -> str:
    """A name; that of a place in Chinese, where a list has it."""
    if government := _GOVERNMENT.fullmatch(text):
        where = in_chinese(government[1] or government[2])
        return f"{where}政府" if not where.isascii() else text
    if "place" not in _kind_of(text):
        return text
    if text in _places():
        return _places()[text]
    canonical = glossary().get(fold(text))
    spellings = next((e.spellings for e in entries() if e.canonical == canonical), ())
    return next((s for s in spellings if re.fullmatch("[\u4e00-\u9fff]+", s)), text)


def _kind_of(text: str) -> set[str]:
    canonical = glossary().get(fold(text))
    if not canonical:
        return {"place"} if text in _places() else set()
    kind = next((e.kind for e in entries() if e.canonical == canonical), "")
    return {"known", {"company": "o", "body": "o", "person": "person", "place": "place"}.get(kind, "product")}


@cache
def _places() -> dict[str, str]:
    """Places that the glossary has not, in Chinese."""
    return {en.title(): zh for en, zh in table("place").items()}
