"""The words and marks of an English title, and what its capitals say of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from digest_lib.text.english import is_common
from digest_lib.text.names import glossary
from digest_lib.text.scripts import fold

_AMOUNT = r"(?:US|NT)?[$€£] ?\d[\d,]*(?:\.\d+)?(?: ?(?:k|mn?|bn?|tn?|thousand|million|billion|trillion)\b)?"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?: ?(?:thousand|million|billion|trillion)\b|[KMBkmb]\b)?"
_TOKEN = re.compile(
    rf"(?P<money>{_AMOUNT})|(?P<share>\d+(?:\.\d+)? ?%)|(?P<quote>“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w))"
    rf"|(?P<number>(?<![\w.]){_NUMBER}(?![\w.+/-]*\w))"
    r"|(?P<word>[$/]?\.?[A-Za-z0-9\u00c0-\u024f](?:[\w\u00c0-\u024f.+/&_·*#']|[-|](?=\w))*[+#]*)|(?P<mark>—|–|…|\.\.\.|--|.)",
    re.IGNORECASE,
)  # fmt: skip
_LONG = 6
_PRONOUNS = frozenset(["us", "it", "who", "am", "are", "is", "i", "we", "he", "she", "they", "them", "our"])
_SHORTENED = frozenset(["Inc.", "Corp.", "Ltd.", "Prof.", "Gov.", "Sen."])
#: Words that a headline leaves small, so that they say nothing of how it is written.
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "as",
        "vs",
        "via",
        "is",
        "are",
        "be",
        "into",
        "over",
        "than",
        "that",
        "this",
        "its",
        "your",
        "our",
        "when",
        "what",
        "their",
        "them",
        "they",
        "after",
        "about",
        "against",
        "among",
        "before",
        "between",
        "under",
        "until",
        "while",
        "without",
        "how",
    ]
)
#: Bodies and people, as the last word of a name: they are not put on a market.
BODIES = frozenset([
    "alliance", "ambassadors", "board", "coalition", "cohort", "committee", "consortium", "council",
    "fellows", "finalists", "foundation", "institute", "lab", "members", "partners", "team", "winners",
])  # fmt: skip
_WORDS = re.compile(r"(?<![\w./'-])[A-Za-z][a-z]+(?![\w./])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark, amount, share, number or quotation of a title."""

    text: str
    kind: str
    low: str
    begins: bool  #: it stands where any word has a capital: first in the title, or after a colon
    raised: bool  #: every word around it has a capital, which says nothing
    coined: bool = False  #: the only word of its title that no dictionary has, written small: famfs

    @property
    def is_marked(self) -> bool:
        """Is it written as only names and terms are: GPT, vLLM, v0.26, 5.6?"""
        parts = self.text.split("-")
        return any(c.isdigit() or c == "_" for c in self.text) or any(
            c.isupper() for part in parts for c in part[1:]
        )

    @property
    def is_capital(self) -> bool:
        """Has it a capital that says that it is a name?"""
        return self.text[:1].isupper() and not self.begins and not self.raised


def tokens_of(title: str) -> list[Token]:
    """The tokens of a title, possessive endings by themselves."""
    found: list[Token] = []
    for piece in re.split(r"(?<=[:?!;|—–])(?= )", title):
        found += _tokens(piece, raised=is_raised(piece) or is_raised(title))
    coined = {t.low for t in found if _is_coined(t)}
    return [replace(t, coined=True) if t.low in coined else t for t in found] if len(coined) == 1 else found


def _is_coined(token: Token) -> bool:
    plain = token.kind == "word" and token.text.isascii() and token.text.isalpha() and token.text.islower()
    built = token.low.endswith(("ing", "ed", "ly", "ize", "able", "ness", "ful", "less", "ish", "ism"))
    return plain and len(token.low) > 3 and not built and not is_common(token.low)  # noqa: PLR2004


def _tokens(piece: str, *, raised: bool) -> list[Token]:
    found: list[Token] = []
    begins = True
    for match in _TOKEN.finditer(piece):
        kind, text = match.lastgroup or "mark", match.group()
        if text.isspace():
            continue
        stopped = kind == "word" and text.count(".") == 1 and text.endswith(".") and len(text) > 3  # noqa: PLR2004
        stopped = stopped and text not in _SHORTENED
        text = text.removesuffix(".") if stopped else text
        bare, ending = _parted(text) if kind == "word" else (text, "")
        found.append(Token(bare, kind, bare.lower(), begins, raised))
        if ending:
            found.append(Token(ending, "mark", "'s", False, raised))
        if stopped:
            found.append(Token(".", "mark", ".", False, raised))
        begins = stopped or (kind == "mark" and text not in ",&")
    return found


def _parted(word: str) -> tuple[str, str]:
    if word.endswith("'s"):
        return word[:-2], "'s"
    return (word[:-1], "'") if word.endswith("s'") else (word, "")


def is_raised(text: str) -> bool:
    """Is (nearly) every word written with a capital?"""
    words = [w for w in _WORDS.findall(text) if w.lower() not in _SMALL]
    # SK hynix: a name in small letters says nothing of how the others are written.
    lower = sum(w[0].islower() and is_common(w) for w in words)
    return bool(words) and lower <= len(words) // 8


@lru_cache(maxsize=4096)
def is_name(token: Token) -> bool:
    """Is this word surely part of a name or a term that is kept as it is?"""
    if token.kind != "word" or re.match(r"(?:i|we|you|they|s?he|it)'", token.low):
        return False
    if token.low in _PRONOUNS and token.text != token.text.upper():
        return False
    if token.is_marked or token.coined or is_known(token.text):
        return True
    if not token.text[:1].isupper():
        return False
    if token.is_capital:
        return True
    # What is built like a verb is none, however young: Turbocharging.
    return not is_common(token.low) and not (
        token.low.endswith(("ing", "ed", "ly")) and len(token.low) > _LONG
    )


def is_known(word: str) -> bool:
    """Is it a name of the glossary, or one of those that are English words too?"""
    return fold(word) in glossary() or is_named(word)


def is_named(word: str) -> bool:
    """Is it one of the names that are English words, too?"""
    return word in _named()


@cache
def _named() -> frozenset[str]:
    text = files("digest_lib.writing.titles").joinpath("names.txt").read_text("utf-8")
    return frozenset(n for line in text.splitlines() if not line.startswith("# ") for n in line.split())


def spelled(tokens: Sequence[Token]) -> str:
    """Tokens as one name."""
    return " ".join(t.text for t in tokens).replace(" 's", "'s").replace(" - ", "-")
