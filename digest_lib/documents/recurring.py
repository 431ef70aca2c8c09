"""What one feed says around its entries, again and again: no list could hold it, the feed itself shows it.

A sentence at the same edge of many entries, the same but for the entry's own title and for figures, is the
feed's and not the entry's: a greeting, a notice, a label before a colon, a title said twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from digest_lib.text.scripts import fold

#: So many entries, and so great a share of those that have a text, say it.
_LEAST, _SHARE = 3, 0.3
#: A label before a colon may be what the news is about: nearly all must have it.
_LABEL_SHARE = 0.6
#: A shorter title in Latin letters is not looked for.
_SHORT = 4
#: Pieces taken off each edge at most, and the characters in which one is looked for.
_PIECES, _REACH = 4, 500
_FIRST = re.compile(r".{2,400}?(?:[。！？!?]+[」』”\"’)）]*|\.(?=\s|$)[\"”’)]*)\s*", re.DOTALL)
_LABEL = re.compile(r"[^:：。.!?]{2,60}[:：]\s*")
_BOUNDARY = re.compile(r"(?<=[。！？])[」』”’)）]*\s*(?=.)|(?<=[.!?])[\"”’)]*\s+(?=\S)")
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")

_Cut = Callable[[str], int]


def without_recurring(texts: Sequence[str], titles: Sequence[str]) -> list[str]:
    """The texts of one feed's entries, in order, each without what the feed says around all of them."""
    kept = list(texts)
    for _ in range(_PIECES):
        before = list(kept)
        for cut, share, at_end in (
            (_last, _SHARE, True),
            (_first, _SHARE, False),
            (_label, _LABEL_SHARE, False),
        ):
            kept = _without(kept, titles, cut, share, at_end=at_end)
        if kept == before:
            break
    return kept


def _without(texts: list[str], titles: Sequence[str], cut: _Cut, share: float, *, at_end: bool) -> list[str]:
    cuts = [cut(text) for text in texts]
    pieces = [text[at:] if at_end else text[:at] for text, at in zip(texts, cuts, strict=True)]
    names = [_bare(piece, title) for piece, title in zip(pieces, titles, strict=True)]
    said: dict[str, set[str]] = {}
    for name, title in zip(names, titles, strict=True):
        said.setdefault(name, set()).add(title)
    # One story that a feed repeats is no habit of the feed: titles must differ.
    # What tells more than the title stays where it is all there is: «Harbour v2.1» of «v2.1».
    often = Counter({name: len(found) for name, found in said.items() if name})
    least = max(_LEAST, share * len({title for text, title in zip(texts, titles, strict=True) if text}))
    rest = [text[:at] if at_end else text[at:] for text, at in zip(texts, cuts, strict=True)]
    return [
        other.strip() if often[name] >= least and (other.strip() or not _tells_more(name)) else text
        for text, other, name in zip(texts, rest, names, strict=True)
    ]


def _tells_more(name: str) -> bool:
    return "\0" in name and bool(name.replace("\0", "").strip())


def _bare(piece: str, title: str) -> str:
    """The piece as it is compared: without the entry's title, figures, case and marks."""
    # A title of a letter or two is in every sentence.
    told = len(title) >= (_SHORT if title.isalpha() and title.isascii() else 2)
    folded = fold(piece).replace(fold(title), "\0") if told else fold(piece)
    return re.sub(r"[^\w\0]+", " ", _FIGURE.sub("0", folded)).strip()


def _last(text: str) -> int:
    """Where the last sentence begins."""
    begin = max(0, len(text) - _REACH)
    ends = [found.end() for found in _BOUNDARY.finditer(text, begin)]
    return ends[-1] if ends else (0 if not begin else len(text))


def _first(text: str) -> int:
    """Where the first sentence ends; the whole text where it has no end."""
    found = _FIRST.match(text)
    return found.end() if found else (len(text) if len(text) <= _REACH else 0)


def _label(text: str) -> int:
    found = _LABEL.match(text)
    return found.end() if found else 0
