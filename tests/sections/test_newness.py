"""What is new in a follow-up is told by a clause with a verb, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.sections.newness import what_is_new
from publishing.published_days import article, story


@pytest.mark.parametrize(
    ("facts", "headline", "sentences", "new"),
    [
        # somebody, with what happens
        (
            ["Modal Labs"],
            "駭客事件擴大，Modal Labs 客戶遭入侵，共 4 帳號",
            [],
            ["Modal Labs 客戶遭入侵"],
        ),
        # a number, with what is counted; a turn, with who claims
        (
            ["求償", "1 億美元"],
            "執行長親征總部：1 億美元算力賠償",
            ["Hugging Face 隨即要求 OpenAI 賠償。"],
            ["Hugging Face 向 OpenAI 求償", "1 億美元算力賠償"],
        ),
        # a turn without who, by a clause that tells it
        (["提案"], "模型出逃，美國國會急催關機鍵法案", [], ["美國國會急催關機鍵法案"]),
        # two facts of one clause are one
        (["輝達", "2 億歐元"], "再傳增資", ["輝達也出資 2 億歐元，三星跟進。"], ["輝達也出資 2 億歐元"]),
        # nothing: a bare name, without a verb, no more than the headline, without its subject or its end
        (["Lantern"], "新模型登場", ["甲報報導，執行長現身。"], []),
        (["Lantern"], "新模型登場", ["與會者包括 Lantern 與多家公司。"], []),
        (["Lantern"], "Lantern 收購新創公司", [], []),
        (["Lantern"], "新模型登場", ["並以 3 億元收購 Lantern 公司。"], []),
        (["Lantern"], "新模型登場", ["Lantern 收購新創公司後，股價上漲。"], []),
    ],
)  # fmt: skip
def test_a_fact_is_told_by_a_clause_of_the_post(
    facts: list[str], headline: str, sentences: list[str], new: list[str]
) -> None:
    source = article(1, headline)
    source = replace(source, summary=" ".join(sentences))
    told = DigestStory(
        story="s1", headline=headline, sentences=[Sentence(text=t, sources=["a1"]) for t in sentences]
    )
    assert what_is_new(story("s1", [source], None, tuple(facts)), told, "zh-TW") == new


def test_in_other_languages_a_clause_of_some_words_is_told() -> None:
    told = DigestStory(story="s1", headline="Attack widens, customers of Modal Labs were hit", sentences=[])
    made = story("s1", [article(1, "Attack")], None, ("Modal Labs", "延後"))
    assert what_is_new(made, told, "en") == ["customers of Modal Labs were hit"]
