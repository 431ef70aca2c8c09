"""A figure of a source must not play another part in the text."""

from __future__ import annotations

import pytest

from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from stories.making import article

PRICES = article(
    "模型調整收費",
    summary="輸入 4 美元、輸出 12 美元，以每百萬 token 計。"
    "企業版每月 30 美元，個人版的用戶占比從一年前的 20% 升至 45%。",
)
OFFICE = article(
    "新辦公室啟用在即",
    summary="公司要在河口市增聘 150 人，員工因此擴增至 400 人以上。"
    "辦公室面積 9,000 平方公尺，故障從下午五點10分開始。",
)
ENGLISH = article("Usage climbs", summary="Usage rose from 20% to 45% in a year. The plan costs $30 a month.")


def reasons(text: str, source: object) -> list[str]:
    return check_sentence(Sentence(text=text, sources=[source.id]), {source.id: source}, by_meaning=False)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("輸入收費 4 美元，輸出收費 12 美元。", PRICES),
        ("個人版用戶的占比一年前是 20%，現在是 45%。", PRICES),
        ("占比在一年內由 20% 升到 45%。", PRICES),
        ("企業版每個月 30 美元。", PRICES),
        ("河口市的員工會增加到 400 人以上，新聘 150 人。", OFFICE),
        ("故障在下午 5 點 10 分開始。", OFFICE),
        ("用量從 20% 升到 45%，方案每月 30 美元。", ENGLISH),
    ],
)
def test_a_figure_in_its_own_place_stands(text: str, source: object) -> None:
    assert reasons(text, source) == []


@pytest.mark.parametrize(
    ("text", "source", "part"),
    [
        ("輸入 12 美元、輸出 4 美元。", PRICES, "輸入 12 美元"),  # another label
        ("個人版用戶的占比一年前是 45%，現在是 20%。", PRICES, "一年前是 45%"),
        ("占比在一年內從 45% 降到 20%。", PRICES, "從 45% 降到 20%"),  # from and to
        ("用量由 45% 變成 20%，方案每月 30 美元。", ENGLISH, "由 45% 變成 20%"),
        ("個人版的用戶占比成長了 45%。", PRICES, "成長了 45%"),  # by, and to
        ("價格以每千 token 計，輸入 4 美元。", PRICES, "每千 token"),  # per what
        ("企業版每年 30 美元。", PRICES, "每年 30 美元"),
        ("方案每年 30 美元。", ENGLISH, "每年 30 美元"),
        ("故障在上午 5 點 10 分開始。", OFFICE, "上午 5 點"),
        ("辦公室面積 9,000 平方英尺。", OFFICE, "9,000 平方英尺"),  # another unit
    ],
)
def test_a_figure_in_anothers_place_does_not(text: str, source: object, part: str) -> None:
    assert any(part in reason for reason in reasons(text, source))
