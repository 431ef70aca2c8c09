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
from contextlib import AsyncExitStack
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest_lib.proxies import Proxies
from digest_lib.web import robots
from digest_lib.web.addresses import Refused, check_public, check_url
from digest_lib.web.asking import MB, Ask, Fetched, Limits, conditions, reason_of, wait_of
from digest_lib.web.clock import served_at
from digest_lib.web.unpacking import TooLarge, Unpacker, accepted
from digest_lib.web.urls import host_of

__all__ = ["Ask", "Fetched", "Limits", "fetch_all", "user_agent"]

if TYPE_CHECKING:
    import httpx2

_NOT_MODIFIED = 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOVED_FOR_GOOD = frozenset({301, 308})
#: Bodies above this are few, and few at a time are in memory.
_LARGE = MB
_LARGE_AT_ONCE = 8
_DEADLINE = "the time for the whole gather was used up"


async def fetch_all(
    asks: Iterable[Ask],
    *,
    proxy: Proxies | str | None = None,
    limits: Limits | None = None,
    allow_private: bool = False,
    obey_robots: bool = False,
    kept_robots: robots.Kept | None = None,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> AsyncIterator[Fetched]:
    """Fetches all of them at once and yields each as it finishes.

    What is asked without a proxy is refused where its address is not on the public internet (also where a
    redirect or a host name leads to one), unless `allow_private`. A proxy resolves names itself: the one
    given as a URL, or named by `DIGEST_PROXY`, is a person's explicit choice and gets whatever is asked; one
    that the environment has for every program gets no address that is written as a private one. With
    `obey_robots`, what a site's robots.txt does not allow us is refused; `kept_robots` has those that were
    asked for lately. `transport` stands in for the network in tests. Raises `UserError` for a proxy that is
    none.
    """
    bounds = limits or Limits()
    ways = proxy if isinstance(proxy, Proxies) else Proxies(own=proxy or "")
    for scheme in ("http", "https"):  # before anything is asked: it would be every answer's error
        ways.for_url(f"{scheme}://feed.invalid/")
    async with _Clients(ways, bounds, transport) as clients:
        fetcher = _Fetcher(clients, bounds, guarded=not allow_private, obeys=obey_robots)
        fetcher.kept = kept_robots
        tasks = [asyncio.create_task(fetcher.fetch(ask)) for ask in asks]
        try:
            for done in asyncio.as_completed(tasks):
                found = await done
                yield found
                fetcher.taken(found)
        finally:
            for task in tasks:
                task.cancel()


def user_agent() -> str:
    """Who asks, so that a publisher can tell and object."""
    try:
        number = version("digest-newsroom")
    except PackageNotFoundError:
        number = "0"
    return f"{robots.NAME}/{number} (daily feed reader)"


_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, application/feed+json,"
    " application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)


class _Clients(AsyncExitStack):
    """One client for each proxy that something goes through, and one for what goes through none."""

    def __init__(self, ways: Proxies, limits: Limits, transport: httpx2.AsyncBaseTransport | None) -> None:
        super().__init__()
        self.ways = ways
        self._limits = limits
        self._transport = transport
        self._open: dict[str | None, httpx2.AsyncClient] = {}

    async def of(self, proxy: str | None) -> httpx2.AsyncClient:
        import httpx2

        if proxy not in self._open:
            most = self._limits.at_once
            bounds = httpx2.Limits(max_connections=most, max_keepalive_connections=most)
            self._open[proxy] = httpx2.AsyncClient(
                # A transport of its own, so that none of the environment's proxies is added: `ways` has them.
                transport=self._transport or httpx2.AsyncHTTPTransport(proxy=proxy, limits=bounds),
                follow_redirects=False,  # each hop is checked first
                timeout=httpx2.Timeout(self._limits.request, connect=self._limits.connect),
                headers={"User-Agent": user_agent(), "Accept": _ACCEPT, "Accept-Encoding": accepted()},
            )
            await self.enter_async_context(self._open[proxy])
        return self._open[proxy]


class _Fetcher:
    """One gather's clients with its limits."""

    def __init__(self, clients: _Clients, limits: Limits, *, guarded: bool, obeys: bool) -> None:
        self.clients = clients
        self.limits = limits
        self.guarded = guarded
        self.obeys = obeys
        self.robots: dict[str, asyncio.Task[Fetched]] = {}
        self.kept: robots.Kept | None = None
        self.large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self.ends = asyncio.get_running_loop().time() + limits.total
        self.slots = asyncio.Semaphore(limits.at_once)
        self.hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.per_host)
        )

    def taken(self, found: Fetched) -> None:
        """The body is in other hands: another large one may come."""
        if len(found.body) > _LARGE:
            self.large.release()

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
            found, wait = await self._try(ask, obeys=self.obeys)
            if wait is None or attempt == self.limits.retries:
                break
            # A little at random, or all that failed together would come back together.
            pause = max(wait, self.limits.backoff * 2**attempt * random.uniform(0.8, 1.2))  # noqa: S311
            await asyncio.sleep(min(pause, self.limits.longest_wait))
        return found

    async def _try(self, ask: Ask, *, obeys: bool) -> tuple[Fetched, float | None]:
        """One attempt; beside it how long to wait before another, None where that is no use."""
        import httpx2

        troubles = (Refused, httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError, ValueError)
        try:
            async with asyncio.timeout(self.limits.request):
                return await self._follow(ask, obeys=obeys)
        except TimeoutError:
            return Fetched(ask.url, error=f"no full answer within {self.limits.request:g} s"), None
        except troubles as error:
            reason, again = reason_of(error)
            return Fetched(ask.url, error=reason, refused=isinstance(error, Refused)), 0.0 if again else None

    async def _follow(self, ask: Ask, *, obeys: bool) -> tuple[Fetched, float | None]:
        url, moved, for_good = ask.url, "", True
        for _ in range(self.limits.redirects + 1):
            proxy = self.clients.ways.for_url(url)
            await check_url(url, public=self._guard(proxy), by_proxy=proxy is not None)
            if obeys:
                await self._check_robots(url)
            client = await self.clients.of(proxy)
            async with client.stream("GET", url, headers=conditions(ask)) as answer:
                if proxy is None:
                    self._check_peer(answer)
                if answer.status_code not in _REDIRECTS or "location" not in answer.headers:
                    found = await self._read(ask, answer)
                    return replace(found, final=url, moved=moved), wait_of(answer)
                for_good = for_good and answer.status_code in _MOVED_FOR_GOOD
                url = urljoin(url, answer.headers["location"])
                moved = url if for_good else moved
        raise Refused(f"more than {self.limits.redirects} redirects")

    def _guard(self, proxy: str | None) -> bool:
        return self.guarded and (proxy is None or not self.clients.ways.own)

    async def _read(self, ask: Ask, answer: httpx2.Response) -> Fetched:
        status = answer.status_code
        said = Fetched(
            ask.url,
            status,
            content_type=answer.headers.get("content-type", ""),
            etag=answer.headers.get("etag", ""),
            last_modified=answer.headers.get("last-modified", ""),
            served=served_at(answer.headers),
        )
        if status == _NOT_MODIFIED:
            return said
        if not answer.is_success:
            return replace(said, error=f"HTTP {status} {answer.reason_phrase}".strip())
        return replace(said, body=await self._body(answer))

    async def _body(self, answer: httpx2.Response) -> bytes:
        unpacker = Unpacker(answer.headers.get("content-encoding", ""))
        body, is_large = bytearray(), False
        try:
            async for piece in answer.aiter_raw():
                body += unpacker.feed(piece, self.limits.body - len(body))
                if len(body) > _LARGE and not is_large:
                    is_large = await self.large.acquire()
        except BaseException as error:
            if is_large:
                self.large.release()
            if isinstance(error, TooLarge):
                raise Refused(f"larger than {self.limits.body / MB:g} MB") from None
            raise
        return bytes(body)

    async def _check_robots(self, url: str) -> None:
        """Raises `Refused` for a page that its site wants no robot to read. Each site is asked once."""
        asked = robots.robots_url(url)
        if asked not in self.robots:
            self.robots[asked] = asyncio.create_task(self._robots(asked))
        said = await asyncio.shield(self.robots[asked])
        if not robots.allows(said.status, said.body, url):
            raise Refused(f"the robots.txt of {host_of(url)} does not allow it")

    async def _robots(self, url: str) -> Fetched:
        if self.kept and (known := self.kept.of(url)):
            return Fetched(url, known[0], known[1])
        found, _ = await self._try(Ask(url), obeys=False)
        if self.kept:
            self.kept.keep(url, found.status, found.body)
        return found

    def _check_peer(self, answer: httpx2.Response) -> None:
        """The address really connected to: a name may resolve to another one the second time."""
        stream = answer.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if self.guarded and stream else None
        if peer:
            check_public(str(peer[0]), answer.url.host)
