"""Feeds to entries: RSS, Atom and RDF by feedparser behind a decoding shim, JSON Feed natively."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from digest_lib.articles import plain
from digest_lib.articles.decoding import decoded
from digest_lib.articles.urls import host_of, tidy

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTRY_OPENS = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_ENTRY_CLOSES = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
#: Characters that begin no entity or tag where they stand: «R&D», «1 < 2».
_BARE = re.compile(r"&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)|<(?![a-z_:/!?]|[^\x00-\x7f])", re.I)
_BARE_AS = {"&": "&amp;", "<": "&lt;"}
#: Its description is a list of other papers' headlines, and its title ends with the publisher.
_GOOGLE_NEWS = "news.google.com"
_LANGUAGES = {
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant",
    "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `published` is the date as written; `source` whom an aggregator names."""

    title: str
    url: str
    summary: str = ""
    published: str = ""
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed said. `problem` says why it is no feed; `dropped` what each unusable entry lacks."""

    title: str = ""
    lang: str = ""
    entries: tuple[Entry, ...] = ()
    dropped: tuple[str, ...] = ()
    problem: str = ""


def parse_feed(body: bytes, content_type: str | None, url: str) -> ParsedFeed:
    """The entries of a feed fetched from `url`; never raises for what a server sent.

    An entry without title or link is dropped and named; it takes no other with it.
    """
    text = plain.XML_FORBIDDEN.sub("", decoded(body, content_type))
    if not text.strip():
        return ParsedFeed(problem="empty answer")
    if text.lstrip().startswith(("{", "[")):
        return _json_feed(text, url)
    return _xml_feed(text, url)


def language_tag(tag: str) -> str:
    """A feed's or page's language tag as this library writes it (zh-TW: zh-Hant, en-us: en)."""
    lowered = tag.strip().lower().replace("_", "-")
    for prefix, lang in _LANGUAGES.items():
        if lowered == prefix or lowered.startswith(prefix + "-"):
            return lang
    # Plain «zh» says no script.
    first = lowered.partition("-")[0]
    return first if first.isascii() and first.isalpha() and len(first) in {2, 3} and first != "zh" else ""


def _xml_feed(text: str, url: str) -> ParsedFeed:
    import feedparser

    # feedparser would trust the old declaration over the bytes. Bytes in a file object: a bare string
    # it may take for an address and open.
    document = '<?xml version="1.0" encoding="utf-8"?>\n' + _mended(_DECLARATION.sub("", text)).lstrip()
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
    broken_off = bool(items) and _breaks_off(text)
    # Of an entry that breaks off, link or figures may be cut in two: another page, another fact.
    kept, dropped = _sift([_entry(item, url) for item in (items[:-1] if broken_off else items)])
    if broken_off:
        dropped = (*dropped, f"entry {len(items)} breaks off, and the feed with it")
    return ParsedFeed(
        title=_plain_of(parsed.feed, "title"),
        lang=language_tag(parsed.feed.get("language") or ""),
        entries=kept,
        dropped=dropped,
    )


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
    entry = Entry(
        title=_plain_of(item, "title"),
        url=_link(item, url),
        summary=plain.shortened(_plain_of(item, "summary") or _content(item)),
        published=str(item.get("published") or item.get("updated") or item.get("created") or ""),
        source=plain.one_line(str(source.get("title") or "")),
        source_url=tidy(str(source.get("href") or source.get("link") or "")),
    )
    return _google_entry(entry) if host_of(entry.url) == _GOOGLE_NEWS else entry


def _google_entry(entry: Entry) -> Entry:
    title = entry.title.removesuffix(f" - {entry.source}") if entry.source else entry.title
    return Entry(title, entry.url, "", entry.published, entry.source, entry.source_url)


def _link(item: Mapping[str, Any], url: str) -> str:
    links = [str(link.get("href") or "") for link in item.get("links", ())]
    for link in (item.get("link"), item.get("id"), *links):
        if link and (found := tidy(_joined(url, str(link)))):
            return found
    return ""


def _joined(base: str, link: str) -> str:
    try:
        # An id is often no URL («tag:…»); joined to the base it must not become one.
        return link if re.match(r"[a-z][a-z0-9+.-]*:", link, re.I) else urljoin(base, link)
    except ValueError:
        return ""


def _content(item: Mapping[str, Any]) -> str:
    for content in item.get("content", ()):
        if text := plain.from_html(str(content.get("value") or "")):
            return text
    return ""


def _plain_of(item: Mapping[str, Any], key: str) -> str:
    """A field as plain text. feedparser has told whether it is markup or text."""
    value = str(item.get(key) or "")
    detail = item.get(f"{key}_detail") or {}
    if detail.get("type") == "text/plain":
        return plain.one_line(value)
    return plain.from_html(value)


def _json_feed(text: str, url: str) -> ParsedFeed:
    """JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return ParsedFeed(problem="JSON that cannot be read")
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        return ParsedFeed(problem="JSON, but not JSON Feed")
    items = feed.get("items")
    entries = [
        _json_entry(item if isinstance(item, dict) else {}, url)
        for item in (items if isinstance(items, list) else [])
    ]
    kept, dropped = _sift(entries)
    title = plain.one_line(str(feed.get("title") or ""))
    return ParsedFeed(title, language_tag(str(feed.get("language") or "")), kept, dropped)


def _json_entry(item: dict[str, Any], url: str) -> Entry:
    said = {key: value for key, value in item.items() if isinstance(value, str)}
    summary = plain.one_line(said.get("summary") or said.get("content_text") or "")
    link = said.get("url") or said.get("external_url") or ""
    if not link and said.get("id", "").startswith("http"):
        link = said["id"]
    return Entry(
        title=plain.one_line(said.get("title", "")),
        url=tidy(_joined(url, link)) if link else "",
        summary=plain.shortened(summary or plain.from_html(said.get("content_html", ""))),
        published=said.get("date_published") or said.get("date_modified") or "",
    )


def _sift(entries: list[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The usable entries, and for each other one which it was and what it lacks."""
    kept: list[Entry] = []
    dropped: list[str] = []
    for number, entry in enumerate(entries, start=1):
        if entry.title and entry.url:
            kept.append(entry)
        elif entry.title:
            dropped.append(f"entry {number} «{entry.title[:60]}» has no link")
        else:
            dropped.append(f"entry {number} ({entry.url or 'no link either'}) has no title")
    return tuple(kept), tuple(dropped)
