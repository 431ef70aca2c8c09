"""Servers as they are: what they refuse, how they write what they answer; all of them write the post."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.digest import DayText, StoryText, Support, Written
from digest_lib.errors import LlmBroken, LlmError, LlmUnavailable
from digest_lib.writing.editor import listed
from digest_lib.writing.fake_llm import HABITS, FakeLlm
from digest_lib.writing.llm import CUT
from digest_lib.writing.references import references, resolved
from digest_lib.writing.reply import Reply, read_reply
from digest_lib.writing.server import IN_PROMPT
from stories.making import article
from writing.fake_server import Answer, asked, completion, serving

ARTICLES = [
    article("阿里巴巴發表 Qwen3.8", summary="阿里巴巴發表 Qwen3.8，參數達 2.4 兆。" * 40, publisher="甲報"),
    article("Qwen3.8 登上榜首", summary="評測網站更新排名，Qwen3.8 名列第一。" * 40, publisher="乙報"),
]
REFS = references(ARTICLES)
PROMPT = f"寫一則新聞。\n<articles>\n{listed(REFS)}\n</articles>"
DAY = "寫總覽。\n<stories>\n## Qwen3.8 登場\n- 阿里巴巴發表 Qwen3.8。 [A1][A2]\n</stories>"
GOOD = {
    "headline": "Qwen3.8 登場",
    "sentences": [{"text": "阿里巴巴發表 Qwen3.8。", "sources": ["A1"], "kind": "fact"}],
    "why_it_matters": [],
}
TEXT = json.dumps(GOOD)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-fake-0123456789")


@pytest.mark.parametrize("habit", HABITS)
def test_every_servers_answer_is_the_one_that_a_plain_server_gives(
    habit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for number, habits in enumerate([[], [habit]]):
        with FakeLlm(faults=habits).serving() as fake:
            llm = asked(fake.url, tmp_path / str(number), monkeypatch)
            story, day = llm.ask(PROMPT, StoryText), llm.ask(DAY, DayText)
            repaired, support = llm.ask(PROMPT, Written), llm.ask(PROMPT, Support)
            said.append([resolved(story, REFS), resolved(day, REFS), resolved(repaired, REFS), support])
    assert said[0] == said[1]
    assert said[1][0].sentences[1].sources == [ARTICLES[1].id]


@pytest.mark.parametrize(("habit", "forms"), [
    ("no-schema", ["json_schema", "json_object", "json_object"]),
    ("no-format", ["json_schema", "json_object", None, None]),
    ("schema-blind", ["json_schema", "json_object", "json_object"]),
    ("stream-only", ["json_schema", "json_schema", "json_schema"]),
])  # fmt: skip
def test_what_a_server_takes_is_found_out_once_a_run(
    habit: str, forms: list[str | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeLlm(faults=[habit]).serving() as fake:
        llm = asked(fake.url, tmp_path, monkeypatch)
        llm.ask(PROMPT, StoryText)
        llm.ask(DAY, DayText)
    assert [r.get("response_format", {}).get("type") for r in fake.requests] == forms
    shown = [IN_PROMPT in r["messages"][0]["content"] for r in fake.requests]
    assert shown == [form != "json_schema" for form in forms]


def test_a_server_that_never_keeps_to_a_form_is_asked_again_once_a_run_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: "好的，沒有問題。") as server:
        llm = asked(server.url, tmp_path, monkeypatch)
        for prompt in ("one", "two", "three"):
            with pytest.raises(LlmBroken, match="not JSON of the schema"):
                llm.ask(prompt, StoryText)
    assert len(server.requests) == 4


WRITTEN: list[tuple[str, str]] = [
    ("an empty thought", f"<think>\n\n</think>\n{TEXT}"),
    ("a thought without its beginning", f'先想 {{"headline": "草稿", "sentences": []}}</think>{TEXT}'),
    ("thoughts in other words", f"<reasoning>{{}}</reasoning>{TEXT}"),
    ("channels", f"<|channel|>analysis<|message|>想 {{x}}<|end|><|channel|>final<|message|>{TEXT}<|return|>"),
    ("a fence without a name", f"```\n{TEXT}\n```"),
    ("a fence that is not closed", f"```json\n{TEXT}"),
    ("two objects, the last is the answer", f'{{"headline": "草稿", "sentences": []}}\n改寫：\n{TEXT}'),
    ("a comment", TEXT.replace('"sentences"', '// 句子\n"sentences"', 1)),
    ("a line's end in a string", TEXT.replace("3.8。", "3.8。\n").replace("3.8\\u3002", "3.8\\u3002\n")),
    ("keys of other writing", TEXT.replace("why_it_matters", "whyItMatters").replace("headline", "Headline")),
    ("a schema's frame around the values", json.dumps({"type": "object", "properties": GOOD})),
    ("a call written out", json.dumps({"name": "StoryText", "arguments": TEXT})),
    ("deep in others", json.dumps({"data": {"output": [{"story": GOOD}]}})),
    ("a list in a string", json.dumps({**GOOD, "sentences": json.dumps(GOOD["sentences"])})),
    ("the sentence alone, not in a list", json.dumps({**GOOD, "sentences": GOOD["sentences"][0]})),
    ("escaped quotation marks", TEXT.replace('"', '\\"')),
    ("escaped twice", json.dumps({**GOOD, "headline": "Qwen3.8 \\u767b\\u5834"})),
    ("single quotation marks and an apostrophe", str({**GOOD, "note": 'it\'s "new"'})),
    ("keys without quotation marks", TEXT.replace('"headline"', "headline").replace('"text"', "text")),
    ("a kind of its own", TEXT.replace('"fact"', '"count"')),
    ("a source that is a number", TEXT.replace('"A1"', "1")),
    ("a source as an object", TEXT.replace('["A1"]', '[{"id": "A1", "publisher": "甲報"}]')),
    ("a source in the text alone", TEXT.replace(', "sources": ["A1"]', "").replace("u3002", "u3002 [A1]")),
    ("keys of its own for a sentence", json.dumps({**GOOD, "sentences": [
        {"id": 1, "statement": "阿里巴巴發表 Qwen3.8。", "citations": ["A1"]}]})),
    ("sentences by number", json.dumps({**GOOD, "sentences": {"1": GOOD["sentences"][0]}})),
    ("signs of full width between the strings",
     json.dumps(GOOD, ensure_ascii=False).replace(": ", "：").replace(", ", "，")),
    ("one source under its own name", TEXT.replace('"sources": ["A1"]', '"source": "A1"')),
]  # fmt: skip


@pytest.mark.parametrize("content", [w for _, w in WRITTEN], ids=[name for name, _ in WRITTEN])
def test_the_one_object_is_taken_out(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _: content) as server:
        told = resolved(asked(server.url, tmp_path, monkeypatch).ask("write", StoryText), REFS)
    assert told.headline == "Qwen3.8 登場"
    assert [(s.text, s.sources, s.kind) for s in told.sentences] == [
        ("阿里巴巴發表 Qwen3.8。", [ARTICLES[0].id], "fact")
    ]
    assert len(server.requests) == 1


@pytest.mark.parametrize("content", [
    TEXT[: len(TEXT) // 2],
    TEXT[:-2],
    f"```json\n{TEXT[:-40]}",
    str(GOOD)[:-3],
    f"<think>{TEXT}",
    "好的，以下是摘要。",
    "{story}",
    "[]",
    "null",
    '"Qwen3.8 登場"',
    '{"type": "object", "properties": {"headline": {"type": "string"}, "sentences": {"type": "array"}}}',
    '{"headline": {"type": "string"}, "sentences": {"type": "array", "items": {"type": "object", "required": '
    '["text"], "properties": {"text": {"type": "string"}}}}}',
    "[" * 50_000,
    '{"a":' * 50_000,
])  # fmt: skip
def test_what_holds_no_whole_answer_is_none(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: content) as server, pytest.raises(LlmBroken, match="not JSON of the schema"):
        asked(server.url, tmp_path, monkeypatch).ask("write", StoryText)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("said", "supported"), [
    ('{"supported": true}', True), ('{"supported": "yes"}', True), ('{"supported": "是"}', True),
    ("true", True), ("```json\ntrue\n```", None), ('{"result": {"supported": true}}', True),
    ('{"supported": false}', False), ('{"supported": "false"}', False), ('{"supported": "不支持"}', False),
    ('{"supported": "partly"}', False), ('{"supported": 0}', False), ('{"supported": []}', False),
    ('{"supported": null}', None), ('{"refuted": true}', None), ("{}", None), ("supported", None),
])  # fmt: skip
def test_only_a_clear_yes_supports(
    said: str, supported: bool | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: said) as server:
        llm = asked(server.url, tmp_path, monkeypatch)
        if supported is None:
            with pytest.raises(LlmBroken):
                llm.ask("supported?", Support)
        else:
            assert llm.ask("supported?", Support).supported is supported


@pytest.mark.parametrize(("written", "names"), [
    ("A1", ["A1"]), ("a1", ["A1"]), ("[A1]", ["A1"]), ("【A1】", ["A1"]), ("(A1)", ["A1"]),
    ("（Ａ１）", ["A1"]), ("A 1", ["A1"]), ("A1 甲報", ["A1"]), ("A1甲報", ["A1"]), ("甲報[A1]", ["A1"]),
    ("A1, A2", ["A1", "A2"]), ("A1、A2", ["A1", "A2"]), ("[A1][A2]", ["A1", "A2"]), ("A1-A2", ["A1", "A2"]),
    ("A1 至 A2", ["A1", "A2"]), ("1", ["A1"]), ("[2]", ["A2"]), ("文章 2", ["A2"]), ("Source: A2", ["A2"]),
    ("甲報", ["A1"]), ("Qwen3.8 登上榜首", ["A2"]),
    ("甲報、乙報", ["A1", "A2"]), ("甲報, 乙報", ["A1", "A2"]),
    ("A-1", ["A1"]), ("A_1", ["A1"]), ("A1/A2", ["A1", "A2"]), ("A1...A2", ["A1", "A2"]),
    ("1, 2", ["A1", "A2"]), ("[1][2]", ["A1", "A2"]), ("第2篇", ["A2"]),
    (ARTICLES[1].url, ["A2"]), ("[A1](https://evil.example/A2)", ["A1"]), (f"A2 {ARTICLES[0].url}", ["A2"]),
    ("A9", None), ("A12", None), ("9", None), ("NVIDIA A100", None), ("丙報", None), ("", None),
    ("https://evil.example/A1", None), ("https://evil.example/?q=A1", None), ("evil.example/A1", None),
    ("GPT-A1x", None), ("甲報, 丙報", None), ("1.5", None), ("2026", None), ("evil.example/1/A1", None),
    ("https://evil.example/x A9", None),
])  # fmt: skip
def test_a_source_is_known_however_it_is_written_and_an_invented_one_stays(
    written: str, names: list[str] | None
) -> None:
    found = resolved(Written(text="x", sources=[written]), REFS).sources
    assert found == ([REFS[name].id for name in names] if names else [written])


def test_of_two_sources_the_invented_one_stays() -> None:
    assert resolved(Written(text="x", sources=["A1, A9"]), REFS).sources == [ARTICLES[0].id, "A9"]


def body(**changes: Any) -> str:
    return json.dumps({**json.loads(completion(TEXT)), **changes})


@pytest.mark.parametrize(("raw", "reply"), [
    (completion("a"), Reply("a", model="m", input_tokens=1000, output_tokens=100)),
    ("\ufeff" + body(usage=None, model=None), Reply(TEXT)),
    (f"[{body(model='n')}]", Reply(TEXT, model="n", input_tokens=1000, output_tokens=100)),
    (body(choices=[{"text": "a"}], usage={"input_tokens": 5}), Reply("a", model="m", input_tokens=5)),
    ('{"message": {"content": "a"}, "done_reason": "length"}', Reply("a", is_cut=True)),
    (body(choices=[], usage=None), Reply(model="m")),
    (body(choices=[{"message": {"content": [{"type": "thinking", "text": "x"}, "a"]}}], usage={}),
     Reply("a", model="m")),
    (body(choices=[{"message": {"content": {"a": 1}}, "finish_reason": "content_filter"}], usage=None),
     Reply('{"a": 1}', is_filtered=True, model="m")),
    (body(model="<b>m</b>\n" * 90, usage=None), Reply(TEXT, model=("bm/b" * 90)[:80])),
])  # fmt: skip
def test_a_reply_is_read_in_every_form(raw: str, reply: Reply) -> None:
    assert read_reply(raw, "http://127.0.0.1/v1") == reply


SAID: list[tuple[Answer, type[LlmError], str]] = [
    ((400, '{"error": {"message": "unsupported response_format"}}'), LlmUnavailable,
     "does not take the request (400): «unsupported response_format»"),
    ((400, '{"detail": [{"msg": "extra fields\\nnot permitted"}]}'), LlmUnavailable,
     "(400): «extra fields not permitted»"),
    ((422, "plain words"), LlmUnavailable, "(422): «plain words»"),
    ((400, '{"error": "context 4096"}'), LlmBroken, "too long for the llm server: «context 4096»"),
    ((413, "<html>413</html>"), LlmBroken, "too long for the llm server"),
    ((400, '{"error": {"message": "Model Not Exist"}}'), LlmUnavailable, "notebook's `llm`): «Model Not"),
    ((402, '{"error": {"message": "Insufficient Balance"}}'), LlmUnavailable, "quota: «Ins"),
    ((200, '{"error": {"code": 502, "message": "Provider returned error"}}'), LlmUnavailable,
     "answered 502: «Provider returned error»"),
    ((500, '{"error": {"message": "for org-Ab12Cd34Ef, ask me@corp.example"}}'), LlmUnavailable,
     "500: «for …, ask …»"),
    ((400, '{"error": {"message": "your key is sk-fake-0123456789"}}'), LlmUnavailable, "«your key is …»"),
    ((400, '{"error": {"message": "your key is c2stZmFrZS0wMTIzNDU2Nzg5"}}'), LlmBroken, "a secret of this"),
    ((401, '{"error": {"message": "bad key sk-fake-0123"}}'), LlmUnavailable, "refused the key (OPENAI"),
    ((200, "<!DOCTYPE html><html>"), LlmUnavailable, "a web page, not JSON: there is no llm API"),
    ((404, "<html>nginx</html>"), LlmUnavailable, "no llm API at this address"),
    ((200, '{"status": "ok"}'), LlmUnavailable, "other JSON: there is no llm API"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "kind", "line"), SAID, ids=[line for *_, line in SAID])
def test_what_a_server_says_is_said_in_a_line(
    answer: Answer, kind: type[LlmError], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: answer) as server, pytest.raises(kind) as caught:
        asked(server.url, tmp_path, monkeypatch).ask("write", StoryText)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "sk-fake" not in str(caught.value)


def test_a_gateway_whose_error_comes_as_an_answer_is_asked_in_another_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = '{"error": {"code": 400, "message": "response_format is not supported by this provider"}}'

    def plan(asked: dict[str, Any]) -> Answer:
        return (200, error) if "response_format" in asked else TEXT

    with serving(plan) as server:
        assert asked(server.url, tmp_path, monkeypatch).ask("write", StoryText).headline == "Qwen3.8 登場"
    assert len(server.requests) == 3


@pytest.mark.parametrize(("tokens", "prompt", "noticed"), [
    (2048, "字" * 6000, True), (4096, "字" * 4500, True), (1000, "字" * 6000, True),
    (3500, "字" * 6000, False), (4200, "字" * 6000, False), (2000, "word " * 1600, False),
    (400, "word " * 1600, True), (1, "字" * 90, False),
])  # fmt: skip
def test_a_prompt_that_was_cut_off_is_noticed_and_remembered(
    tokens: int, prompt: str, noticed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = {"prompt_tokens": tokens, "completion_tokens": 9, "total_tokens": tokens + 9}
    with serving(lambda _: (200, body(usage=usage))) as server:
        first = asked(server.url, tmp_path, monkeypatch)
        again = asked(server.url, tmp_path, monkeypatch)
        for llm in (first, again):
            llm.ask(prompt, StoryText)
            llm.ask(prompt, StoryText)
    assert len(server.requests) == 1
    for llm in (first, again):
        assert dict(llm.warnings) == ({CUT: 1} if noticed else {})
