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
])  # fmt: skip
def test_a_slot_is_what_the_source_has_in_its_place(text: str, said: str, why: str) -> None:
    found = keys(text, said)
    assert why in found if why else not found


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
