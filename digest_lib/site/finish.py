"""One pass over a finished site, whichever renderer made it: links, neighbours, downloads, feeds, sitemap,
search index. Doing it twice changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from selectolax.lexbor import LexborHTMLParser

from digest_lib.files import storage, write_atomic
from digest_lib.publishing import dom
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.secrets import Scanner
from digest_lib.sections.making import DOWNLOAD
from digest_lib.sections.markup import esc
from digest_lib.sections.words import day_text
from digest_lib.settings import Home
from digest_lib.site.config import Config, read_config
from digest_lib.site.feeds import changed, write_feeds
from digest_lib.site.link_previews import describe
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
        _finish_pages(site, there, config)
        for post in there:
            shutil.copyfile(post.path / NOTEBOOK, site / "posts" / post.name / DOWNLOAD)
        write_feeds(site, there, config)
        _sitemap(site, there, config)
        write_search_index(site, family_names(home))
    Scanner().scan_folder(site, "_site")


def _finish_pages(site: Path, posts: Sequence[Post], config: Config) -> None:
    """Links, neighbours and descriptions of every page; a page that stays the same is not written."""
    known = {f"posts/{post.name}/index.html": post for post in posts}
    navs = dict(_navs(posts))
    for path in _pages(site):
        page = path.relative_to(site)
        old = path.read_text(encoding="utf-8")
        tree, post = dom.page(old), known.get(page.as_posix())
        _relative_links(tree, page, config)
        if post:
            _neighbours(tree, navs[post.name])
        describe(tree, page, post, posts, config)
        new = dom.written(tree)
        if new != old:
            path.write_text(new, encoding="utf-8")


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


def _navs(posts: Sequence[Post]) -> Iterator[tuple[str, str]]:
    """By a post's name: the links to its family's earlier and later post, which it cannot know itself."""
    families: dict[str, list[Post]] = {}
    for post in reversed(posts):
        families.setdefault(post.facts.family, []).append(post)
    for own in families.values():
        for before, post, after in zip([None, *own], own, [*own[1:], None], strict=False):
            yield post.name, _nav(before, after, post)


def _neighbours(tree: LexborHTMLParser, nav: str) -> None:
    for node in tree.css("nav.post-nav"):
        node.decompose()
    main = tree.css_first("main")
    if main is not None:
        main.inner_html = f"{(main.inner_html or '').rstrip()}\n{nav}"


def _nav(before: Post | None, after: Post | None, post: Post) -> str:
    links = [
        f'<a rel="{rel}" href="../{other.name}/index.html"><span>{label}</span>'
        f"{day_text(other.facts.date)}</a>"
        for other, rel, label in ((before, "prev", "前一篇"), (after, "next", "後一篇"))
        if other
    ]
    if not links:
        return ""
    label = esc(f"{post.facts.name} 的前後文章")
    return f'<nav class="post-nav" aria-label="{label}">{"".join(links)}</nav>\n'


def _pages(site: Path) -> list[Path]:
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
    for path in _pages(site):
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
