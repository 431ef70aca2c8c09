"""RSS: the whole of each post, for the site and for each family."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import nh3

from digest_lib.day import TAIPEI
from digest_lib.files import write_atomic
from digest_lib.publishing import dom
from digest_lib.publishing.clean import TAGS
from digest_lib.sections.facts import Facts
from digest_lib.sections.markup import inert, safe_url
from digest_lib.sections.words import FALLBACK
from digest_lib.site.config import Config
from digest_lib.site.posts import Post

_ITEMS = 20
_ATOM = "http://www.w3.org/2005/Atom"
_PAGE_ONLY = "nav.contents, details, h1, p.kicker"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
ET.register_namespace("atom", _ATOM)
ET.register_namespace("content", _CONTENT)


def write_feeds(site: Path, posts: Sequence[Post], config: Config) -> None:
    """`feed.xml` of the site and of each family; `posts` are newest first."""
    write_atomic(site / "feed.xml", feed("feed.xml", config.title, "", posts, config))
    families: dict[str, list[Post]] = {}
    for post in posts:
        families.setdefault(post.facts.family, []).append(post)
    for folder in sorted(p for p in (site / "families").glob("*/") if p.is_dir()):
        own = families.get(folder.name, [])
        name = own[0].facts.name if own else folder.name
        title, page = f"{name} – {config.title}", f"families/{folder.name}/"
        write_atomic(folder / "feed.xml", feed(f"{page}feed.xml", title, page, own, config))


def feed(path: str, title: str, page: str, posts: Sequence[Post], config: Config) -> bytes:
    """A feed as a file. Dates are those of the posts, so that the same posts give the same bytes."""
    rss = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(rss, "channel")
    _text(channel, "title", title)
    _text(channel, "link", f"{config.url}/{page}")
    _text(channel, "description", config.description)
    _text(channel, "language", FALLBACK)
    if posts:
        _text(channel, "lastBuildDate", format_datetime(max(map(changed, posts))))
    own = {"href": f"{config.url}/{path}", "rel": "self", "type": "application/rss+xml"}
    ET.SubElement(channel, f"{{{_ATOM}}}link", own)
    for post in posts[:_ITEMS]:
        _item(channel, post, config)
    ET.indent(rss, " ")
    body: bytes = ET.tostring(rss, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def changed(post: Post) -> datetime:
    """When a reader could last have seen it change, in Taipei's time."""
    facts = post.facts
    days = [c.date for c in facts.corrections]
    days += [facts.retracted.date] if facts.retracted else []
    moments = [datetime.combine(day, time(), TAIPEI) for day in days]
    return max([_published(facts), *moments])


def _published(facts: Facts) -> datetime:
    return facts.cutoff.astimezone(TAIPEI)


def _item(channel: ET.Element, post: Post, config: Config) -> None:
    url = f"{config.url}/posts/{post.name}/index.html"
    item = ET.SubElement(channel, "item")
    _text(item, "title", f"{post.title}：{post.headline}" if post.headline else post.title)
    _text(item, "link", url)
    ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = f"digest:{post.name}"
    _text(item, "pubDate", format_datetime(_published(post.facts)))
    _text(item, f"{{{_ATOM}}}updated", changed(post).isoformat())
    _text(item, "category", post.facts.name)
    _text(item, "description", post.summary or post.headline)
    _field(item, f"{{{_CONTENT}}}encoded", _content(post, url))


def _content(post: Post, url: str) -> str:
    """The post's HTML with absolute links, without what the feed's own fields say, what leads about on the
    page, and what is folded away there: tables of data, lists of what was withheld.

    Its words are plain text also for a reader that decodes it once too often.
    """
    tree = dom.part(post.html())
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
    return _bare().clean(dom.part_written(tree))


@cache
def _bare() -> nh3.Cleaner:
    """Without the classes and marks that only the site's stylesheet and scripts know."""
    kept = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "li": {"value"}, "time": {"datetime"}}
    return nh3.Cleaner(tags=set(TAGS), attributes={**kept, "*": {"lang"}}, link_rel=None)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    """A field of plain text. Readers decode it as HTML, some of them twice, and must find the same words."""
    _field(parent, tag, " ".join(inert(text).split()))


def _field(parent: ET.Element, tag: str, text: str) -> None:
    # XML cannot hold control characters, whatever the encoding.
    plain = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    ET.SubElement(parent, tag).text = plain
