"""One pass over a finished site, whichever renderer made it: links, neighbours, downloads, feeds, sitemap,
search index. Doing it twice changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from selectolax.lexbor import LexborHTMLParser

from digest_lib.files import storage, write_atomic
from digest_lib.publishing import dom
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.secrets import Scanner
from digest_lib.sections.making import DOWNLOAD
from digest_lib.settings import Home
from digest_lib.site.addresses import LOST, address
from digest_lib.site.config import Config, read_config
from digest_lib.site.drawn.of_post import data, data_name, names
from digest_lib.site.feed_files import json_feed, rss
from digest_lib.site.feeds import all_feeds, changed, followed
from digest_lib.site.head_links import Shown, link_up
from digest_lib.site.headings import break_headings
from digest_lib.site.ledger import named
from digest_lib.site.link_previews import describe
from digest_lib.site.lists import month_of
from digest_lib.site.llms import llms_txt
from digest_lib.site.moved import leads_on, moved
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.pages import families_of
from digest_lib.site.post_page import Added, added_to, around, complete, offer_feed
from digest_lib.site.posts import Post, read_posts
from digest_lib.site.renderers import inside_build
from digest_lib.site.search_index import family_names, write_search_index
from digest_lib.site.trend_data import Data


def finish(site: Path, home: Home, posts: Sequence[Post] | None = None) -> None:
    """Finishes the rendered `site` of a home; `posts` are read from it when they are not given.

    Raises `UnsafePost` when a page holds a secret, `StorageError`.
    """
    if inside_build():
        return
    config = read_config(home)
    known = read_posts(home)[0] if posts is None else posts
    there = [post for post in known if (site / "posts" / post.name / "index.html").is_file()]
    room = Newsroom(there, families_of(home, there), config)
    with storage(site):
        finish_pages(site, Finishing(room))
        for post in there:
            shutil.copyfile(post.path / NOTEBOOK, site / "posts" / post.name / DOWNLOAD)
            for image in filter(None, (post.cover, post.thumbnail)):  # a renderer copies what it sees
                shutil.copyfile(post.path / image, site / "posts" / post.name / image)
        pages = [path.relative_to(site).as_posix() for path in pages_of(site)]
        for path, _, make in more_files(room):
            if (site / path).parent.is_dir() and path not in pages:
                write_atomic(site / path, make())
        write_lists(site, pages, room)
        write_search_index(site, family_names(home))
    Scanner().scan_folder(site, "_site")


def finish_pages(site: Path, finishing: Finishing) -> None:
    """Finishes every page that is there; one that stays the same is not written."""
    for path in pages_of(site):
        old = path.read_text(encoding="utf-8")
        if (new := finishing.of(path.relative_to(site)).applied(old)) != old:
            path.write_text(new, encoding="utf-8")


def more_files(room: Newsroom) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The feeds, and the pages that lead on from earlier addresses: the path in the site of each, a name of
    what it is made from, and what makes it."""
    settings = repr(room.config)
    for feed in all_feeds(room):
        key = named(feed.path, feed.title, feed.page, settings, *feed.made_of)
        yield f"{feed.path}.xml", key, partial(rss, feed, room.config)
        yield f"{feed.path}.json", key, partial(json_feed, feed, room.config)
    for post in room.posts:
        for name in names(post.facts):
            yield f"posts/{post.name}/{data_name(name)}", post.digest, partial(data, post.facts, name)
    made_of = named(*(f"{post.name}={post.digest}" for post in room.posts), repr(room.families))
    for path, make in Data(room.tallies).files().items():
        yield path, made_of, make
    for path, html in moved(room):
        yield path, named(html), html.encode


def write_lists(site: Path, pages: Sequence[str], room: Newsroom) -> None:
    """What lists the `pages` of a finished site, by their paths, for machines."""
    write_atomic(site / "llms.txt", llms_txt(room))
    _sitemap(site, pages, room)


@dataclass(frozen=True, slots=True)
class Touch:
    """What one page is still given when it is rendered: all that it cannot know itself. `image` is the path
    of the image that stands for it, `added` what is around a post."""

    shown: Shown
    added: Added | None
    image: str | None
    room: Newsroom

    @property
    def key(self) -> str:
        """A name for all that goes into it."""
        post, event = self.shown.post, self.shown.event
        told = [(one.post.name, one.post.digest, one.story.id) for one in event.told] if event else []
        names = [self.room.families.get(part) for part in self.shown.path.split("/")[1:2]]
        of = (self.shown.path, post and post.digest, told, self.shown.followed, names)
        return named(repr((of, self.added, self.image, self.room.config)))

    def applied(self, html: str) -> str:
        """The page, finished. Doing it again changes nothing."""
        tree, page, post = dom.page(html), Path(self.shown.path), self.shown.post
        _relative_links(tree, page, self.room.config)
        for node in tree.css("main [style]"):  # what no browser applies here: the policy forbids it
            del node.attrs["style"]
        if post and self.added:
            complete(tree, post, self.added)
        if self.shown.event:
            offer_feed(tree, self.shown)
        break_headings(tree)
        describe(tree, page, post, self.image, self.room.config)
        link_up(tree, self.shown, self.room)
        return dom.written(tree)


class Finishing:
    """What the pages of a site are given."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._posts = {f"posts/{post.name}/index.html": post for post in room.posts}
        self._events = {event.path: event for event in room.events}
        self._followed = {event.path for event in followed(room)}
        beside = around(room.posts, room.events)
        self._added = {post.name: added_to(post, one, room.config.report) for post, one in beside}
        self._images: dict[str, str] = {}
        for post in room.posts:
            month = month_of(post)
            places = ("", f"families/{post.facts.family}", f"months/{month}", f"stories/{month}")
            if any(place not in self._images for place in places) and (image := _image(post)):
                for place in places:
                    self._images.setdefault(place, image)

    def of(self, page: Path) -> Touch:
        """What the page of this path in the site is given. The image is a post's own or an event's newest,
        else the newest of the family or month that the page lists, else the newest."""
        path = page.as_posix()
        post, event = self._posts.get(path), self._events.get(path)
        place = "/".join([*page.parts[:1], *(Path(part).stem for part in page.parts[1:2])])
        own = post or (event.newest.post if event else None)
        image = (own and _image(own)) or (not post and (self._images.get(place) or self._images.get("")))
        shown = Shown(path, post, event, path in self._followed)
        return Touch(shown, self._added[post.name] if post else None, image or None, self._room)


def _image(post: Post) -> str | None:
    return f"posts/{post.name}/{post.cover}" if post.cover else None


def _relative_links(tree: LexborHTMLParser, page: Path, config: Config) -> None:
    """Links from the site's top become relative, so that it works at any address. The page for lost
    readers is shown at every depth and keeps absolute ones."""
    top = config.path if page.as_posix() == LOST else "../" * (len(page.parts) - 1)
    for node in tree.css("[href], [src]"):
        for name, link in dom.attributes(node).items():
            if name in {"href", "src"} and link.startswith("/") and not link.startswith("//"):
                node.attrs[name] = _link(link[1:], top)


def _link(rest: str, top: str) -> str:
    """One link; doing it again must not add the path of the site a second time."""
    if top.startswith("/"):
        own = top.strip("/")
        rest = rest.removeprefix(f"{own}/") if own else rest
    return f"{top}{rest or 'index.html'}"


def pages_of(site: Path) -> list[Path]:
    """Every page of a site but those that only lead on to another."""
    return [path for path in sorted(site.rglob("*.html")) if not leads_on(path)]


def _sitemap(site: Path, pages: Sequence[str], room: Newsroom) -> None:
    """`sitemap.xml`, which search engines want with whole addresses, and `robots.txt`, which leads to it."""
    config = room.config
    robots = "User-agent: *\nAllow: /\n"
    if not config.placed:
        (site / "sitemap.xml").unlink(missing_ok=True)
        write_atomic(site / "robots.txt", robots)
        return
    write_atomic(site / "robots.txt", f"{robots}Sitemap: {config.url}/sitemap.xml\n")
    dates = {f"posts/{post.name}/index.html": changed(post).date() for post in room.posts}
    entries = []
    for relative in sorted(pages):
        if relative == LOST:
            continue
        when = f"<lastmod>{dates[relative]}</lastmod>" if relative in dates else ""
        entries.append(f"<url><loc>{escape(address(config, relative))}</loc>{when}</url>\n")
    write_atomic(
        site / "sitemap.xml",
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(entries)}</urlset>\n",
    )
