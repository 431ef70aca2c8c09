"""One pass over a finished site, whichever renderer made it: links, neighbours, downloads, feeds, sitemap,
search index. Doing it twice changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
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
from digest_lib.site.feeds import changed, followed, write_feeds
from digest_lib.site.head_links import Shown, link_up
from digest_lib.site.headings import break_headings
from digest_lib.site.link_previews import describe
from digest_lib.site.llms import llms_txt
from digest_lib.site.moved import leads_on, write_moved
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.post_page import around, complete, offer_feed
from digest_lib.site.posts import Post, read_posts
from digest_lib.site.renderers import inside_build
from digest_lib.site.search_index import family_names, write_search_index


def finish(site: Path, home: Home, posts: Sequence[Post] | None = None) -> None:
    """Finishes the rendered `site` of a home; `posts` are read from it when they are not given.

    Raises `UnsafePost` when a page holds a secret, `StorageError`.
    """
    if inside_build():
        return
    config = read_config(home)
    known = read_posts(home)[0] if posts is None else posts
    there = [post for post in known if (site / "posts" / post.name / "index.html").is_file()]
    room = Newsroom(there, _families(site, there), config)
    with storage(site):
        _finish_pages(site, room)
        for post in there:
            shutil.copyfile(post.path / NOTEBOOK, site / "posts" / post.name / DOWNLOAD)
        write_feeds(site, room)
        write_moved(site, room)
        write_atomic(site / "llms.txt", llms_txt(room))
        _sitemap(site, there, config)
        write_search_index(site, family_names(home))
    Scanner().scan_folder(site, "_site")


def _families(site: Path, posts: Sequence[Post]) -> dict[str, str]:
    """The families that have a page, by name."""
    names = {post.facts.family: post.facts.name for post in reversed(posts)}
    folders = sorted(path.name for path in (site / "families").glob("*/") if path.is_dir())
    return {key: names.get(key, key) for key in folders}


def _finish_pages(site: Path, room: Newsroom) -> None:
    """Links, neighbours and descriptions of every page; a page that stays the same is not written."""
    posts = {
        f"posts/{post.name}/index.html": (post, beside) for post, beside in around(room.posts, room.events)
    }
    events = {event.path: event for event in room.events}
    feeds = {event.path for event in followed(room)}
    for path in _pages(site):
        page = path.relative_to(site)
        name = page.as_posix()
        old = path.read_text(encoding="utf-8")
        tree, (post, beside) = dom.page(old), posts.get(name, (None, None))
        shown = Shown(name, post, events.get(name), name in feeds)
        _relative_links(tree, page, room.config)
        if post and beside:
            complete(tree, post, beside, room.config.report)
        if shown.event:
            offer_feed(tree, shown)
        break_headings(tree)
        describe(tree, page, post, shown.event, room)
        link_up(tree, shown, room)
        new = dom.written(tree)
        if new != old:
            path.write_text(new, encoding="utf-8")


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


def _pages(site: Path) -> list[Path]:
    """Every page but those that only lead on to another."""
    return sorted(path for path in site.rglob("*.html") if not leads_on(path))


def _sitemap(site: Path, posts: Sequence[Post], config: Config) -> None:
    """`sitemap.xml`, which search engines want with whole addresses, and `robots.txt`, which leads to it."""
    robots = "User-agent: *\nAllow: /\n"
    if not config.placed:
        (site / "sitemap.xml").unlink(missing_ok=True)
        write_atomic(site / "robots.txt", robots)
        return
    write_atomic(site / "robots.txt", f"{robots}Sitemap: {config.url}/sitemap.xml\n")
    dates = {f"posts/{post.name}/index.html": changed(post).date() for post in posts}
    entries = []
    for path in _pages(site):
        relative = path.relative_to(site).as_posix()
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
