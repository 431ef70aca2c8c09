"""Who published an article: the same name, whichever feed brought it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from digest_lib.articles.opml import FeedSource
from digest_lib.articles.urls import host_of

#: What stands after it in a feed's title says which of the publisher's feeds it is.
_SECTION = " | "


class Publishers:
    """The publishers that a feed list knows, by their site (`htmlUrl`, else the feed's own host).

    A feed of links to other sites (Hacker News, a search) names no publisher of theirs, since only a page on
    the site itself is its own.
    """

    def __init__(self, feeds: Iterable[FeedSource]) -> None:
        self._sites: dict[str, str] = {}
        for feed in feeds:
            if not feed.searches:
                name = feed.title.partition(_SECTION)[0]
                self._sites.setdefault(_place(feed.site or feed.url, whole=bool(feed.site)), name)

    def of(self, url: str, source: str = "", source_url: str = "") -> str:
        """The name: of the known site that `url` (or what the aggregator gives as the source's URL) is
        on, else the source's name, else the host without `www.`."""
        return self._known(source_url) or source or self._known(url) or host_of(url)

    def _known(self, url: str) -> str:
        """The name for the longest site that the URL is on: a path below it, or a subdomain of it."""
        if not url:
            return ""
        place = _place(url)
        while place:
            if name := self._sites.get(place):
                return name
            # The last step of the path goes first, then the first label of the host.
            head, slash, _ = place.rpartition("/")
            place = head if slash else place.partition(".")[2]
        return ""


def _place(url: str, *, whole: bool = True) -> str:
    path = urlsplit(url).path.rstrip("/") if whole else ""
    return host_of(url) + path
