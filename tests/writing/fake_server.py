"""A loopback server that speaks the chat completions API, one planned answer after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import pytest

from digest_lib.writing.llm import Llm

#: What to answer to a request: (HTTP status, body). A text is the content of an ordinary answer.
Answer = str | tuple[int, str]


class Server:
    """`requests` are the bodies received, `heads` their paths and headers; `plan` decides each answer."""

    def __init__(self, plan: Callable[[dict[str, Any]], Answer]) -> None:
        self.plan = plan
        self.requests: list[dict[str, Any]] = []
        self.heads: list[tuple[str, dict[str, str]]] = []
        self.lock = Lock()
        self.url = ""

    def answer(self, body: dict[str, Any]) -> tuple[int, str]:
        with self.lock:
            self.requests.append(body)
        planned = self.plan(body)
        return planned if isinstance(planned, tuple) else (200, completion(planned))


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> str:
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return json.dumps({
        "id": "1", "object": "chat.completion", "created": 0, "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
    })  # fmt: skip


@contextmanager
def serving(plan: Callable[[dict[str, Any]], Answer]) -> Iterator[Server]:
    server = Server(plan)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.heads.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            status, text = server.answer(body)
            raw = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("x-should-retry", "false")
            self.end_headers()
            with suppress(ConnectionError):  # a client that has had enough hangs up
                self.wfile.write(raw)

        def log_message(self, *_args: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    server.url = f"http://127.0.0.1:{listening.server_port}/v1"
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()


def asked(url: str, folder: Path, patch: pytest.MonkeyPatch) -> Llm:
    """A run's llm that asks the server at `url` and keeps its answers in `folder`."""
    patch.setenv("OPENAI_BASE_URL", url)
    return Llm("gpt-5.4-mini", folder, 1.0, 60.0)
