"""Feeds that are written by the book, read twenty times faster than feedparser does, with the same result.

feedparser stands for what the web sends; most feeds are plain RSS 2.0 or Atom 1.0, well-formed, with nothing
in them that feedparser reads in a way of its own. This module reads those alone. It decides by what it
knows, not by what it has seen: an element that feedparser has a handler for and that is not listed here, one
that stands twice, markup within text, `xml:base`, a document type: any of them, and the whole feed is
feedparser's. Both read the same bytes with the same parser (expat), so they agree on what is well-formed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree as ET

from digest_lib.documents.vocabularies import is_harmless

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "{http://www.w3.org/XML/1998/namespace}"
#: What makes feedparser take a document for another dialect, and what brings entities.
_OTHER = re.compile(
    r"<!DOCTYPE|<!ENTITY|purl\.org/rss/1\.0/[\"']|my\.netscape\.com/rdf|backend\.userland\.com/rss", re.I
)
#: Elements of a channel, feed, item or entry that say nothing of an entry's title, link, text or date.
_RSS_CHANNEL = frozenset((
    "description", "image", "language", "pubDate", "lastBuildDate", "generator", "ttl", "docs",
    "copyright", "managingEditor", "webMaster", "category", "cloud", "skipHours", "skipDays", "rating",
))  # fmt: skip
_RSS_ITEM = frozenset({"author", "category", "comments"})
_ATOM_FEED = frozenset({"id", "subtitle", "updated", "generator", "rights", "icon", "logo", "category"})
_ATOM_ENTRY = frozenset({"category", "rights"})
_PERSONS = frozenset({"author", "contributor"})
_PERSON = frozenset({"name", "uri", "email"})
#: The parts that elements of a channel may have.
_PARTS = {
    "image": frozenset({"url", "title", "link", "width", "height", "description"}),
    "skipHours": frozenset({"hour"}),
    "skipDays": frozenset({"day"}),
}
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TYPES = {"text": "text/plain", "plain": "text/plain", "html": "text/html", "xhtml": "application/xhtml+xml"}
_CONTROLS = re.compile("[\x80-\x9f]")
_AMPERSAND = re.compile(r"&([A-Za-z0-9_]+);")

Item = dict[str, Any]


class _Other(Exception):
    """Something that only feedparser may read."""


def regular_feed(xml: str, url: str) -> tuple[Item, list[Item]] | None:
    """The feed (title, language) and its items, keyed as feedparser keys them; None for a feed that
    feedparser is to read. `xml` has no declaration; `url` is what relative links are relative to."""
    if _OTHER.search(xml):
        return None
    try:
        root = ET.fromstring(xml)  # noqa: S314 - no document type gets here, so no entity does
    except (ET.ParseError, ValueError):
        return None
    try:
        _refuse_bases(root)
        if root.tag == "rss":
            return _rss(root, url)
        return _atom(root, url) if root.tag == f"{{{_ATOM}}}feed" else None
    except _Other:
        return None


def _refuse_bases(root: ET.Element) -> None:
    for element in root.iter():
        if element.attrib and not {"base", f"{_XML}base", "lang"}.isdisjoint(element.attrib):
            raise _Other


def _rss(root: ET.Element, url: str) -> tuple[Item, list[Item]]:
    if len(root) != 1 or root[0].tag != "channel" or root[0].attrib:
        raise _Other
    feed: Item = {"language": _language(root), "links": []}
    items = []
    for child in root[0]:
        if child.tag == "item":
            items.append(_rss_item(child, url))
        elif child.tag == "title":
            _once(feed, "title", *_rss_text(child, "text/plain"))
        elif child.tag == "link":
            home = _url(child, url)
            if _AMPERSAND.search(home):  # escaped twice: a way of its own, again
                raise _Other
            feed["links"].append({"rel": "alternate", "href": home})
        elif child.tag in _RSS_CHANNEL:
            _simple(child)
            if child.tag == "language":
                feed["language"] = _said(child)
        elif child.tag != f"{{{_ATOM}}}link":
            _harmless(child)
        elif child.get("rel", "alternate").lower() == "alternate":
            raise _Other  # it would be the channel's link, too
    return feed, items


def _rss_item(element: ET.Element, url: str) -> Item:
    item: Item = {"links": []}
    if element.attrib:
        raise _Other
    for child in element:
        tag = child.tag
        if tag == "title":
            _once(item, "title", *_rss_text(child, "text/plain"))
        elif tag == "description":
            _once(item, "summary", *_rss_text(child, "text/html"))
        elif tag == "{http://purl.org/rss/1.0/modules/content/}encoded":
            _once(item, "content", *_rss_text(child, "text/html"))
        elif tag == "link":
            _once(item, "link", _ampersands(_url(child, url)))
        elif tag in {"guid", "source", "enclosure"}:
            _RSS_PARTS[tag](item, child, url)
        elif tag in {"pubDate", "{http://purl.org/dc/elements/1.1/}date"}:
            _once(item, "published" if tag == "pubDate" else "updated", _text(child))
        elif tag in _RSS_ITEM:
            _text(child)
        elif tag == "{http://search.yahoo.com/mrss/}title":
            if "title" not in item or not item["title"]:
                raise _Other  # before the item's own title it would be the title
            _text(child)
        else:
            _harmless(child)
    return _linked(item)


def _guid(item: Item, element: ET.Element, url: str) -> None:
    given = {name.lower(): value for name, value in element.attrib.items()}
    lasting = given.get("ispermalink", "true") == "true"
    _once(item, "id", _url(element, url) if lasting else _said(element))
    item["permalink"] = item["id"] if lasting else ""


def _source(item: Item, element: ET.Element, _: str) -> None:
    if not set(element.attrib) <= {"url"}:
        raise _Other
    _once(item, "source", {"title": _said(element), "href": element.get("url", "")})


def _enclosure(item: Item, element: ET.Element, _: str) -> None:
    _text(element)
    item["links"].append({"rel": "enclosure", "href": element.get("url", "")})


_RSS_PARTS = {"guid": _guid, "source": _source, "enclosure": _enclosure}


def _rss_text(element: ET.Element, kind: str) -> tuple[str, str]:
    """The text of an element that is nominally of `kind`, and what feedparser would take it for."""
    from feedparser.mixin import _FeedParserMixin

    if element.attrib:
        raise _Other
    text = _text(element)
    if kind == "text/plain" and ("<" in text or "&" in text) and _FeedParserMixin.looks_like_html(text):
        kind = "text/html"
    return _repaired(text), kind


def _atom(root: ET.Element, url: str) -> tuple[Item, list[Item]]:
    feed: Item = {"language": _language(root), "links": []}
    items = []
    for child in root:
        tag = _atom_name(child)
        if tag == "entry":
            items.append(_atom_entry(child, url))
        elif tag == "title":
            _once(feed, "title", *_atom_text(child))
        elif tag in _PERSONS:
            _person(feed, child)
        elif tag == "link":
            _atom_link(feed, child, url)
        elif tag in _ATOM_FEED:
            _simple(child)
        else:
            _harmless(child)
    return feed, items


def _atom_entry(element: ET.Element, url: str) -> Item:
    item: Item = {"links": []}
    for child in element:
        tag = _atom_name(child)
        if tag in {"title", "summary", "content"}:
            _once(item, tag, *_atom_text(child))
        elif tag == "link":
            _atom_link(item, child, url)
        elif tag == "id":
            if child.attrib:
                raise _Other
            _once(item, "id", _url(child, url))
            item["permalink"] = item["id"]
        elif tag in {"published", "updated"}:
            _once(item, tag, _said(child))
        elif tag in _PERSONS:
            _person(item, child)
        elif tag in _ATOM_ENTRY:
            _simple(child)
        else:
            _harmless(child)
    return _linked(item)


def _atom_name(element: ET.Element) -> str:
    uri, _, name = element.tag[1:].partition("}")
    return name if uri == _ATOM else ""


def _atom_link(item: Item, element: ET.Element, url: str) -> None:
    href = element.get("href")
    if len(element) or not href or not {"url", "uri"}.isdisjoint(element.attrib):
        raise _Other
    rel = element.get("rel", "alternate").lower()
    kind = element.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
    target = _joined(url, href)
    item["links"].append({"rel": rel, "href": target})
    if rel == "alternate" and _TYPES.get(kind, kind) in _HTML:
        item["link"] = target


def _atom_text(element: ET.Element) -> tuple[str, str]:
    if not set(element.attrib) <= {"type", f"{_XML}lang", f"{_XML}space"}:
        raise _Other
    kind = element.get("type", "text").lower()
    kind = _TYPES.get(kind, kind)
    if kind not in {"text/plain", "text/html"}:
        raise _Other
    return _said(element), kind


def _linked(item: Item) -> Item:
    """A permanent id stands in for a link that is missing; a content for a summary."""
    permalink = item.pop("permalink", "")
    item.setdefault("link", permalink)
    if "content" in item:
        kind = item.pop("content_detail")["type"]
        item["content"] = [{"value": item["content"], "type": kind}]
        item.setdefault("summary", item["content"][0]["value"])
    return item


def _once(item: Item, key: str, value: object, kind: str = "") -> None:
    if key in item:
        raise _Other  # which of two counts depends on their order and depth
    item[key] = value
    if kind:
        item[f"{key}_detail"] = {"type": kind}


def _text(element: ET.Element) -> str:
    if len(element):
        raise _Other
    return (element.text or "").strip()


def _said(element: ET.Element) -> str:
    return _repaired(_text(element))


def _repaired(text: str) -> str:
    """As feedparser mends text that was encoded twice, and characters of Windows-1252."""
    if text.isascii():
        return text
    from feedparser.html import _cp1252

    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return str(text.translate(_cp1252)) if _CONTROLS.search(text) else text


def _url(element: ET.Element, base: str) -> str:
    text = _text(element)
    return _repaired(_joined(base, text)) if text else ""


def _joined(base: str, url: str) -> str:
    from feedparser.urls import _urljoin

    return str(_urljoin(base, url))


def _ampersands(url: str) -> str:
    return _AMPERSAND.sub(r"&\g<1>", url.replace("&amp;", "&"))


def _language(root: ET.Element) -> str:
    return root.get(f"{_XML}lang", "").replace("_", "-")


def _person(item: Item, element: ET.Element) -> None:
    found: dict[str, str] = {}
    for child in element:
        if _atom_name(child) not in _PERSON or len(child):
            raise _Other
        _once(found, _atom_name(child), _text(child))
    if _atom_name(element) == "author":
        item.setdefault("authors", []).append(found)


def _simple(element: ET.Element) -> None:
    """An element of the feed's own vocabulary with no more than its own parts."""
    for child in element:
        if len(child) or child.tag not in _PARTS.get(element.tag, ()):
            raise _Other


def _harmless(element: ET.Element) -> None:
    """Another vocabulary's element, whatever is in it. Raises `_Other` unless feedparser would put none of
    them where our fields are."""
    for one in element.iter():
        if not is_harmless(one.tag):
            raise _Other
