"""What the sentences of an English page are told as: who did what; and that what is not sure is not told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest_lib.checking.check import check_sentence
from digest_lib.writing.abroad import says_more
from digest_lib.writing.offline import write_offline
from digest_lib.writing.plainer import plain, shorter
from digest_lib.writing.statements import explained, resolved, statement
from digest_lib.writing.titles.held import aim_in
from digest_lib.writing.titles.pieces import named, piece_of
from stories.making import article, stories

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("statements.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("sentence", "vendor", "says"), ROWS)
def test_what_a_sentence_is_told_as(sentence: str, vendor: str, says: str) -> None:
    made = statement(sentence, "" if vendor == "-" else vendor)
    assert (made and made.text) == (None if says == "-" else says)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Today, we're excited to introduce Auroxa 4.", "Zeltron introduces Auroxa 4"),
        ("We've added three tools.", "Zeltron has added three tools"),
        ("We're building our second lab.", "Zeltron is building its second lab"),
        ("Our Auroxa 4 is our best model.", "Zeltron's Auroxa 4 is Zeltron's best model"),
        ("Zeltron and Northstar are partnering.", "Zeltron and Northstar partner"),
        ("Zeltron is publicly releasing it.", "Zeltron publicly releases it"),
        ("Zeltron announced that it has bought Northstar today.", "Zeltron has bought Northstar"),
        ("Zeltron opens a lab in Lyon, France.", "Zeltron opens a lab in Lyon"),
        ("Zeltron opens labs in Lyon, Paris, and Rome.", "Zeltron opens labs in Lyon, Paris, and Rome"),
        ("Zeltron launches a powerful engine.", "Zeltron launches an engine"),
        ("Today's models are small.", "Today's models are small"),
    ],
)
def test_a_sentence_is_made_what_a_headline_is(sentence: str, says: str) -> None:
    assert plain(sentence, "Zeltron") == says


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Introducing Auroxa Harbour, a proven enterprise AI agent platform that helps teams.",
         "Auroxa Harbour 是協助團隊的企業 AI 代理平台"),
        ("We're releasing Auroxa 4, our latest model.", "Auroxa 4 是 Zeltron 的最新模型"),
        ("Introducing Auroxa Harbour, a new initiative.", ""),
        ("Introducing Auroxa Harbour, a wibbling platform.", ""),
    ],
)  # fmt: skip
def test_what_a_new_name_is(sentence: str, says: str) -> None:
    assert explained(sentence, "Zeltron") == says
    assert explained(sentence, "") == ""


def test_what_was_named_before_is_told_with_its_name() -> None:
    page = article("A research agenda for the Harbour Research Fund", lang="en")
    assert resolved("We fund the fund well.", page) == "We fund the Harbour Research Fund well."
    assert resolved("We like the program.", page) == ""
    assert resolved("We like the program for schools.", page) == "We like the program for schools."


@pytest.mark.parametrize(
    ("text", "known", "more"),
    [
        ("Zeltron 與 Northstar 擴大合作", "Northstar 與 Zeltron 擴大合作，把 Auroxa 帶給企業", False),
        ("Zeltron 再提供 200 萬美元給 Harbour，累計 400 萬美元", "Zeltron 再捐出 200 萬美元給 Harbour", True),
        ("Zeltron 推出 Auroxa 連接器", "可向 Auroxa 詢問", True),
    ],
)  # fmt: skip
def test_a_statement_says_more_than_the_headline(text: str, known: str, more: bool) -> None:
    assert says_more(text, [known]) is more


def told(title: str, summary: str, home: Path, *, official: bool = True) -> tuple[str, list[str]]:
    """The headline and the sentences of a story of one English page, each of which the check passes."""
    page = article(title, summary=summary, publisher="OpenAI", url="https://openai.com/1", lang="en")
    made = stories(page, home=home, family="gpt", official=("openai.com",) if official else ())
    story = write_offline(made, name="GPT", language="zh-TW")[0].stories[0]
    for sentence in story.sentences:
        assert check_sentence(sentence, {page.id: page}, own=(page.publisher,)) == []
    return story.headline, [s.text for s in story.sentences]


def test_a_vendors_first_sentence_heads_a_story_whose_title_says_nothing(tmp_path: Path) -> None:
    headline, sentences = told(
        "Building with the harbour community in Auroxa",
        "OpenAI launches the Auroxa for Small Shops program, helping owners. Auroxa 4 now supports plugins.",
        tmp_path,
    )
    assert headline == "OpenAI 推出 Auroxa for Small Shops 計畫"
    # What is not the vendor's deed is told with who says so.
    assert sentences == ["OpenAI 7 月 28 日表示，Auroxa 4 現在支援外掛程式。"]


def test_what_a_vendor_says_of_others_is_its_word(tmp_path: Path) -> None:
    summary = "Northstar uses Auroxa to help 9,000 employees automate work."
    headline, _ = told("Wibbling at Northstar with Auroxa", summary, tmp_path)
    assert headline == "OpenAI：Northstar 使用 Auroxa，以協助 9,000 名員工自動化處理工作"


def test_a_first_sentence_about_something_else_heads_nothing(tmp_path: Path) -> None:
    headline, _ = told("Wibbling harbours of hope", "OpenAI launches the Dale program.", tmp_path)
    assert "〈Wibbling harbours of hope〉" in headline


@pytest.mark.parametrize(
    "summary",
    [
        "Last spring, we announced the OpenAI harbour program for wibbling people.",
        "Earlier this month I hosted a wibbling chat with OpenAI.",
        "People have hard questions about AI and wibbling work.",
        "The work will continue as the OpenAI harbours advance.",
    ],
)
def test_what_sets_a_scene_is_not_quoted(summary: str, tmp_path: Path) -> None:
    _, sentences = told("Wibbling harbours of hope", summary, tmp_path)
    assert not any("「" in text for text in sentences)


def test_what_the_headline_says_is_not_quoted_again(tmp_path: Path) -> None:
    summary = "OpenAI is giving 100,000 researchers free access to Auroxa, with wibbling harbours."
    headline, sentences = told("Wibbling with the Auroxa harbour", summary, tmp_path)
    assert headline == "OpenAI 讓 10 萬名研究人員免費使用 Auroxa"
    assert not any("「" in text for text in sentences)


@pytest.mark.parametrize(
    ("sentence", "shortest"),
    [
        ("Zeltron opens 40 labs to build robots", "Zeltron opens 40 labs"),
        (
            "Zeltron is the first of 40 labs to build robots",
            "Zeltron is the first of 40 labs to build robots",
        ),
        ("Zeltron plans with 40 labs to build robots", "Zeltron plans with 40 labs to build robots"),
        (
            "Zeltron opens a lab, helping teams, but not yet",
            "Zeltron opens a lab, helping teams, but not yet",
        ),
        ("Zeltron opens labs, a school, and a shop", "Zeltron opens labs, a school, and a shop"),
        ("Zeltron opens a lab that builds robots", "Zeltron opens a lab"),
        ("Zeltron opens the labs that build robots", "Zeltron opens the labs that build robots"),
        ("Auroxa works across plans", "Auroxa works across plans"),
        ("Auroxa improves AI efficiency across plans", "Auroxa improves AI efficiency"),
    ],
)
def test_what_only_adds_is_left_out(sentence: str, shortest: str) -> None:
    assert [kept for kept, _ in shorter(sentence)][-1] == shortest


@pytest.mark.parametrize(
    ("aim", "says"),
    [
        ("to build tools for governments", "，以打造適用於 政府 的工具"),
        ("to build tools for governments and agents", ""),
        ("to provide sovereign AI solutions for government and enterprise customers across Canada", ""),
    ],
)
def test_of_a_list_no_aim_is_told(aim: str, says: str) -> None:
    assert aim_in(aim) == says


def test_a_place_with_its_state_is_no_list_of_names() -> None:
    assert named(piece_of("Wibble County, Georgia", raised=False)) is None
    assert (
        named(piece_of("Wibble County, Dale, and Georgia", raised=False)) == "Wibble County、Dale 與 Georgia"
    )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(" ".join(row[0] for row in ROWS).split()), max_size=14))
def test_no_sentence_stops_the_newsroom(words: list[str]) -> None:
    made = statement(" ".join(words), "Zeltron")
    assert made is None or (made.text.strip() == made.text and "{" not in made.text)
