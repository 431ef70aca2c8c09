"""An HTTP client for the llm whose answers end: in size, and in time from first byte to last.

The client's own time-out is for each read; a server that drips for ever never meets it. Proxies of the
environment are used as everywhere, but for a server on this machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from digest_lib.errors import LlmBroken, LlmUnavailable, UserError
from digest_lib.proxies import Proxies
from digest_lib.writing import hung

if TYPE_CHECKING:
    import ssl

    import httpx2

#: Held while a request is under way.
Turn: TypeAlias = Callable[[], AbstractContextManager[None]]

PROXIES = "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, DIGEST_PROXY"

#: More bytes than any digest needs.
MOST_BYTES = 4_000_000


@cache
def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts: reading the certificates takes longer than all else of a request."""
    import httpx2

    return httpx2.create_ssl_context()


def _certificates(scheme: str, proxy: str | None) -> ssl.SSLContext:
    """Whom a server, or a proxy, is to be known by; nobody is where neither is asked by https, and then none
    are read."""
    import ssl

    if "https" in (scheme, (proxy or "").partition(":")[0]):
        return _trusted()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def bounded_client(seconds: float, turn: Turn = nullcontext) -> httpx2.Client:
    """A client whose every answer ends within `seconds` and `MOST_BYTES`; reading on raises an `LlmError`, as
    does a proxy that cannot be used. It goes through the proxy that `Proxies` names for a server.

    Its `turn` is taken when the request is ready to be sent, and given back when the client is closed: a
    server that has too much to do, and is asked the same again, gets no other request in between."""
    import httpx2  # with openai only: both are slow to import

    def _noted(stream: httpx2.SyncByteStream) -> Iterator[bytes]:
        try:
            yield from stream
        except httpx2.TimeoutException:
            hung.note()
            raise

    class Stream(httpx2.SyncByteStream):
        def __init__(self, inner: httpx2.SyncByteStream, until: float) -> None:
            self.inner, self.until = inner, until

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in _noted(self.inner):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise LlmBroken("the answer did not end")
                if time.monotonic() > self.until:
                    hung.note()
                    raise LlmUnavailable("the llm did not answer in time")
                yield chunk

        def close(self) -> None:
            self.inner.close()

    class Transport(httpx2.BaseTransport):
        def __init__(self) -> None:
            self.ways, self.turn = Proxies.of(), ExitStack()
            self.has_turn = False
            self.open: dict[tuple[str, str | None], httpx2.HTTPTransport] = {}

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if not self.has_turn:
                self.turn.enter_context(turn())
                self.has_turn = True
            hung.check()
            until = time.monotonic() + seconds
            try:
                proxy = self.ways.for_llm(str(request.url))
            except UserError:  # its line names the proxy, and this one may stand in a post
                raise LlmUnavailable(f"the proxy that is set cannot be used: look at {PROXIES}") from None
            way = request.url.scheme, proxy
            if way not in self.open:
                self.open[way] = httpx2.HTTPTransport(proxy=proxy, verify=_certificates(*way))
            try:
                response = self.open[way].handle_request(request)
            except httpx2.TimeoutException:
                hung.note()
                raise
            assert isinstance(response.stream, httpx2.SyncByteStream)
            response.stream = Stream(response.stream, until)
            return response

        def close(self) -> None:
            with self.turn:
                for transport in self.open.values():
                    transport.close()

    return httpx2.Client(transport=Transport(), follow_redirects=True)
