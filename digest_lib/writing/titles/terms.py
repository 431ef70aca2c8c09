"""Whether the words of a title have one sense each: names, terms of several words, words of `plain.txt`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from digest_lib.text.english import is_common
from digest_lib.writing.titles.joints import DAYS, MONTHS
from digest_lib.writing.titles.lexicon import forms, sure_verbs, table
from digest_lib.writing.titles.naming import brands
from digest_lib.writing.titles.tokens import Token, is_known, is_name

#: Words that join the others; and those that hang one thing on another, of which one at most is surely read.
_SMALL = frozenset(
    ["a", "an", "the", "and", "how", "why", "to", "is", "are", "can", "we", "not", "no", "longer", "do",
     "does", "should", "will", "must", "i", "what", "that", "some"]
)  # fmt: skip
_CALENDAR = frozenset([*DAYS, *MONTHS])
_HANGING = frozenset(
    [
        "for",
        "in",
        "of",
        "on",
        "with",
        "from",
        "about",
        "at",
        "through",
        "by",
        "against",
        "across",
        "into",
        "during",
    ]
)


def has_one_sense(tokens: Sequence[Token], vendor: str = "", *, hanging: int = 0) -> bool:
    """Has each word one sense, and is it sure what belongs to what: do so many at most hang on others?"""
    if sum(t.low in _HANGING for t in tokens) > hanging:
        return False
    return all(_is_sure(tokens, at, vendor) for at in range(len(tokens)))


def _is_sure(tokens: Sequence[Token], at: int, vendor: str) -> bool:
    token = tokens[at]
    if token.kind != "word":
        return token.kind in {"number", "quote", "money", "share"} or token.text in {"?", "'s"}
    small = token.low in _SMALL or token.low in _HANGING or (token.low == "our" and bool(vendor))
    if small or token.low in _plain() or is_of_term(tokens, at):
        return True
    if is_name(token) and (is_known(token.text) or token.is_marked or not is_common(token.low)):
        # Grok Bot, Image GPT: beside a name, a word may be of the name.
        beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
        return not any(_is_noun(t) and t.low not in brands() for t in beside) or not token.raised
    if at and token.text[:1].isupper() and token.low in brands():
        return True
    return token.low in sure_verbs() or _is_plain_verb(token.low) or _has_one(token.low)


def _has_one(word: str) -> bool:
    """Is it a noun or an adjective that has one Chinese word, and no other beside other words?"""
    senses = [f.entry for f in forms().get(word, ()) if len(f.words) == 1]
    known = {e.pos for e in senses} <= {"n", "a"} and len({e.zh for e in senses}) == 1
    return known and bool(senses[0].zh) and not {word, senses[0].en} & (several() | _loose())


def _is_plain_verb(word: str) -> bool:
    """Is it a verb of one sense, an adverb, a month or a day, or a small word of the grammar's?"""
    senses = {f.entry.zh for f in forms().get(word, ()) if f.entry.pos == "v" and len(f.words) == 1}
    one = len(senses) == 1 and not any(f.entry.pos == "n" for f in forms().get(word, ()))
    adverb = any(f.entry.pos == "d" for f in forms().get(word, ()))
    return (one and word not in several()) or adverb or word in _CALENDAR or word in _small()


@cache
def _small() -> frozenset[str]:
    names = ("modal", "be", "passive", "degree", "limit", "cardinal", "determiner", "currency")
    return frozenset(word for name in names for en in table(name) for word in en.split())


def _is_noun(token: Token) -> bool:
    return token.kind == "word" and token.raised and token.low in _plain() and not token.text.isupper()


def is_of_term(tokens: Sequence[Token], at: int) -> bool:
    """Does this word stand in a term of several, which has one sense: supply chain?"""
    low = [t.low for t in tokens]
    for begin in range(max(0, at - 3), at + 1):
        for form in forms().get(low[begin], ()):
            words = [w.lower() for w in form.words]
            if len(words) > 1 and begin + len(words) > at and low[begin : begin + len(words)] == words:
                return True
    return False


@cache
def _plain() -> frozenset[str]:
    return _listed("plain.txt")


@cache
def _loose() -> frozenset[str]:
    return _listed("loose.txt")


@cache
def several() -> frozenset[str]:
    """Words of several senses."""
    return _listed("senses.txt")


def _listed(name: str) -> frozenset[str]:
    """The words of a file, in small letters; a line that begins with # is a remark."""
    text = files("digest_lib.writing.titles").joinpath(name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.lower() for line in lines for word in line.split())
