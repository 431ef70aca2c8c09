"""The check: faithful sentences stand, broken ones do not, and the reason names what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Literal

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text, check_title
from digest_lib.checking.digest import Sentence


def article(name: str, lang: str, title: str, text: str) -> Article:
    # 23:30 UTC on the 21st is the morning of the 22nd in Taipei
    seen = datetime(2026, 7, 21, 23, 30, tzinfo=UTC)
    url = f"https://{name}.example/1"
    return Article(name, url, title, "", "範例日報", name, lang, seen, seen, text)


ARTICLES = {a.id: a for a in [
    article("hant", "zh-Hant", "字節跳動明年資本支出1,600億元人民幣",
            "知情人士說：「半數會用來買 AI 晶片，『不會延後』。」"
            "公司去年支出為 1,500 億元，輝達股價上漲 3.5%。"
            "Qwen3.8 有三款模型，參數最多 235B。"),
    article("hans", "zh-Hans", "英伟达发布新软件",
            "黄仁勋表示：“我们的软件支持所有芯片。”该公司周三宣布，投资25亿美元。"),
    article("en", "en", "Alibaba releases Qwen 3.8 Max",
            "Alibaba Cloud said on July 20 it will spend $2.5 billion, 40 percent more than last year. "
            "Elon Musk called it “a real step” in a post. Its users doubled to 12 million."),
]}  # fmt: skip


@pytest.mark.parametrize(("sources", "text"), [
    ("hant", "字節跳動明年的資本支出是 1600 億元，去年是 1,500 億元。"),
    ("hant", "知情人士說：「半數會用來買AI晶片，『不會延後』。」"),
    ("hant", "「半數會用來買……不會延後」，知情人士說。"),
    ("hant", "NVIDIA 股價上漲 3.5%。"),
    ("hant", "ByteDance 在 2025 年支出 1,500 億元。"),
    ("hant", "據範例日報 7 月 22 日報導，Qwen 3.8 有三款模型，參數最多 2,350 億。"),
    ("hans", "輝達執行長黃仁勳說：「我們的軟體支援所有晶片。」"),
    ("hans", "Nvidia 在 7 月 22 日宣布投資 25 億美元。"),
    ("en", "阿里雲 7 月 20 日說要投入 25 億美元，比去年多四成。"),
    ("en", "馬斯克稱之為「a real step」，用戶翻倍到 1,200 萬。"),
    ("en hant", "阿里巴巴的 Qwen3.8 Max 與字節跳動的 1,600 億元都指向算力。"),
])  # fmt: skip
def test_faithful_sentences_stand(sources: str, text: str) -> None:
    assert check_sentence(Sentence(text=text, sources=sources.split()), ARTICLES) == []


@pytest.mark.parametrize(("sources", "text", "reasons"), [
    ("", "字節跳動擴大支出。", ["沒有來源"]),
    ("abc", "字節跳動擴大支出。", ["引用了不存在的來源 abc"]),
    ("hant", "資本支出 1,600 萬元。", ["「1,600 萬元」不在所引來源中"]),
    ("hant", "資本支出 1,600 億美元。", ["「1,600 億美元」不在所引來源中"]),
    ("hant", "股價上漲 3.5 倍。", ["「3.5 倍」不在所引來源中"]),
    ("hant", "股價上漲 5.3%。", ["「5.3%」不在所引來源中"]),
    ("hant", "7 月 23 日的消息。", ["「7 月 23 日」不在所引來源中"]),
    ("hant", "支出在 2027 年。", []),  # «next year» of the title
    ("hant", "支出在 2028 年。", ["「2028 年」不在所引來源中"]),
    ("hant", "Qwen3.9 上市。", ["「Qwen3.9」不在所引來源中"]),
    ("hant", "Llama 也在其中。", ["「Llama」不在所引來源中"]),
    ("hant", "微軟也在其中。", ["「微軟」不在所引來源中"]),
    ("hant", "他說「半數會用來蓋機房」。", ["引文與來源不符：「半數會用來蓋機房」"]),
    ("en", "字節跳動支出 40%。", ["「字節跳動」不在所引來源中"]),
    ("hant", "字節跳動擴大支出，与此同時股價上漲。", ["簡體字：与"]),
    ("hant", "字節跳動擴大支出（約100字）。", ["字數指示：「約100字」", "「100字」不在所引來源中"]),
])  # fmt: skip
def test_broken_sentences_are_named(sources: str, text: str, reasons: list[str]) -> None:
    found = check_sentence(Sentence(text=text, sources=sources.split()), ARTICLES)
    assert found == reasons


@pytest.mark.parametrize(("kind", "text", "reasons"), [
    ("analysis", "這讓競爭更激烈。", ["沒有來源"]),
    ("analysis", "這對輝達有利。", ["沒有來源"]),
    ("analysis", "市場將成長 30%。", ["沒有來源"]),
    ("analysis", "他說「走著瞧吧」。", ["沒有來源"]),
    ("count", "今天有 3 篇報導，來自 12 家媒體。", []),
    ("count", "7 月 22 日有 3 篇報導。", []),
    ("count", "今天有 4 篇報導。", ["「4 篇」不是這次統計的數字"]),
    ("count", "7 月 23 日有 3 篇報導。", ["「7 月 23 日」不是這次統計的數字"]),
    ("count", "今天有 3 篇報導談 Llama。", ["「Llama」不在所引來源中"]),
])  # fmt: skip
def test_every_kind_is_checked_for_what_it_states(
    kind: Literal["analysis", "count"], text: str, reasons: list[str]
) -> None:
    sentence = Sentence(text=text, kind=kind)
    assert check_sentence(sentence, ARTICLES, {3, 12}, dates=[date(2026, 7, 22)]) == reasons


def test_simplified_is_no_fault_in_another_language() -> None:
    sentence = Sentence(text="英伟达投资25亿美元。", sources=["hans"])
    assert check_sentence(sentence, ARTICLES, language="zh-CN") == []
    assert check_sentence(sentence, ARTICLES) == ["簡體字：伟、达、资、亿"]


@pytest.mark.parametrize(("text", "reasons"), [
    ("字節跳動砸 1,600 億元，Qwen3.8 開源", []),
    ("Qwen3.8", []),
    ("", ["沒有內容"]),
    ("字節跳動砸 2,600 億元", ["「2,600 億元」不在所引來源中"]),
    ("**字節跳動**", ["殘留的標記：「**」"]),
])  # fmt: skip
def test_a_text_without_sources_stands_in_any_article(text: str, reasons: list[str]) -> None:
    assert check_text(text, list(ARTICLES.values())) == reasons


@pytest.mark.parametrize(
    ("text", "own", "reasons"),
    [
        ("沒有以 Grok 為主題的新消息。", ["Grok"], []),
        ("沒有以 Grok 為主題的新消息。", ["Qwen"], ["「Grok」不在所引來源中"]),
        ("沒有以 Mistral 為主題的新消息。", ["Mistral"], []),
    ],
)
def test_the_family_that_a_run_is_about_needs_no_source(
    text: str, own: list[str], reasons: list[str]
) -> None:
    assert check_text(text, [], own=own) == reasons
    assert check_sentence(Sentence(text=text, kind="count"), {}, own=own) == reasons


def test_a_name_of_several_words_stands_in_another_script() -> None:
    source = Article(
        "1", "https://n.example/1", "馬斯克現身柏林", "", "甲報", "甲報", "zh-Hant",
        datetime(2026, 7, 28, tzinfo=UTC), datetime(2026, 7, 28, tzinfo=UTC),
    )  # fmt: skip
    assert check_text("Elon Musk", [source]) == []
    assert check_text("Sam Altman", [source]) == ["「Sam Altman」不在所引來源中"]


def test_a_title_may_name_what_looks_like_a_host_and_hold_no_address() -> None:
    assert check_title("llama.cpp 支援 Qwen3.5 模型") == []
    assert check_title("詳見 https://evil.example/x") != []
