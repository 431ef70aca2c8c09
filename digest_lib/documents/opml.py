"""`feeds.opml`: the feeds to listen to, in the format that every feed reader imports and exports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote_plus
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from digest_lib.documents.decoding import Undecodable
from digest_lib.documents.feeds import language_tag
from digest_lib.documents.opml_bytes import as_feed_addresses, changed, feed_url, in_utf8, parser
from digest_lib.documents.plain import XML_FORBIDDEN
from digest_lib.errors import BadInput
from digest_lib.web.urls import tidy

#: Where a search feed's URL takes the words to search for.
QUERY = "{query}"


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed to ask. `site` is the publisher's own address; `category` the outline that holds it."""

    title: str
    url: str
    category: str = ""
    lang: str = ""
    site: str = ""

    @property
    def searches(self) -> bool:
        """True for the template of a search feed, which asks nothing until it has a query."""
        return QUERY in self.url

    def searching(self, query: str) -> FeedSource:
        """The search feed for these words."""
        return replace(self, title=f"{self.title}: {query}", url=self.url.replace(QUERY, quote_plus(query)))


def read_opml(path: Path) -> list[FeedSource]:
    """The feeds of an OPML file in their order, search templates included; a URL twice counts once.

    Raises `BadInput` with the line for what is no XML, declares entities (no feed list needs one), or has
    an outline whose `xmlUrl` is no http(s) URL.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(path, f"cannot be read ({error.strerror}); it should list the feeds") from error
    reading = parser()
    reader = _Reader(path, reading)
    reading.StartElementHandler = reader.start
    reading.EndElementHandler = reader.end
    reading.StartDoctypeDeclHandler = reader.refuse
    try:
        reading.Parse(in_utf8(raw), True)
    except Undecodable as error:
        found = error.found.hex(" ").upper()
        problem = f"the bytes {found} are no text in {error.encoding}; save the list as UTF-8"
        raise BadInput(f"{path}:{error.line}", problem) from error
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise BadInput(f"{path}:{error.lineno}", f"broken XML ({said}); mend the line") from error
    if not reader.is_opml:
        raise BadInput(path, "not OPML: there is no <opml> element")
    first: dict[str, FeedSource] = {}
    for feed in reader.feeds:
        first.setdefault(feed.url, feed)
    return list(first.values())


def expanded(feeds: Iterable[FeedSource], queries: Sequence[str]) -> list[FeedSource]:
    """The feeds to ask: each search template once for every query, all others as they are."""
    asked: dict[str, FeedSource] = {}
    for feed in feeds:
        for one in [feed.searching(query) for query in queries] if feed.searches else [feed]:
            asked.setdefault(one.url, one)
    return list(asked.values())


def with_feed(raw: bytes, feed: FeedSource, language: str = "") -> bytes:
    """The OPML file `raw` with the feed as the last of its category (made at the end where there is none),
    or of the list where it has none; all else stays as it is. Raises `ValueError` for what is no OPML."""
    return changed(raw, lambda utf8: _with_feed(utf8, feed, language))


def _with_feed(raw: bytes, feed: FeedSource, language: str) -> bytes:
    given = {
        "type": "rss",
        "text": feed.title,
        "xmlUrl": feed.url,
        "htmlUrl": feed.site,
        "language": language,
    }
    outline = "<outline" + "".join(f" {name}={_quoted(said)}" for name, said in given.items() if said) + "/>"
    places = _Places(raw, feed.category)
    try:
        places.parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    if feed.category and places.category is None:
        opened = f"<outline text={_quoted(feed.category)}>"
        return _inserted(raw, places.body, [opened, f"  {outline}", "</outline>"])
    return _inserted(raw, places.body if places.category is None else places.category, [outline])


def _quoted(text: str) -> str:
    """The value of an attribute, without what no XML can hold: one feed's title must not break the list."""
    return quoteattr(XML_FORBIDDEN.sub("", text))


def _inserted(raw: bytes, place: int | None, lines: Sequence[str]) -> bytes:
    """The lines before the closing tag at `place`, indented as what stands before it."""
    if place is None:
        raise ValueError("there is no closing </body>")
    begin = raw.rfind(b"\n", 0, place) + 1
    margin = raw[begin:place]
    told = [line.encode() for line in lines]
    if margin.strip():  # all on one line
        return raw[:place] + b"".join(told) + raw[place:]
    end = b"\r\n" if raw[:begin].endswith(b"\r\n") else b"\n"
    return raw[:begin] + b"".join(margin + b"  " + line + end for line in told) + raw[begin:]


class _Places:
    """Where in the file the closing tags of a category and of the body stand."""

    def __init__(self, raw: bytes, category: str) -> None:
        self._raw = raw
        self.category: int | None = None
        self.body: int | None = None
        self._wanted = category
        self._open: list[str] = []
        self.parser = parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, given: dict[str, str]) -> None:
        title = given.get("title") or given.get("text") or ""
        is_category = name == "outline" and "xmlUrl" not in given
        self._open.append(title if is_category else "")

    def _end(self, name: str) -> None:
        title = self._open.pop()
        place = self.parser.CurrentByteIndex
        # An element without content has no closing tag to stand before.
        if not self._raw.startswith(b"</", place):
            return
        if name == "body":
            self.body = place
        elif title and title == self._wanted and self.category is None:
            self.category = place


class _Reader:
    """Collects outlines while expat reads the file."""

    def __init__(self, path: Path, parser: expat.XMLParserType) -> None:
        self.path = path
        self._parser = parser
        self.feeds: list[FeedSource] = []
        self.is_opml = False
        self._categories: list[str] = []

    def start(self, name: str, given: dict[str, str]) -> None:
        self.is_opml = self.is_opml or name == "opml"
        if name != "outline":
            return
        title = given.get("title") or given.get("text") or ""
        if "xmlUrl" in given:
            self.feeds.append(self._feed(title, given))
        self._categories.append("" if "xmlUrl" in given else title)

    def end(self, name: str) -> None:
        if name == "outline":
            self._categories.pop()

    def refuse(self, *_: object) -> None:
        raise self._bad("a document type or entities have no place in a list of feeds")

    def _feed(self, title: str, given: dict[str, str]) -> FeedSource:
        url = feed_url(given["xmlUrl"])
        if not tidy(url):
            raise self._bad(f"xmlUrl «{url}» is no http(s) URL; mend or remove it")
        return FeedSource(
            title=title or url,
            url=url,
            category=next((name for name in reversed(self._categories) if name), ""),
            lang=language_tag(given.get("language", "")),
            site=tidy(given.get("htmlUrl", "")),
        )

    def _bad(self, problem: str) -> BadInput:
        return BadInput(f"{self.path}:{self._parser.CurrentLineNumber}", problem)


def with_moved(raw: bytes, moved: Mapping[str, str]) -> bytes:
    """The OPML file `raw` with the feeds at new addresses (`moved`: old URL to new); all else stays as it is.

    Raises `ValueError` where an old URL stands in no `xmlUrl`, or what comes out is no XML.
    """
    return changed(raw, lambda utf8: _with_moved(utf8, moved))


def _with_moved(raw: bytes, moved: Mapping[str, str]) -> bytes:
    for old, new in moved.items():
        # As the file may spell it: `&` as a reference, other characters as they are.
        plain = as_feed_addresses(old)
        forms = {form for one in plain for form in (one, escape(one), escape(one, {'"': "&quot;"}))}
        spelled = "|".join(re.escape(form) for form in sorted(forms))
        pattern = re.compile(rf"(xmlUrl\s*=\s*)([\"'])\s*(?:{spelled})\s*\2".encode())
        told = b" ".join(quoteattr(new).encode("ascii", "xmlcharrefreplace").splitlines())
        # Every second part is a comment, and stays.
        parts = re.split(rb"(<!--.*?-->)", raw, flags=re.DOTALL)
        changed = [
            part if n % 2 else pattern.sub(rb"\1" + _literal(told), part) for n, part in enumerate(parts)
        ]
        if changed == parts:
            raise ValueError(f"{old} is in no xmlUrl")
        raw = b"".join(changed)
    try:
        parser().Parse(raw, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return raw


def _literal(told: bytes) -> bytes:
    """What stands for itself in the replacement of a pattern."""
    return told.replace(b"\\", b"\\\\")
