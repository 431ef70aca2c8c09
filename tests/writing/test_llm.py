"""Asking an llm over real HTTP: typed answers, the cache, the bill, and every way in which it can fail."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.digest import StoryText
from digest_lib.errors import BudgetReached, LlmBroken, LlmError, LlmRefused, LlmUnavailable, UserError
from digest_lib.writing.llm import Llm, price
from writing.fake_server import completion, serving

GOOD = json.dumps({
    "headline": "Qwen3.8 登場",
    "sentences": [{"text": "阿里巴巴發表 Qwen3.8。", "sources": ["A1"], "kind": "fact"}],
    "why_it_matters": [],
})  # fmt: skip


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    def use(url: str) -> None:
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")

    return use


def llm(folder: Path, **limits: float) -> Llm:
    return Llm("gpt-5.4-mini", folder, limits.get("usd", 1.0), limits.get("seconds", 60.0))


def test_an_answer_is_typed_counted_and_cached(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        at(server.url)
        first, second = llm(tmp_path), llm(tmp_path)
        answer = first.ask("write", StoryText)
        again = second.ask("write", StoryText)
    assert answer == again
    assert answer.headline == "Qwen3.8 登場"
    assert len(server.requests) == 1
    assert server.requests[0]["messages"] == [{"role": "user", "content": "write"}]
    assert server.requests[0]["response_format"]["type"] == "json_schema"
    cost = price("gpt-5.4-mini", 1000, 100)
    assert cost and cost > 0
    assert (first.usage.cached, first.usage.input_tokens, first.usage.cost_usd) == (0, 1000, cost)
    # A cached answer costs what it cost when it was made, and nothing of this run's budget.
    assert (second.usage.cached, second.usage.cost_usd, second._spent) == (1, cost, 0.0)


def test_an_answer_that_repeats_the_key_is_not_kept(tmp_path: Path, at) -> None:
    echo = json.dumps({**json.loads(GOOD), "headline": "金鑰是 sk-test-0123456789"})
    with serving(lambda _: echo) as server:
        at(server.url)
        with pytest.raises(LlmBroken, match="secret of this machine"):
            llm(tmp_path).ask("write", StoryText)
    assert not list(tmp_path.iterdir())


def test_a_prompt_that_holds_the_key_is_not_sent(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        at(server.url)
        with pytest.raises(LlmBroken, match="OPENAI_API_KEY") as told:
            llm(tmp_path).ask("use sk-test-0123456789", StoryText)
    assert "sk-test-0123456789" not in str(told.value)
    assert not server.requests


def test_the_cache_is_asked_by_what_changes_the_answer(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        at(server.url)
        llm(tmp_path).ask("write", StoryText)
        llm(tmp_path).ask("write!", StoryText)
        Llm("another", tmp_path, 1.0, 60.0).ask("write", StoryText)
    assert len(server.requests) == 3


def test_a_broken_cache_file_is_asked_anew(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        at(server.url)
        llm(tmp_path).ask("write", StoryText)
        next(tmp_path.glob("*.json")).write_text("{half")
        llm(tmp_path).ask("write", StoryText)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        ((401, "{}"), LlmUnavailable, "refused the key"),
        ((404, "{}"), LlmUnavailable, "does not have this model"),
        ((429, "{}"), LlmUnavailable, "rate limit"),
        ((500, "{}"), LlmUnavailable, "500"),
        ("{not json", LlmBroken, "not JSON of the schema"),
        ('{"headline": 1}', LlmBroken, "not JSON of the schema"),
        ((200, "<html>"), LlmError, "could not be read|not JSON"),
        ((200, completion(None, refusal="I cannot")), LlmRefused, "declined"),
        ((200, completion(None)), LlmBroken, "empty"),
        ((200, completion('{"headline": "x', finish="length")), LlmBroken, "length limit"),
    ],
)
def test_every_failure_is_one_of_ours_in_a_line(
    tmp_path: Path, at, answer, kind: type[LlmError], says: str
) -> None:
    with serving(lambda _: answer) as server:
        at(server.url)
        with pytest.raises(kind, match=says) as caught:
            llm(tmp_path).ask("write", StoryText)
    assert "\n" not in str(caught.value)
    assert "sk-test" not in str(caught.value)
    assert list(tmp_path.glob("*.json")) == []


def test_a_server_that_is_not_there(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        pass
    at(server.url)
    with pytest.raises(LlmUnavailable, match="no connection"):
        llm(tmp_path).ask("write", StoryText)


def test_the_budget_of_money_and_of_time_ends_the_asking_but_not_the_cache(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        at(server.url)
        spender = llm(tmp_path, usd=0.0001)
        spender.ask("one", StoryText)
        with pytest.raises(BudgetReached, match=r"\$0\.00"):
            spender.ask("two", StoryText)
        assert spender.ask("one", StoryText).headline == "Qwen3.8 登場"
        late = llm(tmp_path, seconds=0)
        with pytest.raises(BudgetReached, match="0 s"):
            late.ask("three", StoryText)
    assert len(server.requests) == 1


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_slow_server_is_asked_no_more_at_once_than_it_is_told_to(
    at_once: int, tmp_path: Path, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_LLM_AT_ONCE", str(at_once))
    monkeypatch.setenv("DIGEST_LLM_SECONDS", "2")
    under_way, most = [], []

    def slowly(body: dict[str, Any]) -> str:
        under_way.append(body)
        most.append(len(under_way))
        time.sleep(0.7)  # four, one after the other, take longer than one may
        under_way.remove(body)
        return GOOD

    with serving(slowly) as server:
        at(server.url)
        client = llm(tmp_path)
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda n: client.ask(f"write {n}", StoryText), range(4)))
    assert len(answers) == len(server.requests) == 4
    assert max(most) == at_once


def test_how_long_a_request_may_take_is_the_machines_to_say(
    tmp_path: Path, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_LLM_SECONDS", "1")
    with serving(lambda _: time.sleep(2.5) or GOOD) as server:
        at(server.url)
        with pytest.raises(LlmUnavailable, match="did not answer in time"):
            llm(tmp_path).ask("write", StoryText)


@pytest.mark.parametrize("variable", ["DIGEST_LLM_AT_ONCE", "DIGEST_LLM_SECONDS"])
@pytest.mark.parametrize("told", ["many", "0", "-1", "nan", "1e9"])
def test_a_slip_in_these_is_told_in_a_line(
    variable: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, told)
    with pytest.raises(UserError, match=rf"{variable}=«{told}» is not a number from 1 to "):
        llm(tmp_path)


def test_a_model_without_a_known_price_has_an_unknown_cost() -> None:
    assert price("a-model-of-our-own", 1, 1) is None
