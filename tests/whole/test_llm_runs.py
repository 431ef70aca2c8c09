"""Whole runs with an llm server on loopback: one that writes, one that lies, one that breaks or refuses."""

import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from digest_lib.running import records
from digest_lib.settings import Home
from digest_lib.writing.fake_llm import FakeLlm
from digest_lib.writing.fake_llm.answers import answer as faithful
from homes import quickly
from writing.fake_server import Answer, completion, serving

pytestmark = pytest.mark.slow

DATE, KEY = "2026-07-22", "sk-live-4f9a0c2b7d1e8a6f"


def kind_of(body: dict[str, Any]) -> str:
    return str(body["response_format"]["json_schema"]["name"])


def first_article(prompt: str) -> tuple[str, str]:
    """The first article that the prompt lists: its reference and its title."""
    found = re.search(r"^\[(A\d+)\] .*\n(.+)$", prompt, re.MULTILINE)
    assert found, prompt
    return found[1], found[2]


def writing(body: dict[str, Any], extra: str = "") -> str:
    """A faithful answer to any of the desk's requests, with `extra` as one more sentence of a story."""
    prompt = body["messages"][0]["content"]
    if kind_of(body) in {"Judgement", "Mending"}:
        return json.dumps(faithful(kind_of(body), prompt, (), Random(0), lambda *_: None))
    if kind_of(body) == "StoryText":
        ref, title = first_article(prompt)
        sentences = [f"有報導以「{title}」為題。", *([extra] if extra else [])]
        return json.dumps({
            "headline": title,
            "sentences": [{"text": t, "sources": [ref], "kind": "fact"} for t in sentences],
            "why_it_matters": [],
        })  # fmt: skip
    if kind_of(body) == "DayText":
        point = re.search(r"^- (.+?) \[(A\d+)\]$", prompt, re.MULTILINE)
        assert point, prompt
        said = {"text": point[1], "sources": [point[2]], "kind": "fact"}
        return json.dumps({
            "headline": re.search(r"^## (.+)$", prompt, re.MULTILINE)[1],
            "summary": [said], "trend": [], "key_points": [said], "tags": ["Qwen"],
            "analysis": {"industry": [], "rivals": [], "market": []},
            "outlook": {"developers": [], "users": []},
        })  # fmt: skip
    ref, title = first_article(prompt)
    return json.dumps({"text": f"有報導以「{title}」為題。", "sources": [ref], "kind": "fact"})


def run(home: Home, url: str, **environment: str) -> Any:
    given = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": KEY, "DIGEST_LLM": "gpt-5.4-mini", **environment}
    return quickly(home, "run", "--date", DATE, "--families", "qwen", **given)


def post(home: Home) -> dict[str, Any]:
    path = home.posts / f"{DATE}-qwen" / "index.ipynb"
    return json.loads(path.read_text("utf-8"))["metadata"]["digest"]


def test_an_llm_writes_and_a_second_run_costs_nothing(home: Home) -> None:
    with serving(writing) as server:
        # As OpenAI's API is reached, through a proxy: a server on loopback has no price.
        proxied = {"HTTP_PROXY": server.url.removesuffix("/v1"), "NO_PROXY": "", "no_proxy": ""}
        first = run(home, "http://api.openai.com/v1", **proxied)
        asked = len(server.requests)
        again = run(home, "http://api.openai.com/v1", **proxied)
    assert first.returncode == 0, first.stdout + first.stderr
    record = records.load(home, "qwen", DATE)
    assert record is not None
    assert (record.llm, record.withheld) == ("gpt-5.4-mini", 0)
    written = [body for body in server.requests if kind_of(body) != "Judgement"]
    assert len(written) == record.stories + 1  # beside the questions about doubtful sentences
    assert record.input_tokens == 1000 * asked
    assert record.cost_usd > 0
    assert len(server.requests) == asked
    assert "(unchanged)" in again.stdout
    assert post(home)["writer"]["llm"] == "gpt-5.4-mini"
    assert "AI" in (home.posts / f"{DATE}-qwen" / "index.ipynb").read_text("utf-8")


def test_no_file_of_the_home_holds_the_key(home: Home) -> None:
    with serving(writing) as server:
        assert run(home, server.url).returncode == 0
    assert quickly(home, "render", "--renderer", "embedded", OPENAI_API_KEY=KEY).returncode == 0
    files = [p for p in home.root.rglob("*") if p.is_file()]
    assert len(files) > 100
    assert [p for p in files if KEY.encode() in p.read_bytes()] == []


def test_a_false_number_is_repaired_and_else_withheld_alone(home: Home) -> None:
    lie = "該公司投入 1,600 億美元。"

    def lying(body: dict[str, Any]) -> str:
        if kind_of(body) == "Mending":
            names = re.findall(r"^\[(S\d+)\]", body["messages"][0]["content"], re.MULTILINE)
            return json.dumps({"sentences": [{"sentence": n, "text": lie, "sources": ["A1"]} for n in names]})
        return writing(body, extra=lie)

    with serving(lambda body: writing(body, extra=lie)) as server:
        assert run(home, server.url).returncode == 0
    repaired = records.load(home, "qwen", DATE)
    assert repaired is not None
    assert (repaired.repaired > 0, repaired.withheld) == (True, 0)
    for answer in home.answers.glob("*.json"):
        answer.unlink()
    with serving(lying) as server:
        assert run(home, server.url).returncode == 0
    withheld = records.load(home, "qwen", DATE)
    assert withheld is not None
    assert withheld.withheld == withheld.stories
    told = [s["text"] for story in post(home)["digest"]["stories"] for s in story["sentences"]]
    assert lie not in told
    assert len(told) >= withheld.stories


@pytest.mark.parametrize(("answer", "told"), [
    ((200, completion(None, refusal="no")), "AI 拒絕作答"),
    ("{broken", "AI 的回答不合格式"),
    ((500, "{}"), "AI 服務回報錯誤"),
    ((401, "{}"), "AI 服務不接受金鑰"),
    ((200, "<html>"), "AI 服務的設定有誤"),
    ((400, '{"error": {"message": "context 4096"}}'), "內容超過 AI 一次能讀的長度"),
], ids=["refuses", "broken JSON", "server error", "bad key", "not an API", "small context"])  # fmt: skip
def test_an_llm_that_fails_leaves_an_honest_offline_post_and_a_warning(
    home: Home, answer: Answer, told: str
) -> None:
    with serving(lambda _body: answer) as server:
        done = run(home, server.url)
    assert done.returncode == 0, done.stdout + done.stderr
    facts = post(home)
    assert facts["writer"]["llm"] == "offline"
    assert facts["writer"]["why"]
    assert facts["stories"]
    text = (home.posts / f"{DATE}-qwen" / "index.ipynb").read_text("utf-8")
    assert "自動生成" not in text.split('"metadata"')[0]
    assert told in text
    assert "AI 服務沒有回應" not in text
    assert "Traceback" not in done.stdout + done.stderr
    assert "the llm failed in 1 of 1 runs. See: digest status" in done.stderr
    assert (
        f"the llm failed in 1 run, the last {DATE} qwen (written by offline)"
        in quickly(home, "status").stdout
    )


@pytest.mark.parametrize("habit", ["no-format", "think", "plain"])
def test_a_common_server_writes_the_post(home: Home, habit: str) -> None:
    with FakeLlm(faults=[habit]).serving() as fake:
        done = run(home, fake.url)
    assert done.returncode == 0, done.stdout + done.stderr
    record = records.load(home, "qwen", DATE)
    assert record is not None
    assert (record.llm, record.note, record.answered) == ("gpt-5.4-mini", "", "fake-llm")
    assert record.supported > record.stories
    assert record.input_tokens > 0 and record.cost_usd is None
    assert "AI（gpt-5.4-mini → fake-llm）" in (home.posts / f"{DATE}-qwen/index.ipynb").read_text("utf-8")


def test_one_request_that_fails_is_made_up_for_alone(home: Home) -> None:
    seen: list[str] = []

    def once(body: dict[str, Any]) -> Answer:
        if kind_of(body) == "StoryText" and not seen:
            seen.append("failed")
            return (200, completion(None, refusal="no"))
        return writing(body)

    with serving(once) as server:
        assert run(home, server.url).returncode == 0
    facts = post(home)
    assert facts["writer"]["llm"] == "gpt-5.4-mini"
    assert "declined" in facts["writer"]["why"]
    record = records.load(home, "qwen", DATE)
    assert record is not None
    assert record.stories == len(facts["stories"])


def test_a_key_in_a_prompt_is_never_published(home: Home, tmp_path: Path) -> None:
    from digest_lib.publishing.fold import set_parameters
    from digest_lib.running.families import read_notebook

    path = home.notebooks / "qwen.ipynb"
    notebook = read_notebook(path)
    set_parameters(notebook, {"story_prompt": f"{{articles}} {KEY}"})
    path.write_text(json.dumps(notebook), "utf-8")
    done = quickly(home, "run", "--date", DATE, "--families", "qwen", OPENAI_API_KEY=KEY)
    assert done.returncode != 0
    assert "`story_prompt` holds what looks like a key" in done.stdout + done.stderr
    assert KEY not in done.stdout + done.stderr
    assert not (home.posts / f"{DATE}-qwen").exists()
    kept = b"".join(path.read_bytes() for path in home.archive.rglob("*") if path.is_file())
    assert KEY.encode() not in kept  # nor is it sent, and its answer kept
