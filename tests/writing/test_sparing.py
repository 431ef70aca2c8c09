"""At most half of what is read of a story is quoted, where enough is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from digest_lib.writing.offline import write_offline
from digest_lib.writing.sparing import can_stand_for, is_sparing, reports, told_sparingly
from digest_lib.writing.worth import Extract
from stories.making import article, stories

HEADLINE = "騰訊在廣告與客服部門採用 Qwen4，成本比原來的模型少了四成，雲端部門的工程師則批評新的模型還是太慢"
ADOPTS = "騰訊宣布採用 Qwen4，在廣告與客服和內容審查這些部門裡的速度都提升，成本較 Gemini 少 40%。"
BLAMES = "騰訊雲端部門的工程師與廣告部門的主管上個月在深圳的一場閉門會議裡批評阿里巴巴的 Qwen4 模型。"
LESS = "騰訊宣布採用 Qwen4，「在廣告與客服和內容審查這些部門裡的速度都提升」，成本較 Gemini 少 40%。"


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        # less of the sentence is quoted
        (ADOPTS, [LESS]),
        # the sentence that would be quoted whole is left out
        (f"{BLAMES}{ADOPTS}", [LESS]),
        # but where nothing else can be told
        (BLAMES, [f"「{BLAMES.rstrip('。')}」。"]),
        # nor is anything changed where no more than half is quoted
        ("騰訊宣布採用 Qwen4，簽約 3 年。", ["騰訊宣布採用 Qwen4，簽約 3 年。"]),
    ],
)
def test_how_a_story_is_told(summary: str, told: list[str], tmp_path: Path) -> None:
    [story] = stories(article(HEADLINE, summary=summary), home=tmp_path)
    made = told_sparingly(story, "zh-TW", HEADLINE)
    assert [s.text.partition("報導")[2].lstrip("，：") for s in made] == told
    for sentence in made:
        assert check_sentence(sentence, {story.lead.id: story.lead}) == []


def test_a_sentence_that_tells_nothing_new_is_left_out_rather_than_quoted_in_part(tmp_path: Path) -> None:
    headline = "騰訊聯手阿里巴巴擴大主權雲，先進的 Qwen4 攻進監管重地，客服與廣告平台都會改用"
    news = (
        "騰訊與阿里巴巴於 7 月 21 日聯手宣布，雙方大幅擴大策略合作，"
        "將 Qwen4 的先進與高效的模型全面導入廣告平台與客服平台和內容審查平台，"
        "並支援從雲端到完全離線的多種部署環境。"
    )
    view = (
        "這樁合作真正的關鍵字是「主權」，騰訊意在用 Qwen4 的先進模型，"
        "補上自家的主權雲在受到嚴格監管的龐大市場裡目前最為欠缺的最後一塊拼圖。"
    )
    [story] = stories(article(headline, summary=f"{news}{view}"), home=tmp_path)
    [sentence] = told_sparingly(story, "zh-TW", headline)
    assert "大幅擴大策略合作，「將 Qwen4" in sentence.text and sentence.text.endswith("多種部署環境。")


def test_a_post_in_another_language_quotes_as_before(tmp_path: Path) -> None:
    """All of it is quotations: none of them is left out."""
    summary = "騰訊宣布採用 Qwen4。騰訊副總裁批評阿里巴巴的新模型 Qwen4 在上個月的速度還是太慢。"
    day = stories(article("騰訊採用 Qwen4", summary=summary), home=tmp_path)
    digest, _ = write_offline(day, name="Qwen", language="en")
    assert [s.text.count("“") for s in digest.stories[0].sentences] == [1, 1]


@pytest.mark.parametrize(
    ("texts", "sparing"),
    [
        (["甲公司「推出全新模型」。"], True),
        (["甲公司「推出全新的模型」。"], False),
        # what is told in one sentence makes room for the next
        (["甲公司「推出全新的模型」。", "價格不變。"], True),
        ([], True),
    ],
)
def test_what_half_is(texts: list[str], sparing: bool) -> None:
    assert is_sparing([Sentence(text=text) for text in texts]) is sparing


SOURCE = article("模型測試")
#: A sentence, one that turns it, and one that does not; told without quotations, and with.
PLACES = {
    "說": Extract(SOURCE, "模型奪冠。", 0, 1.0),
    "轉": Extract(SOURCE, "但模型造假。", 1, 1.0),
    "又": Extract(SOURCE, "模型降價。", 2, 1.0),
}


@pytest.mark.parametrize(
    ("told", "usual", "can"),
    [
        ("說轉", "說轉又", True),
        ("又", "說又", True),
        # what turns a sentence is not left out behind it, but with it it may be
        ("說又", "說轉又", False),
        ("又說", "說又", True),
        # less than half of it is hardly anything
        ("又", "說轉又", False),
        ("", "說", False),
    ],
)
def test_what_can_stand_for_how_it_would_be_told(told: str, usual: str, can: bool) -> None:
    made, instead = (
        {PLACES[key]: Sentence(text=f"{PLACES[key].text}") for key in keys} for keys in (usual, told)
    )
    assert can_stand_for(instead, made) is can


def test_what_quotes_too_much_can_stand_for_nothing() -> None:
    one = PLACES["說"]
    usual = {one: Sentence(text="「模型在所有的測試裡奪冠」。")}
    assert not can_stand_for({one: Sentence(text="模型「在測試裡奪冠」。")}, usual)
    assert can_stand_for({one: Sentence(text="模型在測試裡「奪冠」。")}, usual)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        # a figure is more than a name that the headline has
        ("速度提升 40%。", "速度比 Qwen4 快得多。"),
        # what stands within its sentence in quotation marks is less than what is told, or stands at its end
        ("Gemini「的速度在所有的測試裡都比較快」。", "Gemini「的速度在所有的測試裡」，都比較快。"),
        # of as much, what quotes less; and of that, what is longer
        ("Gemini 的速度「比較快」。", "Gemini 的「速度比較快」。"),
        ("Gemini 的速度還要快得多。", "Gemini 的速度快。"),
    ],
)
def test_what_reports_more(more: str, less: str) -> None:
    told = [{PLACES["說"]: Sentence(text=text)} for text in (more, less)]
    assert reports(told[0], "阿里巴巴推出 Qwen4") > reports(told[1], "阿里巴巴推出 Qwen4")
