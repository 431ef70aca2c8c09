"""Nothing that an llm may set decides how its words are checked: kind, place, sources, repair, verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.digest import DayText, Sentence, StoryText, Support, Written
from digest_lib.checking.grounds import MOST_CITED, nearest
from digest_lib.settings import Home
from digest_lib.writing.draft import Revised
from digest_lib.writing.revise import revise
from digest_lib.writing.taken import MOST_TAGS, tags_of
from digest_lib.writing.write import write
from stories.making import article, stories
from writing.fake_server import serving

BODY = "阿里巴巴發表 Qwen3.8，參數達 2.4 兆。該公司表示效能僅次於一款對手模型。"
LEAD = article("阿里巴巴發表 2.4 兆參數 Qwen3.8", summary=BODY)
TRUE = "阿里巴巴發表 Qwen3.8。"

#: Falsehoods about the article above, such as would pass as counts of the run's own tables.
FALSE = [
    "Qwen3.8 是目前最安全的模型。",
    "這款模型獲得業界一致好評。",
    "開發者普遍對定價感到不滿。",
    "模型的授權條款比前代更嚴格。",
    "監管機關已經展開調查。",
    "今天的消息以負面居多。",
    "這是該公司今年最大的挫敗。",
    "使用者反映回應速度變慢。",
    "多家媒體質疑測試結果造假。",
    "對手已經著手調降價格。",
]
LISTS = ("summary", "trend", "key_points")
PLACES = ("sentences", "why_it_matters", *LISTS, "industry", "rivals", "market", "developers", "users")


def said(text: str, *sources: str, kind: str = "count") -> dict[str, Any]:
    return {"text": text, "sources": list(sources), "kind": kind}


def plan(
    at: dict[str, list[dict[str, Any]]], repair: dict[str, Any] | None = None, supported: Any = True
) -> Callable[[dict[str, Any]], str]:
    """Answers that have these sentences at these places, beside a true one of the story."""

    def answer(body: dict[str, Any]) -> str:
        kind = body["response_format"].get("json_schema", {"name": "Support"})["name"]
        if kind == "Support":
            return json.dumps(supported if isinstance(supported, dict) else {"supported": supported})
        if kind == "StoryText":
            true = [said(TRUE, "A1", kind="fact")]
            return json.dumps({
                "headline": TRUE, "sentences": [*true, *at.get("sentences", [])],
                "why_it_matters": at.get("why_it_matters", []),
            })  # fmt: skip
        if kind == "DayText":
            parts = {
                "analysis": ("industry", "rivals", "market"),
                "outlook": ("developers", "users"),
            }
            inner = {name: {key: at.get(key, []) for key in keys} for name, keys in parts.items()}
            lists = {key: at.get(key, []) for key in LISTS}
            return json.dumps({"headline": TRUE, "tags": [], **lists, **inner})
        return json.dumps(repair or said("", kind="count"))

    return answer


def revised(
    home: Path, patch: pytest.MonkeyPatch, answers, lead=LEAD, **more: str
) -> tuple[Revised, list[Any]]:
    with serving(answers) as server:
        patch.setenv("OPENAI_BASE_URL", server.url)
        patch.setenv("OPENAI_API_KEY", "sk-fake-0123456789")
        made = stories(lead, home=home)
        prompts = {"story_prompt": "{articles}", "day_prompt": "{stories}"}
        draft = write(made, name="Qwen", llm="gpt-5.4-mini", home=Home(home), **prompts)
        return revise(draft, repair_prompt="{sentence}{reasons}{articles}", **more), server.requests


def texts(found: Revised) -> set[str]:
    return {s.text for _, group in found.digest.sentences() for s in group}


def counts(found: Revised) -> set[str]:
    return {s.text for _, group in found.digest.sentences() for s in group if s.kind == "count"}


@pytest.mark.parametrize("schema", [StoryText, DayText, Written, Support])
def test_what_an_llm_is_asked_to_fill_knows_no_count(schema) -> None:
    assert "count" not in json.dumps(schema.model_json_schema())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("sources", [[], ["A1"]], ids=["uncited", "cited"])
def test_no_sentence_of_an_llm_is_a_count_wherever_it_stands(
    place: str, sources: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = revised(tmp_path, monkeypatch, plan({place: [said(t, *sources) for t in FALSE]}))
    own = {s.text for s in found.draft.digest.trend if s.kind == "count" and s.text not in FALSE}
    assert counts(found) == own
    if not sources:
        assert texts(found).isdisjoint(FALSE)


@pytest.mark.parametrize("false", FALSE)
def test_a_repair_is_no_count(false: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = plan({"sentences": [said("阿里巴巴以 99 億美元收購 Mistral。", "A1")]}, repair=said(false))
    found, _ = revised(tmp_path, monkeypatch, answers)
    assert false not in texts(found)


def test_a_cached_answer_with_counts_has_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = plan({"sentences": [said(FALSE[0], kind="fact")]})
    first, _ = revised(tmp_path, monkeypatch, answers)
    for path in Home(tmp_path).answers.glob("*.json"):  # as an older schema allowed them
        path.write_text(path.read_text("utf-8").replace('"fact"', '"count"'), "utf-8")
    again, asked = revised(tmp_path, monkeypatch, answers)
    assert texts(again) == texts(first)
    assert FALSE[0] not in texts(again)
    assert asked == []


def test_what_is_true_stands_whatever_it_was_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = revised(tmp_path, monkeypatch, plan({"key_points": [said(TRUE, "A1")]}))
    assert [(s.text, s.kind) for s in found.digest.key_points] == [(TRUE, "fact")]


@pytest.mark.parametrize(("place", "kind", "told"), [
    ("sentences", "analysis", "fact"), ("summary", "analysis", "fact"), ("key_points", "analysis", "fact"),
    ("sentences", "opinion", "fact"), ("market", "analysis", "analysis"), ("market", "fact", "fact"),
    ("trend", "analysis", "analysis"), ("users", "count", "fact"), ("why_it_matters", "統計", "fact"),
])  # fmt: skip
def test_the_place_decides_what_is_checked_as_a_fact(
    place: str, kind: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = revised(
        tmp_path, monkeypatch, plan({place: [said("Qwen3.8 由阿里巴巴發表。", "A1", kind=kind)]})
    )
    kinds = {s.text: s.kind for _, group in found.draft.digest.sentences() for s in group}
    assert kinds["Qwen3.8 由阿里巴巴發表。"] == told


def test_a_repaired_fact_is_not_turned_into_an_analysis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repair = said(TRUE, "A1", kind="analysis")
    answers = plan({"key_points": [said("阿里巴巴以 99 億美元收購 Mistral。", "A1")]}, repair=repair)
    found, _ = revised(tmp_path, monkeypatch, answers)
    assert [(s.text, s.kind) for s in found.digest.key_points] == [(TRUE, "fact")]


FAR = "Qwen3.8 的規模讓阿里巴巴追近對手。"


@pytest.mark.parametrize("written", [FAR, f"{FAR[:-1]} [A1]。", "Qwen3.8 的規模让阿里巴巴追近对手。"])
def test_how_a_sentence_is_written_does_not_keep_it_from_being_asked_about(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = plan({"sentences": [said(written, "A1")]}, repair=said(written, "A1"), supported=False)
    found, _ = revised(tmp_path, monkeypatch, answers, doubt_prompt="{sentence}{articles}")
    assert texts(found) == {TRUE, *counts(found)}


def test_a_repair_is_asked_about_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = plan(
        {"sentences": [said("阿里巴巴以 99 億美元收購 Mistral。", "A1")]},
        repair=said(FAR, "A1"),
        supported=False,
    )
    found, asked = revised(tmp_path, monkeypatch, answers, doubt_prompt="{sentence}{articles}")
    assert FAR not in texts(found)
    doubts = [r for r in asked if r["response_format"]["json_schema"]["name"] == "Support"]
    assert sum(r["messages"][0]["content"].startswith(FAR) for r in doubts) == 1


@pytest.mark.parametrize(
    "verdict", [{}, {"supported": None}, {"supported": "maybe"}, {"note": "supported: true"}]
)
def test_a_verdict_without_a_yes_is_none(
    verdict: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = plan({"sentences": [said(FAR, "A1")]}, repair=said(FAR, "A1"), supported=verdict)
    found, _ = revised(tmp_path, monkeypatch, answers, doubt_prompt="{sentence}{articles}")
    assert FAR not in texts(found)


def test_a_sentence_that_cites_a_whole_day_rests_on_the_nearest_articles() -> None:
    near = article("阿里巴巴發表 Qwen3.8", summary=BODY)
    others = [article(f"天氣第 {n} 報", summary=f"第 {n} 天下雨。") for n in range(20)]
    known = {a.id: a for a in (*others, near)}
    kept = nearest(Sentence(text=TRUE, sources=[*known, "A99"]), known, MOST_CITED)
    assert (len(kept), near.id in kept, "A99" in kept) == (MOST_CITED + 1, True, True)


def test_tags_are_bounded_and_parted() -> None:
    assert tags_of(["#Qwen3.8、阿里巴巴, Qwen3.8", "", " 模型 ", "長" * 41]) == [
        "Qwen3.8",
        "阿里巴巴",
        "模型",
    ]
    assert len(tags_of([f"標籤{n}" for n in range(99)])) == MOST_TAGS


@pytest.mark.parametrize("place", ["why_it_matters", "market", "trend"])
@pytest.mark.parametrize("false", ["阿里巴巴也向開發者道歉。", "阿里巴巴的員工上街抗議。"])
def test_an_analysis_that_names_no_source_gets_one_only_where_it_would_stand_as_a_fact(
    place: str, false: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = {place: [said(false, kind="analysis")]}
    found, _ = revised(tmp_path, monkeypatch, plan(at, repair=said(false, kind="analysis")))
    assert false not in texts(found)
