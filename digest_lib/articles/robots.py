"""robots.txt: whether a site lets us read its pages (RFC 9309).

Asked for pages only: a feed is published to be fetched by programs like this one.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

#: What a site calls us by, in its robots.txt.
NAME = "digest-newsroom"
#: RFC 9309, section 2.5: what a crawler must at least read of it.
LONGEST = 500 * 1024
_CLIENT_ERROR = range(400, 500)
_OK = range(200, 300)


def robots_url(url: str) -> str:
    """Where the site of this URL says who may read what."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def allows(status: int, body: bytes, url: str) -> bool:
    """Whether the answer to `robots_url` lets us read the page (RFC 9309, section 2.3.1): a site without the
    file allows everything; one whose file cannot be had (`status` 0, or a server error) nothing for now."""
    from protego import Protego

    if status in _CLIENT_ERROR:
        return True
    if status not in _OK:
        return False
    return bool(Protego.parse(body[:LONGEST].decode("utf-8", "replace")).can_fetch(url, NAME))
