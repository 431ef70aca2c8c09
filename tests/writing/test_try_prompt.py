"""One story at the desk, at once: the prompt as sent, the answer as it came, the check of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest_lib.errors import BadPrompt, UserError
from digest_lib.settings import Home
from digest_lib.writing.try_prompt import Tried, try_prompt
from stories.making import article, stories
from writing.fake_server import serving

LEAD = article("阿里巴巴發表 2.4 兆參數 Qwen3.8", summary="阿里巴巴發表 Qwen3.8，參數達 2.4 兆。")
ANSWER = json.dumps({
    "headline": "阿里巴巴發表 Qwen3.8",
    "sentences": [
        {"text": "阿里巴巴發表 Qwen3.8，參數達 2.4 兆。", "sources": ["A1"], "kind": "fact"},
        {"text": "阿里巴巴以 99 億美元收購 Mistral。", "sources": ["A1"], "kind": "fact"},
    ],
    "why_it_matters": [],
})  # fmt: skip


def tried(folder: Path, prompt: str = "寫 {name}：{articles}", **more: Any) -> Tried:
    given = {"name": "Qwen", "llm": "m", "home": Home(folder), **more}
    return try_prompt(prompt, stories(LEAD, home=folder), **given)


def test_a_prompt_is_tried_on_one_story_and_nothing_but_its_answer_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: ANSWER) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        found = tried(tmp_path)
        again = tried(tmp_path)
    assert len(server.requests) == 1
    assert server.requests[0]["messages"][0]["content"] == found.prompt
    assert found.prompt.startswith("寫 Qwen：[A1]")
    assert found.answer == json.loads(ANSWER)
    assert [bool(reasons) for _, reasons in found.checked] == [False, False, True]
    assert "99" in found.checked[2][1][0]
    shown = found._repr_html_()
    assert "1 句沒通過查核" in shown
    assert "<details>" in shown
    assert "✗ 阿里巴巴以 99 億美元收購 Mistral。" in repr(found)
    assert "存過的答案" in repr(again)
    assert [p.parent.name for p in tmp_path.rglob("*.json") if p.parent.name != "vectors"] == ["answers"]


@pytest.mark.parametrize(("given", "kind", "says"), [
    ({"prompt": "{artcles}"}, BadPrompt, "unknown placeholder {artcles}"),
    ({"prompt": "{earlier} {stories}"}, UserError, "try_prompt takes a story prompt; this is a day_prompt"),
    ({"prompt": "{reasons} {sentence}"}, UserError, "takes a story prompt; this is a repair_prompt"),
    ({"n": 2}, UserError, "there is no story 2 on "),
    ({"llm": "offline"}, UserError, "can only be tried on an llm (the offline writer is chosen)"),
    ({}, UserError, "can only be tried on an llm (no OPENAI_API_KEY or OPENAI_BASE_URL is set)"),
    ({"temperature": 9}, UserError, "`temperature` is 9; it must be a number from 0 to 2"),
])  # fmt: skip
def test_what_stands_in_the_way_is_told_in_a_line(
    given: dict[str, Any], kind: type[UserError], says: str, tmp_path: Path
) -> None:
    with pytest.raises(kind) as caught:
        tried(tmp_path, **given)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
