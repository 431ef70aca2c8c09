"""A server that hangs costs a run one request's patience, however many notebooks would ask it."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest
from pydantic import BaseModel

from digest_lib.errors import LlmUnavailable
from digest_lib.writing.hung import VARIABLE
from digest_lib.writing.server import Server


class Form(BaseModel):
    text: str


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        yield


def ask(seconds: float = 0.3) -> str:
    with pytest.raises(LlmUnavailable) as caught:
        Server("m").ask("hello", Form, seconds)
    return str(caught.value)


def test_after_the_first_time_out_of_a_run_nobody_waits(
    silent: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "work" / "hung"
    monkeypatch.setenv(VARIABLE, str(mark))
    assert "in time" in ask()
    assert mark.exists()
    # Far more patience than any test has: it is not even asked.
    began = time.monotonic()
    assert "is not asked again" in ask(600)
    assert time.monotonic() - began < 60
    mark.unlink()  # the next run asks again
    assert "in time" in ask()


def test_alone_every_request_waits_for_itself(silent: None, tmp_path: Path) -> None:
    assert ask() == ask() == "the llm did not answer in time"
