"""What other sites show of a page that is linked there (Open Graph, ogp.me), and what a browser's tab says
of a post. Added to finished pages, so that every renderer gives the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from digest_lib.publishing import dom
from digest_lib.publishing.front import beyond_headline
from digest_lib.sections.markup import inert
from digest_lib.sections.sentences import joined
from digest_lib.site.addresses import LOST, address
from digest_lib.site.config import Config
from digest_lib.site.posts import Post

_ADDED: Final = 'meta[property^="og:"], meta[property^="article:"], meta[name^="twitter:"]'
#: Before the site's title.
_SITE: Final = " – "
#: What a tag is called by, its name, and what it says.
_Tag = tuple[str, str, str]


def describe(
    tree: LexborHTMLParser, page: Path, post: Post | None, image: str | None, config: Config
) -> None:
    """Puts title, description and tags into the head of a `page` of the site, which may be that of a `post`;
    `image` is the path of the image that stands for it. Doing it again changes nothing."""
    head = tree.head
    if head is None:
        return
    title, about = _said(tree, post, config)
    for node in head.css(_ADDED):
        dom.taken_out(node)
    for kind, name, content in _tags(page.as_posix(), title, about, post, image, config):
        head.insert_child(dom.made(tree, "meta", **{kind: name, "content": _line(content)}))
        head.insert_child("\n")


def _line(text: str) -> str:
    """Text on one line, for whoever decodes it again."""
    return " ".join(inert(text).split())


def _said(tree: LexborHTMLParser, post: Post | None, config: Config) -> tuple[str, str]:
    """The page's title and description, in the head and as link previews show them."""
    title, described = tree.css_first("head title"), tree.css_first('head meta[name="description"]')
    own = _titled(title.text(), config) if title else config.title
    about = (described.attributes.get("content") if described else "") or config.description
    if post:
        own, about = f"{post.headline}｜{post.title}{_SITE}{config.title}", post.summary
    if title:
        title.inner_html = ""
        title.insert_child(_line(own))
    if described:
        described.attrs["content"] = _line(about)
    if not post:
        return own.removesuffix(f"{_SITE}{config.title}"), about
    # The headline stands right above it.
    return post.headline, joined(s.text for s in beyond_headline(post.facts)) or about


def _titled(title: str, config: Config) -> str:
    """A page's title with the site's behind it, as the settings have that: Quarto takes it for Markdown."""
    return f"{title.rsplit(_SITE, config.title.count(_SITE) + 1)[0]}{_SITE}{config.title}"


def _tags(
    page: str, title: str, about: str, post: Post | None, image: str | None, config: Config
) -> Iterator[_Tag]:
    yield "property", "og:site_name", config.title
    yield "property", "og:type", "article" if post else "website"
    yield "property", "og:title", title
    yield "property", "og:description", about
    yield "property", "og:locale", "zh_TW"
    if post:
        yield "property", "article:published_time", post.brief.day.isoformat()
    # These two must be whole addresses, which a site without one cannot give.
    if config.placed and page != LOST:
        yield "property", "og:url", address(config, page)
    if config.placed and image:
        yield "property", "og:image", address(config, image)
    yield "name", "twitter:card", "summary_large_image" if image else "summary"
