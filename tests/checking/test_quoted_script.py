"""A quotation in Traditional script stands where it is what its source says, in its words' characters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import evidence, plain
from digest_lib.checking.quoted_script import misconverted, plain_places, requoted
from digest_lib.text.shapes import shape_of
from digest_lib.writing.rewording import reworded

QUOTATIONS = Path(__file__).parents[1] / "data" / "conversion" / "quotations.tsv"
SEEN = datetime(2026, 7, 21, 23, 30, tzinfo=UTC)


def article(text: str, lang: str = "zh-Hans", name: str = "a") -> Article:
    return Article(name, f"https://{name}.example/1", "题", text, "甲報", name, lang, SEEN, SEEN)


def rows(split: str) -> list[list[str]]:
    lines = QUOTATIONS.read_text("utf-8").splitlines()[1:]
    return [cells[1:] for line in lines if (cells := line.split("\t"))[0] == split]


@pytest.mark.parametrize("split", ["dev", "held-out"])
def test_no_right_quotation_is_doubted_and_no_wrong_one_stands(split: str) -> None:
    others, withheld = [], []
    for lang, source, quotation, right in rows(split):
        text, sources = reworded(f"他說「{quotation}」", "zh-TW"), [evidence(article(source, lang))]
        expected = quotation if right == "=" else right
        if shape_of(requoted(text, sources)) != shape_of(f"他說「{expected}」"):
            (withheld if misconverted(text, sources) else others).append(quotation)
    assert others == []
    assert len(withheld) <= 3  # it cannot be told what is right: 卷积, 并发


def test_the_reason_shows_what_is_wrong_and_what_the_source_says() -> None:
    source = article("该方法去年被发明，此后在学界的用途变多")
    text = "報導說「該方法去年被髮明，此後在學界的用途變多」。"
    sentence = Sentence(text=text, sources=["a"])
    assert check_sentence(sentence, {"a": source}) == [
        "引文的字轉換錯了：「法去年被髮明，此後」（來源是「法去年被發明，此後」）"
    ]
    assert check_text(text, [source]) == check_sentence(sentence, {"a": source})
    assert check_sentence(Sentence(text=text.replace("髮", "發"), sources=["a"]), {"a": source}) == []


def test_one_source_that_has_it_is_enough() -> None:
    sources = [evidence(article("余凯说")), evidence(article("餘凱說", "zh-Hant", "b"))]
    assert misconverted("「餘凱說」", sources[:1])
    assert misconverted("「餘凱說」", sources) == []


def test_a_quotation_with_words_left_out_in_taiwans_words_and_of_a_known_name() -> None:
    source = [evidence(article("余凯表示：“我们的软件已被发明”。通义千问开源了。"))]
    for wrong, right in [
        ("「我們的軟體……被髮明」", "「我們的軟體……被發明」"),
        ("「餘凱表示：『我們的軟體』」", "「余凱表示：『我們的軟體』」"),
    ]:
        assert requoted(wrong, source) == right
    english = [evidence(article("Qwen was opened by Alibaba.", "en"))]
    assert requoted("「通義韆問」開源", english) == "「通義千問」開源"


@given(st.text("ab「」“…⋯.-—–．發发 \u3000'", max_size=20))
def test_places_are_those_of_the_plain_text(text: str) -> None:
    told, places = plain_places(text)
    assert told == plain(text)
    assert len(told) == len(places)


@pytest.mark.parametrize(("one", "other", "same"), [
    ("在臺灣裏面着羣説", "在台灣裡面著群說", True),
    ("瞭解委託的週期", "了解委托的周期", True),
    ("發", "髮", False),
    ("製", "制", False),
    ("展示瞭", "展示了", False),
])  # fmt: skip
def test_shapes(one: str, other: str, same: bool) -> None:
    assert (shape_of(one) == shape_of(other)) is same
