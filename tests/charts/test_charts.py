"""The three charts of a post, on the kinds of days that a newsroom has."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from charts.chart_days import article, history, revised, story
from charts.draw_all import DAY, PAST, drawn
from digest_lib.articles.article import Coverage
from digest_lib.charts.chart import Chart
from digest_lib.charts.coverage import coverage_chart
from digest_lib.charts.facts import facts
from digest_lib.charts.infographic import infographic
from digest_lib.charts.news import GAP, Row, arrange
from digest_lib.charts.style import accent
from digest_lib.charts.trend import RIVALS, trend_chart

HOSTILE = "🚀\u202e<script>alert('$x^2$')</script> \x00 שלום 简报 " + "非常長的標題，" * 60


def pixels(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(chart.png)).convert("RGB")


def figure(chart: Chart) -> ElementTree.Element:
    """The figure as XML, which its HTML is but for the open `<img>`."""
    text = chart._repr_html_()
    assert text.count("<img ") == 1
    return ElementTree.fromstring(text.replace(' loading="lazy">', ' loading="lazy"/>'))


def cells(chart: Chart) -> list[list[str]]:
    return [["".join(c.itertext()) for c in row] for row in figure(chart).findall(".//tbody/tr")]


# --- every chart


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    (folder := tmp_path / "two with space").mkdir()
    settings = "savefig.dpi: 50\nlines.linewidth: 9\nfont.size: 30\n"
    (folder / "matplotlibrc").write_text(settings)
    here = Path(__file__).parent
    env = {**os.environ, "PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "MPLCONFIGDIR": str(folder)}
    env["PYTHONPATH"] = os.pathsep.join([str(here.parent), str(here.parents[1])])
    run = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", str(here / "draw_all.py")],
        env=env, cwd=folder, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    first = drawn()  # of this one's seed, which differs from time to time
    assert first == run.stdout
    assert len(first.splitlines()) == 3


@pytest.mark.parametrize(
    ("count", "language"),
    [*((count, "zh-TW") for count in (0, 1, 2, 3, 5, 12)), (3, "en"), (1, "ja"), (0, "fr"), (5, "fr")],
)
def test_hostile_text_is_drawn_and_escaped(count: int, language: str) -> None:
    told = [(HOSTILE, story(n, [f"{HOSTILE}{n}"] * 2, (HOSTILE,), True, True)) for n in range(count)]
    day = revised(told, HOSTILE, language=language, deck=HOSTILE + "!")
    past = history({HOSTILE: [1, None, 3], "<b>": [2, 2, 2]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        charts = [infographic(day, past), trend_chart(past, language=language), coverage_chart(day)]
    assert (charts[-1] is None) == (count == 0)
    for chart in filter(None, charts):
        text = chart._repr_html_()
        assert "<script" not in text
        assert "<b>" not in text
        assert " style=" not in text
        assert pixels(chart).size == (chart.width, chart.height)


def test_figure_is_one_named_image_with_words_and_a_table() -> None:
    chart = Chart(
        "trend", b"png", 'a "quoted" <alt>', "a & b",
        pd.DataFrame({"n": pd.array([1, None], dtype="Int64")}, index=pd.Index(["x<", "y"], name="day")),
        10, 20, title="t",
    )  # fmt: skip
    assert chart._repr_html_() == (
        '<figure class="chart" id="chart-trend"><img data-name="trend" src="data:image/png;base64,cG5n" '
        'alt="a &quot;quoted&quot; &lt;alt&gt;" width="10" height="20" loading="lazy">'
        "<figcaption>a &amp; b</figcaption><details><summary>資料表</summary><table><caption>t</caption>"
        '<thead><tr><th scope="col">day</th><th scope="col">n</th></tr></thead><tbody>'
        '<tr><th scope="row">x&lt;</th><td>1</td></tr><tr><th scope="row">y</th><td>—</td></tr>'
        "</tbody></table></details></figure>"
    )
    assert "png" not in repr(chart)


# --- infographic

BUSY = revised(
    [
        ("第一則，很重要", story(1, ["甲報", "乙報", "Qwen"], ("zh-Hant", "en", "zh-Hans"), official=True)),
        ("第二則", story(2, ["甲報"], ("ja",), follows=True)),
    ],
    matched=9,
)


def test_infographic_says_the_days_numbers() -> None:
    chart = infographic(BUSY, history({"Qwen": [1, 2, 3]}))
    assert (chart.name, chart.width, chart.height) == ("infographic", 1200, 675)
    assert chart.alt == "資訊圖，頭條：第一則，很重要。下方是每日報導篇數的折線與報導語言的比例。"
    assert chart.caption == (
        "Qwen，2026 年 7 月 29 日 星期三：2 則新聞，來自 3 家出版者；"
        "40 個來源中 38 個有回應，看過 1,679 篇文章。"
    )
    assert cells(chart) == [
        ["新聞（則）", "2"],
        ["報導（篇）", "4"],
        ["出版者（家）", "3"],
        ["看過的文章（篇）", "1,679"],
        ["有回應的來源（個）", "38"],
        ["訂閱的來源（個）", "40"],
        ["英文", "1"],
        ["日文", "1"],
        ["簡體中文", "1"],
        ["繁體中文", "1"],
        ["第一則，很重要", "3 家獨立媒體、官方"],
        ["第二則", "1 家獨立媒體、後續"],
    ]


def test_infographic_is_opaque_and_wears_the_familys_colour() -> None:
    page = Image.open(BytesIO(infographic(BUSY, PAST).png))
    assert page.size == (1200, 675)
    assert "transparency" not in page.info
    assert page.convert("RGB").getpixel((5, 5)) == tuple(bytes.fromhex(accent("Qwen")[1:]))


def test_a_quiet_day_says_so_with_what_was_listened_to() -> None:
    chart = infographic(revised([], matched=0), history({"Qwen": [None, None]}))
    assert chart.alt == "資訊圖：今日沒有新消息。下方是每日報導篇數的折線。"
    assert "看過 1,679 篇文章" in chart.caption
    assert "40 個來源中 38 個有回應" in chart.caption


@pytest.mark.parametrize(("heard", "caption", "rows"), [
    (
        Coverage(23, 23, 340, imported=23),
        "匯入 23 個來源的資料，看過 340 篇文章。",
        [["匯入的來源（個）", "23"]],
    ),
    (
        Coverage(12, 11, 340, imported=2),
        "10 個來源中 9 個有回應；匯入 2 個來源的資料，看過 340 篇文章。",
        [["有回應的來源（個）", "9"], ["訂閱的來源（個）", "10"], ["匯入的來源（個）", "2"]],
    ),
])  # fmt: skip
@pytest.mark.parametrize("told", [[], [("第一則", story(1, ["甲報"]))]])
def test_what_was_imported_is_not_said_to_have_answered(
    told: list, heard: Coverage, caption: str, rows: list[list[str]]
) -> None:
    chart = infographic(revised(told, coverage=heard), PAST)
    assert chart.caption.endswith(caption)
    assert [row for row in cells(chart) if "來源" in row[0]] == rows


WIDE, ROOM = 580, 402
LONG = "阿里巴巴開源「Qwen3.5-Max」，1.2 兆參數、百萬字上下文，程式測試首度超越閉源對手；" * 3


def arranged(headlines: list[str], deck: str = "") -> list[tuple[float, Row]]:
    told = [(h, story(n, ["甲報"], ("en",), n == 0, n == 1)) for n, h in enumerate(headlines)]
    return arrange(facts(revised(told, deck=deck)), WIDE, 100, ROOM)


def test_five_short_headlines_all_fit() -> None:
    assert len(arranged([f"短標題 {n}" for n in range(5)])) == 5
    assert len(arranged([f"短標題 {n}" * 30 for n in range(5)])) == 4


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("length", range(10, 81, 10))
@pytest.mark.parametrize("deck", ["", "短。", LONG])
def test_rows_never_overlap_and_stay_above_the_foot(count: int, length: int, deck: str) -> None:
    placed = arranged([LONG[n : n + length] for n in range(count)], deck)
    assert min(3, count) <= len(placed) <= count
    ends = [y + row.height for y, row in placed]
    assert all(y - end >= GAP - 1e-9 for end, (y, _) in zip(ends, placed[1:], strict=False))
    assert placed[0][0] == 100
    assert ends[-1] <= 100 + ROOM + 1e-9


def test_two_stories_keep_their_text_where_there_is_room() -> None:
    short = arranged(["短標題一", "短標題二"], LONG)
    assert [len(row.deck) for _, row in short] == [2, 2]
    full = arranged([LONG[:44]] * 2, LONG)
    assert ["".join(row.lines).replace(" ", "") for _, row in full] == [LONG[:44].replace(" ", "")] * 2
    assert [len(row.deck) for _, row in full] == [1, 1]


def test_stories_that_the_digest_leaves_out_are_not_counted() -> None:
    left = BUSY.digest.model_copy(update={"stories": BUSY.digest.stories[:1]})
    day = facts(replace(BUSY, digest=left, verdicts=()))
    assert (len(day.stories), day.articles, len(day.publishers)) == (1, 3, 3)


def test_an_article_in_two_stories_counts_once() -> None:
    shared = story(1, ["甲報"])
    twin = type(shared)(
        "other", (*shared.articles, article(7, "乙報")), 2, shared.first, shared.last, False, "", "", 1.0
    )
    assert facts(revised([("a", shared), ("b", twin)])).publishers == (("乙報", 1), ("甲報", 1))


def test_no_ink_crosses_the_edges() -> None:
    """Long names, large numbers and many languages stay inside the margins of their columns."""
    langs = ("zh-Hant", "zh-Hans", "en", "ja", "ko", "de", "", "language " * 9)
    told = [("字" * 200, story(n, [f"報{i}" for i in range(9)], langs, True, True)) for n in range(6)]
    heard = Coverage(feeds=123_456, answered=98_765, articles=12_345_678)
    day = revised(told, "VeryLongFamilyNameWithoutABreak", matched=1_234_567, coverage=heard)
    page = pixels(infographic(day, PAST))
    for box in ((1164, 0, 1200, 675), (400, 0, 436, 675), (440, 664, 1200, 675), (360, 0, 396, 675)):
        assert len(page.crop(box).getcolors() or []) == 1, box


# --- trend


def test_trend_table_is_the_history() -> None:
    past = history({"Qwen": [3, None, 1234], "GPT": [0, None, 2]})
    chart = trend_chart(past)
    assert cells(chart) == [
        ["2026-07-27", "3", "0"],
        ["2026-07-28", "—", "—"],
        ["2026-07-29", "1234", "2"],
    ]
    assert chart.caption == (
        "7 月 29 日：Qwen 1,234 篇、GPT 2 篇。"
        "Qwen 最多的一天是 7 月 29 日，1,234 篇。1 天沒有收集到資料，圖上留白。"
    )
    assert chart.alt == "折線圖，7 月 27 日至 7 月 29 日每天以 Qwen、GPT 為主題的文章篇數。"


def test_trend_says_nothing_of_the_days_before_the_first_gather() -> None:
    chart = trend_chart(history({"Qwen": [*[None] * 20, *range(1, 11)], "GPT": [*[None] * 20, *[3] * 10]}))
    assert len(cells(chart)) == 10
    assert cells(chart)[0] == ["2026-07-20", "1", "3"]
    assert chart.alt.startswith("折線圖，7 月 20 日至 7 月 29 日")
    assert "沒有收集到" not in chart.caption


def test_a_trend_without_data_has_no_rows() -> None:
    chart = trend_chart(history({"Qwen": [None] * 30}))
    assert cells(chart) == []
    assert chart.alt == "還沒有線的折線圖。"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"Qwen": []}, "還沒有資料，看不出趨勢。"),
        ({"Qwen": [None] * 30, "GPT": [None] * 30}, "還沒有資料，看不出趨勢。"),
        ({"Qwen": [None, 3]}, "7 月 29 日：Qwen 3 篇。只有一天的資料，還看不出趨勢。"),
        (
            {"Qwen": [5] * 29 + [None], "GPT": [1] * 30},
            "7 月 29 日：Qwen 無資料、GPT 1 篇。Qwen 最多的一天是 7 月 28 日，5 篇。",
        ),
        # the last day has no data; the most is none
        (
            {"Qwen": [2, None]},
            "最近有資料的一天是 7 月 28 日：Qwen 2 篇。只有一天的資料，還看不出趨勢。",
        ),
        ({"Qwen": [0, 0]}, "7 月 29 日：Qwen 0 篇。"),
    ],
)
def test_trend_is_honest_about_thin_data(counts: dict[str, list[int | None]], said: str) -> None:
    assert trend_chart(history(counts)).caption == said


def test_a_gap_is_blank_and_a_lone_day_is_a_dot() -> None:
    """Columns of the plot where the accent's colour stands, day by day."""
    own = [4, 4, 4, None, None, None, 4, None, None, None, None, 4, 4, 4]
    page = pixels(trend_chart(history({"Qwen": own})))
    ink = tuple(bytes.fromhex(accent("Qwen")[1:]))
    step = (884 - 84) / 13

    def has_ink(day: float) -> bool:
        x = round(84 + step * day)
        return any(page.getpixel((x, y)) == ink for y in range(160, 560))

    shown = [has_ink(d / 2) for d in range(27)]
    expected = [own[d // 2] is not None and (d % 2 == 0 or own[d // 2 + 1] is not None) for d in range(27)]
    assert shown == expected


def test_rivals_beyond_those_drawn_are_named() -> None:
    rivals = {f"R{n}": [n, n] for n in range(RIVALS + 2)}
    chart = trend_chart(history({"Qwen": [0, 0], **rivals}))
    assert "篇數較少而未畫出的：R0、R1。" in chart.caption
    assert list(chart.table.columns) == ["Qwen", *rivals]


# --- coverage


def test_coverage_counts_articles_by_publisher_and_language() -> None:
    chart = coverage_chart(BUSY)
    assert cells(chart) == [
        ["甲報", "出版者", "2"],
        ["Qwen", "出版者", "1"],
        ["乙報", "出版者", "1"],
        ["英文", "語言", "1"],
        ["日文", "語言", "1"],
        ["簡體中文", "語言", "1"],
        ["繁體中文", "語言", "1"],
    ]
    assert chart.alt == (
        "長條圖，3 家出版者各有幾篇報導；語言：英文 1 篇、日文 1 篇、簡體中文 1 篇、繁體中文 1 篇。"
    )
    assert chart.caption == "2 則新聞的 4 篇報導，按出版者與語言計算。最多的出版者：甲報，2 篇。"


@pytest.mark.parametrize("publishers", [["甲報"], ["甲報", "乙報"]])
def test_no_publisher_leads_where_all_have_as_many(publishers: list[str]) -> None:
    chart = coverage_chart(revised([("a", story(1, publishers))]))
    assert chart.caption == f"1 則新聞的 {len(publishers)} 篇報導，按出版者與語言計算。"


def test_a_publishers_name_is_in_the_posts_script_everywhere() -> None:
    chart = coverage_chart(revised([("a", story(1, ["云端参考", "云端参考", "甲報"], ("zh-Hans",)))]))
    assert "雲端參考" in chart.caption
    assert "云端参考" not in chart._repr_html_()


def test_many_publishers_end_in_one_bar_but_stand_in_the_table() -> None:
    names = [f"報{n:02}" for n in range(14)]
    chart = coverage_chart(revised([("a", story(1, names))]))
    assert [row[0] for row in cells(chart)] == [*names, "繁體中文"]


def test_a_quiet_day_has_nothing_to_count_and_no_chart_of_it() -> None:
    assert coverage_chart(revised([])) is None


def test_alt_survives_the_html() -> None:
    image = figure(infographic(DAY, PAST)).find("img")
    assert image is not None
    assert image.attrib["alt"] == infographic(DAY, PAST).alt
