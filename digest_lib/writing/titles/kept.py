"""What of a title is kept as it is written: names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.text.english import is_common
from digest_lib.writing.titles.naming import brands
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.tokens import Token, is_known, is_name

#: A site's name behind a title.
_SITE = re.compile(r"\s+\|\s+[^|]{2,30}$")
#: What stands behind a name and is of no name.
_ADDS = frozenset(["after", "amid", "ahead"])
#: A name has so many words at most.
_NAMED = 5


def verbatim(title: str, tokens: Sequence[Token], at: int, end: int | None = None) -> str:
    """The title from one token (to another), as it stands."""
    starts = _starts(title.replace("’", "'"), tokens)
    if at >= len(tokens):
        return ""
    stop = len(title) if end is None or end >= len(tokens) else starts[end]
    said = title[starts[at] : stop].strip(" ,:;—–-|.…") if end is None else title[starts[at] : stop].strip()
    return _SITE.sub("", said)


def _starts(title: str, tokens: Sequence[Token]) -> list[int]:
    at, starts = 0, []
    for token in tokens:
        at = title.find(token.text, at)
        starts.append(at)
        at += len(token.text)
    return starts


def name_at(reading: Reading, at: int, *, as_what: bool = False) -> int | None:
    """Where a name ends that stands here and is explained behind a colon, a dash, or a comma with an
    article, or behind which something is added: after what; as what, if that is wanted."""
    tokens, end = reading.tokens, at
    while end < len(tokens) and end - at < _NAMED and may_name(tokens[end]):
        end += 1
    if end == at or end + 2 >= len(tokens) or not _is_sure(tokens[at:end]):
        return None
    mark, after = tokens[end].text, reading.word(end + 1)
    apart = mark in {":", "—"} or (mark == "," and after in {"a", "an", "the", "its"})
    return end if apart or mark in _ADDS or (as_what and mark == "as") else None


def is_doubtful(token: Token, part: Part) -> bool:
    """Is it a common word under a capital that says nothing, and kept as if it were a name?"""
    kept = token.kind == "word" and f" {token.text} " in f" {part.zh} "
    return kept and token.raised and is_common(token.low) and not is_known(token.text)


def may_name(token: Token) -> bool:
    """May this word be one of a name?"""
    raised = token.text[:1].isupper() or token.is_marked
    return token.kind == "number" or (token.kind == "word" and raised)


def is_sure_name(words: Sequence[Token]) -> bool:
    """Do capitals say that this is a name: beside small letters, or of words that are none else?"""
    return 0 < len(words) <= _NAMED and all(may_name(t) for t in words) and _is_sure(words)


def _is_sure(words: Sequence[Token]) -> bool:
    begins = words[0].kind != "number" and not words[0].text[0].isdigit() and _names(words[0])
    return begins and all(t.kind == "number" or t.low in brands() or _names(t) for t in words[1:])


def _names(token: Token) -> bool:
    alone = is_known(token.text) or token.is_marked or not is_common(token.low)
    return token.is_capital or (is_name(token) and alone)
