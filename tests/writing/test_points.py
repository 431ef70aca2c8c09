"""The key points of a day without an llm: what the sources report beside what is told above."""

from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.writing.offline import write_offline
from digest_lib.writing.points import points
from stories.making import article, stories

TITLE = "阿里巴巴調降 Qwen4 價格 80%"


def _points(home: Path, *reports: Article, told: str = TITLE, language: str = "zh-TW") -> list[Sentence]:
    """The points of a story whose text is `told`."""
    made = stories(*reports, home=home)
    return points([DigestStory(story=made[0].id, headline=told, sentences=[])], made, language)


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        # a figure, a name that nothing above has; up to the clause that has it
        ("阿里巴巴宣布，Qwen4 每百萬 token 降至 2 元。", "阿里巴巴宣布，Qwen4 每百萬 token 降至 2 元。"),
        ("阿里巴巴表示，騰訊已採用 Qwen4，並計劃擴大合作範圍。", "阿里巴巴表示，騰訊已採用 Qwen4。"),
        # what turns it is not left out
        ("騰訊宣布採用 Qwen4，但尚未簽約。", "騰訊宣布採用 Qwen4，但尚未簽約。"),
        # who reported it first is said, and needs no second «reported»
        ("據《北辰日報》報導，騰訊採用 Qwen4。", None),
        # nothing new; no event; it leans on what stands before it; it is long ago
        ("阿里巴巴宣布 Qwen4 價格調降 80%。", ""),
        ("騰訊的總部在深圳，阿里巴巴的總部在杭州。", ""),
        ("該公司表示，騰訊已採用 Qwen4。", ""),
        ("2019 年，騰訊宣布與阿里巴巴合作。", ""),
        ("此前，騰訊宣布與阿里巴巴合作。", ""),
    ],
)
def test_a_point_is_what_stands_nowhere_above(tmp_path: Path, summary: str, said: str | None) -> None:
    report = article(TITLE, summary=summary)
    made = _points(tmp_path, report)
    expected = [summary] if said is None else [f"島嶼科技報報導，{said}"] if said else []
    assert [s.text for s in made] == expected
    assert all(check_sentence(s, {report.id: report}) == [] for s in made)


def test_a_story_of_several_publishers_has_two_and_no_two_say_the_same(tmp_path: Path) -> None:
    new = (
        "騰訊宣布採用 Qwen4，簽約 3 年。",
        "百度宣布跟進，文心降價 50%。",
        "京東宣布採用 Qwen4，投資 9 億元。",
    )
    reports = [
        article(TITLE, publisher=name, summary=summary, hours=9)
        for name, summary in zip(("島嶼科技報", "北辰網", "甲報"), new, strict=True)
    ]
    assert len(_points(tmp_path, *reports)) == 2
    assert len(_points(tmp_path, *reports[:1])) == 1
    same = [article(TITLE, publisher=name, summary=new[0], hours=9) for name in ("島嶼科技報", "北辰網")]
    assert len(_points(tmp_path, *same)) == 1


def test_no_point_is_told_in_a_language_that_the_reader_may_not_read(tmp_path: Path) -> None:
    foreign = article("Mistral cuts prices", summary="Mistral cut prices of Voxtral by 80% on Wednesday.")
    assert _points(tmp_path, foreign, told="Mistral") == []
    assert len(_points(tmp_path, foreign, told="Mistral", language="en")) == 1


def test_what_a_text_has_no_room_for_is_a_point(tmp_path: Path) -> None:
    summary = (
        "阿里巴巴宣布調降 Qwen4 價格 80%。阿里巴巴表示，降價 8 月 1 日生效。百度宣布跟進，文心降價 50%。"
        "京東宣布採用 Qwen4，投資 9 億元。"
        "騰訊宣布旗下 12 款產品改用 Qwen4。"
    )
    made = stories(article(TITLE, summary=summary), home=tmp_path)
    digest, _ = write_offline(made, name="Qwen", language="zh-TW")
    above = "".join(s.text for s in digest.stories[0].sentences)
    [point] = digest.key_points
    assert point.text.removeprefix("島嶼科技報報導，").rstrip("。") not in above
