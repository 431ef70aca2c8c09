"""Who, which number, how sure and how many, laid beside the clause of a source that tells the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import Sentence
from digest_lib.checking.reasons import table
from digest_lib.text.scripts import language_of

NEAR = Path(__file__).parents[1] / "data" / "checking" / "near.jsonl"
WHEN = datetime(2026, 7, 28, tzinfo=UTC)

LUMORA = "OpenAI 考慮以 40 億美元收購 Lumora，雙方仍在初步洽談。"
LUMORA += "Lumora 去年營收 2.1 億美元，OpenAI 同期為 130 億美元。"
TORVIA = "Torvia 承諾未來將投資 Lumora 50 億美元，並分階段付款。"
SAVES = "OpenAI 表示，新模型在多數場景都能省下一半時間。"
SURVEY = "調查由微軟委託：1,200 家企業中，有 62% 會增加預算，18% 打算減少。多數銀行把資料留在自家機房。"


def article(said: str, name: str = "a") -> Article:
    return Article(name, f"https://{name}.example/1", "", "", "", "f", language_of(said), WHEN, WHEN, said)


def keys(text: str, *said: str, kind: str = "fact") -> set[str]:
    """The reasons, by their keys, for which a text that cites these sources is withheld."""
    articles = {f"s{n}": article(s, f"s{n}") for n, s in enumerate(said)}
    sentence = Sentence.model_validate({"text": text, "sources": list(articles), "kind": kind})
    found = check_sentence(sentence, articles, by_meaning=False)
    return {k for k, told in table().items() for r in found if r.startswith(told["zh-TW"].partition("{")[0])}


@pytest.mark.parametrize(("text", "said", "why"), [
    ("微軟考慮以 40 億美元收購 Lumora。", "微軟去年合作。" + LUMORA, "another_actor"),
    ("OpenAI 以 40 億美元收購 Lumora。", LUMORA, "surer"),
    ("OpenAI 考慮以 40 億美元收購 Lumora。", LUMORA, ""),
    ("OpenAI 可能以 40 億美元買下 Lumora。", LUMORA, ""),
    ("Lumora 去年營收 130 億美元。", LUMORA, "owner"),
    ("Lumora 去年營收 2.1 億美元。", LUMORA, ""),
    ("18% 的企業會增加預算。", SURVEY, "owner"),
    ("62% 的企業會增加預算，18% 要減少。", SURVEY, ""),
    ("所有銀行都把資料留在自家機房。", SURVEY, "broader"),
    ("大多數銀行把資料留在自家機房。", SURVEY, ""),
    ("因為客戶要求，微軟委託了這項調查。", SURVEY, "cause"),
    # settled, for what is promised or rumoured
    ("Torvia 已經投資 Lumora 50 億美元。", TORVIA, "surer"),
    ("Torvia 承諾投資 Lumora 50 億美元。", TORVIA, ""),
    # said by another, in a clause of its own
    ("微軟表示，新模型在多數場景都能省下一半時間。", "微軟參與測試。" + SAVES, "another_actor"),
    ("OpenAI 表示，新模型在一切場景都能省下一半時間。", SAVES, "broader"),
    # the other way round, in other words
    ("使用者必須先按下確認，連結裡的指令才會執行。", "連結能在使用者未確認的情況下執行指令。", "opposite"),
    ("使用者必須先確認，連結裡的指令才會執行。", "使用者無須先確認，連結裡的指令就會執行。", "direction"),
    # a negation is of what it denies, and advice denies nothing
    ("Torvia 過去沒有投資過 Lumora。", "這是 Torvia 首次投資 Lumora。", ""),
    ("模型未能如期在 6 月推出。", "模型原定 6 月推出。", ""),
    ("開發者應在送出指令前要求使用者確認。", "連結能在使用者未確認的情況下送出指令。", ""),
    # a name that its source explains in its midst
    ("市長前往波蘭波美拉尼亞省。", "市長出訪波蘭波美拉尼亞（Pomerania）省。", ""),
    # a place that no source has
    ("新加坡的機房專供 Lumora 使用。", "這座機房專供 Lumora 使用。", "hardly_named"),
])  # fmt: skip
def test_a_slot_is_what_the_source_has_in_its_place(text: str, said: str, why: str) -> None:
    found = keys(text, said)
    assert why in found if why else not found


@pytest.mark.parametrize(("text", "stands"), [
    ("收到通知的人最好先看清楚網址再登入。", True),  # advice needs no word of the source
    ("這類事件可能越來越多。", True),
    ("央行下週將升息兩碼，房市因此冷卻。", False),
])  # fmt: skip
def test_advice_and_what_may_come_are_no_facts(text: str, stands: bool) -> None:
    said = "資安業者指出，駭客冒充 ChatGPT 發動網路釣魚，ChatGPT 首度列入前十大遭冒充的品牌。"
    assert (not keys(text, said, kind="analysis")) is stands


def test_what_two_sources_tell_is_not_one_event() -> None:
    fund, tool = "Anthropic 為研究基金投入 2 億美元。", "Claude 多了經濟指數連接器，使用者可以提問。"
    assert "apart" in keys("Anthropic 用 2 億美元的基金，打造出 Claude 的連接器。", fund, tool)
    assert not keys("Anthropic 為基金投入 2 億美元，Claude 另外多了連接器。", fund, tool)


def test_an_analysis_may_take_for_granted_what_is_planned() -> None:
    assert not keys("收購 Lumora，說明 OpenAI 想補上缺口。", LUMORA, kind="analysis")


def test_a_headline_is_bound_too() -> None:
    assert check_text("OpenAI 斥資 40 億美元收購 Lumora", [article(LUMORA)])
    assert not check_text("OpenAI 傳考慮以 40 億美元收購 Lumora", [article(LUMORA)])


def test_falsehoods_in_nearly_the_words_of_their_source() -> None:
    rows = [json.loads(line) for line in NEAR.read_text("utf-8").splitlines()]
    stands = {True: [], False: []}  # type: dict[bool, list[bool]]
    for row in rows:
        stands[row["supported"]].append(not keys(row["claim"], row["source"]))
    assert stands[False].count(False) >= 0.6 * len(stands[False])
    assert stands[True].count(False) <= 0.06 * len(stands[True])
