"""Which words of a source a sentence rests on."""

from __future__ import annotations

import pytest

from digest_lib.checking.digest import Sentence
from digest_lib.sections.fact_finding import facts_of
from digest_lib.sections.passages import passage, passages_of
from digest_lib.sections.sections import section
from publishing.published_days import article, revised

TEXT = (
    "公司昨天開了記者會。新方案每月 20 美元，九月一日起生效。執行長說，價格比去年低了四成。"
    "Reporters asked about Llama-9. 分析師對此沒有評論。"
)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("月費為 20 美元，9 月 1 日生效。", "新方案每月 20 美元，九月一日起生效。"),
        ("執行長表示價格比去年降低四成。", "執行長說，價格比去年低了四成。"),
        ("有人問起 Llama-9。", "Reporters asked about Llama-9."),
        ("港報指出：「新方案每月 20 美元，九月一日起生效。」", ""),  # it quotes them itself
        ("天氣晴朗。", ""),
    ],
)
def test_the_passage_of_a_sentence(sentence: str, found: str) -> None:
    assert passage(sentence, article(1, "新方案", text=TEXT)) == found


def test_a_source_is_quoted_little() -> None:
    long = article(1, "題", text="第一段說價格是 30 美元，" + "而且說了很久" * 60 + "。")
    assert len(passage("價格是 30 美元。", long)) <= 120
    many = article(2, "題", text="".join(f"第 {n} 版有 {n}00 個參數。" for n in range(1, 9)))
    sentences = [Sentence(text=f"有 {n}00 個參數的是第 {n} 版。", sources=[many.id]) for n in range(1, 9)]
    assert len({p.text for p in passages_of(sentences, {many.id: many})}) == 3


def test_a_citation_is_described_by_its_passage() -> None:
    digest = revised()
    facts = facts_of(digest)
    shown = section(digest, "stories").html + section(digest, "sources").html
    for told in facts.passages:
        assert told.text in shown
    assert shown.count('aria-describedby="passage-') <= shown.count('href="#source-')
