"""The short names of articles in a prompt (A1, A2, ...), and how llms write them in their answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from digest_lib.articles.article import Article
from digest_lib.checking.digest import DayText, Mending, StoryText, Written
from digest_lib.text.scripts import fold

Answer = TypeVar("Answer", StoryText, DayText, Written, Mending)

#: A short name, wherever it stands: A1, [A1], 【Ａ１】, A-1, «A1 甲報», A1甲報; not in a word or an address.
_NAME = re.compile(r"(?<![A-Za-z0-9/._-])A[\s_#-]?(\d{1,3})(?![A-Za-z0-9])", re.IGNORECASE)
#: From one to another: A1-A3, A1...A3, A1 至 A3.
_SPAN = re.compile(
    r"(?<![A-Za-z0-9])A[\s_#-]?(\d{1,3})\s?(?:[-–—~至到]|\.{2,3}|\bto\b)\s?A?[\s_#-]?(\d{1,3})"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
#: A stroke between two of them.
_STROKE = re.compile(r"(A\d{1,3})\s*/\s*(?=A\d)", re.IGNORECASE)
#: Numbers alone, as far as they can mean nothing else.
_NUMBERS = re.compile(
    r"\W*(?:articles?|sources?|refs?|文章|來源|来源)?\W*第?\d{1,3}[篇則则]?(?:[\s,、;|\[\]()]+\d{1,3})*\W*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,3}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*")
_SEVERAL = re.compile(r"[,、;|]")
#: Short names in brackets at the end of a sentence.
_BEHIND = re.compile(r"(?:\s*[\[(【〔{<«][^\])】〕}>»]{1,60}[\])】〕}>»])+\s*(?=[。.!?！？]?\s*$)")
#: A span of more is no span.
_WIDEST = 20


def references(articles: Sequence[Article]) -> dict[str, Article]:
    """Short names (A1, A2, ...) for the articles of one request: an llm copies those without slips."""
    return {f"A{n}": article for n, article in enumerate(articles, 1)}


def resolved(answer: Answer, refs: Mapping[str, Article]) -> Answer:
    """The answer with article ids in place of the request's short names. An invented name is kept as it
    is, for the check to find."""

    def walk(value: object) -> object:
        if isinstance(value, dict):
            return {k: _ids(value[k], refs) if k == "sources" else walk(value[k]) for k in value}
        return [walk(v) for v in value] if isinstance(value, list) else value

    return type(answer).model_validate(walk(answer.model_dump()))


def _ids(sources: Sequence[str], refs: Mapping[str, Article]) -> list[str]:
    return list(dict.fromkeys(found for source in sources for found in _of(source, refs)))


def _of(source: str, refs: Mapping[str, Article]) -> list[str]:
    """The ids that one source names; itself where it names no article of the request."""
    whole = unicodedata.normalize("NFKC", source).strip()
    if said := _titled(whole, refs):
        return [said]
    text = _ADDRESS.sub(" ", whole)  # no address is a name, whatever stands in it
    names = names_in(text)
    if not names and _NUMBERS.fullmatch(text):
        names = [f"A{int(number)}" for number in _DIGITS.findall(text)]
    if any(name in refs for name in names):
        return [refs[name].id if name in refs else name for name in names]
    several = [_titled(part, refs) for part in _SEVERAL.split(text)]
    return several if all(several) else [source]


def _titled(text: str, refs: Mapping[str, Article]) -> str:
    """The id of the one article that has this address, title or publisher; empty where there is none."""
    text = text.strip()
    own = [a.id for a in refs.values() if text in {a.url, a.id}]
    said = own or [a.id for a in refs.values() if fold(text) in {fold(a.publisher), fold(a.title)}]
    return said[0] if len(said) == 1 else ""


def names_in(text: str) -> list[str]:
    """The short names that stand in a text, each once."""
    text = unicodedata.normalize("NFKC", text)
    spelt = _SPAN.sub(lambda m: " ".join(_between(int(m[1]), int(m[2]))) or m[0], _STROKE.sub(r"\1 ", text))
    return list(dict.fromkeys(f"A{int(n)}" for n in _NAME.findall(spelt)))


def _between(first: int, last: int) -> Iterator[str]:
    return (f"A{n}" for n in range(first, last + 1)) if last - first < _WIDEST else iter(())


def parted(text: str) -> tuple[str, list[str]]:
    """A sentence without the short names in brackets at its end, and those names."""
    found = _BEHIND.search(text)
    names = names_in(found.group()) if found else []
    if not found or not names:
        return text, []
    return text[: found.start()] + text[found.end() :].strip(), names
