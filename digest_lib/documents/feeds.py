"""Feeds to entries: RSS, Atom and RDF by feedparser behind a decoding shim, JSON Feed natively."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from digest_lib.documents import plain
from digest_lib.documents.boilerplate import told_lines, without_boilerplate
from digest_lib.documents.decoding import decoded
from digest_lib.documents.regular import regular_feed
from digest_lib.web.hosts import is_video
from digest_lib.web.urls import has_no_page, is_file, is_front, is_redirector, tidy

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTRY_OPENS = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_ENTRY_CLOSES = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
#: Characters that begin no entity or tag where they stand: «R&D», «1 < 2».
_BARE = re.compile(r"&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)|<(?![a-z_:/!?]|[^\x00-\x7f])", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
#: Links of an entry that lead to something else than its page.
_NOT_THE_PAGE = frozenset({"enclosure", "replies", "edit", "edit-media", "license", "payment", "hub", "via"})
#: Of a title that is made from the text.
TITLE_FROM_TEXT = 100
_BARE_AS = {"&": "&amp;", "<": "&lt;"}
_LANGUAGES = {
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant",
    "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `published` is the date as written; `source` whom an aggregator names, `author`
    whom an Atom feed does, `publisher` whom an entry says itself (Dublin Core). `text` is what there is to
    read where the page has none: of a video, its description.
    """

    title: str
    url: str
    summary: str = ""
    published: str = ""
    source: str = ""
    source_url: str = ""
    author: str = ""
    publisher: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed said. `site` is the page that it is the feed of, `read` every entry in its order, `problem`
    why it is no feed, `cut` that it breaks off."""

    title: str = ""
    lang: str = ""
    read: tuple[Entry, ...] = ()
    problem: str = ""
    cut: str = ""
    site: str = ""
    author: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Those that have a title and a link."""
        return tuple(entry for entry in self.read if entry.title and entry.url)

    @property
    def dropped(self) -> tuple[str, ...]:
        """For each other one, which it is and what it lacks."""
        lacks = (_lack(number, entry) for number, entry in enumerate(self.read, start=1))
        return tuple(lack for lack in (*lacks, self.cut) if lack)


def parse_feed(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """The entries of a feed fetched from `url`; never raises for what a server sent.

    An entry without title or link is dropped and named; it takes no other with it. What has only a text
    is titled by its beginning, as feed readers do.
    """
    return parse_at_once(body, content_type, url) or parse_by_feedparser(body, content_type, url)


def parse_at_once(body: bytes, content_type: str | None, url: str) -> ParsedFeed | None:
    """The same for what can be read in a time that its length limits; None for what feedparser is to read,
    which on some documents takes as long as their authors wish."""
    text = _document(body, content_type)
    if not text:
        return ParsedFeed(problem="empty answer")
    if text.startswith(("{", "[")):
        return _json_feed(text, url)
    found = regular_feed(_mended(text), url)
    return _parsed(*found, url) if found else None


def _document(body: bytes, content_type: str | None) -> str:
    """The text without its XML declaration, which was true of the bytes at best."""
    text = plain.XML_FORBIDDEN.sub("", decoded(body, content_type))
    return _DECLARATION.sub("", text).strip()


def language_tag(tag: str) -> str:
    """A feed's or page's language tag as this library writes it (zh-TW: zh-Hant, en-us: en)."""
    lowered = tag.strip().lower().replace("_", "-")
    for prefix, lang in _LANGUAGES.items():
        if lowered == prefix or lowered.startswith(prefix + "-"):
            return lang
    # Plain «zh» says no script.
    first = lowered.partition("-")[0]
    return first if first.isascii() and first.isalpha() and len(first) in {2, 3} and first != "zh" else ""


def parse_by_feedparser(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """The same by feedparser alone, for RSS, Atom and RDF."""
    import feedparser

    text = _document(body, content_type)
    # feedparser would trust the old declaration over the bytes. Bytes in a file object: a bare string
    # it may take for an address and open.
    document = '<?xml version="1.0" encoding="utf-8"?>\n' + _mended(text)
    try:
        parsed = feedparser.parse(
            BytesIO(document.encode("utf-8", "replace")),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": url,
            },
            sanitize_html=False,  # nothing of it is kept as markup: plain.from_html
            resolve_relative_uris=False,
        )
    except Exception as error:
        return ParsedFeed(problem=f"the parser failed: {type(error).__name__}")
    if not parsed.get("version") and not parsed.entries:
        what = "an HTML page" if re.search(r"<html\b", text[:5000], re.I) else "no feed"
        return ParsedFeed(problem=f"{what}, not RSS, Atom, RDF or JSON Feed")
    items = list(parsed.entries)
    if not parsed.version.startswith("atom"):
        # In RSS it is who writes, or an address; whose a page is, only Atom's authors tell.
        for one in (parsed.feed, *items):
            one.pop("authors", None)
    if not items or not _breaks_off(text):
        return _parsed(parsed.feed, items, url)
    # Of an entry that breaks off, link or figures may be cut in two: another page, another fact.
    whole = _parsed(parsed.feed, items[:-1], url)
    return replace(whole, cut=f"entry {len(items)} breaks off, and the feed with it")


def _parsed(feed: Mapping[str, Any], items: Sequence[Mapping[str, Any]], url: str) -> ParsedFeed:
    entries = tuple(_entry(item, url) for item in items)
    lang = language_tag(feed.get("language") or "")
    homes = (str(link.get("href") or "") for link in feed.get("links", ()) if link.get("rel") == "alternate")
    site = next((tidy(_joined(url, home)) for home in homes if home), "")
    return ParsedFeed(_plain_of(feed, "title"), lang, entries, site=site, author=_author(feed))


def _mended(xml: str) -> str:
    """The document with bare ampersands and less-than signs escaped, or feedparser would lose or change
    what follows them; CDATA, where they are meant so, stays."""
    parts, end = [], 0
    while (start := xml.find("<![CDATA[", end)) >= 0 and (stop := xml.find("]]>", start)) >= 0:
        parts += [_BARE.sub(_escaped, xml[end:start]), xml[start : stop + 3]]
        end = stop + 3
    return "".join([*parts, _BARE.sub(_escaped, xml[end:])])


def _escaped(bare: re.Match[str]) -> str:
    return _BARE_AS[bare.group()]


def _breaks_off(xml: str) -> bool:
    """Whether the last entry is opened and never closed."""
    last = None
    for last in _ENTRY_OPENS.finditer(xml):  # noqa: B007 - only the last is wanted
        pass
    return last is not None and not _ENTRY_CLOSES.search(xml, last.end())


def _entry(item: Mapping[str, Any], url: str) -> Entry:
    source = item.get("source") or {}
    summary = _prose_of(item, "summary") or _content(item)
    entry = Entry(
        title=_plain_of(item, "title") or plain.shortened(summary, TITLE_FROM_TEXT),
        url=_link(item, url),
        summary=plain.shortened(summary),
        published=str(item.get("published") or item.get("updated") or item.get("created") or ""),
        # Bing News names it in an element of its own.
        source=plain.one_line(str(source.get("title") or item.get("news_source") or "")),
        source_url=tidy(str(source.get("href") or source.get("link") or "")),
        author=_author(item),
        publisher=plain.one_line(str(item.get("publisher") or "")),
    )
    if is_video(entry.url):
        entry = replace(entry, text=_lines_of(item, "summary"))
    # By the link as it stands: an older one of theirs says which page it leads to.
    return _google_entry(entry) if has_no_page(str(item.get("link") or "")) else entry


def _author(item: Mapping[str, Any]) -> str:
    authors = item.get("authors") or [{}]
    return plain.one_line(str(authors[0].get("name") or ""))


def _lines_of(item: Mapping[str, Any], key: str) -> str:
    """A field as plain text, a paragraph a line."""
    kind = (item.get(f"{key}_detail") or {}).get("type")
    lines = (_plain(line, kind) for line in str(item.get(key) or "").splitlines())
    return "\n".join(line for line in lines if line)


def _google_entry(entry: Entry) -> Entry:
    """Its description is a list of other papers' headlines, and its title ends with the publisher."""
    title = entry.title.removesuffix(f" - {entry.source}") if entry.source else entry.title
    return Entry(title, entry.url, "", entry.published, entry.source, entry.source_url)


def _link(item: Mapping[str, Any], url: str) -> str:
    """Where the entry is: the address that a counting service keeps of it, what the feed calls its canonical
    page, its link, an id that is a URL, any link of it; not a file to listen to or to watch, and not a
    redirector where another one says the page."""
    said = str(item.get("link") or "")
    # An id without scheme is a name, which joined to the base would become a page that there is not.
    name = str(item.get("id") or "")
    links = [(str(one.get("rel") or ""), str(one.get("href") or "")) for one in item.get("links", ())]
    files = {href for rel, href in links if rel == "enclosure"}
    own = [str(item.get(key) or "") for key in sorted(item) if key.endswith("origlink")]
    own += [href for rel, href in links if rel == "canonical"]
    rest = [href for rel, href in links if rel not in _NOT_THE_PAGE]
    last = [href for rel, href in links if rel == "via"]
    found = []
    for link in (*own, said, name if _SCHEME.match(name) else "", *rest, *last):
        page = tidy(_joined(url, link)) if link and link not in files else ""
        # A front page is no entry's own address: some systems write it into every canonical link.
        if page and not is_file(page) and not (link in own and is_front(page)):
            found.append(page)
    return next((page for page in found if not is_redirector(page)), found[0] if found else "")


def _joined(base: str, link: str) -> str:
    try:
        return link if _SCHEME.match(link) else urljoin(base, link)
    except ValueError:
        return ""


def _content(item: Mapping[str, Any]) -> str:
    for content in item.get("content", ()):
        if text := _prose(str(content.get("value") or ""), content.get("type")):
            return text
    return ""


def _plain_of(item: Mapping[str, Any], key: str) -> str:
    """A field as plain text. feedparser has told whether it is markup or text."""
    return _plain(str(item.get(key) or ""), (item.get(f"{key}_detail") or {}).get("type"))


def _prose_of(item: Mapping[str, Any], key: str) -> str:
    return _prose(str(item.get(key) or ""), (item.get(f"{key}_detail") or {}).get("type"))


def _prose(value: str, kind: str | None) -> str:
    """A field as the words of the article in one line, without what pages put around them."""
    blocks = [plain.one_line(value)] if kind == "text/plain" else plain.paragraphs(value)
    return without_boilerplate(" ".join(told_lines(blocks)))


def _plain(value: str, kind: str | None) -> str:
    return plain.one_line(value) if kind == "text/plain" else plain.from_html(value)


def _json_feed(text: str, url: str) -> ParsedFeed:
    """JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return ParsedFeed(problem="JSON that cannot be read")
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        return ParsedFeed(problem="JSON, but not JSON Feed")
    items = feed.get("items")
    entries = tuple(
        _json_entry(item if isinstance(item, dict) else {}, url)
        for item in (items if isinstance(items, list) else [])
    )
    title = plain.one_line(str(feed.get("title") or ""))
    site = tidy(str(feed.get("home_page_url") or ""))
    return ParsedFeed(title, language_tag(str(feed.get("language") or "")), entries, site=site)


def _json_entry(item: dict[str, Any], url: str) -> Entry:
    said = {key: value for key, value in item.items() if isinstance(value, str)}
    summary = _prose(said.get("summary") or said.get("content_text") or "", "text/plain")
    name = said.get("id", "")
    links = (said.get("url", ""), said.get("external_url", ""), name if name.startswith("http") else "")
    link = next((one for one in links if one and not is_file(_joined(url, one))), "")
    summary = summary or _prose(said.get("content_html", ""), "text/html")
    return Entry(
        title=plain.one_line(said.get("title", "")) or plain.shortened(summary, TITLE_FROM_TEXT),
        url=tidy(_joined(url, link)) if link else "",
        summary=plain.shortened(summary),
        published=_json_date(item, "date_published") or _json_date(item, "date_modified"),
    )


def _json_date(item: dict[str, Any], key: str) -> str:
    """The date as said: some write seconds since 1970 as a number."""
    value = item.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _lack(number: int, entry: Entry) -> str:
    if not entry.title:
        return f"entry {number} ({entry.url or 'no link either'}) has no title"
    return "" if entry.url else f"entry {number} «{entry.title[:60]}» has no link"
