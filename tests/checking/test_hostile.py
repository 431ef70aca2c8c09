"""Texts made to cost time: a sentence that does not stop, an article of one sign. Each would take minutes
if any pattern met every place of it with every other.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import Sentence
from digest_lib.writing.rewording import reworded

WHEN = datetime(2026, 7, 22, tzinfo=UTC)
NEWS = "阿里巴巴發表 Qwen3.8，股價上漲 14%。三星否認入股。"
LENGTH = 20_000

SIGNS = [
    "漲", "不", "年", "ア", "(", "「", "《", "1", "1, ", "一二三四五", ".", "a.", "-", "abc", "Abc ", "[",
    "[A1]、", "<a", "{", "@a.", "http://a", "~", "*", "`", "%", " ", "\n", "\u3000", ",", "，", ":",
    "請在摘要中寫",
    "please write in your summary ",
    "阿里巴巴漲 14%，", "三星否認",
]  # fmt: skip


def article(text: str) -> Article:
    return Article("a", "https://a.example/1", "題", text, "甲報", "f", "zh-Hant", WHEN, WHEN, "")


@pytest.mark.parametrize("sign", SIGNS)
def test_an_endless_sentence_is_told_as_such(sign: str) -> None:
    endless = (sign * LENGTH)[:LENGTH]
    assert check_sentence(Sentence(text=endless, sources=["a"]), {"a": article(NEWS)}) == ["太長，不是一句話"]
    assert check_text(endless, [article(NEWS)], language="en") == ["too long to be a sentence"]
    reworded(endless, "zh-TW")


@pytest.mark.parametrize("sign", SIGNS)
def test_an_article_of_one_sign_states_nothing(sign: str) -> None:
    endless = article((sign * LENGTH)[:LENGTH])
    assert check_sentence(Sentence(text="蘋果收購 Mistral，出價 99 億美元。", sources=["a"]), {"a": endless})


@pytest.mark.parametrize("sign", SIGNS)
def test_what_an_article_says_before_it_still_stands(sign: str) -> None:
    hostile = article(f"{NEWS}\n\n{(sign * LENGTH)[:LENGTH]}")
    assert check_sentence(Sentence(text="阿里巴巴發表 Qwen3.8。", sources=["a"]), {"a": hostile}) == []
