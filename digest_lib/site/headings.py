"""Headings as they are read: lines that break between clauses, else between words, and no box where a font
lacks a picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest_lib.publishing import dom
from digest_lib.text.name_spans import borders, words_of
from digest_lib.text.scripts import to_simplified

#: Headings, what repeats them, and titles in lists.
_HEADINGS: Final = (
    "main :is(h1, h2, h3, .finding), main nav.contents a, "
    "main :is(.posts, .rest, .changes, .heads, .same-day, .sources, .mentions) li a[href]"
)
#: What of them break between clauses first, as what a chart finds does.
_TITLES: Final = frozenset({"h1", "h2", "h3"})
#: The last of the characters that are half as wide.
_LATIN: Final = 0x2E7F
_HAN: Final = re.compile(r"[\u3400-\u9fff]{2,}")
#: Pictures among letters: many machines have no font with them.
_PICTURES: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50]\ufe0f? ?")
#: What no line begins with: it belongs to the word before.
_TAIL: Final = frozenset("的了嗎呢吧們著過地得性化者率")
#: Words that no line ends with: they belong to the word behind.
_HEAD: Final = frozenset(
    "只最更很太不沒未無也都還再又就才可以在把被從向對與和為將由讓使每各這那第並及或而且但若因於"
)
#: What a line would be broken in, and must not be: a name behind its hyphen (GPT-5.6), a number before what
#: it counts (50 億美元), a Latin word beside what it belongs to (Qwen 的, 由 Qwen).
_NAME: Final = re.compile(
    r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_.]+)+|(?<![A-Za-z0-9_.-])\d[\d,.]* [\u3400-\u9fff]{1,4}"
    rf"|(?<![A-Za-z0-9_.-])[A-Za-z][A-Za-z0-9.]* [{''.join(sorted(_TAIL))}]"
    rf"|[{''.join(sorted(_HEAD))}] [A-Za-z][A-Za-z0-9.-]*"
)
_LONGEST_NAME: Final = 28
#: A part of a headline up to the mark that ends it.
_CLAUSE: Final = re.compile(r"[^，：；？！。]+[，：；？！。」』》〉”’]*")
#: So wide a clause keeps to a line of its own rather than be broken, on a phone, too; and so wide a one where
#: lines are longer.
_WIDEST: Final = 16.0
_WIDEST_OF_ALL: Final = 21.0


def break_headings(tree: LexborHTMLParser) -> None:
    """Marks in every heading where a line may break, and hides its pictures from view and screen readers.
    Doing it again changes nothing."""
    for heading in tree.css(_HEADINGS):
        if heading.css_first("wbr, .picture, .one-word, .clause") is not None:
            continue
        title = heading.tag in _TITLES or "finding" in dom.attributes(heading).get("class", "")
        whole = heading.text() if title else None
        for node in [*heading.traverse(include_text=True)]:
            words = node.text_content or "" if node.is_text_node else ""
            if any(pattern.search(words) for pattern in (_HAN, _PICTURES, _NAME)):
                # A clause that stands in several elements cannot be kept together.
                for clause, kept in clauses(words) if words == whole else [(words, "")]:
                    place = dom.made(tree, "span", class_=kept) if kept else None
                    _put(tree, place.insert_child if place else node.insert_before, clause)
                    if place:
                        node.insert_before(place)
                node.decompose()


def clauses(text: str) -> Iterator[tuple[str, str]]:
    """The clauses of a headline, each with the class that keeps it on one line where one has room for it:
    `clause`, or `long clause` where that is no phone's; empty where none has, and of a single clause."""
    found: list[str] = []
    for clause in _CLAUSE.findall(text):
        if found and found[-1].endswith("：") and _width(found[-1] + clause) <= _WIDEST:
            found[-1] += clause  # who speaks stands before what is said
        else:
            found.append(clause)
    if len(found) < 2 or "".join(found) != text:  # noqa: PLR2004
        yield text, ""
        return
    for clause in found:
        wide = _width(clause)
        yield clause, "clause" if wide <= _WIDEST else "long clause" if wide <= _WIDEST_OF_ALL else ""


def _width(text: str) -> float:
    """How wide it is, in Chinese characters."""
    return sum(1.0 if ord(char) > _LATIN else 0.55 for char in text)


def _put(tree: LexborHTMLParser, put: Callable[[str | LexborNode], None], words: str) -> None:
    for kind, part in parts_of(words):
        if kind != "text" or part:
            put(part if kind == "text" else _made(tree, kind, part))


def _made(tree: LexborHTMLParser, kind: str, text: str) -> LexborNode:
    if kind == "wbr":
        return dom.made(tree, "wbr")
    if kind == "name":
        return dom.made(tree, "span", text, class_="one-word")
    return dom.made(tree, "span", text, class_="picture", aria_hidden="true")


@lru_cache(maxsize=8192)
def parts_of(text: str) -> Sequence[tuple[str, str]]:
    """A heading's words in parts: `text`, `wbr` where a line may break, unbroken `name`, `picture`. (A post's
    headline stands on its page, and on all that list it.)"""
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for picture in _PICTURES.finditer(text):
        yield from _broken(text[end : picture.start()])
        yield "picture", picture[0]
        end = picture.end()
    yield from _broken(text[end:])


def _broken(text: str) -> Iterator[tuple[str, str]]:
    cuts = sorted({0, *_cuts(text), len(text)})
    for start, end in pairwise(cuts):
        if start:
            yield "wbr", ""
        yield from _named(text[start:end])


def _named(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for name in _NAME.finditer(text):
        if len(name[0]) <= _LONGEST_NAME:
            yield "text", text[end : name.start()]
            yield "name", name[0]
            end = name.end()
    yield "text", text[end:]


def _cuts(text: str) -> Iterator[int]:
    for run in _HAN.finditer(text):
        edges = borders(words_of(to_simplified(run[0])))
        stop = run.end() == len(text) or not text[run.end()].isspace()
        for before, edge in pairwise(edges[:-1]):
            bound = edge - before == 1 and run[0][before] in _HEAD
            bound = bound or (
                stop and len(run[0]) - edge == 1
            )  # no line begins with one character and a mark
            if not bound and run[0][edge] not in _TAIL:
                yield run.start() + edge
