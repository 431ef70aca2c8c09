"""The key points of a day without an llm: each story's gist, in a sentence."""

from dataclasses import replace
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Digest, DigestStory, Sentence
from digest_lib.stories.kinds import Kind
from digest_lib.stories.story import Stories
from digest_lib.writing.offline import write_offline
from digest_lib.writing.points import FEWEST, MOST, points
from stories.making import article, stories

TITLE = "阿里巴巴調降 Qwen4 價格 80%"
OTHER = "騰訊採用 Qwen Image"
POINT = f"{OTHER}。"


def _day(home: Path, *days: tuple[Article, ...], family: str = "qwen") -> Stories:
    """A day whose stories stand in this order, each of these articles."""
    made = [stories(*reports, home=home, family=family) for reports in days]
    return replace(made[0], items=tuple(story for day in made for story in day))


def _points(home: Path, *reports: Article, told: str = TITLE, language: str = "zh-TW") -> list[Sentence]:
    """The points of a day with a story of these reports, headed `told`, and another one behind it."""
    made = _day(home, reports, (article(OTHER),))
    heads = [told, OTHER]
    texts = [DigestStory(story=s.id, headline=h, sentences=[]) for s, h in zip(made, heads, strict=True)]
    return points(texts, made, language)


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        # who did what, with the figure
        (
            "阿里巴巴宣布 Qwen4 降價，每百萬 token 降至 2 元。",
            "阿里巴巴宣布 Qwen4 降價，每百萬 token 降至 2 元。",
        ),
        # who reported it first is said, and needs no second «reported»
        ("據《北辰日報》報導，阿里巴巴的 Qwen4 降價 80%。", None),
        # the figure is not there, nor whom the headline speaks of, nor hardly a word of it
        ("阿里巴巴宣布調降 Qwen4 價格。", ""),
        ("百度宣布跟進降價 50%。", ""),
        # it leans on what stands before it; it is long ago; somebody else's words would be quoted
        ("該公司表示，阿里巴巴的 Qwen4 降價 80%。", ""),
        ("2019 年，阿里巴巴的 Qwen4 降價 80%。", ""),
        ("阿里巴巴宣布 Qwen4 降價 80%，我們認為這個價格足以讓所有開發者都放心改用。", ""),
        # what turns it comes behind it
        ("阿里巴巴宣布調降 Qwen4 價格 80%。不過，阿里巴巴只給企業客戶這個價格。", ""),
    ],
)
def test_a_gist_says_what_the_headline_does_with_who_reports_it(
    tmp_path: Path, summary: str, said: str | None
) -> None:
    report = article(TITLE, summary=summary)
    first, second = _points(tmp_path, report)
    expected = summary if said is None else f"島嶼科技報報導，{said}" if said else f"{TITLE}。"
    assert (first.text, second.text) == (expected, POINT)
    assert check_sentence(first, {report.id: report}) == []


def test_a_single_story_has_no_points_and_a_long_day_not_all_of_them(tmp_path: Path) -> None:
    titles = [f"阿里巴巴推出 Qwen{n} 模型" for n in range(1, MOST + 3)]
    for wanted in (1, FEWEST, MOST + 2):
        made = _day(tmp_path, *[(article(title),) for title in titles[:wanted]])
        texts = [DigestStory(story=s.id, headline=s.lead.title, sentences=[]) for s in made]
        shown = titles[: min(wanted, MOST)] if wanted >= FEWEST else []
        assert [s.text for s in points(texts, made, "zh-TW")] == [f"{title}。" for title in shown]


@pytest.mark.parametrize("title", ["Qwen 如何改變醫療", "誰在用 Qwen4？", "為何 Qwen4 漲價"])
def test_a_headline_that_asks_tells_nothing(tmp_path: Path, title: str) -> None:
    assert _points(tmp_path, article(title), told=title) == []


def test_a_lesson_is_no_point_unless_several_report_it(tmp_path: Path) -> None:
    def told(publishers: int) -> list[str]:
        made = _day(tmp_path, (article(TITLE),), (article(OTHER),), (article("阿里雲 Qwen 工作坊 8 月開課"),))
        items = (*made.items[:2], replace(made[2], kind=Kind.EVENT, publishers=publishers))
        texts = [DigestStory(story=s.id, headline=s.lead.title, sentences=[]) for s in items]
        return [s.text for s in points(texts, replace(made, items=items), "zh-TW")]

    assert len(told(1)) == FEWEST
    assert told(2) == [f"{TITLE}。", POINT, "阿里雲 Qwen 工作坊 8 月開課。"]


def _written(home: Path, *reports: Article) -> Digest:
    made = _day(home, *[(report,) for report in reports], family="mistral")
    return write_offline(made, name="Mistral", language="zh-TW")[0]


def test_what_is_told_of_a_foreign_page_is_its_gist_and_a_foreign_title_is_none(tmp_path: Path) -> None:
    digest = _written(
        tmp_path,
        article("Mistral 推出語音辨識模型 Voxtral Mini"),
        article("Of barges, sundry, and Mistral", summary="We like barges."),
        article("募資 20 億歐元，Mistral 估值翻倍"),
    )
    assert len(digest.stories) == 3
    assert [s.text for s in digest.key_points] == [
        "Mistral 推出語音辨識模型 Voxtral Mini。", "募資 20 億歐元，Mistral 估值翻倍。"
    ]  # fmt: skip


def test_a_post_in_english_has_its_stories_titles(tmp_path: Path) -> None:
    foreign = article("Mistral cuts prices", summary="Mistral cut prices of Voxtral by 80% on Wednesday.")
    other = article("Mistral opens an office")
    made = _day(tmp_path, (foreign,), (other,), family="mistral")
    digest, _ = write_offline(made, name="Mistral", language="en")
    assert [s.text for s in digest.key_points] == [
        "Mistral cuts prices.",
        "Mistral opens an office.",
    ]


def test_a_headline_ends_as_sentences_of_the_posts_language_do(tmp_path: Path) -> None:
    made = _day(tmp_path, (article("Mistral 募資 20 億歐元"),), family="mistral")
    ends = {
        language: write_offline(made, name="Mistral", language=language)[0].summary[0].text
        for language in ("zh-TW", "en")
    }
    assert ends == {
        "zh-TW": "Mistral 募資 20 億歐元。",
        "en": "島嶼科技報 ran a report in Chinese about Mistral.",
    }
