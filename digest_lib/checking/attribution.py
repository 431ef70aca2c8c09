"""Whose report it is: what a text has a publisher report must stand in that publisher's article.

「甲報與乙報都提到 75%」 cites both; that the figure stands in one of them does not bear it out. What is said
beside the byline is checked as everything is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest_lib.articles.article import Article
from digest_lib.checking.bylines import (
    BEFORE,
    BETWEEN,
    FIRST_SIGN,
    MOST_SIGNS,
    REPORTS,
    SIGNS,
    by_publisher,
    is_whole,
    spellings,
    written,
)
from digest_lib.checking.counting import is_own
from digest_lib.checking.evidence import Evidence
from digest_lib.checking.reasons import Reason
from digest_lib.text.numbers import stated
from digest_lib.text.scripts import fold

#: Publishers that are named together.
_RUN = re.compile(rf"{SIGNS}(?:\s?(?:、|,|和|与|及|以及|跟|and)\s?{SIGNS})*")
_ALIKE = "都|皆|均|各自|同样|both|all|each"
_EACH = re.compile(_ALIKE)
#: How it goes on with what they report, or only have.
_TELLS = re.compile(
    rf"{BETWEEN}(?:\s?(?:{_ALIKE})\s?)?{BETWEEN}(?:{REPORTS}|提[到及]|有|have\b|has\b|mention\w*)"
)
_SENTENCE = re.compile(r"[。;!?]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Byline:
    """Publishers that a text has report something, where it says so, and whether of each of them."""

    publishers: tuple[str, ...]
    start: int
    end: int
    each: bool


def bylines(text: str, articles: Iterable[Article]) -> list[Byline]:
    """Where a text has publishers of the articles report something, in order; those named together in one."""
    folded, names = _blanked(fold(text), articles)
    found = []
    for run in _RUN.finditer(folded):
        after = _TELLS.match(folded, run.end())
        before = BEFORE.search(folded[: run.start()])
        if after or before:
            signs = [ord(c) - FIRST_SIGN for c in run.group()]
            publishers = dict.fromkeys(names[n] for n in signs if 0 <= n < len(names))
            start, end = before.start() if before else run.start(), after.end() if after else run.end()
            found.append(Byline(tuple(publishers), start, end, bool(after and _EACH.search(after.group()))))
    return found


def without_bylines(text: str, articles: Iterable[Article]) -> str:
    """The text without who reports it: of 「甲報與乙報都提到 75%」, 「75%」."""
    for byline in reversed(bylines(text, articles)):
        text = text[: byline.start] + text[byline.end :]
    return text


def misattributed(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """Reasons for figures of the text that another source has than that of the publisher who is said to
    report them."""
    articles = [s.article for s in sources]
    if len(by_publisher(articles)) < 2:  # noqa: PLR2004 - whose else could it be?
        return []
    found = []
    for byline, told in _told(text, bylines(text, articles)):
        own = [s for s in sources if s.article.publisher in byline.publishers]
        for quantity in stated(told):
            having = {s.article.publisher for s in sources if s.states(quantity)}
            lacking = [p for p in byline.publishers if p not in having]
            wrong = lacking if byline.each else lacking * (len(lacking) == len(byline.publishers))
            if having and wrong and not is_own(quantity, told, own):
                found.append(Reason("attributed", (quantity.said, wrong[0])))
    return found


def _told(text: str, found: Sequence[Byline]) -> Iterator[tuple[Byline, str]]:
    """Each byline with what it has reported: up to the next, or the end of the sentence."""
    folded = fold(text)
    for place, byline in enumerate(found):
        last = found[place + 1].start if place + 1 < len(found) else len(text)
        stop = _SENTENCE.search(folded, byline.end, last)
        yield byline, text[byline.end : stop.start() if stop else last]


def _blanked(folded: str, articles: Iterable[Article]) -> tuple[str, list[str]]:
    """A folded text with each publisher's name as a run of a sign of its own, and whose it is by sign."""
    names: list[str] = []
    for article in by_publisher(articles):
        for spelled in spellings(article):
            for match in list(written(spelled).finditer(folded)):
                start, end = match.span()
                if len(names) < MOST_SIGNS and is_whole(folded, start, end):
                    folded = folded[:start] + chr(FIRST_SIGN + len(names)) * (end - start) + folded[end:]
                    names.append(article.publisher)
    return folded, names
