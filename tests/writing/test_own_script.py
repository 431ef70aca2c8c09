"""A name that an llm converts wrongly is put right in every field of a digest, tags included."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest_lib.settings import Home
from digest_lib.writing.revise import revise
from digest_lib.writing.write import write
from stories.making import article, stories
from writing.fake_server import serving

LEAD = article(
    "于晓明接管 Qwen 团队",
    summary="阿里巴巴任命于晓明与范伟接管 Qwen 团队。于晓明表示，团队将扩编一倍。",
    lang="zh-Hans",
)
WRONG, RIGHT = "於曉明與範偉接管 Qwen 團隊", "于曉明與范偉接管 Qwen 團隊"


def plan(body: dict[str, Any]) -> str:
    def said(kind: str = "fact") -> list[dict[str, Any]]:
        return [{"text": f"{WRONG}。", "sources": ["A1"], "kind": kind}]

    kind = body["response_format"]["json_schema"]["name"]
    if kind == "StoryText":
        return json.dumps({"headline": WRONG, "sentences": said(), "why_it_matters": said("analysis")})
    return json.dumps({
        "headline": WRONG, "summary": said(), "trend": said(), "key_points": said(), "tags": ["於曉明"],
        "analysis": {"industry": said("analysis"), "rivals": [], "market": said("analysis")},
        "outlook": {"developers": said("analysis"), "users": said("analysis")},
    })  # fmt: skip


def test_every_field_has_the_names_of_its_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(plan) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-fake-0123456789")
        made = stories(LEAD, home=tmp_path)
        prompts = {"story_prompt": "{articles}", "day_prompt": "{stories}"}
        draft = write(made, name="Qwen", llm="gpt-5.4-mini", home=Home(tmp_path), language="zh-TW", **prompts)
        digest = revise(draft, repair_prompt="{sentence}{reasons}{articles}").digest
    told = digest.model_dump_json()
    assert not [wrong for wrong in ("於曉明", "範偉") if wrong in told]
    assert digest.headline == digest.stories[0].headline == RIGHT
    assert digest.tags == ["于曉明"]
    places = {
        place.split("]")[-1]: [s.text for s in some if s.kind != "count"]
        for place, some in digest.sentences()
    }
    assert f"{RIGHT}。" in places[".sentences"]
    assert places["summary"] == places["key_points"] == [f"{RIGHT}。"]
