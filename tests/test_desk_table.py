"""Tables of the desk: what is shown, what is left out, and what hostile text becomes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from digest_lib.articles.article import Article, Articles, Coverage
from digest_lib.checking.digest import Digest, DigestStory, Sentence, Status, Verdict
from digest_lib.day import Day
from digest_lib.desk_table import Link, counted, table
from digest_lib.stories.history import History
from digest_lib.stories.story import Stories, Story
from digest_lib.writing.desk import place_name
from digest_lib.writing.draft import Draft, Revised
from digest_lib.writing.usage import OFFLINE, Usage, Writer

DAY = Day.of("2026-07-29")
HEARD = Coverage(feeds=4, answered=3, articles=20)


def article(n: int, lang: str = "en", title: str = "", publisher: str = "Paper") -> Article:
    when = datetime(2026, 7, 28, 1, n, tzinfo=UTC)
    url = f"https://news.example/{n}"
    return Article(f"a{n}", url, title or f"title {n}", "", publisher, "feed", lang, when, when, "x" * 1200)


def shown(html: str) -> tuple[list[str], list[list[str]]]:
    """The lines above the table, and the table's rows with its header first."""
    tree = ElementTree.fromstring(f"<div>{html}</div>")
    rows = [["".join(cell.itertext()) for cell in row] for row in tree.findall(".//tr")]
    return ["".join(p.itertext()) for p in tree.findall("p")], rows


def test_a_table_shows_the_first_rows_and_says_how_many_there_are() -> None:
    lines, rows = shown(table(("甲", "乙"), [(n, None if n % 2 else "x") for n in range(40)], unit="篇"))
    assert lines == ["共 40 篇，顯示前 15；全部在 .frame"]
    assert rows[:3] == [["甲", "乙"], ["0", "x"], ["1", "—"]]
    assert len(rows) == 16


def test_a_column_without_values_is_left_out() -> None:
    assert shown(table(("甲", "乙"), [(1, ""), (2, None)]))[1] == [["甲"], ["1"], ["2"]]
    assert table(("甲",), []) == ""


def test_every_cell_is_left_aligned_and_none_is_coloured() -> None:
    html = table(("甲", "乙"), [(1, Link("a", "https://a.example/"))])
    cells = ElementTree.fromstring(html).findall(".//th") + ElementTree.fromstring(html).findall(".//td")
    assert len(cells) == 4
    assert all("text-align:left" in cell.attrib["style"] for cell in cells)
    assert "color" not in html
    assert "background" not in html


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ('https://a.example/?a=1&b="2', 'https://a.example/?a=1&b="2'),
        ("HTTP://a.example/", "HTTP://a.example/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        (" https://a.example/", None),
        ("", None),
    ],
)
def test_only_pages_of_the_web_are_linked(url: str, href: str | None) -> None:
    tree = ElementTree.fromstring(table(("甲",), [(Link("<b>&", url),)]))
    link = tree.find(".//a")
    assert "".join(tree.find(".//td").itertext()) == "<b>&"
    assert (link.attrib["href"] if link is not None else None) == href
    assert link is None or link.attrib["rel"] == "noopener"


def test_short_cells_stay_on_a_line_and_long_ones_wrap() -> None:
    short, long = ElementTree.fromstring(table(("甲", "乙"), [("新聞 1 標題", "字" * 40)])).findall(".//td")
    assert "nowrap" in short.attrib["style"]
    assert "nowrap" not in long.attrib["style"]


def test_languages_are_counted_most_first() -> None:
    assert counted(["en", "zh-Hant", "en", "", "x<"]) == "英文 2、x< 1、未知 1、繁中 1"


def test_articles_show_titles_as_links_and_no_urls() -> None:
    items = (article(1, "zh-Hant", "<script>alert(1)</script>"), *(article(n) for n in range(2, 20)))
    html = Articles(items, DAY, 1, HEARD, why={"a1": "標題有 Qwen"})._repr_html_()
    lines, rows = shown(html)
    assert lines == [
        "19 篇文章，1 天內，到臺北時間 2026-07-29 05:00 為止；4 個來源中 3 個有回應。",
        "英文 18、繁中 1",
        "共 19 篇，顯示前 15；全部在 .frame",
    ]
    assert rows[0] == ["時間", "語言", "媒體", "標題", "理由", "全文字數"]
    assert rows[1] == ["07-28 09:01", "繁中", "Paper", "<script>alert(1)</script>", "標題有 Qwen", "1,200"]
    assert len(rows) == 16
    assert "<script" not in html


def test_history_shows_its_last_ten_days_with_gaps() -> None:
    days = tuple(date(2026, 7, n) for n in range(10, 30))
    past = History(days, {"Qwen": (*[0] * 19, 1234), "A<b>": (*[1] * 18, None, 2)})
    lines, rows = shown(past._repr_html_())
    assert lines == ["共 20 天，顯示最後 10；全部在 .frame"]
    assert rows[0] == ["日期", "Qwen", "A<b>"]
    assert rows[-2:] == [["2026-07-28", "0", "—"], ["2026-07-29", "1,234", "2"]]
    assert len(rows) == 11
    assert past.frame["A<b>"].isna().sum() == 1


# --- drafts and verdicts

DIGEST = Digest(
    headline="日標題",
    summary=[Sentence(text="摘要句", sources=["a1", "a2", "a3", "gone"])],
    stories=[
        DigestStory(story="58ff", headline="甲", sentences=[Sentence(text="甲句", sources=["a1"])]),
        DigestStory(story="9[0]", headline="乙", sentences=[Sentence(text="<i>乙句", kind="count")]),
    ],
)


def test_places_are_called_by_the_storys_number() -> None:
    places = [
        "stories[58ff].sentences", "stories[9[0]].headline", "stories[9[0]].why_it_matters",
        "stories[other].sentences", "key_points", "headline", "analysis.market", "numbers", "elsewhere",
    ]  # fmt: skip
    assert [place_name(p, DIGEST) for p in places] == [
        "新聞 1", "新聞 2 標題", "新聞 2 為什麼重要", "新聞", "重點", "標題", "市場", "數字", "elsewhere",
    ]  # fmt: skip


def test_a_story_has_the_number_of_the_first_digest_that_has_it() -> None:
    later = DIGEST.model_copy(update={"stories": DIGEST.stories[1:]})
    places = ["stories[9[0]].sentences", "stories[58ff].sentences", "stories[other].headline"]
    assert [place_name(p, later, DIGEST) for p in places] == ["新聞 1", "新聞 1", "新聞 標題"]
    assert place_name(places[0]) == "新聞"


def draft() -> Draft:
    articles = (
        article(1, publisher="甲報"),
        article(2, "zh-Hans", publisher="云端参考"),
        article(3, publisher="甲報"),
    )
    story = Story("58ff", articles, 2, DAY.cutoff, DAY.cutoff, False, "", "", 1.0)
    return Draft(
        DIGEST, Stories((story,), "qwen", DAY, 1, HEARD, 3), "Qwen", "zh-TW", Writer(OFFLINE, "<no key>")
    )


def test_a_draft_shows_the_publishers_of_each_sentence() -> None:
    lines, rows = shown(draft()._repr_html_())
    assert lines == ["標題：日標題", "撰寫：離線寫手（<no key>）；0 + 0 tokens，$0.0000。"]
    assert rows == [
        ["位置", "類型", "內容", "來源"],
        ["摘要", "事實", "摘要句", "甲報、雲端參考、沒有這篇：gone"],
        ["新聞 1", "事實", "甲句", "甲報"],
        ["新聞 2", "統計", "<i>乙句", "—"],
    ]


def test_verdicts_that_need_a_look_come_first() -> None:
    verdicts = (
        Verdict(place="summary", text="留", status=Status.SUPPORTED),
        Verdict(
            place="stories[58ff].sentences", text="改", status=Status.REPAIRED, reasons=["r"], before="原"
        ),
        Verdict(place="key_points", text="撤<b>", status=Status.WITHHELD, reasons=["«5» 沒有", "x"]),
    )
    html = Revised(DIGEST, draft(), verdicts, Usage(), draft().writer)._repr_html_()
    lines, rows = shown(html)
    assert lines == ["保留 1 句、修正 1 句、撤下 1 句"]
    assert rows == [
        ["狀態", "位置", "內容", "理由"],
        ["撤下", "重點", "撤<b>", "«5» 沒有；x"],
        ["修正", "新聞 1", "改", "r；原句：原"],
        ["保留", "摘要", "留", "—"],
    ]
    assert list(Revised(DIGEST, draft(), verdicts, Usage(), draft().writer).frame.columns) == [
        "place", "status", "text", "reasons",
    ]  # fmt: skip
