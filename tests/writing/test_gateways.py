"""Gateways, proxies and local servers: what each calls by its own name, and counts in its own way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.digest import StoryText
from digest_lib.errors import LlmBroken, LlmError
from digest_lib.writing.reply import ErrorAsAnswer, Reply, decoded, read_reply
from writing.fake_server import Answer, asked, completion, serving

TEXT = json.dumps({"headline": "Qwen3.8 登場", "sentences": [], "why_it_matters": []}, ensure_ascii=False)
AT = "http://127.0.0.1/v1"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-fake-0123456789")


def refusal(message: str, **more: str) -> str:
    return json.dumps({"error": {"message": message, **more}}, ensure_ascii=False)


@pytest.mark.parametrize(("status", "body"), [
    (400, refusal("model 'qwen': response_format json_schema not supported")),
    (400, refusal("response_format is not supported in this context")),
    (400, refusal("json_schema wants credits of the tier pro")),
    (400, refusal("the structured output exceeded the maximum of tokens of a schema")),
    (400, refusal("模型不支持 response_format，模型 qwen 下的該能力不存在")),
    (400, refusal("invalid value for this model: no such", param="response_format")),
    (403, refusal("response_format is not allowed in your plan")),
    (404, refusal("no endpoints found that support response_format")),
])  # fmt: skip
def test_a_refusal_that_names_the_form_is_of_the_form_whatever_else_it_says(
    status: int, body: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plan(asked: dict[str, Any]) -> Answer:
        return (status, body) if asked.get("response_format", {}).get("type") == "json_schema" else TEXT

    with serving(plan) as server:
        assert asked(server.url, tmp_path, monkeypatch).ask("write", StoryText).headline == "Qwen3.8 登場"
    assert len(server.requests) == 2


def test_a_server_that_names_the_stream_beside_its_words_is_asked_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = '{"detail": [{"loc": ["body", "stream"], "msg": "Input should be true"}]}'
    with serving(lambda asked: TEXT if asked.get("stream") else (422, body)) as server:
        assert asked(server.url, tmp_path, monkeypatch).ask("write", StoryText).headline == "Qwen3.8 登場"


@pytest.mark.parametrize(("answer", "line"), [
    ((400, refusal("API key not valid. Please pass a valid one.")), "refused the key (OPENAI_API_KEY)"),
    ((400, refusal("该令牌额度已用尽")), "over its rate limit or quota: «该令牌额度已用尽»"),
    ((400, refusal("Budget has been exceeded")), "over its rate limit or quota: «Budget"),
    ((403, refusal("用户额度不足")), "over its rate limit or quota: «用户"),
    ((403, "<html><title>blocked</title></html>"), "a proxy or a firewall answered for the llm server"),
    ((403, refusal("Project does not have access to model `gpt-5.4-mini`")),
     "does not have this model (the notebook's `llm`): «Project"),
    ((403, refusal("Country, region, or territory not supported")), "forbids the request (403): «Country"),
    ((403, refusal("Authentication Fails, your api key: ****6789 is invalid")), "refused the key (OPENAI"),
    ((403, "{}"), "refused the key (OPENAI_API_KEY)"),
    ((200, '{"error_code": 336003, "error_msg": "the max input characters is 20000"}'), "«the max input"),
    ((200, '{"choices": null, "base_resp": {"status_code": 1004, "status_msg": "no login"}}'), "«no login»"),
    ((407, "<html></html>"), "the proxy does not let the request through: look at HTTP_PROXY"),
    ((404, "404 page not found"), "does not have this model, or its API is at another address"),
    ((404, refusal("The API deployment does not exist.")), "does not have this model (the notebook's `llm`)"),
    ((200, "<!-- a portal -->\n<!DOCTYPE html><html></html>"), "a web page, not JSON"),
    ((200, json.dumps({"choices": [{"error": {"code": 502, "message": "upstream overloaded"},
      "finish_reason": "error", "message": {"role": "assistant", "content": ""}}]})),
     "answered 502: «upstream overloaded»"),
])  # fmt: skip
def test_what_stands_in_the_way_is_named(
    answer: Answer, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: answer) as server, pytest.raises(LlmError) as caught:
        asked(server.url, tmp_path, monkeypatch).ask("write", StoryText)
    assert line in str(caught.value)
    assert len(server.requests) == 1


def test_an_error_at_an_address_without_its_version_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = '{"error": "Unexpected endpoint or method. (POST /chat/completions)"}'
    with serving(lambda _: (200, body)) as server, pytest.raises(LlmError, match="put /v1 at the end"):
        asked(server.url.removesuffix("/v1"), tmp_path, monkeypatch).ask("write", StoryText)


@pytest.mark.parametrize("end", ["", "/", "/chat/completions"])
def test_an_address_with_a_version_of_the_api_is_azures(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: TEXT) as server:
        address = f"{server.url[:-3]}/openai/deployments/mini{end}?api-version=2024-10-21"
        assert asked(address, tmp_path, monkeypatch).ask("write", StoryText).headline == "Qwen3.8 登場"
    path, head = server.heads[0]
    assert path == "/openai/deployments/mini/chat/completions?api-version=2024-10-21"
    assert (head["api-key"], head.get("authorization")) == ("sk-fake-0123456789", None)


def body(usage: Any = None, model: str = "m", finish: str = "stop") -> str:
    return json.dumps({**json.loads(completion(TEXT, finish)), "usage": usage, "model": model})


def stream(*parts: dict[str, Any], before: str = "data: ") -> str:
    return "\n\n".join(before + json.dumps(part) for part in parts)


def part(content: str, **more: Any) -> dict[str, Any]:
    return {"model": "m", "choices": [{"delta": {"content": content}}], **more}


@pytest.mark.parametrize(("raw", "reply"), [
    (body({"prompt_tokens": 0, "completion_tokens": 0}), Reply(TEXT, model="m")),
    (body({"prompt_tokens": -1, "completion_tokens": True}), Reply(TEXT, model="m")),
    (body({"prompt_tokens": float("nan"), "completion_tokens": float("inf")}), Reply(TEXT, model="m")),
    (body({"prompt_tokens": "50", "completion_tokens": 7.0}),
     Reply(TEXT, model="m", input_tokens=50, output_tokens=7)),
    (body({"prompt_tokens": 50, "completion_tokens": 7, "total_tokens": 6057}),
     Reply(TEXT, model="m", input_tokens=50, output_tokens=6007)),
    (body(model="/home/somebody/models/qwen3.gguf"), Reply(TEXT, model="qwen3.gguf")),
    (body(model="C:\\Users\\somebody\\qwen3.gguf"), Reply(TEXT, model="qwen3.gguf")),
    (body(model="openai/gpt-5.4-mini"), Reply(TEXT, model="openai/gpt-5.4-mini")),
    (body(finish="model_length"), Reply(TEXT, model="m", is_cut=True)),
    (body(finish="RECITATION"), Reply(TEXT, model="m", is_filtered=True)),
    (stream(part("", usage={"prompt_tokens": 50}), part("a"), part("b", usage={"completion_tokens": 7})),
     Reply("ab", model="m", input_tokens=50, output_tokens=7)),
    (stream({"model": "m", "message": {"content": "a"}}, {"message": {"content": "b"}, "done": True},
            before=""), Reply("ab", model="m")),
])  # fmt: skip
def test_what_a_server_counts_and_calls_itself(raw: str, reply: Reply) -> None:
    assert read_reply(raw, AT) == reply


def test_a_stream_that_ends_in_an_error_is_one() -> None:
    end = {"error": {"code": 502, "message": "gone"}, "choices": [{"delta": {}, "finish_reason": "error"}]}
    with pytest.raises(ErrorAsAnswer):
        read_reply(stream(part("{"), end), AT)


@pytest.mark.parametrize(("encoding", "told"), [
    ("utf-8", "iso-8859-1"), ("utf-8", None), ("utf-8-sig", "ascii"), ("utf-16", "utf-8"), ("big5", "big5"),
])  # fmt: skip
def test_an_answers_bytes_are_unicode_whatever_a_header_says(encoding: str, told: str | None) -> None:
    assert decoded(TEXT.encode(encoding), told) == TEXT


@pytest.mark.parametrize("told", ["utf-8", None, "no-such-encoding"])
def test_bytes_that_are_no_text_are_refused(told: str | None) -> None:
    with pytest.raises(LlmBroken, match="no encoding"):
        decoded(TEXT.encode("big5"), told)
