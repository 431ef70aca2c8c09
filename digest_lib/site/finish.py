"""One pass over a finished site, whichever renderer made it: links, neighbours, downloads, feeds, sitemap,
search index. Doing it twice changes nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from selectolax.lexbor import LexborHTMLParser

from digest_lib.files import named, storage, write_atomic
from digest_lib.publishing import dom
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.secrets import Scanner
from digest_lib.sections.making import DOWNLOAD
from digest_lib.settings import Home
from digest_lib.site.addresses import LOST, address
from digest_lib.site.adopted import Report
from digest_lib.site.config import Config
from digest_lib.site.drawn.of_post import data, data_name
from digest_lib.site.faces import FOLDER as FONTS
from digest_lib.site.faces import dress
from digest_lib.site.feed_files import json_feed, rss
from digest_lib.site.feeds import all_feeds, changed, followed
from digest_lib.site.head_links import Shown, link_up
from digest_lib.site.headings import break_headings
from digest_lib.site.inputs import name_of, told
from digest_lib.site.link_previews import describe
from digest_lib.site.lists import month_of
from digest_lib.site.llms import llms_txt
from digest_lib.site.moved import leading, leads_on, moved
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.pages import newsroom
from digest_lib.site.post_page import Around, added_to, around, complete, offer_feed
from digest_lib.site.posts import Post, read_posts
from digest_lib.site.printed import sign_print
from digest_lib.site.prompt_pages import csv_of
from digest_lib.site.renderers import inside_build
from digest_lib.site.search_index import family_names, write_search_index
from digest_lib.site.tables import box_tables
from digest_lib.site.trend_data import Data

#: How the pages of an event's days long past are named beside its own.
_PART: Final = re.compile(r"-\d+\.html$")


def finish(site: Path, home: Home) -> None:
    """Finishes the rendered `site` of a home.

    Raises `UnsafePost` when a page holds a secret, `StorageError`.
    """
    if inside_build():
        return
    there = [post for post in read_posts(home)[0] if (site / "posts" / post.name / "index.html").is_file()]
    room = newsroom(home, there)
    with storage(site):
        finish_pages(site, Finishing(room))
        for post in there:
            shutil.copyfile(post.path / NOTEBOOK, site / "posts" / post.name / DOWNLOAD)
            for image in filter(None, (post.cover, post.thumbnail)):  # a renderer copies what it sees
                shutil.copyfile(post.path / image, site / "posts" / post.name / image)
        pages = [path.relative_to(site).as_posix() for path in pages_of(site)]
        for path, _, make in more_files(room):
            if (path.startswith(f"{FONTS}/") or (site / path).parent.is_dir()) and path not in pages:
                write_atomic(site / path, make())
        write_lists(site, pages, room)
        write_search_index(site, family_names(home))
    Scanner().scan_folder(site, "_site")


def finish_pages(site: Path, finishing: Finishing) -> None:
    """Finishes every page that is there; one that stays the same is not written."""
    for path in pages_of(site):
        old = path.read_text(encoding="utf-8")
        page = path.relative_to(site).as_posix()
        for name, made in finishing.of(page).applied(old).items():
            target = site / name
            if name != page or made != old.encode():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(made)


def more_files(room: Newsroom) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The feeds, and the pages that lead on from earlier addresses: the path in the site of each, a name of
    what it is made from, and what makes it."""
    for feed in all_feeds(room):
        key = named(feed.path, feed.title, feed.page, room.settings, *feed.made_of)
        yield f"{feed.path}.xml", key, partial(rss, feed, room.config)
        yield f"{feed.path}.json", key, partial(json_feed, feed, room.config)
    yield from room.faces.files()
    for post in room.posts:
        for name in post.brief.charts:
            yield f"posts/{post.name}/{data_name(name)}", post.digest, partial(_chart_data, post, name)
    made_of = name_of(room.tallies)
    for path, make in Data(room.tallies).files().items():
        yield path, made_of, make
    for report in room.reports:
        yield report.csv, report.made_of, partial(csv_of, report)
    for path, event in moved(room):
        yield path, name_of(path, event, room.settings), partial(leading, event, room.config)


def _chart_data(post: Post, name: str) -> bytes:
    return data(post.facts, name)


def write_lists(site: Path, pages: Sequence[str], room: Newsroom) -> None:
    """What lists the `pages` of a finished site, by their paths, for machines."""
    write_atomic(site / "llms.txt", llms_txt(room))
    _sitemap(site, pages, room)


@dataclass(frozen=True, slots=True)
class Touch:
    """What one page is still given when it is rendered: all that it cannot know itself. `image` is the path
    of the image that stands for it, `beside` what is around a post."""

    shown: Shown
    beside: Around | None
    image: str | None
    room: Newsroom

    @property
    def key(self) -> str:
        """A name for all that goes into it. (Asked for every page of the site: what is known to name itself
        is not looked through as in `name_of`.)"""
        shown, room = self.shown, self.room
        own = (one.made_of if one else "" for one in (shown.post, shown.event, self.beside))
        family = room.families.get(shown.path.split("/", 2)[1], "") if "/" in shown.path else ""
        more = told((shown.followed, family, self.image, room.faces.sheet, self.adopted))
        return named("\n".join((shown.path, *own, more, room.settings)))

    @property
    def adopted(self) -> list[Report]:
        """The reports that may be about a post's prompts."""
        post = self.shown.post
        return [one for one in self.room.reports if post and post.brief.family in one.families]

    def applied(self, html: str) -> Mapping[str, bytes]:
        """The page, finished, and the files of its own, by their paths. Doing it again changes nothing."""
        tree, page, post = dom.page(html), Path(self.shown.path), self.shown.post
        _relative_links(tree, page, self.room.config)
        for node in tree.css("main [style]"):  # what no browser applies here: the policy forbids it
            del node.attrs["style"]
        if post and self.beside:
            complete(tree, post, added_to(post, self.beside, self.room.config.report, self.adopted))
        if self.shown.event:
            offer_feed(tree, self.shown)
        box_tables(tree)
        break_headings(tree)
        describe(tree, page, post, self.image, self.room.config)
        link_up(tree, self.shown, self.room)
        sign_print(tree, self.shown.path, self.room.config)
        files = dress(tree, self.shown.path, self.room.faces.sheet, self.room.config)
        return {self.shown.path: dom.written(tree).encode(), **files}


class Finishing:
    """What the pages of a site are given."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._posts = {f"posts/{post.name}/index.html": post for post in room.posts}
        self._events = {event.path: event for event in room.events}
        self._followed = {event.path for event in followed(room)}
        self._beside = {post.name: one for post, one in around(room.posts, room.events)}
        self._images: dict[str, str] = {}
        for post in room.posts:
            month = month_of(post)
            family = f"families/{post.brief.family}"
            places = ("", family, f"{family}/{month}", f"months/{month}", f"stories/{month}")
            if any(place not in self._images for place in places) and (image := _image(post)):
                for place in places:
                    self._images.setdefault(place, image)

    def of(self, path: str) -> Touch:
        """What the page of this path in the site is given. The image is a post's own or an event's newest
        (its first, on a page of its days long past), else the newest of the family or month (or both) that
        the page lists, else the newest. So a page that a day does not change keeps its image."""
        post, event = self._posts.get(path), self._events.get(path)
        past = None if event else self._events.get(_PART.sub(".html", path))
        own = post or (event.newest.post if event else past.told[0].post if past else None)
        image = (own and _image(own)) or (not post and self._newest_image(path.removesuffix(".html")))
        shown = Shown(path, post, event, path in self._followed)
        beside = self._beside[post.name] if post else None
        return Touch(shown, beside, image or None, self._room)

    def _newest_image(self, place: str) -> str | None:
        places = (place, place.rpartition("/")[0], "")
        return next((self._images[one] for one in places if one in self._images), None)


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
