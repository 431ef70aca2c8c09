"""Who does what to whom: sides in each other's place are found, in any voice and language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.evidence import evidence
from digest_lib.checking.roles import claimed, reversed_roles, unrelated
from digest_lib.text.scripts import language_of

WHEN = datetime(2026, 7, 28, tzinfo=UTC)


def source(text: str) -> Article:
    return Article("a", "https://a.example/1", "", "", "", "f", language_of(text), WHEN, WHEN, text)


@pytest.mark.parametrize(("text", "sides"), [
    ("高通收購 Alphawave。", [("Qualcomm", "alphawave")]),
    ("Alphawave 被高通收購。", [("Qualcomm", "alphawave")]),
    ("Alphawave was bought by Qualcomm.", [("Qualcomm", "alphawave")]),
    ("台積電向艾司摩爾採購機台。", [("TSMC", "ASML")]),
    ("微軟用 Anthropic 取代 OpenAI。", [("Anthropic", "OpenAI")]),
    ("星漢智能把翻譯部門賣給雲河科技。", [("星汉智能", "云河科技")]),
    ("Hugging Face 向 OpenAI 求償 1 億美元。", [("Hugging Face", "OpenAI")]),
    ("Hugging Face 隨即要求 OpenAI 賠償。", [("Hugging Face", "OpenAI")]),
    ("OpenAI 遭 Hugging Face 要求賠償。", [("Hugging Face", "OpenAI")]),
    ("Hugging Face asks OpenAI to pay $100M.", [("Hugging Face", "OpenAI")]),
    ("OpenAI 被判賠償 Meta。", [("OpenAI", "Meta")]),
    ("OpenAI was ordered to pay damages to Meta.", [("OpenAI", "Meta")]),
    ("微軟要求 OpenAI 停止供應 Meta。", [("OpenAI", "Meta")]),
    ("公司收購了對手。", []),
    ("高通與聯發科合作。", []),
])  # fmt: skip
def test_the_sides_of_a_verb_are_read_from_the_clause(text: str, sides: list[tuple[str, str]]) -> None:
    assert list(dict.fromkeys((doers[0], others[0]) for _, doers, others in claimed(text))) == sides


@pytest.mark.parametrize(("said", "text", "is_reversed"), [
    ("高通以 24 億美元收購 Alphawave。", "Alphawave 遭高通收購。", False),
    ("高通以 24 億美元收購 Alphawave。", "Alphawave 收購高通。", True),
    ("Qualcomm will acquire Alphawave.", "Alphawave 將收購高通。", True),
    ("Qualcomm will acquire Alphawave.", "高通將買下 Alphawave。", False),
    ("DeepSeek 勝過 Claude。", "Claude 落後 DeepSeek。", False),
    ("DeepSeek 勝過 Claude。", "DeepSeek 落後 Claude。", True),
    ("Qwen3.8 領先。它在數學勝過 Gemini。", "Gemini 勝過 Qwen3.8。", True),
    ("美光控告長鑫；長鑫也反控美光，起訴美光侵權。", "長鑫控告美光。", False),
    ("鴻海週二表示，將買下威朗科技。", "威朗科技將買下鴻海。", True),
    ("Hugging Face 隨即要求 OpenAI 賠償。", "Hugging Face 向 OpenAI 求償。", False),
    ("Hugging Face 隨即要求 OpenAI 賠償。", "OpenAI 遭 Hugging Face 求償。", False),
    ("Hugging Face 隨即要求 OpenAI 賠償。", "OpenAI 向 Hugging Face 求償。", True),
    ("Hugging Face 隨即要求 OpenAI 賠償。", "OpenAI 要求 Hugging Face 賠償。", True),
    ("Hugging Face asks OpenAI to pay $100M.", "OpenAI 向 Hugging Face 求償 1 億美元。", True),
    ("Hugging Face demands $100M from OpenAI in compensation.", "Hugging Face 向 OpenAI 求償。", False),
])  # fmt: skip
def test_two_in_each_others_place_are_found(said: str, text: str, is_reversed: bool) -> None:
    assert bool(reversed_roles(text, [evidence(source(said))])) is is_reversed


@pytest.mark.parametrize(("said", "reasons"), [
    ("鴻海與 Mistral 宣布合作。", ["來源沒有說「鴻海」「收購」「Mistral」"]),
    ("鴻海入主 Mistral，成為最大股東。", []),
    ("Foxconn buys Mistral.", []),
])  # fmt: skip
def test_a_deal_that_no_source_has_a_word_for_is_named(said: str, reasons: list[str]) -> None:
    found = unrelated("鴻海收購 Mistral。", [evidence(source(said))])
    assert [r.said("zh-TW") for r in found] == reasons


@pytest.mark.parametrize(("text", "reasons"), [
    ("Hugging Face 向 OpenAI 求償 1 億美元。", []),
    ("Hugging Face 控告 OpenAI。", ["來源沒有說「Hugging Face」「控告」「OpenAI」"]),
])  # fmt: skip
def test_who_wants_to_be_paid_may_be_told_in_other_words(text: str, reasons: list[str]) -> None:
    said = evidence(source("Hugging Face 隨即要求 OpenAI 賠償 1 億美元算力。"))
    assert [r.said("zh-TW") for r in unrelated(text, [said])] == reasons
