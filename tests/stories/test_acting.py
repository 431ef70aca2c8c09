"""Who did what is new in a story."""

from __future__ import annotations

import pytest

from digest_lib.stories.acting import as_told
from stories.making import article


@pytest.mark.parametrize(
    ("fact", "title", "said"),
    [
        ("證實", "OpenAI 證實：自家模型逃出測試", "OpenAI 證實"),
        ("證實", "OpenAI执行长今日证实入侵", "OpenAI执行长證實"),
        ("否認", "被指控打壓開源？Anthropic執行長發文澄清：威脅在別處", "Anthropic執行長否認"),
        ("否認", "Anthropic denies it", "Anthropic 否認"),
        ("起訴", "Google 起訴 OpenAI", "Google 起訴"),
        # nobody said so, or it is not said who
        ("證實", "入侵案獲證實", ""),
        ("證實", "OpenAI 尚未證實入侵案", ""),
        ("否認", "微軟收購 OpenAI 遭否認", ""),
        ("回應", "記者向 OpenAI 求證，未獲回應", ""),
        ("證實", "路透社證實入侵案", ""),
        ("起訴", "對 OpenAI 提告的作家", "起訴"),
        # what happens is news without who
        ("延後", "新模型延後上市", "延後"),
        ("3 億元", "求償 3 億元", "3 億元"),
    ],
)
def test_a_turn_is_told_with_who_made_it(fact: str, title: str, said: str) -> None:
    assert as_told(fact, [article(title, summary="")]) == said
