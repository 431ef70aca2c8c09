"""A piece of a title in Chinese: what is done, to what, with what. None where a part of it is not sure.

No piece of a title stands in English within a Chinese sentence but for names. What only adds to what is told
(behind a colon; with what, to what end, behind a name) is left out: its reader has the title beneath.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest_lib.text.english import is_common
from digest_lib.text.names import glossary
from digest_lib.text.scripts import fold
from digest_lib.writing.titles.behind import HANGS
from digest_lib.writing.titles.kept import is_sure_name, may_name
from digest_lib.writing.titles.lexicon import forms, sure_verbs
from digest_lib.writing.titles.naming import brands, in_chinese
from digest_lib.writing.titles.odd import is_odd
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.terms import has_one_sense, is_of_term
from digest_lib.writing.titles.tokens import Token, is_known, is_name, spelled, tokens_of

#: Behind these something is added to what was said.
_MARKS = frozenset({":", ";", "—", "–", "--"})
#: And behind a name: by what means, when, at which occasion.
_ADDED = frozenset(["by", "with", "using", "via", "through", "amid", "after", "following", "ahead", "while"])
#: Who says so, or whether it is so, may stand in what is added; what has one of these is not left out.
_TURNS = re.compile(
    r"\b(?:sources?|says?|said|claims?|claimed|reports?|reported|reportedly|rumou?rs?|rumou?red|hoax|fake|satire"
    r"|parody|opinion|not|never|but|or|if|unless|until|without|denie[sd]|almost|may|might|could|would|should)\b"
    r"|\?|n't\b",
    re.IGNORECASE,
)
#: With these something is done by what is named behind them.
_MEANS = frozenset({"with", "using", "via"})
#: Where something is done that has a name, and how that is said.
PLACES = {"on": "上", "in": "中"}
#: So much hangs on other things at most.
_HANGING = 2
#: And so many 的 stand in it.
_MOST_DE = 1
#: The name of an interface has so many words.
_CALLED = 3
#: A noun before a name at the end: progress Linux 7.0 is none.
_PLACED = re.compile("[中下內]的|來自")
_BEFORE_NAME = re.compile("[\u4e00-\u9fff](?<![的與、於為新家版名者人員師長]) *[A-Za-z0-9][^\u4e00-\u9fff]*$")
#: Two ways to say it are the same but for these.
_SAME = re.compile("[ 的]")
_FOR = re.compile("適用於|用於|[ 的為]")
_WORD = re.compile(r"[A-Za-z]+")
_WORDS = re.compile(r"[A-Za-z][\w.+/&'-]*")
#: Small words of names.
_OF_NAMES = frozenset({"of", "for", "and", "the", "in", "on", "at", "to"})
_JOINS = frozenset({"and", "&", ","})


def adds_only(text: str) -> bool:
    """May this be left out, since it only adds to what stands before it?"""
    return not _TURNS.search(text.replace("’", "'"))


def noun_in(text: str, vendor: str = "", *, raised: bool | None = None) -> str | None:
    """A piece of a title as what it names, whole; `raised`: whether the title gives every word a capital."""
    reading = Reading(piece_of(text, raised=raised), vendor)
    # Under capitals one word may be any: the rise of the Wibble.
    alone = [t for t in reading.tokens if t.low not in {"the", "a", "an"}]
    if raised and len(alone) == 1 and is_name(alone[0]) and not _is_well_known(alone[0]):
        return None
    return placed(reading) or thing_told(reading, 0, len(reading.tokens)) if reading.tokens else None


def piece_of(text: str, *, raised: bool | None) -> list[Token]:
    """The words of a piece of a title."""
    tokens = tokens_of(text.replace("’", "'"))
    return tokens if raised is None else [replace(token, raised=raised) for token in tokens]


def object_told(reading: Reading, at: int, *, whole: bool = False) -> str | None:
    """What a verb is said of, up to the end or to what is added; None where it is not sure. `whole`: nothing
    but what stands behind a colon or a dash is left out."""
    for end in (len(reading.tokens), *_stops(reading, at)):
        # Uses a name to do it: what for belongs to the verb.
        if reading.word(end) != "to" and any(named(reading.tokens[at:to]) for to in _aims(reading, at, end)):
            continue
        # In, under or from what it is may belong to the verb.
        said = thing_told(reading, at, end) if end > at else None
        said = said if said and not _PLACED.search(said) else None
        ends = end == len(reading.tokens) or _may_end(reading, at, end)
        if said and ends and not (whole and end < len(reading.tokens) and reading.word(end) not in _MARKS):
            return said
    return None


def _aims(reading: Reading, at: int, end: int) -> list[int]:
    return [i for i in range(at + 1, end) if reading.word(i) == "to"]


def thing_told(reading: Reading, at: int, end: int) -> str | None:
    """These words as a thing: a name as it is, a noun with what hangs on it in Chinese."""
    tokens = reading.tokens[at:end]
    if name := named(tokens):
        return f" {name} "
    found = [p for p in reading.parts("np", at) if p.end == end and not p.has("deed", "share")]
    return _sure(reading, at, end, found)


def named(tokens: Sequence[Token]) -> str | None:
    """These words as one name, or as several."""
    words = tokens[1:] if tokens and tokens[0].low in {"the", "its", "our"} else tokens
    if any(_is_word(words, i) for i in range(len(words))):
        return None
    if is_sure_name(words) or _is_interface(words):
        return in_chinese(spelled(words))
    cuts = [i for i, t in enumerate(words) if t.low in _JOINS]
    runs = [words[a + 1 : b] for a, b in zip([-1, *cuts], [*cuts, len(words)], strict=True)]
    runs = [run for run in runs if run]
    # Effingham County, Georgia is one place.
    joined = any(words[i].low != "," for i in cuts)
    if not joined or len(runs) < 2 or not all(is_sure_name(run) for run in runs):  # noqa: PLR2004
        return None
    told = [in_chinese(spelled(run)) for run in runs]
    return f"{'、'.join(told[:-1])} 與 {told[-1]}"


def _is_word(words: Sequence[Token], at: int) -> bool:
    """Is it a word rather than part of a name: of a term of several, a verb, a plural?"""
    token = words[at]
    if is_of_term(words, at) and not token.is_capital:
        return True
    acts = any(f.form == "s" and len(f.words) == 1 for f in sure_verbs().get(token.low, ()))
    # LLMs are no name, and what is Japanese has one behind it.
    known = [f for f in forms().get(token.low, ()) if f.words == (token.text,)]
    plural = any(f.form == "pl" for f in known)
    described = any(f.entry.pos == "a" for f in known) and token.text[1:].islower()
    return (acts and at > 0 and token.low not in brands()) or plural or described


def _is_interface(words: Sequence[Token]) -> bool:
    """Is it what programs call, which has a name under capitals: Moderation API?"""
    called = 1 < len(words) <= _CALLED and words[-1].text in {"API", "SDK", "CLI"}
    return called and all(t.text[:1].isupper() and t.kind == "word" for t in words)


def place_at(reading: Reading, at: int) -> str | None:
    """On or in which well-known thing something is done; with @ before it, in which place."""
    tokens = reading.tokens[at + 1 :] if reading.word(at) in {"the", "our"} else reading.tokens[at:]
    first = tokens[0] if tokens else None
    if first is None or not (_is_well_known(first) or _is_place(reading, at) or _is_interface(tokens)):
        return None
    name = named(tokens)
    places = [p for p in reading.parts("name", at) if p.end == len(reading.tokens) and p.has("place")]
    return f"@{places[0].zh}" if places else name


def _is_well_known(token: Token) -> bool:
    """Is it a name beyond doubt, by what it is or how it is written?"""
    known = fold(token.text) in glossary() or is_known(token.text) or token.is_marked
    return known or (token.is_capital and not is_common(token.low))


def _is_place(reading: Reading, at: int) -> bool:
    return any(p.has("place") for p in reading.parts("name", at))


def means_at(reading: Reading, at: int, *, well_known: bool) -> str | None:
    """By means of what something is done, where nothing else stands behind it; `well_known`: it must have a
    name, since what has none may belong to the thing before it: apps with search."""
    if reading.word(at) not in _MEANS or at + 1 >= len(reading.tokens):
        return None
    first = reading.tokens[at + 1]
    if fold(first.text) in glossary() or is_known(first.text) or first.is_marked:
        return named(reading.tokens[at + 1 :])
    return None if well_known else thing_told(reading, at + 1, len(reading.tokens))


def _stops(reading: Reading, at: int) -> Iterator[int]:
    """Where what a verb is said of may end before the title does, the last first."""
    for i in range(len(reading.tokens) - 2, at, -1):
        token = reading.tokens[i]
        if token.text in _MARKS or token.low in _ADDED or token.text == "," or token.low == "to":
            yield i


def _may_end(reading: Reading, at: int, end: int) -> bool:
    """Does what is behind it only add to it?"""
    tokens, word = reading.tokens, reading.word(end)
    # What works with what is the news itself.
    supports = word == "with" and any(t.low in {"support", "compatibility"} for t in tokens[end:])
    if supports or not adds_only(" ".join(t.text for t in tokens[end:])):
        return False
    if tokens[end].text in _MARKS:
        return True
    if tokens[end].text == ",":
        listed = any(t.low == "," for t in tokens[end + 1 :])
        return reading.word(end + 1) in {"a", "an", "the", "its"} and not listed
    is_name = named(tokens[at:end]) is not None
    if word == "to":
        return is_name and any(f.form == "base" for _, f in reading.entries(end + 1, "v"))
    return is_name


def _sure(reading: Reading, at: int, end: int, found: Sequence[Part]) -> str | None:
    """What these words say, where all readings agree and each word is sure."""
    said = _only([p.zh for p in found])
    part = next((p for p in found if p.zh == said), None)
    return said if part and _is_sure(reading, at, end, part) else None


def _is_sure(reading: Reading, at: int, end: int, part: Part) -> bool:
    """Has every word of it one sense, and is it Chinese that is printed?"""
    tokens = reading.tokens[at:end]
    if part.end != end or not has_one_sense(tokens, reading.vendor, hanging=_HANGING):
        return False
    if not is_readable(tokens, part.zh, noun=not part.has("deed")):
        return False
    # A name with something on it (against, in) is what is done there.
    name = next((i for i, t in enumerate(tokens) if not may_name(t)), len(tokens))
    if 0 < name < len(tokens) and tokens[name].low in HANGS - {"for", "of"} and named(tokens[:name]):
        return False
    # One countable thing without an article may be a name, or be cut off.
    cut = part.has("bare") and part.has("sg") and not part.has("m", "pl", "name") and len(tokens) == 1
    said = spaced(part.zh)
    return not cut and said.count("的") <= _MOST_DE and not is_odd(f"談 {said}", tokens)


def has_small(tokens: Sequence[Token], said: str) -> bool:
    """Is a word left in English that is written small, and that is no well-known name?"""
    small = {t.text for t in tokens if t.text.islower() and t.text.isalpha() and not is_known(t.text)}
    return bool((small - _OF_NAMES) & set(_WORD.findall(said)))


def is_readable(tokens: Sequence[Token], said: str, *, noun: bool) -> bool:
    """Is what is left in English of these words a name that a reader knows as one?"""
    if has_small(tokens, said) or any("*" in t.text for t in tokens):
        return False
    dated = tokens[-1].kind == "word" and tokens[-1].text[0].isdigit()
    hangs = noun and bool(_BEFORE_NAME.search(said.strip())) and not tokens[0].text[:1].isdigit()
    return not (dated or hangs) and all(_is_told(t, said) for t in tokens)


def _is_told(token: Token, said: str) -> bool:
    """Under capitals a word that no list has is left in English only where it is written like a name."""
    if not token.raised or token.kind != "word" or token.text not in _WORDS.findall(said):
        return True
    return _is_well_known(token) or token.low in brands()


def _only(found: Sequence[str]) -> str | None:
    """The one thing that is said, where all readings say it; where nothing is listed, what something is for
    may stand at it or at what is done: 為學生打造工具, 打造適用於學生的工具."""
    if len({_SAME.sub("", s) for s in found}) < 2:  # noqa: PLR2004
        return found[0] if found else None
    listed = any(mark in s for s in found for mark in "與、並")
    alike = {"".join(sorted(_FOR.sub("", s))) for s in found}
    return found[0] if len(alike) == 1 and not listed else None


def said_told(reading: Reading, at: int) -> str | None:
    """What somebody says, whole."""
    said = whole_told(reading, "clause", at)
    return said and said.strip()


def whole_told(reading: Reading, rule: str, at: int, how: str = "") -> str | None:
    """From here to the end by a rule of the grammar, where each word is sure and all readings agree."""
    end = len(reading.tokens)
    return _sure(reading, at, end, [p for p in reading.parts(rule, at, how) if p.end == end])


def placed(reading: Reading) -> str | None:
    """A thing on or in another that has a name: Structured outputs on Auroxa."""
    for at in range(len(reading.tokens) - 2, 0, -1):
        inside = PLACES.get(reading.word(at))
        where = place_at(reading, at + 1) if inside else None
        thing = thing_told(reading, 0, at) if where else None
        # Notes on it are about it.
        about = any(f.entry.has("doc") for _, f in reading.entries(at - 1, "n"))
        if where and thing and not about and "的" not in spaced(thing):
            return f"{where.removeprefix('@')} {'' if where.startswith('@') else inside}的{thing}"
    return None
