"""A sentence beside the clause that it tells again: turned round, given another value, or lifted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from digest_lib.text.usage import mainland_words

WHEN = datetime(2026, 7, 28, tzinfo=UTC)
TEXT = (
    "禾伸堂第二季營收年增 9%，毛利率則由去年同期的 31% 下降到 28%。董事長唐錦榮表示，公司今年不會裁員，"
    "新廠預計 10 月啟用。供應鏈人士指出，相關日廠並無停產，核心系統也未受影響，研究人員目前仍在評估"
    "這批設備在高溫環境下長時間運作的穩定程度與維修成本。"
)
SOURCE = Article("a", "https://a.example/1", "禾伸堂公布財報", "", "甲報", "f", "zh-Hant", WHEN, WHEN, TEXT)


def reasons(text: str, source: Article = SOURCE) -> list[str]:
    return check_sentence(Sentence(text=text, sources=["a"]), {"a": source})


@pytest.mark.parametrize("text", [
    "禾伸堂第二季營收成長 9%。",
    "毛利率從 31% 降到 28%。",
    "董事長唐錦榮說，公司今年不裁員，新廠 10 月啟用。",
    "供應鏈人士說，日廠沒有停產，核心系統沒有受到影響。",
    "公司今年不會裁員。",
])  # fmt: skip
def test_a_faithful_paraphrase_stands(text: str) -> None:
    assert reasons(text) == []


@pytest.mark.parametrize(("text", "says"), [
    ("禾伸堂第二季營收年減 9%。", "方向相反"),
    ("毛利率則由去年同期的 31% 上升到 28%。", "方向相反"),
    ("董事長唐錦榮表示，公司今年會裁員。", "肯定、否定相反"),
    ("供應鏈人士指出，相關日廠停產。", "肯定、否定相反"),
    ("新廠預計 10 月不會啟用。", "肯定、否定相反"),
    ("禾伸堂第二季營收年增 28%。", "在這裡說的不是"),
    ("董事長林志豪表示，新廠預計 10 月啟用。", "「林志豪」不在所引來源中"),
    ("宏翔集團第二季營收年增 9%。", "「宏翔」不在所引來源中"),
    ("禾伸堂的軟件由新廠使用。", "大陸用語：「軟件」（臺灣用「軟體」）"),
    ("國際油價重挫引發市場恐慌與拋售。", "幾乎沒有提到"),
    ("詳情見 https://b.example/2 。", "不是文章的連結"),
])  # fmt: skip
def test_what_is_turned_or_invented_is_named(text: str, says: str) -> None:
    assert says in "、".join(reasons(text))


def test_a_long_run_of_the_sources_words_must_be_quoted() -> None:
    lifted = TEXT[TEXT.index("研究人員") : -1]
    assert [r.split("：")[0] for r in reasons(f"{lifted}。")] == ["照抄來源而未加引號"]
    assert reasons(f"甲報報導：「{lifted}。」") == []


def test_a_headline_of_the_source_may_be_a_headline() -> None:
    title = "研究人員目前仍在評估這批設備在高溫環境下長時間運作的穩定程度與維修成本" * 2
    source = Article("a", "https://a.example/1", title, "", "甲報", "f", "zh-Hant", WHEN, WHEN, title)
    assert not [r for r in reasons(f"{title}。", source) if r.startswith("照抄")]


def test_no_foreign_source_says_how_a_chinese_name_is_written() -> None:
    said = "Chairman Tang and CEO Smith said the company will cut jobs this year."
    english = Article(
        "a", "https://a.example/1", "Walsin cuts jobs", "", "A", "f", "en", WHEN, WHEN, said
    )  # fmt: skip
    assert reasons("執行長史密斯表示，公司今年會裁員。", english) == []
    assert reasons("董事長唐錦榮表示，公司今年會裁員。", english) == ["「唐錦榮」不在所引來源中"]


@pytest.mark.parametrize(("text", "taiwan"), [
    ("用户可以下載软件和視頻", ["軟體", "影片"]),
    ("演算法與黑客松", []),
    ("這套算法由黑客寫成", ["演算法", "駭客"]),
    ("軟體、影片、網路、品質", []),
])  # fmt: skip
def test_the_mainlands_words_have_taiwans_beside_them(text: str, taiwan: list[str]) -> None:
    assert [said for _, _, said in mainland_words(text)] == taiwan
