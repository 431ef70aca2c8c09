"""Who is told to have denied or not said something: only where the source has it so."""

import pytest

from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from stories.making import article

SAID = "阿里巴巴表示，Qwen4 價格調降 80%。發言人說：「我們將於 8 月 1 日調降價格。」"
DENIED = "阿里巴巴否認調降價格。發言人說：「我們從未表示要調降 Qwen4 的價格。」"


@pytest.mark.parametrize(
    ("summary", "text", "stands"),
    [
        (SAID, "島嶼科技報並未報導，阿里巴巴調降 Qwen4 價格 80%。", False),
        (SAID, "島嶼科技報報導，阿里巴巴調降 Qwen4 價格 80%。", True),
        (SAID, "發言人沒有說：「我們將於 8 月 1 日調降價格。」", False),
        (SAID, "發言人否認：「我們將於 8 月 1 日調降價格。」", False),
        (SAID, "發言人說：「我們將於 8 月 1 日調降價格。」", True),
        (SAID, "文中並未轉述阿里巴巴的說法：Qwen4 價格調降 80%。", False),
        (SAID, "文中轉述阿里巴巴的說法：Qwen4 價格調降 80%。", True),
        # what nobody tells may be missed
        (SAID, "阿里巴巴表示，Qwen4 價格調降 80%，報導沒有說明原因。", True),
        # somebody denies in the source
        (DENIED, "阿里巴巴否認，將調降 Qwen4 價格。", True),
        (DENIED, "發言人從未表示，要調降 Qwen4 的價格。", True),
    ],
)
def test_a_denial_is_one_of_the_source(summary: str, text: str, stands: bool) -> None:
    source = article("阿里巴巴談 Qwen4 價格", summary=summary)
    found = check_sentence(Sentence(text=text, sources=[source.id]), {source.id: source})
    assert (found == []) is stands, found
    assert stands or any("沒有否認" in reason for reason in found)


def test_a_page_in_english_has_said_what_it_says() -> None:
    source = article(
        "Claude and work", publisher="Anthropic", summary="People have hard questions about AI and work."
    )
    for verb, stands in (("表示", True), ("並未表示", False)):
        said = f"Anthropic 以英文{verb}：「People have hard questions about AI and work」。"
        found = check_sentence(Sentence(text=said, sources=[source.id]), {source.id: source})
        assert (found == []) is stands, found


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Anthropic said that people have hard questions about AI and work.", True),
        ("Anthropic denied that people have hard questions about AI and work.", False),
        ("Anthropic never said: “People have hard questions about AI and work”.", False),
        ("Anthropic hasn’t said when the tool will be free.", True),
    ],
)
def test_a_denial_told_in_english_is_one_of_the_source(text: str, stands: bool) -> None:
    source = article(
        "Claude and work",
        publisher="Anthropic",
        summary="People have hard questions about AI and work. Anthropic has a tool, which is not free yet.",
    )
    found = check_sentence(Sentence(text=text, sources=[source.id]), {source.id: source}, language="en")
    assert any("nobody denies" in reason for reason in found) is not stands, found


@pytest.mark.parametrize("denial", ["did not say so", "didn’t say so", "disputes that"])
def test_a_source_that_denies_in_english_may_deny_this(denial: str) -> None:
    source = article(
        "Claude and work",
        publisher="Anthropic",
        summary=f"People have hard questions about AI and work. Anthropic {denial}.",
    )
    said = "Anthropic never said: “People have hard questions about AI and work”."
    found = check_sentence(Sentence(text=said, sources=[source.id]), {source.id: source}, language="en")
    assert found == []
