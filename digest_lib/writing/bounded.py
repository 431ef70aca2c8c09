"""An HTTP client for the llm whose answers end: in size, and in time from first byte to last.

The client's own time-out is for each read; a server that drips for ever never meets it. Proxies of the
environment are used as everywhere, but for a server on this machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from digest_lib.errors import LlmBroken, LlmUnavailable
from digest_lib.writing.prices import is_loopback

if TYPE_CHECKING:
    import httpx2

PROXIES = "HTTP_PROXY, HTTPS_PROXY, ALL_PROXY"

#: More bytes than any digest needs.
MOST_BYTES = 4_000_000


def bounded_client(seconds: float, address: str) -> httpx2.Client:
    """A client for `address` whose every answer ends within `seconds` and `MOST_BYTES`; reading on raises an
    `LlmError`, as does a proxy that cannot be used."""
    import httpx2  # with openai only: both are slow to import

    class Stream(httpx2.SyncByteStream):
        def __init__(self, inner: httpx2.SyncByteStream, until: float) -> None:
            self.inner, self.until = inner, until

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in self.inner:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise LlmBroken("the answer did not end")
                if time.monotonic() > self.until:
                    raise LlmUnavailable("the llm did not answer in time")
                yield chunk

        def close(self) -> None:
            self.inner.close()

    # Hooks, and no transport of our own: that one would know nothing of proxies.
    def begun(request: httpx2.Request) -> None:
        request.extensions["until"] = time.monotonic() + seconds

    def bounded(response: httpx2.Response) -> None:
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = Stream(response.stream, response.request.extensions["until"])

    hooks: dict[str, list[Callable[..., Any]]] = {"request": [begun], "response": [bounded]}
    try:
        return httpx2.Client(event_hooks=hooks, follow_redirects=True, trust_env=not is_loopback(address))
    except (ImportError, ValueError):  # of a kind that needs a package, or no address at all
        raise LlmUnavailable(f"the proxy that is set cannot be used: look at {PROXIES}") from None
