"""Actors without a name: a text and what its source says, beside the words of whom it does not speak."""

from __future__ import annotations

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence, check_text
from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import evidence
from digest_lib.checking.nameless import nameless
from digest_lib.text.scripts import language_of
from samples import article

ALONE = "OpenAI 今天推出新的語音模型，價格不變。"
FOREIGN = "OpenAI today released a voice model. The company kept its price."
SIMPLIFIED = "OpenAI今天推出语音模型，价格不变。"


def said_by(text: str) -> Article:
    return article("a", "07-28 00:00", title="", summary="", text=text, lang=language_of(text))


@pytest.mark.parametrize(("text", "said", "who"), [
    ("OpenAI 推出語音模型，另一家公司也已跟進。", ALONE, "另一家公司"),
    ("OpenAI 推出語音模型，競爭對手也推出了。", FOREIGN, "競爭對手"),
    ("OpenAI 推出語音模型，其他業者也調降價格。", SIMPLIFIED, "其他業者"),
    ("OpenAI 推出語音模型，多家新創公司已改用它。", ALONE, "多家新創公司"),
    ("OpenAI released a voice model, and rivals followed.", FOREIGN, "rivals"),
    ("OpenAI released a voice model, as another major lab did.", ALONE, "another major lab"),
    # a source speaks of such actors, in whatever script, or names a second company
    ("OpenAI 推出語音模型，競爭對手也推出了。", f"{FOREIGN} Competitors followed.", ""),
    ("OpenAI 推出語音模型，另一家公司也已跟進。", f"{ALONE}輝達也推出了。", ""),
    ("OpenAI 推出語音模型，其他業者也調降價格。", f"{SIMPLIFIED}业者随后降价。", ""),
    ("OpenAI 推出語音模型，同業跟進。", f"{FOREIGN} The industry has followed.", ""),
    # no such actor
    ("OpenAI 推出語音模型，價格不變。", ALONE, ""),
    ("OpenAI 推出語音模型，與演員有對手戲。", ALONE, ""),
    ("OpenAI 推出語音模型，論文經同行評審。", ALONE, ""),
])  # fmt: skip
def test_a_source_must_speak_of_whom_a_text_does_not_name(text: str, said: str, who: str) -> None:
    found = nameless(text, [evidence(said_by(said))])
    assert [one.said("zh-TW") for one in found] == ([f"所引來源似乎沒有提到「{who}」"] if who else [])


def test_a_fact_and_a_headline_are_held_to_it_and_an_analysis_is_not() -> None:
    source = said_by(ALONE)
    articles = {source.id: source}
    text = "OpenAI 推出新的語音模型，競爭對手也推出了。"
    for kind, why in (("fact", ["所引來源似乎沒有提到「競爭對手」"]), ("analysis", [])):
        sentence = Sentence.model_validate({"text": text, "sources": [source.id], "kind": kind})
        assert check_sentence(sentence, articles, by_meaning=False) == why
    assert check_text(text, articles.values()) == ["所引來源似乎沒有提到「競爭對手」"]
    assert check_text(text, articles.values(), doubts=False) == []
