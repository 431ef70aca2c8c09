"""A turn to ask is held while a request is at the server, and not while it is made or its answer is read."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import BaseModel

from digest_lib.errors import BudgetReached, LlmUnavailable
from digest_lib.writing import bounded, server
from digest_lib.writing.together import Together, sharing
from writing.fake_server import asked, completion, serving


class Form(BaseModel):
    text: str


ANSWER = json.dumps({"text": "是"})


class Noted:
    """Turns that note when each is taken and given back."""

    def __init__(self) -> None:
        self.events: list[str] = []

    @contextmanager
    def turn(self) -> Iterator[None]:
        self.events.append("taken")
        yield
        self.events.append("given back")

    def noting(self, what: str, answer: Callable[..., object]) -> Callable[..., object]:
        def noted(*given: object) -> object:
            self.events.append(what)
            return answer(*given)

        return noted


def test_it_is_taken_when_the_request_is_made_and_given_back_before_the_answer_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted = Noted()
    monkeypatch.setattr(server, "body_of", noted.noting("made", server.body_of))
    monkeypatch.setattr(server, "read_reply", noted.noting("read", server.read_reply))
    with serving(noted.noting("asked", lambda _body: ANSWER)) as there:  # type: ignore[arg-type]
        monkeypatch.setenv("OPENAI_BASE_URL", there.url)
        server.Server("m", turn=noted.turn).ask("hello", Form, 30)
    assert noted.events == ["made", "taken", "asked", "given back", "read"]


def test_it_is_kept_while_a_server_that_has_too_much_to_do_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noted = Noted()

    class Busy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            noted.events.append("asked")
            is_first = noted.events.count("asked") == 1
            raw = b"{}" if is_first else completion(ANSWER).encode()
            self.send_response(429 if is_first else 200)
            self.send_header("Content-Length", str(len(raw)))
            self.send_header("retry-after-ms", "1")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_args: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    try:
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{listening.server_port}/v1")
        server.Server("m", turn=noted.turn).ask("hello", Form, 30)
    finally:
        listening.shutdown()
        listening.server_close()
    assert noted.events == ["taken", "asked", "asked", "given back"]


def test_it_is_given_back_when_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = Noted()
    with serving(lambda _body: ANSWER) as gone:
        pass
    monkeypatch.setenv("OPENAI_BASE_URL", gone.url)
    with pytest.raises(LlmUnavailable):
        server.Server("m", turn=noted.turn).ask("hello", Form, 30)
    assert noted.events == ["taken", "given back"]


def test_a_run_whose_time_is_over_when_its_turn_comes_does_not_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = threading.Semaphore(1)
    together = Together(1, 1, one)
    with serving(lambda _body: ANSWER) as there, sharing(together):
        llm = asked(there.url, tmp_path, monkeypatch)
        now = [0.0]
        llm._spending.clock = lambda: now[0]
        llm._spending._started = 0.0
        failed: list[BaseException] = []

        def ask() -> None:
            try:
                llm.ask("hello", Form)
            except BudgetReached as error:
                failed.append(error)

        asking = threading.Thread(target=ask)
        with one:
            asking.start()
            asking.join(0.5)  # it waits
            assert asking.is_alive()
            now[0] = 1000.0
        asking.join(60)
    assert "limit of 60 s" in str(failed[0])
    assert there.requests == []


def test_certificates_are_read_where_a_server_or_a_proxy_is_asked_by_https() -> None:
    assert not bounded._certificates("http", None).get_ca_certs()
    assert not bounded._certificates("http", "http://127.0.0.1:1").get_ca_certs()
    for way in (("https", None), ("http", "https://127.0.0.1:1")):
        assert bounded._certificates(*way) is bounded._trusted()
