"""The page of trends: whose numbers count, what each part finds, and the data of all days."""

from __future__ import annotations

import pytest

from digest_lib.publishing import dom
from digest_lib.sections.facts import Retraction
from digest_lib.site.multiples import most_reported
from digest_lib.site.posts import Post
from digest_lib.site.tallies import Tallies
from digest_lib.site.trend_data import Data
from digest_lib.site.trends import trends_page
from sites.posts_made import NAMES, Row, post, room

BEFORE, DAY = "2026-07-28", "2026-07-29"


def checked(made: Post, supported: int, withheld: int) -> Post:
    told = {"supported": supported, "repaired": 0, "withheld": withheld}
    facts = made.facts.model_copy(update={"checked": told})
    return Post.of(made.name, made.path, facts, made.digest)


def tallies() -> Tallies:
    """Two days; Claude has no post and is known from the others, of the 26th nothing is known."""
    first = {"2026-07-25": {"Qwen": 1, "GPT": 2, "Claude": 3}, "2026-07-27": {"Qwen": 0, "GPT": 4},
             BEFORE: {"Qwen": 5, "GPT": 9, "Claude": 1}}  # fmt: skip
    second = {BEFORE: {"Qwen": 8, "GPT": 8}, DAY: {"Qwen": 2, "GPT": 7, "Claude": 4}}
    return room(
        checked(post(BEFORE, "qwen", [Row("a", "xy")], first), 9, 1),
        checked(post(DAY, "qwen", [Row("b", "xz")], second), 5, 0),
        checked(post(DAY, "gpt", [Row("c", "zw")], {DAY: {"GPT": 6, "Qwen": 99}}), 4, 1),
    ).tallies


def test_a_familys_own_post_says_its_numbers_best_and_the_first_that_said_it_stands() -> None:
    assert tallies().reports == {
        "claude": {"2026-07-25": 3, BEFORE: 1, DAY: 4},
        "gpt": {"2026-07-25": 2, "2026-07-27": 4, BEFORE: 9, DAY: 6},
        "qwen": {"2026-07-25": 1, "2026-07-27": 0, BEFORE: 5, DAY: 2},
    }
    assert [str(day) for day in tallies().days] == [f"2026-07-{n}" for n in range(25, 30)]


def test_what_no_post_of_its_day_told_is_taken_from_a_later_one() -> None:
    later = post(DAY, "qwen", [], {"2026-07-01": {"Qwen": 3}, BEFORE: {"Qwen": 5}, DAY: {"Qwen": 2}})
    told = room(post(BEFORE, "qwen"), later).tallies
    assert told.reports["qwen"] == {"2026-07-01": 3, BEFORE: 5, DAY: 2}


def test_an_article_counts_once_a_day_whoever_tells_it() -> None:
    told = tallies()
    assert told.publishers == {BEFORE: {"x 報": 1, "y 報": 1}, DAY: {"x 報": 1, "z 報": 1, "w 報": 1}}
    assert told.languages == {BEFORE: {"zh-Hant": 2}, DAY: {"zh-Hant": 3}}
    assert told.checks == {BEFORE: (10, 1), DAY: (10, 1)}


def test_a_retracted_post_counts_for_nothing() -> None:
    made = post(DAY, "qwen", [Row("b", "xz")], {DAY: {"Qwen": 2}})
    gone = made.facts.model_copy(update={"retracted": Retraction(date=made.facts.date, reason="x")})
    told = Tallies([Post.of(made.name, made.path, gone)], NAMES)
    assert (told.days, told.publishers, told.checks) == ([], {}, {})
    assert "會顯示各模型" in trends_page(told).html


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        ([("甲", 2), ("Qwen", 5)], "Qwen 報導最多：9 天共 5 篇，其次甲 2 篇"),
        ([("Claude", 61), ("Gemini", 2), ("GPT", 61)], "Claude、GPT 報導最多：9 天各 61 篇"),
        ([(name, 1) for name in "甲乙丙丁"], "甲、乙、丙等 4 家報導最多：9 天各 1 篇"),
        ([("Qwen", 0)], "這段期間沒有報導"),
        ([("Qwen", 3)], "Qwen 報導最多：9 天共 3 篇"),
    ],
)
def test_level_ones_are_named_together(totals: list[tuple[str, int]], said: str) -> None:
    assert most_reported(totals, 9) == said


def test_the_page_is_complete_without_scripts() -> None:
    tree = dom.part(trends_page(tallies()).html)
    assert [node.text() for node in tree.css(".finding")] == [
        "GPT 報導最多：5 天共 21 篇，其次 Claude 8 篇",
        "GPT 占 5 天報導的 57%",
        "4 家出版者裡，x 報最多：2 篇，占 40%",
        "繁體中文最多，占 100%；共 1 種語言",
        "查核 20 句，撤下 2 句（10.0%）",
    ]
    [reports, share, by, languages, checks] = tree.css("figure[data-part]")
    assert len(reports.css("path.line")) == len(reports.css("ul.multiples > li")) == 3
    assert [node.text() for node in share.css(".legend li")] == ["Claude 22%", "GPT 57%", "Qwen 22%"]
    # the posts begin later than their numbers, and so do the parts about them
    assert [len(part.css("tbody tr")) for part in (reports, share, languages, checks)] == [5, 5, 2, 2]
    assert [node.text() for node in by.css(".name")] == ["x 報", "w 報", "y 報", "z 報"]
    assert (
        reports.css_first(".chart-note").text()
        == "小圖縱軸相同，數字標在最多的一天。1 天沒有收集到資料，圖上留白。"
    )
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("trends-reports.csv", "date,Claude,GPT,Qwen\n2026-07-25,3,2,1\n2026-07-26,,,\n2026-07-27,,4,0\n"
         "2026-07-28,1,9,5\n2026-07-29,4,6,2\n"),
        ("trends-publishers.csv", "date,publisher,articles\n2026-07-28,x 報,1\n2026-07-28,y 報,1\n"
         "2026-07-29,w 報,1\n2026-07-29,x 報,1\n2026-07-29,z 報,1\n"),
        ("trends-languages.csv", "date,language,name,articles\n2026-07-28,zh-Hant,繁體中文,2\n"
         "2026-07-29,zh-Hant,繁體中文,3\n"),
        ("trends-checks.csv", "date,checked,withheld\n2026-07-28,10,1\n2026-07-29,10,1\n"),
    ],
)  # fmt: skip
def test_the_data_are_those_of_all_days(name: str, text: str) -> None:
    assert Data(tallies()).files()[name]().decode("utf-8-sig") == text
