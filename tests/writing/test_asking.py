"""What an llm is asked beside the prompt, once, and within what a run may spend."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.digest import StoryText
from digest_lib.errors import BudgetReached
from digest_lib.writing.fake_llm import FakeLlm
from digest_lib.writing.llm import Llm
from digest_lib.writing.prices import unpriced
from digest_lib.writing.spending import Spending
from digest_lib.writing.usage import OFFLINE
from digest_lib.writing.write import choose

GIVEN = [
    {},
    {"seed": 1},
    {"seed": 2},
    {"temperature": 0.0},
    {"temperature": 0.5},
    {"seed": 1, "temperature": 0.5},
]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Any:
    with FakeLlm().serving() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


def test_seed_and_temperature_are_sent_and_each_has_an_answer_of_its_own(
    tmp_path: Path, fake: FakeLlm
) -> None:
    for given in (*GIVEN, *GIVEN):
        llm = Llm("m", tmp_path, 1.0, 60.0, **given)
        llm.ask("write", StoryText, "story")
        assert {k: llm.requests[0].body[k] for k in given} == given
    assert [
        {k: v for k, v in body.items() if k in ("seed", "temperature")} for body in fake.requests
    ] == GIVEN
    assert len(list(tmp_path.iterdir())) == len(GIVEN)


def test_what_is_asked_twice_at_a_time_is_sent_once(tmp_path: Path, fake: FakeLlm) -> None:
    llm = Llm("m", tmp_path, 1.0, 60.0)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: llm.ask(f"write {n % 2}", StoryText), range(8)))
    assert len(fake.requests) == 2
    assert len({a.model_dump_json() for a in answers}) == 1
    assert llm.usage.requests == 2


def test_an_answer_keeps_how_long_it_took(tmp_path: Path, fake: FakeLlm) -> None:
    first, second = Llm("m", tmp_path, 1.0, 60.0), Llm("m", tmp_path, 1.0, 60.0)
    first.ask("write", StoryText)
    second.ask("write", StoryText)
    assert first.requests[0].seconds == second.requests[0].seconds > 0


@pytest.mark.parametrize(("limit", "requests"), [(0.5, 1), (1.0, 1), (2.5, 3), (9.0, 8)])
def test_requests_under_way_are_reckoned_with(limit: float, requests: int) -> None:
    """Eight at once, each of 1 dollar: the limit is passed by one request at most, in whatever order."""
    spending = Spending(limit, 60.0, lambda _in, _out: 1.0)
    sent = 0
    lock = threading.Lock()

    def ask(_n: int) -> None:
        nonlocal sent
        try:
            with spending.request(100) as settle:
                with lock:
                    sent += 1
                time.sleep(0.01)
                settle(1.0, 10)
        except BudgetReached:
            pass

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    assert sent == requests
    assert spending.spent == requests


@pytest.mark.parametrize(("address", "model", "missing"), [
    ("https://api.openai.com/v1", "gpt-5.4-mini", False),
    ("https://api.openai.com/v1", "a-model-of-our-own", True),
    ("https://llm.corp.example/v1", "vendor/gpt-5.4-mini", False),
    ("https://llm.corp.example/v1", "a-model-of-our-own", True),
    ("http://127.0.0.1:11434/v1", "a-model-of-our-own", False),
    ("http://ollama:11434/v1", "qwen3:8b", False),
])  # fmt: skip
def test_a_model_that_somebody_is_paid_for_wants_a_price(
    address: str, model: str, missing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    assert unpriced(model, address) is missing
    assert (choose(model).llm == OFFLINE) is missing
    assert ("set `price" in choose(model).why) is missing
    assert choose(model, (1.0, 2.0)).llm == model


def test_a_price_of_ones_own_is_what_answers_cost(tmp_path: Path, fake: FakeLlm) -> None:
    llm = Llm("m", tmp_path, 1.0, 60.0, own_price=(1.0, 10.0))
    llm.ask("write", StoryText)
    used = llm.usage
    assert used.cost_usd == pytest.approx((used.input_tokens + 10 * used.output_tokens) / 1e6)
    kept = json.loads(next(tmp_path.iterdir()).read_text("utf-8"))
    assert kept["cost_usd"] == used.cost_usd
