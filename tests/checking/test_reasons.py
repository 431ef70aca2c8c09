"""Reasons are told in the language of the post, and every language has all of them."""

import re
from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_tag
from digest_lib.checking.digest import Sentence
from digest_lib.checking.reasons import Reason, table
from digest_lib.text.scripts import simplified_in

WHEN = datetime(2026, 7, 22, tzinfo=UTC)
HANS = "宏翔科技否认与远山软件合并，第二季度营收增长 14%，并说今年不会裁员。"


def article(text: str, lang: str) -> Article:
    return Article("a", "https://a.example/1", "", text, "甲報", "f", lang, WHEN, WHEN, text)


@pytest.mark.parametrize("key", table())
def test_every_reason_has_words_in_every_language_with_the_same_places(key: str) -> None:
    told = table()[key]
    assert set(told) == {"zh-TW", "en", "ja"}
    assert {words.count("{}") for words in told.values()} == {told["zh-TW"].count("{}")}
    assert not simplified_in(told["zh-TW"])
    assert not re.search("[\u4e00-\u9fff]", told["en"])


@pytest.mark.parametrize(("language", "text", "says"), [
    ("zh-TW", "宏翔賺了 99 億元。", ["「99 億元」不在所引來源中"]),
    ("en", "It made 99 million dollars.", ["“99 million dollars” is not in the sources cited"]),
    ("ja", "宏翔は 99 億元を得た。", ["「99 億元」は引用した情報源にない"]),
])  # fmt: skip
def test_a_reason_is_told_in_the_language_of_the_post(language: str, text: str, says: list[str]) -> None:
    source = article(HANS, "zh-Hans")
    assert check_sentence(Sentence(text=text, sources=["a"]), {"a": source}, language=language) == says


def test_a_source_in_simplified_is_quoted_in_traditional_and_the_sentence_as_it_stands() -> None:
    source = article(HANS, "zh-Hans")
    text = "宏翔科技第二季度營收下跌 14%。"
    found = check_sentence(Sentence(text=text, sources=["a"]), {"a": source})
    assert found
    assert "宏翔科技第二季度營收下跌 14%" in found[0]
    assert not simplified_in("".join(found))


def test_what_a_reason_quotes_keeps_its_capitals() -> None:
    source = article("Tanghe said Revenue rose by 14% in the Second Quarter.", "en")
    text = "Tanghe said Revenue fell by 14% in the Second Quarter."
    found = check_sentence(Sentence(text=text, sources=["a"]), {"a": source}, language="en")
    assert found == [
        "the other direction than its source: “Tanghe said Revenue fell by 14% in the Second Quarter”; "
        "the source has “Tanghe said Revenue rose by 14% in the Second Quarter”"
    ]


def test_who_did_what_is_told_as_the_sentence_writes_it() -> None:
    source = article("NVIDIA 起訴 Samsung。", "zh-Hant")
    found = check_sentence(Sentence(text="Samsung 起訴 NVIDIA。", sources=["a"]), {"a": source})
    assert found == ["與來源的主客相反：「Samsung」「起訴」「NVIDIA」"]


def test_a_tag_is_told_of_in_the_language_too() -> None:
    assert check_tag("Wombat", [article(HANS, "zh-Hans")], language="en") == [
        "“Wombat” is not in the sources"
    ]


def test_a_language_without_words_of_its_own_has_those_of_taiwan() -> None:
    assert Reason("far").said("ko") == Reason("far").said("zh-TW")
