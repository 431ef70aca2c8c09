"""robots.txt: whether a site lets us read its pages (RFC 9309).

Asked for pages only: a feed is published to be fetched by programs like this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from digest_lib import settings
from digest_lib.errors import StorageError
from digest_lib.files import digest_of, read_json, write_json

#: What a site calls us by, in its robots.txt.
NAME = "digest-newsroom"
#: RFC 9309, section 2.5: what a crawler must at least read of it.
LONGEST = 500 * 1024
#: RFC 9309, section 2.4: how long an answer may be used.
KEPT = timedelta(days=1)
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


@dataclass(frozen=True, slots=True)
class Kept:
    """What sites answered to `robots_url`, in a folder, for a day: six notebooks ask a site once."""

    folder: Path

    def of(self, url: str) -> tuple[int, bytes] | None:
        """Status and body of the answer that is kept; None where none is, or it is too old."""
        try:
            told = read_json(self._path(url))
            age = settings.now() - datetime.fromisoformat(told["when"])
            fresh = timedelta(0) <= age < KEPT and told["url"] == url
            return (int(told["status"]), str(told["body"]).encode()) if fresh else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, url: str, status: int, body: bytes) -> None:
        """Keeps an answer that says something. A folder that cannot be written costs a request."""
        if status not in _OK and status not in _CLIENT_ERROR:
            return
        said = body[:LONGEST].decode("utf-8", "replace") if status in _OK else ""
        told = {"url": url, "status": status, "when": settings.now().isoformat(), "body": said}
        try:
            write_json(self._path(url), told)
        except StorageError:
            return

    def _path(self, url: str) -> Path:
        return self.folder / f"{digest_of(url)}.json"
