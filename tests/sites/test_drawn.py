"""What the site draws of a post: what it finds, in which days and sizes, and that nothing in it can act."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from digest_lib.publishing import dom
from digest_lib.sections.facts import Facts
from digest_lib.site.drawn.figure import Table
from digest_lib.site.drawn.of_post import data, figure_html, figures, names
from digest_lib.site.drawn.svg import cut
from sites.posts_made import Row, post

DAY = "2026-07-29"
STYLES = (Path(__file__).parents[2] / "assets" / "site.css").read_text("utf-8")


def facts(voices: tuple[int, ...] = (), own: tuple[int | None, ...] = (), language: str = "zh-TW") -> Facts:
    """A day of stories with so many publishers each; `own` are the family's numbers up to the day."""
    letters = "abcdefghijkl"
    rows = [Row(f"s{n}", letters[: max(1, count)]) for n, count in enumerate(voices)]
    history = {
        f"2026-07-{29 - back:02}": {"Qwen": n, "GPT": 3}
        for back, n in enumerate(reversed(own))
        if n is not None
    }
    told = post(DAY, "qwen", rows, history).facts
    stories = [s.model_copy(update={"publishers": n}) for s, n in zip(told.stories, voices, strict=True)]
    return told.model_copy(update={"stories": stories, "language": language})


@pytest.mark.parametrize(
    ("voices", "said"),
    [
        ((), "今日沒有新消息"),
        ((3,), "一則新聞，3 家媒體報導"),
        ((0,), "一則新聞，目前只有業者自己的說法"),
        ((4, 2, 1), "報導最廣的一則有 4 家媒體，其次 2 家"),
        ((2, 2), "報導最廣的新聞各有 2 家媒體"),
        ((3, 0), "只有一則有獨立媒體報導：3 家"),
        ((1, 1), "沒有一則由兩家以上的媒體報導"),
    ],
)
def test_the_day_says_how_widely_it_was_reported(voices: tuple[int, ...], said: str) -> None:
    assert figures(facts(voices))["infographic"].finding == said


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ((1, 2, 9), "Qwen 7 月 29 日有 9 篇報導，是有資料的 3 天裡最多"),
        ((5, 4, 1), "Qwen 7 月 29 日有 1 篇報導，是有資料的 3 天裡最少"),
        ((4, None, 1, 4), "Qwen 7 月 29 日有 4 篇報導，有資料的 3 天平均每天 3 篇"),
    ],
)
def test_the_month_says_how_the_day_compares(own: tuple[int | None, ...], said: str) -> None:
    assert figures(facts(own=own))["trend"].finding == said


@pytest.mark.parametrize("days", [2, 11, 30, 45])
def test_no_more_days_are_drawn_than_are_known(days: int) -> None:
    own = tuple(n % 5 for n in range(min(days, 29)))
    drawn = dom.part(figures(facts(own=own))["trend"].drawing)
    [plot] = drawn.css("svg.plot > svg")
    assert plot.attributes["viewBox"].split()[2] == str(len(own) - 1)
    assert len(figures(facts(own=own))["trend"].table.rows) == len(own)


def test_a_gap_is_no_line_and_a_lone_day_is_a_dot() -> None:
    drawn = dom.part(figures(facts(own=(1, 2, None, 4, None, 6, 7)))["trend"].drawing)
    own = drawn.css_first("path.own")
    assert own is not None and own.attributes["d"].count("M") == 2
    assert len(drawn.css("circle.own")) == 2  # the lone one, and the newest


def test_posts_that_tell_too_little_keep_their_picture() -> None:
    assert names(facts((2,))) == ["infographic", "coverage"]
    one = facts(own=(1,))
    assert names(one) == ["infographic", "trend"]  # a point is no trend: it stands beside the others'
    assert len(dom.part(figures(one)["trend"].drawing).css("rect.bar")) == 2
    assert figures(one)["trend"].note == "只有一天的資料，還看不出趨勢。"
    retracted = facts((2,)).model_copy(update={"retracted": {"date": DAY, "reason": "x"}})
    assert names(retracted) == []


def test_two_articles_are_told_in_words_and_not_compared_by_bars() -> None:
    tree = dom.part(figures(facts((2,)))["coverage"].drawing)
    assert [node.text() for node in tree.css(".level")] == ["a 報 1 篇、b 報 1 篇", "繁體中文 2 篇"]
    assert not tree.css("svg") and dom.part(figures(facts((3,)))["coverage"].drawing).css("svg")


@pytest.mark.parametrize("language", ["zh-TW", "en", "ja"])
def test_every_chart_is_an_image_with_words_a_table_and_data(language: str) -> None:
    told = facts((4, 2), (1, 2, 9), language)
    for name, figure in figures(told).items():
        tree = dom.part(figure_html(name, figure, told, None))
        for image in tree.css('svg[role="img"]'):
            title, desc = (f"#{id_}" for id_ in (image.attributes["aria-labelledby"] or "").split())
            assert image.css_first(title).text() and image.css_first(desc).text()
        assert tree.css("svg") and tree.css_first(".finding").text() == figure.finding
        assert tree.css_first("a.csv").attributes["href"] == f"{name}.csv"
        assert len(tree.css("tbody tr")) == len(figure.table.rows)
        assert not tree.css("script, style, [style], img, foreignObject, use, a[href^='http']")


def test_what_others_wrote_is_text_in_a_chart_and_no_formula_in_its_data() -> None:
    evil = '</text><script>x()</script>"onload="x'
    told = facts((4, 2), (1, 2, 9))
    sources = [s.model_copy(update={"publisher": f"{evil}{s.number}"}) for s in told.sources]
    stories = [s.model_copy(update={"headline": f"=HYPERLINK({evil})"}) for s in told.stories]
    told = told.model_copy(update={"sources": sources, "stories": stories, "name": evil})
    told = told.model_copy(update={"history": {d: {evil: n["Qwen"]} for d, n in told.history.items()}})
    for name, figure in figures(told).items():
        tree = dom.part(figure_html(name, figure, told, None))
        assert not tree.css("script, [onload]")
        assert "script" in tree.text() or name == "infographic"
    assert b"'=HYPERLINK" in data(told, "infographic")


@pytest.mark.parametrize(
    ("rows", "written"),
    [
        ([("a", 1)], "﻿name,n\na,1\n"),
        ([('"x", y', None)], '﻿name,n\n"""x"", y",\n'),
        ([("+1", "@x")], "﻿name,n\n'+1,'@x\n"),
    ],
)
def test_data_are_csv(rows: list[tuple[str, int | None]], written: str) -> None:
    assert Table("", ("name", "n"), rows).csv().decode() == written


@pytest.mark.parametrize("publisher", ["＝cmd|' /C calc'!A0", "＋1", "－1", "＠SUM(1)", "'=1"])
def test_a_publisher_is_no_formula_however_it_is_written(publisher: str) -> None:
    told = facts((1,))
    sources = [source.model_copy(update={"publisher": publisher}) for source in told.sources]
    written = data(told.model_copy(update={"sources": sources}), "coverage").decode()
    assert [row[0] for row in csv.reader(written.splitlines())][1] == f"'{publisher}"


@pytest.mark.parametrize(
    ("text", "ems", "shown"),
    [("Qwen", 6, "Qwen"), ("一二三四五", 5, "一二三四五"), ("一二三四五六", 5, "一二三四…"), ("", 5, "")],
)
def test_names_are_cut_to_their_room(text: str, ems: float, shown: str) -> None:
    assert cut(text, ems) == shown


def _colours(theme: int) -> dict[str, str]:
    """The site's colours by day (0) or by night (1)."""
    found = re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", STYLES)
    return {name: both[theme] for name, *both in found}


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_colours_of_the_families_read_on_paper(theme: int) -> None:
    colours = _colours(theme)
    for name in (f"c{n}" for n in range(1, 9)):
        dark, light = sorted((_light(colours[name]), _light(colours["paper"])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, name
