"""Headings as they are read: lines that break between words, and no box where a font lacks a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest_lib.publishing import dom
from digest_lib.text.name_spans import borders, words_of
from digest_lib.text.scripts import to_simplified

#: Headings, what repeats them, and titles in lists.
_HEADINGS: Final = (
    "main :is(h1, h2, h3), main nav.contents a, "
    "main :is(.posts, .rest, .changes, .heads, .same-day, .sources) li a[href]"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]{2,}")
#: Pictures among letters: many machines have no font with them.
_PICTURES: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50]\ufe0f? ?")
#: What a line would be broken in, and must not be: a name behind its hyphen (GPT-5.6), a number before what
#: it counts (50 億美元).
_NAME: Final = re.compile(
    r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_.]+)+|(?<![A-Za-z0-9_.-])\d[\d,.]* [\u3400-\u9fff]{1,4}"
)
_LONGEST_NAME: Final = 24
#: What no line begins with: it belongs to the word before.
_TAIL: Final = frozenset("的了嗎呢吧們著過地得性化者率")
#: Words that no line ends with: they belong to the word behind.
_HEAD: Final = frozenset("只最更很太不沒未無也都還再又就才可以在把被從向對與和為將由讓使每各這那第")


def break_headings(tree: LexborHTMLParser) -> None:
    """Marks in every heading where a line may break, and hides its pictures from view and screen readers.
    Doing it again changes nothing."""
    for heading in tree.css(_HEADINGS):
        if heading.css_first("wbr, .picture, .one-word") is not None:
            continue
        for node in [*heading.traverse(include_text=True)]:
            words = node.text_content or "" if node.is_text_node else ""
            if any(pattern.search(words) for pattern in (_HAN, _PICTURES, _NAME)):
                for kind, part in parts_of(words):
                    if kind == "text" and not part:
                        continue
                    node.insert_before(part if kind == "text" else _made(tree, kind, part))
                node.decompose()


def _made(tree: LexborHTMLParser, kind: str, text: str) -> LexborNode:
    if kind == "wbr":
        return dom.made(tree, "wbr")
    if kind == "name":
        return dom.made(tree, "span", text, class_="one-word")
    return dom.made(tree, "span", text, class_="picture", aria_hidden="true")


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """A heading's words in parts: `text`, `wbr` where a line may break, unbroken `name`, `picture`."""
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


@lru_cache(maxsize=8192)
def _cuts(text: str) -> tuple[int, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[int]:
    for run in _HAN.finditer(text):
        edges = borders(words_of(to_simplified(run[0])))
        for before, edge in pairwise(edges[:-1]):
            bound = edge - before == 1 and run[0][before] in _HEAD
            if not bound and run[0][edge] not in _TAIL:
                yield run.start() + edge
