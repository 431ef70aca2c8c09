"""The address of a page: the same in feeds, sitemap, link previews and canonical links."""

from __future__ import annotations

from urllib.parse import quote

from digest_lib.site.config import Config

#: The page for lost readers, which has no address of its own.
LOST = "404.html"


def address(config: Config, page: str) -> str:
    """The whole address of a page or file, by its path from the top of the site (`posts/x/index.html`)."""
    path = page.removesuffix("index.html") if page == "index.html" or page.endswith("/index.html") else page
    return f"{config.url}/{quote(path)}"


def way_up(page: str, config: Config) -> str:
    """The way from a page to the top of the site. The page for lost readers is shown at every depth."""
    return config.path if page == LOST else "../" * page.count("/")
