"""Asking an llm over real HTTP: typed answers, the cache, the bill, and every way in which it can fail."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.digest import StoryText
from digest_lib.errors import BudgetReached, LlmBroken, LlmError, LlmRefused, LlmUnavailable, UserError
from digest_lib.writing.llm import Llm
from digest_lib.writing.prices import price
from digest_lib.writing.together import Together, sharing
from digest_lib.writing.usage import Writer
from digest_lib.writing.write import choose
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


@pytest.fixture
def at_openai(at, monkeypatch: pytest.MonkeyPatch):
    """A server that is reached as OpenAI's API is, through a proxy: what it answers has OpenAI's prices."""

    def use(url: str) -> None:
        at("http://api.openai.com/v1")
        monkeypatch.setenv("HTTP_PROXY", url.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)

    return use


def llm(folder: Path, **limits: float) -> Llm:
    return Llm("gpt-5.4-mini", folder, limits.get("usd", 1.0), limits.get("seconds", 60.0))


def test_an_answer_is_typed_counted_and_cached(tmp_path: Path, at_openai) -> None:
    with serving(lambda _: GOOD) as server:
        at_openai(server.url)
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
    assert (second.usage.cached, second.usage.cost_usd, second._spending.spent) == (1, cost, 0.0)


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


def bill(content: str | None, tokens: int = 60_000, model: str = "gpt-5.4-mini", **more: Any) -> str:
    usage = {"prompt_tokens": tokens, "completion_tokens": 1000, "total_tokens": tokens + 1000}
    return json.dumps({**json.loads(completion(content, **more)), "usage": usage, "model": model})


@pytest.mark.parametrize("answer", [
    bill("好的，沒有問題。"),
    bill('{"title": 1}'),
    bill(None),
    bill(None, refusal="no"),
    bill('{"headline": "x', finish="length"),
    bill(GOOD, finish="content_filter"),
], ids=["prose", "another schema", "empty", "refused", "cut off", "filtered"])  # fmt: skip
def test_an_answer_that_cannot_be_used_costs_and_counts_against_the_limit(
    answer: str, tmp_path: Path, at_openai
) -> None:
    with serving(lambda _: (200, answer)) as server:
        at_openai(server.url)
        one = price("gpt-5.4-mini", 60_000, 1000)
        spender = llm(tmp_path, usd=3.5 * one)
        for n in range(9):
            with pytest.raises((LlmError, BudgetReached)):
                spender.ask(f"write {n}", StoryText)
    assert len(server.requests) == 4  # the limit was passed by the fourth
    assert spender.usage.cost_usd == pytest.approx(4 * one)
    assert (spender.usage.requests, spender.usage.input_tokens) == (4, 240_000)
    assert list(tmp_path.iterdir()) == []


def test_what_led_to_an_answer_is_told_with_it_in_every_run(tmp_path: Path, at_openai) -> None:
    def plan(body: dict[str, Any]) -> tuple[int, str]:
        blind = body["response_format"]["type"] == "json_schema"
        return 200, bill("好的。" if blind else GOOD, tokens=1000)

    with serving(plan) as server:
        at_openai(server.url)
        first, second = llm(tmp_path), llm(tmp_path)
        first.ask("write", StoryText)
        second.ask("write", StoryText)
    assert len(server.requests) == 2
    assert first.usage.cost_usd == second.usage.cost_usd == 2 * price("gpt-5.4-mini", 1000, 1000)
    assert (first.usage.input_tokens, second.usage.input_tokens) == (2000, 2000)


def test_an_answer_counts_once_a_run_however_often_it_is_asked_for(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        at(server.url)
        first, second = llm(tmp_path), llm(tmp_path)
        for client in (first, second):
            for _ in range(3):
                client.ask("write", StoryText)
    assert [c.usage.input_tokens for c in (first, second)] == [1000, 1000]
    assert [(c.usage.requests, c.usage.cached) for c in (first, second)] == [(1, 0), (1, 1)]


@pytest.mark.parametrize(("said", "answered"), [
    ("gpt-5.4-mini", ""), ("gpt-5.4-nano", "gpt-5.4-nano"), (None, ""), ("m<script>\n", "mscript"),
])  # fmt: skip
def test_the_model_that_answered_is_named_where_it_is_another(
    said: str | None, answered: str, tmp_path: Path, at_openai
) -> None:
    with serving(lambda _: (200, bill(GOOD, tokens=1000, model=said))) as server:
        at_openai(server.url)
        first, second = llm(tmp_path), llm(tmp_path)
        first.ask("write", StoryText)
        second.ask("write", StoryText)
    assert [first.answered, second.answered] == [answered] * 2
    known = answered if answered.startswith("gpt") else "gpt-5.4-mini"
    assert first.usage.cost_usd == price(known, 1000, 1000)


@pytest.mark.parametrize(("address", "model", "known"), [
    ("https://api.openai.com/v1", "gpt-5.4-mini", True),
    ("http://api.openai.com:80/v1", "gpt-5.4-mini", True),
    ("https://api.deepseek.com", "deepseek-chat", True),
    ("https://openrouter.ai/api/v1", "openai/gpt-5.4-mini", True),
    ("https://api.openai.com/v1", "a-model-of-our-own", False),
    ("http://127.0.0.1:11434/v1", "gpt-5.4-mini", False),
    ("http://localhost:8000/v1", "gpt-5.4-mini", False),
    ("http://192.168.1.20/v1", "gpt-5.4-mini", False),
    ("http://ollama:11434/v1", "gpt-5.4-mini", False),
    ("http://[::1]:8000/v1", "gpt-5.4-mini", False),
    ("https://llm.corp.example/v1", "gpt-5.4-mini", False),
    ("https://api.openai.com.evil.example/v1", "gpt-5.4-mini", False),
    ("https://evil.example/https://api.openai.com/v1", "gpt-5.4-mini", False),
])  # fmt: skip
def test_a_price_is_its_providers_alone(address: str, model: str, known: bool) -> None:
    assert (price(model, 1000, 100, address) is not None) is known


def test_a_local_servers_answer_has_no_price_and_a_limit_all_the_same(tmp_path: Path, at) -> None:
    with serving(lambda _: GOOD) as server:
        at(server.url)
        spender = llm(tmp_path, usd=0.0001)
        spender.ask("one", StoryText)
        with pytest.raises(BudgetReached):  # it may be a gateway to a server that has one
            spender.ask("two", StoryText)
    assert spender.usage.cost_usd is None


def test_without_a_bill_the_cost_is_unknown_and_the_limit_holds(tmp_path: Path, at_openai) -> None:
    with serving(lambda _: (200, json.dumps({**json.loads(completion(GOOD)), "usage": None}))) as server:
        at_openai(server.url)
        spender = llm(tmp_path, usd=0.001)
        spender.ask("字" * 9000, StoryText)
        with pytest.raises(BudgetReached):
            spender.ask("two", StoryText)
    assert (spender.usage.input_tokens, spender.usage.cost_usd) == (0, None)


@pytest.mark.parametrize(("key", "address", "says"), [
    ("sk-abc\n", "{url}\n", ""), (" 'sk-abc' ", '"{url}"', ""), ("sk-abc", "{url}/chat/completions", ""),
    ("sk-abc", "{url}/", ""), ("\ufeffsk-abc", "\u200b{url}", ""), ("", "{url}", ""),
    ("sk-鑰匙", "{url}", "OPENAI_API_KEY holds a character that no key has (number 4 of 5): copy"),
    ("sk-a\nsk-b", "{url}", "OPENAI_API_KEY holds a space or a line's end (number 5 of 9)"),
    ("sk-é", "", "OPENAI_API_KEY holds a character"),
    ("sk-abc", "localhost:11434/v1", "OPENAI_BASE_URL is no address that begins with http:// or https://"),
    ("sk-abc", "ftp://a.example/v1", "OPENAI_BASE_URL is no address that begins"),
    ("sk-abc", "http://a b/v1", "OPENAI_BASE_URL holds a space"),
    ("sk-abc", "http://[::1/v1", "OPENAI_BASE_URL is no address"),
    ("sk-abc", "http://a:port/v1", "OPENAI_BASE_URL is no address"),
])  # fmt: skip
def test_what_copying_leaves_around_a_setting_does_no_harm_and_what_is_wrong_is_told_in_a_line(
    key: str, address: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: GOOD) as server:
        monkeypatch.setenv("OPENAI_API_KEY", key)
        monkeypatch.setenv("OPENAI_BASE_URL", address.format(url=server.url))
        wrong = choose("gpt-5.4-mini ")
        if not says:
            assert wrong == Writer("gpt-5.4-mini")
            assert llm(tmp_path).ask("write", StoryText).headline == "Qwen3.8 登場"
    assert wrong.why.startswith(says)
    assert wrong.is_offline is bool(says)
    assert "\n" not in wrong.why
    assert "sk-" not in wrong.why


@pytest.mark.parametrize(("variable", "value", "says"), [
    ("ALL_PROXY", "nonsense://a", "the proxy that is set cannot be used: look at HTTP_PROXY"),
    ("HTTP_PROXY", "http://127.0.0.1:9", "no connection to the llm server"),
    ("OPENAI_ORG_ID", "組織", "a setting of the llm client holds a character that no header may"),
])  # fmt: skip
def test_a_setting_that_the_client_cannot_use_is_told_in_a_line(
    variable: str, value: str, says: str, tmp_path: Path, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    at("http://llm.example/v1")
    for name in ("NO_PROXY", "no_proxy", "http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv(variable, value)
    if variable == "ALL_PROXY":
        monkeypatch.delenv("HTTP_PROXY")
    with pytest.raises(LlmUnavailable) as caught:
        llm(tmp_path).ask("write", StoryText)
    assert str(caught.value).startswith(says)


def test_a_server_on_this_machine_is_reached_whatever_proxy_is_set(
    tmp_path: Path, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(lambda _: GOOD) as server:
        at(server.url)
        assert llm(tmp_path).ask("write", StoryText).headline == "Qwen3.8 登場"


@pytest.mark.parametrize("answer", [(404, "404 page not found"), (200, "<!doctype html><html></html>")])
def test_an_address_without_its_version_is_told(answer: tuple[int, str], tmp_path: Path, at) -> None:
    with serving(lambda _: answer) as server:
        at(server.url.removesuffix("/v1"))
        with pytest.raises(LlmUnavailable, match="put /v1 at the end of OPENAI_BASE_URL"):
            llm(tmp_path).ask("write", StoryText)


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


def test_runs_side_by_side_share_the_limit_and_send_once_what_they_ask_alike(tmp_path: Path, at) -> None:
    now, most, two = [0], [0], threading.Event()

    def slowly(body: dict[str, Any]) -> str:
        now[0] += 1
        most.append(now[0])
        if now[0] == 2:
            two.set()
        two.wait(20)  # however busy the machine is: the first is under way until there is a second
        time.sleep(0.1)
        now[0] -= 1
        return GOOD

    together = Together.of(3, at_once=2)

    def run(own: str) -> Llm:
        with sharing(together):
            client = llm(tmp_path)
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda prompt: client.ask(prompt, StoryText), ["alike", "too", own]))
        return client

    with serving(slowly) as server:
        at(server.url)
        with ThreadPoolExecutor(3) as pool:
            runs = list(pool.map(run, ["a", "b", "c"]))
    assert max(most) == 2
    assert len(server.requests) == 5
    # Each counts what its answers took, whichever of them had them made.
    assert {(r.usage.requests, r.usage.input_tokens, r.usage.output_tokens) for r in runs} == {
        (3, runs[0].usage.input_tokens, runs[0].usage.output_tokens)
    }
    assert sum(r.usage.cached for r in runs) == 4


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
