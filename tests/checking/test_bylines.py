"""A publisher's name states nothing, whatever digits and marks it has; what stands beside it is checked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import Sentence
from digest_lib.stories.story import Story
from digest_lib.writing.offline import headline_of, story_text

SEEN = datetime(2026, 7, 28, 3, 0, tzinfo=UTC)
BODY = {
    "zh-Hant": "阿里雲今天推出新的模型，開發者可以免費試用，市場反應熱烈。",
    "zh-Hans": "阿里云今天推出新的模型，开发者可以免费试用，市场反应热烈。",
    "en": "Alibaba Cloud released a new model today, and developers may try it for free.",
    "ja": "アリババクラウドは今日新しいモデルを公開し、開発者は無料で試せると発表した。",
}
TITLE = {
    "zh-Hant": "阿里雲推出新的模型", "zh-Hans": "阿里云推出新的模型",
    "en": "Alibaba Cloud releases a new model", "ja": "アリババクラウドが新しいモデルを公開",
}  # fmt: skip

#: Names as feeds give them, by the language of what they publish.
NAMES = {
    "zh-Hans": ["36氪", "36氪 - 让一部分人先看到未来", "21世纪经济报道", "360"],
    "zh-Hant": [
        "4Gamers", "三立新聞網54台", "AI 3.0", "第一財經", "TechNews 2026-07-28", "10億觀察", "48小時新聞",
        "《財訊》", "「深度」周刊 2.0", "Web3 日報",
    ],
    "en": [
        "9to5Google", "1Password Blog", "CNA English 24/7", "500px", "The 19th", "404 Media", "2nd Street",
        "TechCrunch+", "20 Minutes", "7-Eleven", "Channel 4", "GPT-6 News", "Two Minute Papers",
        "The “Daily” 5",
    ],
    "ja": ["日経クロステック 24時", "ITmedia NEWS 30%OFF"],
}  # fmt: skip
#: The same, written after the code.
HELD_OUT = {
    "zh-Hans": ["8world", "51CTO", "5分钟商学院", "C114通信网"],
    "zh-Hant": ["INSIDE 硬塞的 30 秒", "中視新聞 20 點", "財訊雙週刊 第 768 期", "50 億學堂", "第3法人"],
    "en": [
        "1843 magazine", "Fox 11 Los Angeles", "100 Days of AI", "W3C", "9News | Tech", "12ft", "A.I. v2.5",
    ],
    "ja": ["GIGAZINE 2位"],
}  # fmt: skip


def article(publisher: str, lang: str = "zh-Hant") -> Article:
    return Article(
        "a1", "https://news.example/1", TITLE[lang], BODY[lang], publisher, "feed", lang, SEEN, SEEN
    )


def story(one: Article) -> Story:
    return Story("s1", (one,), 1, SEEN, SEEN, False, "", "", 1.0)


@pytest.mark.parametrize("language", ["zh-TW", "en", "ja"])
@pytest.mark.parametrize(
    ("lang", "publisher"), [(lang, n) for t in (NAMES, HELD_OUT) for lang, names in t.items() for n in names]
)
def test_what_the_offline_writer_says_of_any_publisher_stands(
    lang: str, publisher: str, language: str
) -> None:
    one = article(publisher, lang)
    told = story_text(story(one), language).sentences
    headline = headline_of(story(one), language)
    names = publisher[:2], one.publisher_in("zh-TW")[:2]
    # who publishes it is said once: where the headline does, the text beneath says in which language it is
    assert told[0].text.startswith(names) or (
        told[0].text.startswith("原文為") and headline.startswith(names)
    )
    for sentence in told:
        assert check_sentence(sentence, {"a1": one}, language=language) == []
    assert check_text(headline, [one], language=language) == []


@pytest.mark.parametrize(("publisher", "text", "reasons"), [
    # as an llm names it: anywhere in the sentence, shortened to the name of a title, in either script
    ("36氪", "據 36氪報導，阿里雲推出新的模型。", []),
    ("36氪", "阿里雲推出新的模型，36 氪的記者寫道。", []),
    ("36氪 - 让一部分人先看到未来", "36氪指出，阿里雲推出新的模型。", []),
    ("9to5Google", "知名網站 9to5Google 發現阿里雲推出新的模型。", []),
    ("AI 3.0", "據 AI 3.0 報導，阿里雲推出新的模型。", []),
    ("三立新聞網54台", "三立新聞網 54 台指出，阿里雲推出新的模型。", []),
    ("21世纪经济报道", "《21 世紀經濟報道》表示，阿里雲推出新的模型。", []),
    # a number beside it, part of it, or that it only looks like
    ("36氪", "據 36氪報導，36 家客戶試用阿里雲的新模型。", ["「36 家」不在所引來源中"]),
    ("36氪", "136氪報導，阿里雲推出新的模型。", ["「136」不在所引來源中"]),
    ("36氪", "據 36氪 7 月 29 日報導，阿里雲推出新的模型。", ["「7 月 29 日」不在所引來源中"]),
    ("36氪", "36氪報導，阿里雲的新模型有 36 億參數。", ["「36 億參數」不在所引來源中"]),
    ("404 Media", "404 Media 指出，阿里雲的新模型有 404 個錯誤。", ["「404 個」不在所引來源中"]),
    ("Channel 4", "Channel 4億元投資阿里雲的新模型。", ["「4億元」不在所引來源中"]),
    ("The 19th", "阿里雲的新模型排名第 19。", ["「第 19」不在所引來源中"]),
    # what reads as a claim is one, unless it reports
    ("AI 3.0", "阿里雲推出新的模型 AI 3.0。", ["「AI 3.0」不在所引來源中"]),
    ("AI 3.0", "阿里雲今天發布 AI 3.0，開發者可以免費試用。", ["「3.0」不在所引來源中"]),
    ("10億觀察", "阿里雲今天推出新的模型，10億觀察。", ["「10億」不在所引來源中"]),
    ("10億", "阿里雲今天投入 10億元推出新的模型。", ["「10億元」不在所引來源中"]),
    ("360", "阿里雲推出新的模型，有 360 種用途。", ["「360 種」不在所引來源中"]),
    ("「市場反應冷淡」", "阿里雲推出新的模型，「市場反應冷淡」。", ["引文與來源不符：「市場反應冷淡」"]),
    ("TechNews 2026-07-28", "阿里雲在 2026-07-25 推出新的模型。", ["「2026-07-25」不在所引來源中"]),
])  # fmt: skip
def test_a_number_beside_a_publishers_name_is_checked(publisher: str, text: str, reasons: list[str]) -> None:
    one = article(publisher)
    assert check_sentence(Sentence(text=text, sources=["a1"]), {"a1": one}) == reasons


def test_only_a_cited_publisher_is_one() -> None:
    one, other = article("36氪"), article("範例日報")
    sentence = Sentence(text="據 36氪報導，阿里雲推出新的模型。", sources=["b1"])
    assert check_sentence(sentence, {"a1": one, "b1": other}) == ["「36」不在所引來源中"]


@pytest.mark.parametrize("own", ["o3", "GPT-5", "Llama 4", "01.AI"])
def test_a_count_may_name_a_family_that_has_a_number_in_its_name(own: str) -> None:
    text = "過去 24 小時收錄的 146 篇文章中，有 12 篇以 {} 為主題。"
    articles = {"a1": article("範例日報")}
    said = Sentence(text=text.format(own), kind="count")
    assert check_sentence(said, articles, (24, 146, 12), own=(own,)) == []
    assert check_sentence(said, articles, (24, 146), own=(own,)) == ["「12 篇」不是這次統計的數字"]
