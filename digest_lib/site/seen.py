"""Which characters a reader sees on a page, and which only once a folded part of it is opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest_lib.publishing import dom
from digest_lib.site.typeface import drawn

_LATIN: Final = re.compile("[\0-\u1fff]+")


def characters(text: str) -> set[str]:
    """Those of a text that fonts for Latin text may lack."""
    return drawn(_LATIN.sub("", text))


def seen(tree: LexborHTMLParser) -> tuple[set[str], set[str]]:
    """The characters that fonts for Latin text may lack: those that are seen at once, then those that only
    folded parts have."""
    if tree.body is None:
        return set(), set()
    told = [node.attributes["placeholder"] or "" for node in tree.body.css("[placeholder]")]
    every = Counter(_LATIN.sub("", "".join([tree.body.text(), *told])))
    folded = Counter(_LATIN.sub("", "".join(node.text() for node in _folded(tree.body))))
    at_once = drawn(char for char, count in every.items() if count > folded[char])
    return at_once, drawn(folded) - at_once


def _folded(body: LexborNode) -> Iterator[LexborNode]:
    """What a page shows when a reader opens it; of parts in such parts the outer one."""
    for node in body.css("details > :not(summary)"):
        parent = node.parent.parent if node.parent else None
        while parent is not None and parent.tag != "details":
            parent = parent.parent
        if parent is None:
            yield node


def seen_in(html: str) -> tuple[set[str], set[str]]:
    """The same of a part of a page."""
    return seen(dom.page(html))
