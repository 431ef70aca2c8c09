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
        ("起訴", "Google 起訴 OpenAI", "Google 起訴 OpenAI"),
        # nobody said so, or it is not said who
        ("證實", "入侵案獲證實", ""),
        ("證實", "OpenAI 尚未證實入侵案", ""),
        ("否認", "微軟收購 OpenAI 遭否認", ""),
        ("回應", "記者向 OpenAI 求證，未獲回應", ""),
        ("證實", "路透社證實入侵案", ""),
        # who claims and who pays, who sues and who is sued, in any voice
        ("求償", "Hugging Face 隨即要求 OpenAI 賠償 1 億美元算力", "Hugging Face 向 OpenAI 求償"),
        ("求償", "OpenAI 遭 Hugging Face 求償", "Hugging Face 向 OpenAI 求償"),
        ("求償", "Hugging Face asks OpenAI to pay compensation", "Hugging Face 向 OpenAI 求償"),
        ("求償", "OpenAI 賠償 Hugging Face", "OpenAI 賠償 Hugging Face"),
        ("求償", "1 億美元算力賠償", ""),
        ("求償", "法院判 OpenAI 賠償 Hugging Face", ""),
        ("起訴", "OpenAI 遭馬斯克起訴", "馬斯克起訴 OpenAI"),
        ("起訴", "Elon Musk sues OpenAI", "Elon Musk 起訴 OpenAI"),
        ("起訴", "對 OpenAI 提告的作家", "OpenAI 遭起訴"),
        ("起訴", "馬斯克考慮起訴 OpenAI", ""),
        ("開罰", "Google 遭歐盟開罰 3 億歐元", "歐盟對 Google 開罰"),
        ("禁用", "Google 禁用 Claude", "Google 禁用 Claude"),
        ("調查", "OpenAI 調查：三成員工用過", ""),
        ("延後", "新模型可能延後上市", ""),
        # what happens is news without who
        ("延後", "新模型延後上市", "延後"),
        ("3 億元", "求償 3 億元", "3 億元"),
    ],
)
def test_a_turn_is_told_with_who_made_it(fact: str, title: str, said: str) -> None:
    assert as_told(fact, [article(title, summary="")]) == said
