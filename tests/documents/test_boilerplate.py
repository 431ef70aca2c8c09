"""What stands around an article's words is not archived or quoted as its own, and no news is lost with it.

The cases are in `boilerplate.tsv`: what is given, and what is kept; `news` stays as it is. The patterns were
written with the `dev` ones in view; of the `held` ones, written before them, a share is asked for.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest_lib.documents.boilerplate import is_boilerplate, told_lines, without_boilerplate
from digest_lib.documents.cleaning import of_one_feed
from digest_lib.documents.feeds import Entry, parse_feed
from digest_lib.documents.plain import paragraphs
from samples import item, rss

CASES = [
    line.split("\t") for line in Path(__file__).with_name("boilerplate.tsv").read_text("utf-8").splitlines()
]
DEV = [(given, kept) for kind, given, *rest in CASES if kind == "dev" for kept in rest]
HELD = [(given, kept) for kind, given, *rest in CASES if kind == "held" for kept in rest]
NEWS = [given for kind, given, *_ in CASES if kind == "news"]
URL = "http://press.example/feed"


@pytest.mark.parametrize(("given", "kept"), DEV)
def test_what_is_none_of_an_articles_words_is_cut_off(given: str, kept: str) -> None:
    assert without_boilerplate(given) == kept
    assert without_boilerplate(kept) == kept


def test_cases_that_the_patterns_were_not_written_for() -> None:
    right = sum(without_boilerplate(given) == kept for given, kept in HELD)
    assert right >= 0.9 * len(HELD), f"{right} of {len(HELD)}"


@pytest.mark.parametrize("given", NEWS)
def test_news_about_such_words_stays(given: str) -> None:
    assert without_boilerplate(given) == given
    assert not is_boilerplate(given)


def test_a_text_is_cleaned_a_paragraph_at_a_time() -> None:
    lines = [
        "（記者王小明／台北報導）晶片快了一倍。",
        "加入 LINE 好友",
        "下一代明年上市。",
        "責任編輯：王小明",
    ]
    assert told_lines(lines) == ["晶片快了一倍。", "下一代明年上市。"]


#: markup -> its blocks
BLOCKS = [
    ("plain &amp; simple", ["plain & simple"]),
    ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
    ('<p>One <a href="/x">links</a> here.</p>', ["One links here."]),
    ('<p>One.</p><p><a href="/x">Read on</a></p>', ["One."]),
    ('<p>One.</p><ul><li><a href="/1">A story</a></li><li><a href="/2">A third</a></li></ul>', ["One."]),
    ('<p>One.</p><div><a href="/f">f</a> | <a href="/t">t</a></div>', ["One."]),
    ('<a href="/x">Comments</a>', []),
    ('<p><a href="/x">The whole of this sentence is a link to the report.</a></p>',
     ["The whole of this sentence is a link to the report."]),
    ("一段<br/>二段", ["一段", "二段"]),
    ("<script>x()</script><style>p{}</style><p>One.</p>", ["One."]),
    ('<p>1 &lt; 2 <img src="x"> and &amp;amp;</p>', ["1 < 2 and &amp;"]),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "blocks"), BLOCKS)
def test_blocks_that_only_link_elsewhere(markup: str, blocks: list[str]) -> None:
    assert paragraphs(markup) == blocks


REDDIT = (
    '<!-- SC_OFF --><div class="md"><p>Half the time.</p></div><!-- SC_ON --> &#32; submitted by &#32;'
    ' <a href="https://www.reddit.com/user/x"> /u/x </a> <br/> <span><a href="https://x.example">[link]</a></span>'
    ' &#32; <span><a href="https://www.reddit.com/r/a/comments/1">[comments]</a></span>'
)
WORDPRESS = '<p>One.</p><p>The post <a href="/a">T</a> appeared first on <a href="/">Harbour News</a>.</p>'
#: The description of an entry -> its summary
SUMMARIES = [
    (REDDIT, "Half the time."),
    (WORDPRESS, "One."),
    ('<p>One.</p><p><a href="/1#more">Continue reading <span>T</span></a></p>', "One."),
    ('<p>晶片快了一倍。</p><p>延伸閱讀：</p><ul><li><a href="/1">另一款晶片</a></li></ul>', "晶片快了一倍。"),
    ('<a href="https://news.example/1">Comments</a>', ""),
    ("<p>The chip is [&#8230;]</p><p>The post T appeared first on Harbour News.</p>", "The chip is […]"),
]


@pytest.mark.parametrize(("description", "summary"), SUMMARIES)
def test_templates_in_a_feed(description: str, summary: str) -> None:
    escaped = description.replace("&", "&amp;").replace("<", "&lt;")
    body = rss(item("標題", "http://press.example/1", more=f"<description>{escaped}</description>"))
    assert parse_feed(body.encode(), None, URL).entries[0].summary == summary


def test_templates_in_a_json_feed() -> None:
    items = [{"url": "http://press.example/1", "title": "T", "content_html": WORDPRESS}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    assert parse_feed(json.dumps(feed).encode(), "application/feed+json", URL).entries[0].summary == "One."


def cleaned(*given: tuple[str, str], slug: str = "/a/{}") -> list[tuple[str, str]]:
    entries = [
        Entry(title, f"http://press.example{slug.format(n)}", text) for n, (title, text) in enumerate(given)
    ]
    return [(entry.title, entry.summary) for entry in of_one_feed(entries)]


def test_what_a_feed_says_around_every_entry_is_not_the_entrys() -> None:
    told = [("甲案", "甲案過關。"), ("乙廠", "乙廠停工。"), ("丙港", "丙港開航。"), ("丁橋", "丁橋完工。")]
    hello, bye = "早安，這裡是島嶼晨報。", "「{}」由島嶼晨報第 {} 號為您報導。"
    given = [(title, f"{hello}{text}{bye.format(title, n)}") for n, (title, text) in enumerate(told)]
    assert cleaned(*given) == told
    english = [
        ("A", "The first law passed."),
        ("B", "The second plant closed."),
        ("C", "The third port opened."),
    ]
    assert (
        cleaned(*((t, f"{s} Brought to you by the Isle, issue {n}.") for n, (t, s) in enumerate(english)))
        == english
    )


def test_what_a_few_entries_share_stays() -> None:
    same = "台北市長表示將檢討。"
    told = [
        ("甲", f"甲案過關。{same}"),
        ("乙", f"乙廠停工。{same}"),
        ("丙", "丙港開航。"),
        ("丁", "丁橋完工。"),
    ]
    assert cleaned(*told) == told
    once = [("甲", f"甲案過關。{same}")] * 4  # one story again and again is no habit of the feed
    assert cleaned(*once) == once


def test_what_names_the_thing_stays_where_it_is_all_there_is() -> None:
    told = [(f"v{n}", f"Harbour v{n}") for n in range(5)]
    assert cleaned(*told) == told


#: title, summary -> what is left of the summary
TITLES = [
    ("Introducing the model", "Introducing the model", ""),
    ("Introducing the model", "Introducing the model. It is fast.", "It is fast."),
    ("uv 0.12.0", "uv 0.12.0 Some changes break.", "Some changes break."),
    ("新模型上線", "新模型上線 島嶼公司今天表示速度加倍。", "島嶼公司今天表示速度加倍。"),
    ("Shares fall", "Shares fall 3% after the report.", "Shares fall 3% after the report."),
    ("OpenAI launches GPT", "OpenAI launches GPT Pro for teams.", "OpenAI launches GPT Pro for teams."),
    ("新模型上線", "新模型上線後，速度加倍。", "新模型上線後，速度加倍。"),
    ("Small 3", "Small 3: fast and free", "Small 3: fast and free"),
]


@pytest.mark.parametrize(("title", "summary", "left"), TITLES)
def test_a_title_at_the_front_of_its_summary(title: str, summary: str, left: str) -> None:
    assert cleaned((title, summary)) == [(title, left)]


#: titles as a list of pages ran them together, addresses -> titles
JOINED = [
    (["Jul 28, 2026Red TeamFinding weak ciphers", "Jul 9, 2026Red TeamRobots at play"], "/{}",
     ["Finding weak ciphers", "Robots at play"]),
    (["Jul 13, 2026Societal ImpactsValues across models"], "/values-across-models", ["Values across models"]),
    (["AnnouncementsJul 24, 2026Introducing the model"], "/{}", ["Introducing the model"]),
    (["AlignmentMay 8, 2026Teaching whyNew work on how we made models better."], "/{}", ["Teaching why"]),
    (["Jul 28, 2026YouTube adds a model", "Jul 27, 2026YouTube drops a model"], "/{}",
     ["YouTube adds a model", "YouTube drops a model"]),
    (["2026年7月28日新模型上線"], "/{}", ["新模型上線"]),
    (["新模型上線2026-07-28"], "/{}", ["新模型上線"]),
    (["The model is here5 min read"], "/{}", ["The model is here"]),
    (["YouTube adds OpenAI models"], "/{}", ["YouTube adds OpenAI models"]),
    (["Bringing MCP 2026-07-28 to everyone"], "/{}", ["Bringing MCP 2026-07-28 to everyone"]),
    (["Jul 28, 2026: the day in brief"], "/{}", ["Jul 28, 2026: the day in brief"]),
    (["What happened on Jul 28, 2026"], "/{}", ["What happened on Jul 28, 2026"]),
]  # fmt: skip


@pytest.mark.parametrize(("given", "slug", "titles"), JOINED)
def test_titles_that_were_run_together_with_their_neighbours(
    given: list[str], slug: str, titles: list[str]
) -> None:
    assert [title for title, _ in cleaned(*((title, title) for title in given), slug=slug)] == titles
    assert all(summary != title for title, summary in cleaned(*((t, t) for t in given), slug=slug))


@pytest.mark.recorded
def test_no_news_of_the_recorded_days_is_lost(recorded: Path) -> None:
    """What is cut off is little, and never the whole of a summary of more than an address."""
    lines = (recorded / "articles-2026-07-20_2026-07-31.jsonl").read_text("utf-8").splitlines()
    summaries = [" ".join(json.loads(line)["summary"].split()) for line in lines]
    changed = [(one, kept) for one in summaries if (kept := without_boilerplate(one)) != one]
    # 22 of 1,679, each read: none has lost a word of its own
    assert 5 <= len(changed) <= 0.014 * len(summaries)
    pointers = ("HN discussions", "The latest edition of", "(Photo by Ng Han Guan-Pool")
    assert all(
        len(kept) > len(one) / 2
        for one, kept in changed
        if not one.startswith(pointers) and "文章目錄" not in one
    )
