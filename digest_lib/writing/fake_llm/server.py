"""The fake llm's server: the chat completions API on loopback, with every fault on demand."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from digest_lib.writing.fake_llm.answers import answer
from digest_lib.writing.fake_llm.habits import refuses, told, written
from digest_lib.writing.fake_llm.wants import FAULTS
from digest_lib.writing.server import IN_PROMPT
from digest_lib.writing.tokens import estimated

#: An endless answer ends here all the same: no test machine's disk or memory is the limit.
_ENDLESS_CHUNKS = 4000
#: Seconds; the server's own default is half a second.
_STOPS_WITHIN = 0.02
_CHUNK = b"[1,2,3,4,5,6,7,8,9]," * 400
_PAGE = b"<!DOCTYPE html><html><body>Welcome</body></html>"
_TOO_LONG = b'{"error": {"message": "context 4096 exceeded: 9000 tokens were asked for"}}'


class FakeLlm:
    """An OpenAI-compatible llm on 127.0.0.1. Answers depend on the request alone, never on order or time.

    `falsehoods` are planted into every answer; of `faults` (and habits, which are no faults), a request meets
    one with the probability `share`, decided by its own text. What was planted is appended to
    `ledger`, one JSON object a line.
    """

    def __init__(
        self,
        *,
        faults: Sequence[str] = (),
        falsehoods: Sequence[str] = (),
        share: float = 1.0,
        ledger: Path | None = None,
        port: int = 0,
        patience: float = 30.0,
    ) -> None:
        self.faults, self.falsehoods, self.share = tuple(faults), tuple(falsehoods), share
        self.ledger, self.patience = ledger, patience
        self.planted: list[dict[str, str]] = []
        self.requests: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.llm = self

    @property
    def url(self) -> str:
        """What `OPENAI_BASE_URL` is set to."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @contextmanager
    def serving(self) -> Iterator[FakeLlm]:
        """Serves until the block ends."""
        thread = threading.Thread(target=self._server.serve_forever, args=(_STOPS_WITHIN,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stop()
            thread.join()

    def serve(self) -> None:
        """Serves until it is interrupted."""
        try:
            self._server.serve_forever()
        finally:
            self._server.server_close()

    def stop(self) -> None:
        """Ends every answer under way, and the server."""
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def fault_of(self, prompt: str) -> str:
        """The fault that a request meets, decided by its text; empty for none."""
        if not self.faults:
            return ""
        asked = prompt.split(IN_PROMPT, maxsplit=1)[0]  # the same server, however it is asked
        number = int.from_bytes(sha256(asked.encode()).digest()[:8], "big")
        if (number % 10_000) / 10_000 >= self.share:
            return ""
        return self.faults[number // 10_000 % len(self.faults)]

    def content(self, body: dict[str, Any]) -> str:
        """The content of a well-formed answer, falsehoods and all."""
        prompt = prompt_of(body)
        schema = _schema_of(body, prompt)
        prompt = prompt.split(IN_PROMPT)[0]
        rng = Random(sha256(prompt.encode()).hexdigest())  # noqa: S311 - the same lie for the same request

        def note(kind: str, text: str) -> None:
            self._note({"schema": schema, "kind": kind, "text": text})

        return json.dumps(answer(schema, prompt, self.falsehoods, rng, note), ensure_ascii=False)

    def seen(self, body: dict[str, Any]) -> None:
        """Keeps a request."""
        with self._lock:
            self.requests.append(body)

    def _note(self, line: dict[str, str]) -> None:
        with self._lock:
            self.planted.append(line)
            if self.ledger is not None:
                with self.ledger.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def wait(self) -> None:
        """As long as a server may keep a client waiting; shorter when the server is stopped."""
        self._stopping.wait(self.patience)

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()


def prompt_of(body: dict[str, Any]) -> str:
    """The text of a request's messages."""
    return "\n".join(str(m.get("content", "")) for m in body.get("messages", []))


def _schema_of(body: dict[str, Any], prompt: str) -> str:
    """The name of the schema that is asked for, beside the prompt or in it."""
    asked = (body.get("response_format") or {}).get("json_schema") or {}
    in_prompt = re.findall(r'"title": "(\w+)", "type": "object"}$', prompt.strip())
    return str(asked.get("name") or (in_prompt[-1] if in_prompt else ""))


def completion(content: str | None, prompt: str, finish: str = "stop", refusal: str | None = None) -> bytes:
    """A response body of the chat completions API."""
    return json.dumps(_reply(content, prompt, finish, refusal)).encode()


def _reply(
    content: str | None, prompt: str, finish: str = "stop", refusal: str | None = None
) -> dict[str, Any]:
    tokens = estimated(prompt), estimated(content or "")
    return {
        "id": "fake-1", "object": "chat.completion", "created": 0, "model": "fake-llm",
        "choices": [{
            "index": 0, "finish_reason": finish, "logprobs": None,
            "message": {"role": "assistant", "content": content, "refusal": refusal},
        }],
        "usage": {
            "prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens),
        },
    }  # fmt: skip


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    llm: FakeLlm


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def handle(self) -> None:
        with suppress(ConnectionError):  # a client that is killed, or has had enough, is nobody's fault
            super().handle()

    def do_GET(self) -> None:
        if "page" in self.server.llm.faults:
            return self._send(200, _PAGE)
        models = {"object": "list", "data": [{"id": "fake-llm", "object": "model"}]}
        return self._send(200, json.dumps(models).encode())

    def do_POST(self) -> None:
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            prompt = prompt_of(body)
        except (ValueError, AttributeError):
            return self._send(400, b'{"error": {"message": "the request is not JSON"}}')
        self.server.llm.seen(body)
        fault = self.server.llm.fault_of(prompt)
        if fault in FAULTS:
            return self._fault(fault, prompt)
        return self._answer(fault, body)

    def _answer(self, habit: str, body: dict[str, Any]) -> None:
        if said := refuses(habit, body):
            error = {"message": said, "type": "invalid_request_error"}
            return self._send(400, json.dumps({"error": error}).encode())
        content = written(habit, body, self.server.llm.content(body))
        return self._send(200, told(habit, _reply(content, prompt_of(body))))

    def _fault(self, fault: str, prompt: str) -> None:
        if fault == "429":
            self._send(429, b'{"error": {"message": "slow down"}}', {"Retry-After": "1"})
        elif fault == "500":
            self._send(500, b'{"error": {"message": "broken"}}')
        elif fault == "context":
            self._send(400, _TOO_LONG)
        elif fault == "page":
            self._send(200, _PAGE)
        elif fault == "timeout":
            self.server.llm.wait()
            self.close_connection = True
        elif fault == "reset":
            self._reset(completion('{"headline": "', prompt))
        elif fault == "endless":
            self._endless()
        else:
            self._send(200, _FORMS[fault](prompt))

    def _reset(self, raw: bytes) -> None:
        self._start(200, len(raw))
        self.wfile.write(raw[: len(raw) // 2])
        self.wfile.flush()
        # Linger of zero: the client sees a reset, not an end.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()
        self.close_connection = True

    def _endless(self) -> None:
        self._start(200, None)
        self.wfile.write(b'{"choices": [')
        for _ in range(_ENDLESS_CHUNKS):
            if self.server.llm.is_stopping:
                break
            self.wfile.write(_CHUNK)
        self.close_connection = True

    def _send(self, status: int, raw: bytes, headers: dict[str, str] | None = None) -> None:
        self._start(status, len(raw), headers)
        self.wfile.write(raw)

    def _start(self, status: int, length: int | None, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


_FORMS = {
    "truncated": lambda prompt: completion('{"headline": "半', prompt, finish="length"),
    "invalid": lambda prompt: completion("好的，以下是摘要：{", prompt),
    "schema": lambda prompt: completion('{"title": 1, "items": []}', prompt),
    "refusal": lambda prompt: completion(None, prompt, refusal="I cannot help with that."),
    "empty": lambda prompt: completion("", prompt),
}
