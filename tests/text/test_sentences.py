"""Sentences: where one ends in Chinese, Japanese and English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.text.sentences import split_sentences


@pytest.mark.parametrize("sentences", [
    ["他說：「走了。我不回來。」", "然後離開。"],
    ["「好。」他說。", "真的嗎？！", "是的！"],
    ["（詳見附件。）", "下一句沒有句號"],
    ["GPT-5.6 推出，價格 3.5 美元。", "第二句。"],
    ["他表示「這是好事！」，並說明。"],
    ["「沒有關閉的引號。", "下一句。"],
    ["アリババが発表した。", "「すごい。」と述べた。"],
])  # fmt: skip
def test_chinese_and_japanese(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


@pytest.mark.parametrize("sentences", [
    ["OpenAI raised $3.5 billion.", "Mr. Smith of Acme Inc. said so."],
    ["It moved to the U.S.", "The v1.2.3 release shipped!", "Really?"],
    ["See https://x.example/a.b?c=d for J. K. Rowling.", "Done."],
    ["Use e.g. Qwen3.8 or GPT-5.6.", "Both work."],
    ['He said "Yes."', "She left."],
    ["Plan B.", "Then it ended."],
    ["It was July 22, i.e. a Wednesday.", "It rained."],
    ["1. First item.", "2. Second."],
])  # fmt: skip
def test_english(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


def test_lines_are_sentences() -> None:
    assert split_sentences("標題\n\n內文。\n") == ["標題", "內文。"]
    assert split_sentences(" \n ") == []


@given(st.text(alphabet="ab. 。！？「」『』（）“”\n3A.,"))
def test_nothing_is_lost(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())
