"""The front page and the pages of events: what stands on them, and how often."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest_lib.publishing import dom
from digest_lib.site.events import Event
from digest_lib.site.front_page import front_page
from digest_lib.site.lists import timeline
from digest_lib.site.multiples import months_of
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.story_pages import story_pages
from sites.posts_made import Row, post, room

DAY, BEFORE = "2026-07-29", "2026-07-28"
FOLLOWS = ("2026-07-28-gpt", "hack")


def newsroom() -> Newsroom:
    """Two days: a follow-up, an event of two families, a quiet family, a day before."""
    history = {"2026-07-20": {"GPT": 3, "Claude": 0}, DAY: {"GPT": 7, "Claude": 2}}
    more = [Row(f"s{n}", "m", score=0.5 - n / 100) for n in range(6)]
    return room(
        post(BEFORE, "gpt", [Row("hack", "xy", "駭客闖入", "incident", 2.0)]),
        post(BEFORE, "qwen", [Row("old", "z", "千問降價", score=1.0)]),
        post(
            DAY, "gpt",
            [Row("big", "abc", "新模型上線", "launch", 2.5, why="價格減半。"),
             Row("hack", "d", "駭客是自己人", "incident", 1.5, FOLLOWS, ("自家模型",)), *more],
            history,
        ),
        post(DAY, "claude", [Row("big", "ab", "對手的新模型", "launch", 1.0)]),
        post(DAY, "qwen"),
    )  # fmt: skip


def home() -> LexborHTMLParser:
    return dom.part(front_page(newsroom()).html)


def texts(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [node.text() for node in tree.css(selector)]


def test_a_story_stands_once_however_many_families_tell_it() -> None:
    tree = home()
    assert texts(tree, ".lead h2") == ["新模型上線"]
    assert [a.attributes["href"] for a in tree.css(".lead .kicker a")] == [
        "posts/2026-07-29-gpt/index.html#story-big",
        "posts/2026-07-29-claude/index.html#story-big",
    ]
    assert texts(tree, ".brief h3") == ["駭客是自己人", *(f"事件 s{n}" for n in range(4))]
    assert texts(tree, ".rest li") == ["事件 s4", "事件 s5"]
    assert "對手的新模型" not in tree.css_first(".also").text()


def test_each_says_why_it_is_there_and_who_reported_it() -> None:
    tree = home()
    assert "價格減半。" in tree.css_first(".lead .why-here").text()
    assert tree.css_first(".lead .by-whom-all").text() == "報導：a 報、b 報、c 報"
    assert texts(tree, ".brief .why-here")[:2] == [
        "事故・我們讀的來源中，只有一家報導・7 月 28 日以來的後續",
        "我們讀的來源中，只有一家報導",
    ]
    assert [a.attributes["href"] for a in tree.css(".lead .said a")] == [
        "https://a.example/", "https://b.example/",
    ]  # fmt: skip


def test_what_changed_and_who_is_silent() -> None:
    tree = home()
    assert texts(tree, ".changes li") == ["7 月 28 日：駭客闖入 駭客是自己人 新進展：自家模型"]
    assert texts(tree, ".quiet") == ["今天沒有新聞：Qwen（上次 7 月 28 日）"]
    # A headline that stands above is not said again.
    assert texts(tree, ".multiples a") == ["Claude", "對手的新模型", "GPT", "GPT 日報", "Qwen"]
    assert texts(tree, ".multiples .latest .counts") == ["1 則新聞・2 篇來源 ", "8 則新聞・5 篇來源 "]
    assert texts(tree, ".day h3") == ["2026 年 7 月 28 日（二）"]
    assert texts(tree, ".day li > a") == ["駭客闖入", "千問降價"]


def test_a_family_silent_since_another_year_is_told_with_the_year() -> None:
    news = post("2025-12-28", "qwen", [Row("old", "z")]), post("2026-12-29", "gpt", [Row("big", "a")])
    page = front_page(room(*news, post("2026-12-29", "qwen"))).html
    assert texts(dom.part(page), ".quiet")[0] == "今天沒有新聞：Qwen（上次 2025 年 12 月 28 日）"


def test_the_month_begins_where_anything_is_known_and_a_gap_is_no_zero() -> None:
    months = months_of(newsroom().tallies)
    assert (str(months.days[0]), len(months.days)) == ("2026-07-20", 10)
    rows = {row.name: row.counts for row in months.rows}
    assert list(rows) == ["Claude", "GPT"]  # of Qwen nothing is known
    assert rows["Claude"] == [0, *[None] * 8, 2] and rows["GPT"][0] == 3
    [claude, _] = home().css("svg.bars")
    assert texts(claude, "title, desc") == ["Claude", "2 日共 2 篇，當日 2 篇，最多 7/29 有 2 篇"]
    assert texts(claude, "text") == ["2", "7/20", "7/29"] and len(claude.css("rect")) == 2
    assert "—" in texts(home(), ".multiples ~ details td")


def event_page(id_: str) -> LexborHTMLParser:
    [page] = [p for p in story_pages(newsroom()) if p.path == f"stories/{id_}.qmd"]
    return dom.part(page.html)


def test_an_event_is_told_in_the_order_in_which_it_became_known() -> None:
    tree = event_page("hack")
    assert texts(tree, ".turns h2") == ["2026 年 7 月 28 日（二）", "2026 年 7 月 29 日（三）"]
    assert texts(tree, ".turns h3") == ["駭客闖入", "駭客是自己人"]
    assert texts(tree, ".turns .new") == ["新進展：自家模型"]
    assert texts(tree, ".known li") == ["x 報導 hack。\u2060（x 報）", "y 報導 hack。\u2060（y 報）",
                                        "d 報導 hack。\u2060（d 報）"]  # fmt: skip
    assert "x 報、y 報、d 報" in tree.css_first("#publishers + p").text()


def test_an_event_says_of_itself_what_was_last_known() -> None:
    events = {event.id: event for event in newsroom().events}
    assert events["hack"].about == "d 報導 hack。"
    [page] = [p for p in story_pages(newsroom()) if p.path == "stories/hack.qmd"]
    assert page.page.description == "新聞事件：d 報導 hack。"


def test_what_two_families_say_alike_is_said_once() -> None:
    tree = event_page("big")
    said = [line.partition("\u2060")[0] for line in texts(tree, ".known li")]
    assert said == ["a 報導 big。", "b 報導 big。", "c 報導 big。", "分析：價格減半。"]


def test_a_month_puts_the_days_posts_without_news_on_one_line() -> None:
    posts = [
        post("2026-07-29", "claude"),
        post("2026-07-29", "gpt", [Row("x", "a")]),
        post("2026-07-29", "qwen"),
    ]
    [day] = dom.part(timeline(posts, "../")).css(".day")
    assert texts(day, "li") == ["GPT 事件 x 1 則新聞・1 篇來源 ", "沒有新聞：Claude、Qwen"]
    assert day.css("li")[1].css("a")[0].attributes["href"] == "../posts/2026-07-29-claude/index.html"


def test_no_turn_of_an_event_is_a_headline_alone() -> None:
    told = [Row("x", "a", "標題", counted=True)], [Row("x", "a", "又說一次", counted=True)], [Row("x", "ab")]
    days = zip(("2026-07-27", "2026-07-28", "2026-07-29"), told, strict=True)
    [page, *_] = story_pages(room(*(post(day, "gpt", rows) for day, rows in days)))
    said = [node.css_first("ul, h3 + p").text() for node in dom.part(page.html).css(".turns > li")]
    # What is counted of it, where nothing else is known; else, that nothing is new.
    assert said == [
        "a 報導 x。\u2060（a 報）", "內容都已在前面說過；報導：a 報。", "b 報導 x。\u2060（b 報）",
    ]  # fmt: skip


def test_an_event_that_goes_on_for_ever_has_pages_of_bounded_size() -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (5, 6, 7) for day in range(1, 29)]
    many = room(*(post(day, "gpt", [Row("x", "a")]) for day in days))
    pages = {page.path: dom.part(page.html) for page in story_pages(many)}
    assert set(pages) == {
        "stories/x.qmd", "stories/x-1.qmd", "stories/2026-05.qmd", "stories/2026-06.qmd",
        "stories/2026-07.qmd", "stories/index.qmd",
    }  # fmt: skip
    assert [len(pages[f"stories/{name}.qmd"].css(".turns > li")) for name in ("x-1", "x")] == [30, 54]
    [event] = many.events
    assert isinstance(event, Event) and len(event.days) == 84


def test_what_is_still_going_on_is_told_by_the_calendar() -> None:
    """A newsroom that paused has few days with posts, and these lie far apart."""
    told = [("2026-12-28", "old"), ("2026-12-29", "old"), ("2026-12-30", "new"), ("2027-01-12", "new")]
    posts = [post(day, "gpt", [Row(id_, id_[0], f"標題 {id_}")]) for day, id_ in told]
    pages = {page.path: dom.part(page.html) for page in story_pages(room(*posts))}
    assert texts(pages["stories/index.qmd"].css("section")[0], "a") == ["標題 new"]
