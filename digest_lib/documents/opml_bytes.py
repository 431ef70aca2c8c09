"""OPML in any encoding: expat reads UTF-8 and few others, and lists of feeds come in Big5 and GB2312, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from digest_lib.documents.codecs_of_the_web import written
from digest_lib.documents.decoding import decoded_whole, encoding_of

#: What podcast and feed readers write before an address, or in place of its scheme.
_FEED_SCHEME = re.compile(r"(?:feed|pcast|itpc|rss)s?:(?=https?:)|(?:feed|pcast|itpc|rss)(?=://)", re.I)


def parser() -> expat.XMLParserType:
    """A parser of what `in_utf8` gives, whatever its declaration says."""
    return expat.ParserCreate("utf-8")


def in_utf8(raw: bytes) -> bytes:
    """The document as UTF-8, its lines the same. Raises `Undecodable`."""
    return decoded_whole(raw).encode()


def changed(raw: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """What `change` makes of the document in UTF-8, in the document's own encoding again, where what that
    lacks becomes character references. Raises `ValueError` where it cannot be read."""
    encoding = encoding_of(raw)
    if encoding == "utf-8":
        return change(raw)
    return written(change(in_utf8(raw)).decode(), encoding)


def feed_url(address: str) -> str:
    """The http(s) URL of an address as feed readers write it (feed://…, feed:https://…), or as it is."""
    trimmed = address.strip()
    found = _FEED_SCHEME.match(trimmed)
    if not found:
        return trimmed
    rest = trimmed[found.end() :]
    return rest if rest[:4].lower() == "http" else f"http{rest}"


def as_feed_addresses(url: str) -> set[str]:
    """How a list may write the URL."""
    forms = {url, f"feed:{url}"}
    return forms | {f"feed:{url.removeprefix('http:')}"} if url.startswith("http:") else forms
