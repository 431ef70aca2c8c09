"""Sentences that say a headline again, beside those that say more."""

from __future__ import annotations

import pytest

from digest_lib.sections.sentences import says_again

HEADLINE = "千問 API 降價 40%，Qwen 3.8 同步上線"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("千問API降價40%，Qwen 3.8同步上線。", True),
        ("Qwen 3.8 同步上線，千問 API 降價 40%。", True),
        ("千問 ＡＰＩ 降價 40%，而 Qwen 3.8 也同步上線。", True),
        ("千問 API 降價 40%，Qwen 3.8 上線。", True),
        ("千問 API 降價 50%，Qwen 3.8 同步上線。", False),  # another number
        ("千問 API 7 月 29 日起降價 40%，Qwen 3.8 同步上線。", False),
        ("千問 API 不降價 40%，Qwen 3.8 同步上線。", False),
        ("阿里雲說，降價從 8 月開始，企業客戶優先。", False),
    ],
)
def test_what_says_a_headline_again(text: str, again: bool) -> None:
    assert says_again(text, HEADLINE) is again


def test_in_english_too() -> None:
    assert says_again("OpenAI cuts prices of GPT-5.6.", "OpenAI cuts prices of GPT-5.6")
    assert not says_again("OpenAI cuts prices of GPT-5.6 by half.", "OpenAI cuts prices of GPT-5.6")
    assert not says_again("價格減半。", "")
