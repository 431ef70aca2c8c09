"""A small web on loopback, reached as a proxy is, so that every host name exists; and a home to gather in."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

import brotli
import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """What answers: URL -> how. `asked` is every request so far, as (URL, headers)."""

    address: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    most_at_once: int = 0
    _open: int = 0
    _lock: Lock = field(default_factory=Lock)

    def serve(
        self, url: str, body: str | bytes, *, status: int = 200, kind: str = "application/xml", **headers: str
    ) -> None:
        raw = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(request: BaseHTTPRequestHandler) -> None:
            send(request, status, raw, {"Content-Type": kind, **told})

        self.answers[url] = answer

    def count(self, url: str) -> int:
        return sum(one == url for one, _ in self.asked)

    def enter(self, url: str, headers: dict[str, str]) -> None:
        with self._lock:
            self.asked.append((url, headers))
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)

    def leave(self) -> None:
        with self._lock:
            self._open -= 1


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def bomb(megabytes: int, kind: str = "gzip") -> bytes:
    """So many megabytes of nothing, compressed a thousandfold; by brotli, a millionfold."""
    nothing = b"\0" * megabytes * 1024 * 1024
    if kind == "br":
        return brotli.compress(nothing, quality=1)
    return {"gzip": gzip.compress, "deflate": zlib.compress}[kind](nothing)


@pytest.fixture
def web() -> Iterator[Web]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            site.enter(self.path, {name.lower(): value for name, value in self.headers.items()})
            try:
                answer = site.answers.get(self.path)
                if answer:
                    answer(self)
                else:
                    send(self, 404, b"not here", {})
            except OSError:
                pass  # the client has had enough, as it should
            finally:
                site.leave()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    site = Web(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def home(tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without feeds, whose network is `web`."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_quarto.yml").touch()
    monkeypatch.setenv("DIGEST_HOME", str(tmp_path))
    monkeypatch.setenv("DIGEST_PROXY", web.address)
    return tmp_path
