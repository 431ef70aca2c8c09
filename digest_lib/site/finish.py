"""One pass over a finished site, whichever renderer made it: links, neighbours, downloads, feeds, sitemap,
search index. Doing it twice changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from selectolax.lexbor import LexborHTMLParser

from digest_lib.files import storage, write_atomic
from digest_lib.publishing import dom
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.secrets import Scanner
from digest_lib.sections.making import DOWNLOAD
from digest_lib.settings import Home
from digest_lib.site.config import Config, read_config
from digest_lib.site.events import events_of
from digest_lib.site.feeds import changed, write_feeds
from digest_lib.site.headings import break_headings
from digest_lib.site.ledger import named
from digest_lib.site.link_previews import describe
from digest_lib.site.lists import month_of
from digest_lib.site.post_page import Added, added_to, around, complete
from digest_lib.site.posts import Post, read_posts
from digest_lib.site.renderers import inside_build
from digest_lib.site.search_index import family_names, write_search_index

_LOST = "404.html"


def finish(site: Path, home: Home, posts: Sequence[Post] | None = None) -> None:
    """Finishes the rendered `site` of a home; `posts` are read from it when they are not given.

    Raises `UnsafePost` when a page holds a secret, `StorageError`.
    """
    if inside_build():
        return
    config = read_config(home)
    known = read_posts(home)[0] if posts is None else posts
    there = [post for post in known if (site / "posts" / post.name / "index.html").is_file()]
    with storage(site):
        finish_pages(site, Finishing(there, config))
        for post in there:
            shutil.copyfile(post.path / NOTEBOOK, site / "posts" / post.name / DOWNLOAD)
        write_lists(site, there, config)
        write_search_index(site, family_names(home))
    Scanner().scan_folder(site, "_site")


def finish_pages(site: Path, finishing: Finishing) -> None:
    """Finishes every page that is there; one that stays the same is not written."""
    for path in pages_of(site):
        old = path.read_text(encoding="utf-8")
        if (new := finishing.of(path.relative_to(site)).applied(old)) != old:
            path.write_text(new, encoding="utf-8")


def write_lists(site: Path, posts: Sequence[Post], config: Config) -> None:
    """Feeds and the sitemap: what lists the pages of a finished site for machines."""
    write_feeds(site, posts, config)
    _sitemap(site, posts, config)


@dataclass(frozen=True, slots=True)
class Touch:
    """What one page is still given when it is rendered: all that it cannot know itself. `image` is the path
    of the image that stands for it, `added` what is around a post."""

    page: Path
    post: Post | None
    added: Added | None
    image: str | None
    config: Config

    @property
    def key(self) -> str:
        """A name for all that goes into it."""
        digest = self.post.digest if self.post else ""
        return named(self.page.as_posix(), digest, repr((self.added, self.image, self.config)))

    def applied(self, html: str) -> str:
        """The page, finished. Doing it again changes nothing."""
        tree = dom.page(html)
        _relative_links(tree, self.page, self.config)
        if self.post and self.added:
            complete(tree, self.post, self.added)
        break_headings(tree)
        describe(tree, self.page, self.post, self.image, self.config)
        return dom.written(tree)


class Finishing:
    """What the pages of a site with these posts, newest first, are given."""

    def __init__(self, posts: Sequence[Post], config: Config) -> None:
        self._config = config
        self._posts = {f"posts/{post.name}/index.html": post for post in posts}
        beside = around(posts, events_of(posts))
        self._added = {post.name: added_to(post, one, config.report) for post, one in beside}
        self._images: dict[str, str] = {}
        for post in posts:
            places = ("", f"families/{post.facts.family}", f"months/{month_of(post)}")
            if any(place not in self._images for place in places) and (image := _image(post)):
                for place in places:
                    self._images.setdefault(place, image)

    def of(self, page: Path) -> Touch:
        """What the page of this path in the site is given. The image is a post's own, else the newest of the
        family or month that it lists, else the newest."""
        post = self._posts.get(page.as_posix())
        place = "/".join([*page.parts[:1], *(Path(part).stem for part in page.parts[1:2])])
        image = _image(post) if post else self._images.get(place) or self._images.get("")
        return Touch(page, post, self._added[post.name] if post else None, image, self._config)


def _image(post: Post) -> str | None:
    return f"posts/{post.name}/{post.cover}" if post.cover else None


def _relative_links(tree: LexborHTMLParser, page: Path, config: Config) -> None:
    """Links from the site's top become relative, so that it works at any address. The page for lost
    readers is shown at every depth and keeps absolute ones."""
    top = config.path if page.as_posix() == _LOST else "../" * (len(page.parts) - 1)
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
    """Every page of a site."""
    return sorted(site.rglob("*.html"))


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
    for path in pages_of(site):
        relative = path.relative_to(site).as_posix()
        if relative == _LOST:
            continue
        when = f"<lastmod>{dates[relative]}</lastmod>" if relative in dates else ""
        address = escape(f"{config.url}/{quote(relative.removesuffix('index.html'))}")
        entries.append(f"<url><loc>{address}</loc>{when}</url>\n")
    write_atomic(
        site / "sitemap.xml",
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{''.join(entries)}</urlset>\n",
    )
