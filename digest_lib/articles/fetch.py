"""Fetching many URLs from a web that is slow, broken and at times hostile.

Every URL gives a `Fetched`, in the order in which they finish; what went wrong is a value in it, never an
exception. Nothing can hold up the rest: each request has a deadline, all of them together have one, and a
body is read only up to a cap, counted after decompression.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest_lib import settings
from digest_lib.articles.addresses import Refused, check_public, check_url
from digest_lib.articles.urls import host_of

if TYPE_CHECKING:
    import httpx2

_MB = 1024 * 1024
_NOT_MODIFIED = 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOVED_FOR_GOOD = frozenset({301, 308})
#: Worth another try: too many requests, and what servers say when they are ill for a moment.
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_DEADLINE = "the time for the whole gather was used up"


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient, how greedy and how polite to be. Times in seconds."""

    total: float = 120.0
    request: float = 20.0
    connect: float = 8.0
    body: int = 10 * _MB
    at_once: int = 32
    per_host: int = 2
    redirects: int = 5
    retries: int = 2
    backoff: float = 0.5
    #: the longest wait that a server's Retry-After is granted
    longest_wait: float = 10.0


@dataclass(frozen=True, slots=True)
class Ask:
    """A URL to fetch, with the validators of the copy that we have."""

    url: str
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `status` 0: nothing did, and `error` says why. `url` is the one asked for, `final` the
    one that answered, `moved` where it says it lives from now on."""

    url: str
    status: int = 0
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    final: str = ""
    moved: str = ""
    error: str = ""
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """True for an answer that can be used: a body, or that ours is still the latest."""
        return not self.error


async def fetch_all(
    asks: Iterable[Ask],
    *,
    proxy: str | None = None,
    limits: Limits | None = None,
    allow_private: bool = False,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> AsyncIterator[Fetched]:
    """Fetches all of them at once and yields each as it finishes.

    Without a proxy, addresses that are not on the public internet are refused (also where a redirect
    or a host name leads to one), unless `allow_private`. A proxy is a person's explicit choice, and
    resolves names itself. `transport` stands in for the network in tests.
    """
    import httpx2

    bounds = limits or Limits()
    client = httpx2.AsyncClient(
        proxy=proxy,
        transport=transport,
        trust_env=False,  # DIGEST_PROXY is the one setting for a proxy
        follow_redirects=False,  # each hop is checked first
        timeout=httpx2.Timeout(bounds.request, connect=bounds.connect),
        limits=httpx2.Limits(max_connections=bounds.at_once, max_keepalive_connections=bounds.at_once),
        headers={"User-Agent": user_agent(), "Accept": _ACCEPT},
    )
    guarded = not (proxy or allow_private)
    async with client:
        fetcher = _Fetcher(client, bounds, guarded=guarded)
        tasks = [asyncio.create_task(fetcher.fetch(ask)) for ask in asks]
        try:
            for done in asyncio.as_completed(tasks):
                yield await done
        finally:
            for task in tasks:
                task.cancel()


def user_agent() -> str:
    """Who asks, so that a publisher can tell and object."""
    try:
        number = version("digest-newsroom")
    except PackageNotFoundError:
        number = "0"
    return f"digest-newsroom/{number} (daily feed reader)"


_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)


class _Fetcher:
    """One gather's client with its limits."""

    def __init__(self, client: httpx2.AsyncClient, limits: Limits, *, guarded: bool) -> None:
        self.client = client
        self.limits = limits
        self.guarded = guarded
        self.ends = asyncio.get_running_loop().time() + limits.total
        self.slots = asyncio.Semaphore(limits.at_once)
        self.hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.per_host)
        )

    async def fetch(self, ask: Ask) -> Fetched:
        """Waits for its turn, tries and tries again; never raises for what the web does."""
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout_at(self.ends):
                # The host's slot first: who waits for a slow host must not hold one of all.
                async with self.hosts[host_of(ask.url)], self.slots:
                    started = clock()
                    found = await self._tries(ask)
        except TimeoutError:
            found = Fetched(ask.url, error=_DEADLINE)
        return replace(found, seconds=round(clock() - started, 3))

    async def _tries(self, ask: Ask) -> Fetched:
        for attempt in range(self.limits.retries + 1):
            found, wait = await self._try(ask)
            if wait is None or attempt == self.limits.retries:
                break
            # A little at random, or all that failed together would come back together.
            pause = max(wait, self.limits.backoff * 2**attempt * random.uniform(0.8, 1.2))  # noqa: S311
            await asyncio.sleep(min(pause, self.limits.longest_wait))
        return found

    async def _try(self, ask: Ask) -> tuple[Fetched, float | None]:
        """One attempt; beside it how long to wait before another, None where that is no use."""
        import httpx2

        troubles = (Refused, httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, ValueError)
        try:
            async with asyncio.timeout(self.limits.request):
                return await self._follow(ask)
        except TimeoutError:
            return Fetched(ask.url, error=f"no full answer within {self.limits.request:g} s"), None
        except troubles as error:
            reason, again = _reason(error)
            return Fetched(ask.url, error=reason), 0.0 if again else None

    async def _follow(self, ask: Ask) -> tuple[Fetched, float | None]:
        url, moved, for_good = ask.url, "", True
        for _ in range(self.limits.redirects + 1):
            await check_url(url, public=self.guarded)
            async with self.client.stream("GET", url, headers=_conditions(ask)) as answer:
                self._check_peer(answer)
                if answer.status_code not in _REDIRECTS or "location" not in answer.headers:
                    found = await self._read(ask, answer)
                    return replace(found, final=url, moved=moved), _wait(answer)
                for_good = for_good and answer.status_code in _MOVED_FOR_GOOD
                url = urljoin(url, answer.headers["location"])
                moved = url if for_good else moved
        raise Refused(f"more than {self.limits.redirects} redirects")

    async def _read(self, ask: Ask, answer: httpx2.Response) -> Fetched:
        status = answer.status_code
        said = Fetched(
            ask.url,
            status,
            content_type=answer.headers.get("content-type", ""),
            etag=answer.headers.get("etag", ""),
            last_modified=answer.headers.get("last-modified", ""),
        )
        if status == _NOT_MODIFIED:
            return said
        if not answer.is_success:
            return replace(said, error=f"HTTP {status} {answer.reason_phrase}".strip())
        body = bytearray()
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > self.limits.body:
                raise Refused(f"larger than {self.limits.body / _MB:g} MB")
        return replace(said, body=bytes(body))

    def _check_peer(self, answer: httpx2.Response) -> None:
        """The address really connected to: a name may resolve to another one the second time."""
        stream = answer.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if self.guarded and stream else None
        if peer:
            check_public(str(peer[0]), answer.url.host)


def _conditions(ask: Ask) -> dict[str, str]:
    given = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in given.items() if value}


def _wait(answer: httpx2.Response) -> float | None:
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


def _reason(error: Exception) -> tuple[str, bool]:
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
    return f"no connection: {said}", True
