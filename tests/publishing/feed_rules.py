"""What is wrong with a site's feeds by the rules of RSS 2.0 (with the RSS Advisory Board's advice) and of
JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from lxml import html

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CHANNEL = {"title", "link", "description", "language", "lastBuildDate", f"{_ATOM}link", "item"}
_ITEM = {"title", "link", "guid", "pubDate", "category", "description", f"{_ATOM}updated", _CONTENT}
_PICTURE = "{http://search.yahoo.com/mrss/}thumbnail"
_ONCE = _ITEM - {"category"}
_FEED = {"version", "title", "home_page_url", "feed_url", "description", "language", "items"}
_ENTRY = {
    "id", "url", "title", "summary", "content_html", "date_published", "date_modified", "tags",
}  # fmt: skip


def faults(site: Path, address: str) -> Iterator[str]:
    """Every fault of every feed of the site, which is to be found below `address`."""
    for path in sorted(p for p in site.rglob("*.xml") if p.name != "sitemap.xml"):
        own = f"{address}{path.relative_to(site)}"
        yield from (f"{path.relative_to(site)}: {fault}" for fault in _rss(path.read_bytes(), own))
    for path in sorted(p for p in site.rglob("*.json") if "search-index" not in p.parts):
        own = f"{address}{path.relative_to(site)}"
        yield from (f"{path.relative_to(site)}: {fault}" for fault in _json(path.read_bytes(), own))


def _rss(data: bytes, own: str) -> Iterator[str]:
    root = ET.fromstring(data)
    if root.tag != "rss" or root.get("version") != "2.0" or [c.tag for c in root] != ["channel"]:
        yield "not one channel of RSS 2.0"
        return
    channel = root[0]
    yield from (f"<{child.tag}> is in no channel" for child in channel if child.tag not in _CHANNEL)
    for name in ("title", "link", "description", "language"):
        if not (channel.findtext(name) or "").strip():
            yield f"the channel has no {name}"
    links = [(link.get("rel"), link.get("href"), link.get("type")) for link in channel.iter(f"{_ATOM}link")]
    if links != [("self", own, "application/rss+xml")]:
        yield f"its own address is {links}"
    yield from _moment(channel.findtext("lastBuildDate"), parsedate_to_datetime)
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    if len(guids) != len(set(guids)) or not all(guids):
        yield "two items have the same guid, or one has none"
    for item in items:
        names = [child.tag for child in item]
        yield from (f"<{name}> is in no item" for name in names if name not in _ITEM | {_PICTURE})
        yield from (f"an item has {names.count(n)} <{n}>" for n in _ONCE if names.count(n) != 1)
        yield from _absolute(item.findtext("link"))
        for picture in item.iter(_PICTURE):
            yield from _absolute(picture.get("url"))
        yield from _moment(item.findtext("pubDate"), parsedate_to_datetime)
        yield from _moment(item.findtext(f"{_ATOM}updated"), datetime.fromisoformat)
        yield from _content(item.findtext(_CONTENT) or "")
    dates = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items]
    if dates != sorted(dates, reverse=True):
        yield "its items are not newest first"


def _json(data: bytes, own: str) -> Iterator[str]:
    feed: dict[str, Any] = json.loads(data)
    if feed["version"] != "https://jsonfeed.org/version/1.1" or set(feed) != _FEED:
        yield f"not a feed of JSON Feed 1.1: {sorted(feed)}"
    if feed["feed_url"] != own:
        yield f"its own address is {feed['feed_url']}"
    yield from _absolute(feed["home_page_url"])
    ids = [item["id"] for item in feed["items"]]
    if len(ids) != len(set(ids)) or not all(isinstance(one, str) and one for one in ids):
        yield "two items have the same id, or one has none"
    for item in feed["items"]:
        pictures = set(item) & {"image", "banner_image"}
        if set(item) - pictures != _ENTRY or not all(isinstance(item[k], str) for k in _ENTRY - {"tags"}):
            yield f"an item has {sorted(item)}"
        for name in pictures:
            yield from _absolute(item[name])
        if not all(isinstance(tag, str) and tag for tag in item["tags"]):
            yield f"tags are {item['tags']}"
        yield from _absolute(item["url"])
        for key in ("date_published", "date_modified"):
            yield from _moment(item[key], datetime.fromisoformat)
        yield from _content(item["content_html"])


def _moment(text: str | None, read: Any) -> Iterator[str]:
    """Dates have a zone; a channel without items may have none."""
    if text is not None and read(text).tzinfo is None:
        yield f"{text} has no zone"


def _absolute(link: str | None, *, in_html: bool = False) -> Iterator[str]:
    parts = urlsplit(link or "")
    plain = in_html or (link or "").isascii()
    if parts.scheme not in {"http", "https"} or not parts.netloc or not plain:
        yield f"{link} is no whole address"


def _content(text: str) -> Iterator[str]:
    """No relative address, and nothing that readers take out for safety."""
    if not text.strip():
        yield "an item has no content"
        return
    for node in html.fragment_fromstring(text, create_parent="div").iter():
        for name in ("href", "src"):
            if (link := node.get(name)) is not None:
                yield from _absolute(link, in_html=True)
        if node.tag in {"script", "style", "iframe", "object", "embed", "form", "input"}:
            yield f"<{node.tag}> in an item"
        yield from (
            f"{name}= in an item" for name in node.attrib if name in {"style", "id"} or name[:2] == "on"
        )
