"""A feed as RSS 2.0 and as JSON Feed 1.1: the same entries in either. Dates are those of what is told: the
same posts give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache, cached_property
from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import nh3

from digest_lib.documents.plain import XML_FORBIDDEN
from digest_lib.publishing import dom
from digest_lib.publishing.clean import TAGS
from digest_lib.sections.markup import inert, safe_url
from digest_lib.sections.words import FALLBACK
from digest_lib.site.addresses import address
from digest_lib.site.config import Config

#: Entries of a feed.
MOST: Final = 20
_ATOM: Final = "http://www.w3.org/2005/Atom"
_PAGE_ONLY: Final = "nav.contents, details, h1, p.kicker, svg"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_MEDIA: Final = "http://search.yahoo.com/mrss/"
ET.register_namespace("atom", _ATOM)
ET.register_namespace("media", _MEDIA)
ET.register_namespace("content", _CONTENT)


@dataclass(frozen=True)
class Entry:
    """What a feed tells of. `html` is the page's, with links relative to `base`, or to `url`."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    tags: tuple[str, ...] = ()
    base: str = ""
    #: addresses of the picture that stands for it, and of the same in small
    image: str = ""
    thumbnail: str = ""

    @cached_property
    def content(self) -> str:
        """The HTML as a feed has it."""
        return feed_html(self.html, self.base or self.url)


@dataclass(frozen=True)
class Feed:
    """A feed: `path` from the top of the site without its ending, `page` what it is the feed of, `made_of`
    names of all that its entries tell."""

    path: str
    title: str
    page: str
    made_of: Sequence[str]
    make: Callable[[], Sequence[Entry]]

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """Made when they are asked for."""
        return self.make()


def rss(feed: Feed, config: Config) -> bytes:
    """The feed as RSS 2.0."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", address(config, feed.page))
    _text(channel, "description", config.description)
    _text(channel, "language", FALLBACK)
    if feed.entries:
        _text(channel, "lastBuildDate", format_datetime(max(entry.updated for entry in feed.entries)))
    own = {"href": address(config, f"{feed.path}.xml"), "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_ATOM}}}link", own)
    for entry in feed.entries:
        _item(channel, entry)
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def json_feed(feed: Feed, config: Config) -> bytes:
    """The feed as JSON Feed 1.1."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _line(feed.title),
        "home_page_url": address(config, feed.page),
        "feed_url": address(config, f"{feed.path}.json"),
        "description": _line(config.description),
        "language": FALLBACK,
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _json_item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": _line(entry.title),
        "summary": _line(entry.summary),
        "content_html": entry.content,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": [_line(tag) for tag in entry.tags],
        **({"banner_image": entry.image} if entry.image else {}),
        **({"image": entry.thumbnail} if entry.thumbnail else {}),
    }


def _item(channel: ET.Element, entry: Entry) -> None:
    item = ET.SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.url)
    ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = entry.id
    _text(item, "pubDate", format_datetime(entry.published))
    _text(item, f"{{{_ATOM}}}updated", entry.updated.isoformat())
    for tag in entry.tags:
        _text(item, "category", tag)
    if entry.thumbnail:
        ET.SubElement(item, f"{{{_MEDIA}}}thumbnail", {"url": entry.thumbnail})
    _text(item, "description", entry.summary)
    _field(item, f"{{{_CONTENT}}}encoded", entry.content)


def feed_html(html: str, url: str) -> str:
    """A page's HTML with absolute links, without what the feed's own fields say, what leads about on the
    page, and what is folded away there: tables of data, lists of what was withheld.

    Its words are plain text also for a reader that decodes it once too often.
    """
    tree = dom.part(html)
    for node in tree.css(_PAGE_ONLY):
        node.decompose()
    for node in [*tree.root.traverse(include_text=True)] if tree.root else []:
        if node.is_text_node:
            words = node.text_content or ""
            if (plain := inert(words)) != words:
                node.replace_with(plain)
            continue
        for name, value in dom.attributes(node).items():
            if name in {"href", "src"}:
                node.attrs[name] = safe_url(urljoin(url, value))
            elif name == "alt":
                node.attrs[name] = inert(value).replace('"', "”")
    return XML_FORBIDDEN.sub("", _bare().clean(dom.part_written(tree)))


@cache
def _bare() -> nh3.Cleaner:
    """Without the classes and marks that only the site's stylesheet and scripts know."""
    kept = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "li": {"value"}, "time": {"datetime"}}
    return nh3.Cleaner(tags=set(TAGS), attributes={**kept, "*": {"lang"}}, link_rel=None)


def _line(text: str) -> str:
    """Plain text on one line. Readers decode it as HTML, some of them twice, and must find the same words."""
    return XML_FORBIDDEN.sub("", " ".join(inert(text).split()))


def _text(parent: ET.Element, tag: str, text: str) -> None:
    _field(parent, tag, _line(text))


def _field(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = XML_FORBIDDEN.sub("", text)
