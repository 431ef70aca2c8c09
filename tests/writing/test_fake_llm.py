"""The fake llm over real HTTP: faithful answers, every fault one of our errors, every lie in the ledger."""

from __future__ import annotations

import json
import socket
import struct
import threading
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.check import check_sentence, check_tag, check_text
from digest_lib.checking.digest import DayText, Sentence, StoryText
from digest_lib.errors import LlmBroken, LlmError, LlmRefused, LlmUnavailable, UserError
from digest_lib.writing.editor import listed, references, resolved
from digest_lib.writing.fake_llm import FALSEHOODS, FAULTS, FakeLlm
from digest_lib.writing.fake_llm.wants import chosen
from digest_lib.writing.llm import Llm
from stories.making import article

ARTICLES = [
    article(
        "阿里巴巴發表 2.4 兆參數 Qwen3.8",
        summary="阿里巴巴發表 Qwen3.8，參數達 2.4 兆，並且提供給全球的開發者與企業客戶下載，"
        "三款模型的權重會在本週內陸續放到常見的平台上供人試用與微調。該公司表示效能僅次於一款對手模型。",
    ),
    article("Qwen3.8 登上開源榜首", publisher="乙報", summary="評測網站更新排名，Qwen3.8 名列第一。"),
]  # fmt: skip


def prompt() -> str:
    return f"寫一則新聞。\n<articles>\n{listed(references(ARTICLES))}\n</articles>"


def ask(fake: FakeLlm, folder: Path, patch: pytest.MonkeyPatch, schema=StoryText):
    patch.setenv("OPENAI_BASE_URL", fake.url)
    patch.setenv("OPENAI_API_KEY", "sk-fake-0123456789")
    return Llm("gpt-5.4-mini", folder, 1.0, 60.0).ask(prompt(), schema)


def test_a_faithful_answer_stands_in_its_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeLlm().serving() as fake:
        told = resolved(ask(fake, tmp_path, monkeypatch), references(ARTICLES))
        day = ask(fake, tmp_path, monkeypatch, DayText)
    known = {a.id: a for a in ARTICLES}
    assert told.headline == ARTICLES[0].title
    assert len(told.sentences) == 2
    assert [check_sentence(s, known) for s in told.sentences] == [[], []]
    assert day.tags == []
    assert fake.planted == []


@pytest.mark.parametrize(("fault", "kind"), [
    ("429", LlmUnavailable), ("500", LlmUnavailable), ("timeout", LlmError), ("reset", LlmError),
    ("truncated", LlmBroken), ("invalid", LlmBroken), ("schema", LlmBroken), ("refusal", LlmRefused),
    ("empty", LlmBroken), ("endless", LlmBroken),
])  # fmt: skip
def test_every_fault_is_one_of_our_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, kind: type[LlmError]
) -> None:
    assert fault in FAULTS
    with FakeLlm(faults=[fault], patience=0.05).serving() as fake, pytest.raises(kind) as caught:
        ask(fake, tmp_path, monkeypatch)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.glob("*.json")) == []


def test_a_share_of_the_requests_meets_a_fault_whatever_their_order() -> None:
    fake = FakeLlm(faults=list(FAULTS), share=0.5)
    met = [fake.fault_of(f"request {n}") for n in range(400)]
    fake._server.server_close()
    assert 120 < sum(map(bool, met)) < 280
    assert set(met) == {*FAULTS, ""}
    assert met == [fake.fault_of(f"request {n}") for n in range(400)]


@pytest.mark.parametrize("kind", FALSEHOODS)
def test_every_lie_is_in_the_ledger_and_found_by_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    ledger = tmp_path / "ledger.jsonl"
    with FakeLlm(falsehoods=[kind], ledger=ledger).serving() as fake:
        schema = DayText if kind == "tag" else StoryText
        told = resolved(ask(fake, tmp_path, monkeypatch, schema), references(ARTICLES))
    planted = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    assert planted == fake.planted
    assert [p["kind"] for p in planted] == [kind]
    text, known = planted[0]["text"], {a.id: a for a in ARTICLES}
    if kind == "tag":
        assert told.tags == [text]
        assert check_tag(text, ARTICLES)
    elif kind == "headline":
        assert told.headline == text
        assert check_text(text, ARTICLES)
    else:
        lies = [s for s in told.sentences if s.text == text]
        assert len(lies) == 1
        assert check_sentence(lies[0], known)


def test_the_same_request_has_the_same_answer() -> None:
    one, two = FakeLlm(falsehoods=list(FALSEHOODS)), FakeLlm(falsehoods=list(FALSEHOODS))
    body = {
        "messages": [{"role": "user", "content": prompt()}],
        "response_format": {"json_schema": {"name": "StoryText"}},
    }
    assert one.content(body) == two.content(body)
    for fake in (one, two):
        fake._server.server_close()


def test_a_repair_of_a_liar_is_a_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeLlm(falsehoods=["number"]).serving() as fake:
        said = ask(fake, tmp_path, monkeypatch, Sentence)
    assert fake.planted == [{"schema": "Sentence", "kind": "number", "text": said.text}]


def test_what_to_do_wrong_is_chosen_by_name() -> None:
    assert chosen("number, date", FALSEHOODS) == ("number", "date")
    assert chosen("all", FAULTS) == tuple(FAULTS)
    assert chosen("", FAULTS) == ()
    with pytest.raises(UserError, match="«nothing» is not known"):
        chosen("nothing", FAULTS)


def test_a_client_that_is_killed_is_no_error_of_the_server(capfd: pytest.CaptureFixture[str]) -> None:
    came, gone, done = threading.Event(), threading.Event(), threading.Event()

    class Waiting(FakeLlm):
        def seen(self, body: dict[str, Any]) -> None:
            super().seen(body)
            came.set()
            gone.wait(60)

    with Waiting().serving() as fake:
        end = fake._server.shutdown_request
        fake._server.shutdown_request = lambda request: (end(request), done.set())  # type: ignore[method-assign]
        body = json.dumps({"messages": [{"content": "hello"}]}).encode()
        with socket.create_connection(fake._server.server_address[:2]) as client:  # type: ignore[arg-type]
            client.sendall(b"POST / HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            assert came.wait(60)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
        gone.set()
        assert done.wait(60)
    assert capfd.readouterr().err == ""
