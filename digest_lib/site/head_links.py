"""Where a page's one address, its feeds and its data are: added to the heads of finished pages, so that every
renderer gives the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from digest_lib.publishing import dom
from digest_lib.sections.markup import inert
from digest_lib.site.addresses import LOST, address, way_up
from digest_lib.site.events import Event
from digest_lib.site.feeds import DAILY, SITE, feed_path
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.posts import Post
from digest_lib.site.structured import as_script, of_event, of_post, of_site

_ADDED: Final = 'link[rel="canonical"], link[rel="alternate"], script[type="application/ld+json"]'
_FEEDS: Final = (("xml", "application/rss+xml"), ("json", "application/feed+json"))


@dataclass(frozen=True)
class Shown:
    """A page of the site by its path from the top, and the post or event that it shows; `followed` where the
    event has a feed."""

    path: str
    post: Post | None = None
    event: Event | None = None
    followed: bool = False


def link_up(tree: LexborHTMLParser, shown: Shown, room: Newsroom) -> None:
    """Puts the links and the data into the page's head. Doing it again changes nothing."""
    head = tree.head
    if head is None:
        return
    for node in head.css(_ADDED):
        dom.taken_out(node)
    for name, text, values in _added(shown, room):
        head.insert_child(dom.made(tree, name, text, **values))
        head.insert_child("\n")


def _added(shown: Shown, room: Newsroom) -> Iterator[tuple[str, str, dict[str, str]]]:
    if room.config.placed and shown.path != LOST:
        yield "link", "", {"rel": "canonical", "href": address(room.config, shown.path)}
    top = way_up(shown.path, room.config)
    for title, path in _feeds(shown, room):
        for ending, kind in _FEEDS:
            values = {
                "rel": "alternate",
                "type": kind,
                "title": _line(title),
                "href": f"{top}{path}.{ending}",
            }
            yield "link", "", values
    data = _data(shown, room)
    if data:
        yield "script", as_script(data), {"type": "application/ld+json"}


def _feeds(shown: Shown, room: Newsroom) -> Iterator[tuple[str, str]]:
    """The feeds that a page advertises: its own first, then the site's."""
    title = room.config.title
    if shown.event and shown.followed:
        yield f"新聞事件：{shown.event.title}", feed_path(shown.event)
    parts = shown.path.split("/")
    if len(parts) > 2 and parts[0] == "families":  # noqa: PLR2004
        yield f"{room.families.get(parts[1], parts[1])} – {title}", f"families/{parts[1]}/feed"
    yield title, SITE
    yield f"{title}：每日頭版", DAILY


def _data(shown: Shown, room: Newsroom) -> Mapping[str, object]:
    if shown.post:
        return of_post(shown.post, room.config)
    if shown.event:
        return of_event(shown.event, room.config)
    return of_site(room.config) if shown.path == "index.html" else {}


def _line(text: str) -> str:
    return " ".join(inert(text).split())
