"""The sample newsroom on loopback: an HTTP proxy with fictional publishers behind it.

A client that uses it as its proxy asks for `http://HOST/path` and goes through its own HTTP,
parsing and extraction, with URLs that stay the same wherever it is played. Nothing is passed on: a
host that is not in `publishers.yaml` is answered with 502, so the real network is never reached.
"""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from digest_lib.running.press import NOTICE, Answer, Press

__all__ = ["NOTICE", "Newsroom"]

IDLE_SECONDS = 30  # a client that sends nothing for so long is hung up on
STOPS_WITHIN = 0.02  # seconds; the server's own default is half a second
OK, NOT_MODIFIED = 200, 304


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is its own business; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Newsroom:
    """A `Press` behind an HTTP proxy on 127.0.0.1, for as long as its `with` block lasts.

    `now` is the moment that every answer is of, and may be set while it runs; it carries a time
    zone. Raises `BadInput` for a folder that is not a sample newsroom.
    """

    def __init__(self, folder: Path, now: datetime) -> None:
        self.press = Press(folder)
        self.now = now
        self._server = _Server(("127.0.0.1", 0), _handler(self._answer))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(STOPS_WITHIN,), daemon=True)

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("now must carry a time zone")
        self._now = moment

    @property
    def proxy_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def _answer(self, url: str) -> Answer:
        return self.press.answer(url, self._now)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(answer: Callable[[str], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = IDLE_SECONDS

        def do_GET(self) -> None:
            self._reply(with_body=True)

        def do_HEAD(self) -> None:
            self._reply(with_body=False)

        def _reply(self, *, with_body: bool) -> None:
            found = answer(self.path)
            headers = _validators(found)
            body = found.body
            if _unchanged(found, self.headers):
                status, body = NOT_MODIFIED, b""
            else:
                status = found.status
                headers["Content-Type"] = found.content_type
                if "gzip" in self.headers.get("Accept-Encoding", ""):
                    headers["Content-Encoding"] = "gzip"
                    body = gzip.compress(body, mtime=0)
                headers["Content-Length"] = str(len(body))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the terminal belongs to whoever plays the sample."""

    return Handler


def _validators(answer: Answer) -> dict[str, str]:
    if answer.status != OK:
        return {}
    headers = {"ETag": answer.etag, "Vary": "Accept-Encoding"}
    if answer.modified is not None:
        headers["Last-Modified"] = format_datetime(answer.modified.astimezone(UTC), usegmt=True)
    return headers


def _unchanged(answer: Answer, headers: Message) -> bool:
    """Whether the client's copy is still good: If-None-Match goes first (RFC 9110, 13.2.2)."""
    if answer.status != OK:
        return False
    tags = headers.get("If-None-Match")
    if tags is not None:
        return answer.etag in [tag.strip() for tag in tags.split(",")]
    since = headers.get("If-Modified-Since")
    if since is None or answer.modified is None:
        return False
    try:
        return answer.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
