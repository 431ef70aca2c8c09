"""What other sites show of a page that is linked there (Open Graph, ogp.me), and what a browser's tab says
of a post. Added to finished pages, so that every renderer gives the same."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from digest_lib.publishing.config import Config
from digest_lib.publishing.front import beyond_headline
from digest_lib.publishing.markup import esc
from digest_lib.publishing.posts import Post
from digest_lib.publishing.sentences import joined

_ADDED: Final = re.compile(r'(<meta (?:property="(?:og|article):|name="twitter:)[^>]*>\n?)+')
_TITLE: Final = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION: Final = re.compile(r'<meta name="description" content="([^"]*)"')
_LOST: Final = "404.html"


def describe_pages(pages: Sequence[Path], site: Path, posts: Sequence[Post], config: Config) -> None:
    """Writes the tags into the heads of the `pages` of a `site`; `posts` are newest first. Doing it again
    changes nothing."""
    known = {site / "posts" / post.name / "index.html": post for post in posts}
    for path in pages:
        old = path.read_text(encoding="utf-8")
        post = known.get(path)
        new = _titled(old, post, config) if post else old
        image = _image(path.relative_to(site), post, posts)
        tags = "".join(_tags(new, path.relative_to(site).as_posix(), post, image, config))
        new = _ADDED.sub("", new).replace("</head>", f"{tags}</head>", 1)
        if new != old:
            path.write_text(new, encoding="utf-8")


def _titled(text: str, post: Post, config: Config) -> str:
    title = esc(f"{post.headline}｜{post.title} – {config.title}")
    return _TITLE.sub(lambda _: f"<title>{title}</title>", text, count=1)


def _image(page: Path, post: Post | None, posts: Sequence[Post]) -> Post | None:
    """The post whose image stands for the page: its own, else its family's newest, else the newest."""
    family = page.parts[1] if len(page.parts) > 2 and page.parts[0] == "families" else ""  # noqa: PLR2004
    fits = [post] if post else sorted(posts, key=lambda post: post.facts.family != family)
    return next((p for p in fits if p.cover), None)


def _tags(text: str, page: str, post: Post | None, image: Post | None, config: Config) -> Iterator[str]:
    title, described = _TITLE.search(text), _DESCRIPTION.search(text)
    own = html.unescape(title[1]) if title else config.title
    address = f"{config.url}/{quote(page.removesuffix('index.html'))}"
    yield _meta("property", "og:site_name", config.title)
    yield _meta("property", "og:type", "article" if post else "website")
    yield _meta("property", "og:title", post.headline if post else own.removesuffix(f" – {config.title}"))
    about = html.unescape(described[1]) if described else config.description
    if post:  # the headline stands right above it
        about = joined(s.text for s in beyond_headline(post.facts)) or about
    yield _meta("property", "og:description", about)
    yield _meta("property", "og:locale", "zh_TW")
    if post:
        yield _meta("property", "article:published_time", post.facts.date.isoformat())
    # These two must be whole addresses, which a site without one cannot give.
    if config.placed and page != _LOST:
        yield _meta("property", "og:url", address)
    if config.placed and image:
        yield _meta("property", "og:image", f"{config.url}/posts/{image.name}/{image.cover}")
    yield _meta("name", "twitter:card", "summary_large_image" if image else "summary")


def _meta(kind: str, name: str, content: str) -> str:
    return f'<meta {kind}="{name}" content="{esc(content)}">\n'
