"""What a writer says in his own words and no source has to hold: small counts, rounded shares, concepts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_tag
from digest_lib.checking.digest import Sentence
from digest_lib.text.scripts import language_of

WHEN = datetime(2026, 7, 28, tzinfo=UTC)
CHINESE = "OpenAI 與微軟 7 月 24 日發表聲明，7 月 25 日又補充。"
CHINESE += "43% 的使用者支持開放，或者說封閉要有理由。發言人說「這是重要的一步」。"
ENGLISH = "David Chen and Robin Wu join the boards of Anthropic. "
ENGLISH += "The Economic Index has a new connector. Red TeamCryptography"


def why(text: str, said: str = CHINESE, kind: str = "fact") -> list[str]:
    source = Article("a", "https://a.example/1", "", "", "", "f", language_of(said), WHEN, WHEN, said)
    sentence = Sentence.model_validate({"text": text, "sources": ["a"], "kind": kind})
    return check_sentence(sentence, {"a": source}, by_meaning=False)


@pytest.mark.parametrize(("text", "stands"), [
    ("OpenAI 與微軟兩家公司發表聲明。", True),
    ("OpenAI 與微軟等五家公司發表聲明。", False),
    ("OpenAI 與微軟 5 家公司發表聲明。", False),
    ("一天之內，OpenAI 與微軟兩度發表聲明。", True),
    ("超過四成的使用者支持開放。", True),
    ("超過五成的使用者支持開放。", False),
    ("OpenAI 的聲明一半談開放、一半談封閉。", True),
    ("OpenAI 的使用者有一半支持開放。", False),
    ("微軟與 OpenAI 的聲明不提第三方。", True),
    ("OpenAI 的聲明繞著「開放或封閉」打轉。", True),
    ("OpenAI 發言人說「這不是重要的一步」。", False),
    ("OpenAI 把「這是主要的一步」掛在嘴邊。", False),
])  # fmt: skip
def test_counts_shares_and_marks_of_the_writers_own(text: str, stands: bool) -> None:
    assert (not why(text)) is stands, why(text)


@pytest.mark.parametrize(("text", "said", "stands"), [
    ("一天之內，簽署企業從 25 家增加到逾 50 家。", "簽署企業一天內從 25 家翻倍至逾 50 家。", True),
    ("一天之內，簽署企業從 25 家增加到逾 50 家。", "簽署企業在兩週裡從 25 家翻倍至逾 50 家。", False),
    ("兩天之內，簽署企業從 25 家增加到逾 50 家。", "簽署企業一天內從 25 家翻倍至逾 50 家。", False),
])  # fmt: skip
def test_within_a_day_is_what_a_source_says_so(text: str, said: str, *, stands: bool) -> None:
    assert (not why(text, said)) is stands, why(text, said)


def test_names_in_a_list_are_counted() -> None:
    assert not why("兩位新董事加入 Anthropic。", ENGLISH)
    assert why("三位新董事加入 Anthropic。", ENGLISH)


def test_a_name_in_a_run_on_title_stands() -> None:
    assert not why("Red Team 的文章談密碼學。", ENGLISH)


def test_a_tag_may_be_a_concept_of_a_foreign_source() -> None:
    source = Article("a", "https://a.example/1", "", "", "", "f", "en", WHEN, WHEN, ENGLISH)
    assert not check_tag("經濟指數", [source])
    assert check_tag("著作權訴訟", [source])
