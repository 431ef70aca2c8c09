"""What is asked of the web, what comes back, and what an answer means; nothing here touches the network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from digest_lib import settings
from digest_lib.web.addresses import Refused

if TYPE_CHECKING:
    import httpx2

MB = 1024 * 1024
#: Worth another try: too many requests, and what servers say when they are ill for a moment.
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient, how greedy and how polite to be. Times in seconds."""

    total: float = 120.0
    request: float = 20.0
    connect: float = 8.0
    body: int = 10 * MB
    at_once: int = 64
    per_host: int = 2
    redirects: int = 5
    retries: int = 2
    backoff: float = 0.5
    #: the longest wait that a server's Retry-After is granted
    longest_wait: float = 10.0
    #: the longest that reading one document may take
    reading: float = 20.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A URL to fetch, with the validators of the copy that we have."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `status` 0: nothing did, and `error` says why. `url` is the one asked for, `final` the
    one that answered, `moved` where it says it lives from now on. `refused`: asking again would be no use.
    `served`: what time it was for the server."""

    url: str
    status: int = 0
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    final: str = ""
    moved: str = ""
    error: str = ""
    refused: bool = False
    seconds: float = 0.0
    served: datetime | None = None

    @property
    def ok(self) -> bool:
        """True for an answer that can be used: a body, or that ours is still the latest."""
        return not self.error


def conditions(ask: Ask) -> dict[str, str]:
    """The headers that ask only for what is newer than our copy."""
    given = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in given.items() if value}


def wait_of(answer: httpx2.Response) -> float | None:
    """The seconds that a server that is to be asked again wants us to wait; None: ask no more."""
    if answer.status_code not in _TRY_AGAIN:
        return None
    told = answer.headers.get("retry-after", "")
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - settings.now()).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def reason_of(error: Exception) -> tuple[str, bool]:
    """What went wrong, in one line, and whether another try may help."""
    import httpx2

    said = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, Refused):
        return said, False
    if isinstance(error, httpx2.TimeoutException):
        return "the server did not answer in time", False
    if isinstance(error, httpx2.DecodingError):
        return "the compressed body is damaged", False
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol | ValueError):
        return f"not a URL that can be fetched: {said}", False
    if isinstance(error, httpx2.ProxyError):
        return f"the proxy let nothing through ({said}); see DIGEST_PROXY, HTTPS_PROXY, HTTP_PROXY", True
    return f"no connection: {said}", True
