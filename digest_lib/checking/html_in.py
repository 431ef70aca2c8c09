"""HTML in a text: tags and entities, by the lists of a parser and of the standard library."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborHTMLParser

#: What a parser takes for a tag: `<` and a letter. A tag may be cut off, but then it says something.
_TAG: Final = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9:._-]*)(?P<rest>[^<>]*)(?P<end>>?)")
#: `=` and a value after a name: no product of types and no less-than has them.
_ATTRIBUTE: Final = re.compile(r"""[\s/"'][A-Za-z@:_.-]+\s*=\s*(?=\S)""")
#: What is left of a tag whose beginning or end was cut off.
_CUT: Final = re.compile(r"\s+(?:href|src|class|style|id|rel|target|title|lang|alt)\b(?!\s*=)")
_REST: Final = re.compile(
    r"""(?<![\w-])[A-Za-z][A-Za-z-]*\s?=\s?(?:"[^"<>\n]{0,300}"|'[^'<>\n]{0,300}')\s?/?>"""
    r"""|(?i:(?<![\w-])(?:style|class|href|src|on[a-z]{3,20})\s?=\s?["'])"""
    r"""|%3[Cc]/?[A-Za-z][^<>\s]{0,300}?%3[Ee]"""
)
_HANDLER: Final = re.compile(r"""(?i)[\s/"']on[a-z]+\s*=""")
_OTHER: Final = re.compile(r"</[A-Za-z][^<>]*>?|<!(?:--|\[|(?i:doctype))[^<>]*>?|<\?[A-Za-z][^<>]*>?")
_ENTITY: Final = re.compile(r"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]{1,31});?")
#: The parser numbers the names that it knows; those that it does not know get huge numbers.
_KNOWN: Final = 2**16


def html_in(text: str) -> Iterator[re.Match[str]]:
    """Every tag, comment and entity in the text. `List<String>`, `a < b` and «Q&A» are none."""
    for match in _TAG.finditer(text):
        if not _is_type(match, text) and _is_tag(match["name"], match["rest"], closed=bool(match["end"])):
            yield match
    yield from _OTHER.finditer(text)
    yield from _REST.finditer(text)
    for match in _ENTITY.finditer(text):
        if _is_entity(match[0], text[match.end() : match.end() + 1]):
            yield match


def _is_tag(name: str, rest: str, *, closed: bool) -> bool:
    if _HANDLER.search(rest) or (closed and _ATTRIBUTE.search(rest)):
        return True
    if closed and "-" in name:
        return True  # an element of somebody's own
    # `<p` without an end may be a less-than; the longer names are no variables.
    cut = len(name) > 1 and not rest.strip().startswith("=")
    return _known(name) and (closed or cut or bool(_CUT.match(rest)))


def _is_type(match: re.Match[str], text: str) -> bool:
    """Whether it is a type's parameter, as in `Option<Path>`."""
    alone = match["end"] and not match["rest"] and match["name"].istitle()
    return bool(alone and re.search(r"[A-Za-z0-9]", text[max(match.start() - 1, 0) : match.start()]))


@lru_cache(maxsize=1024)
def _known(name: str) -> bool:
    return LexborHTMLParser("").create_node(name).tag_id < _KNOWN


def _is_entity(found: str, after: str) -> bool:
    """Without its semicolon, an entity that is part of a longer word is none: «?a=1&copy=2», «AT&Total»."""
    if found.endswith(";") or found[1] == "#":
        return html.unescape(found) != found
    return found[1:] in html.entities.html5 and not re.match(r"[A-Za-z0-9=]", after)
