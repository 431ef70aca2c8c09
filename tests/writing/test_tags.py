"""The tags that no llm wrote: names as the field writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.writing.tags import tags_of
from stories.making import article, stories


def test_the_family_is_no_tag_twice(tmp_path: Path) -> None:
    made = stories(article("Mistral 與 Mistral AI 談募資", summary=""), home=tmp_path, family="mistral")
    assert tags_of(made, "Mistral") == ["Mistral"]


def test_people_are_tagged_in_the_language_of_the_post(tmp_path: Path) -> None:
    made = stories(article("Jensen Huang 談 Qwen 與 NVIDIA", summary=""), home=tmp_path)
    assert tags_of(made, "Qwen") == ["Qwen", "NVIDIA", "黃仁勳"]
    assert tags_of(made, "Qwen", "en") == ["Qwen", "Jensen Huang", "NVIDIA"]


@pytest.mark.parametrize(
    ("titles", "tags"),
    [
        (["xAI 發布 Grok Voice Think Fast2.0，Qwen 跟進"], ["Grok", "Grok Voice Think Fast2.0", "xAI"]),
        (["Qwen 與 Claude Opus 5 較勁", "Qwen 追上 Opus 5"], ["Claude", "Claude Opus 5"]),
        (["Qwen 時代的「Vibe Coding」"], ["Vibe Coding"]),
        (
            ["Qwen 對上 Anthropic Mythos 與 OpenAI Codex"],
            ["Anthropic", "Anthropic Mythos", "Codex", "OpenAI"],
        ),
        (["Qwen 跑在 Frozen v2 上"], ["Frozen v2"]),
        # A common word is a name with who made it, unless it is told alone, too.
        (["Qwen 進了 Apple Health"], ["Apple", "Apple Health"]),
        (["Qwen 對上 Anthropic Mythos，Mythos 輸了"], ["Anthropic", "Mythos"]),
        # Parts of names, and what something is only connected to.
        (
            ["Qwen 對上 Gemini 3.6 Flash 與 3.5 Flash Cyber", "Qwen 追上 Gemini Flash"],
            ["Gemini", "Gemini 3.6 Flash"],
        ),
        (
            ["Qwen 對上 GPT-5.6 Luna 及 Terra", "Qwen 追上 GPT-5.6 Terra"],
            ["GPT", "GPT-5.6 Luna", "GPT-5.6 Terra"],
        ),
        (["Qwen 升級：能串接 Gmail、Slack"], []),
        (["Qwen 打敗 Gmail 的 Gemini"], ["Gemini", "Gmail"]),
        (["Qwen 進台灣 AI Pro 方案"], []),
        (["Qwen 對上 Gemini 3.6 Flash"], ["Gemini", "Gemini 3.6 Flash"]),
        (["Qwen 追上 Voxtral 10 億用戶"], ["Voxtral"]),
        (["Qwen 的 AI Mode 與 Build 模式，Zero 時代"], []),
        (["阿里推出 Qwen4.5 Luna", "Luna 是 Qwen 的新款"], ["Alibaba", "Qwen4.5 Luna"]),
        (["Qwen 追上 GPT 5", "GPT-5 輸給 Qwen", "GPT-5 慢了，Qwen 快了"], ["GPT", "GPT-5"]),
        (["Anthropic CEO Dario Amodei 談 Qwen"], ["Anthropic", "阿莫迪"]),
    ],
)
def test_a_name_of_several_words_is_one_tag(tmp_path: Path, titles: list[str], tags: list[str]) -> None:
    told = [article(title, publisher=f"報{n}", summary="", hours=5 + n) for n, title in enumerate(titles)]
    found = tags_of(stories(*told, home=tmp_path), "Qwen")
    assert found[0] == "Qwen"
    assert sorted(found[1:]) == sorted(tags)


def test_a_name_is_tagged_as_the_texts_tell_it_whole(tmp_path: Path) -> None:
    text = "阿里說 Qwen 追上 Claude Opus 5，也比 GPT-5.6 Terra 快。"
    report = article("Qwen 追上 Opus 5、GPT-5.6 Luna 與 Terra", summary=text)
    made = stories(report, home=tmp_path)
    assert tags_of(made, "Qwen") == ["Qwen", "Claude Opus 5", "GPT", "GPT-5.6 Luna"]


def test_a_name_that_once_stands_beside_a_product_is_no_part_of_it(tmp_path: Path) -> None:
    text = "Zapier 表示歡迎。Claude Zapier 連接器早已推出。Zapier 股價上漲。"
    made = stories(article("Qwen 與 Zapier 推出連接器", summary=text), home=tmp_path)
    assert tags_of(made, "Qwen") == ["Qwen", "Zapier"]


def test_a_product_that_many_know_is_a_tag_where_something_is_connected_to_it(tmp_path: Path) -> None:
    made = stories(article("Qwen 將串接 Gemini，阿里證實", summary="Qwen 將串接 Gemini。"), home=tmp_path)
    assert "Gemini" in tags_of(made, "Qwen")
