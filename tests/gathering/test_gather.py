from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Articles
from digest_lib.articles.report import FeedReport
from digest_lib.day import Day
from digest_lib.documents.opml import FeedSource
from digest_lib.errors import BadInput, BlindDay, UserError
from digest_lib.gathering.gather import close, gather, gather_day, read
from digest_lib.gathering.publishers import Publishers
from digest_lib.settings import Home
from loopback import Web
from samples import article, at, item, opml, rss

FEED = "http://press.example/feed.xml"
#: The post of 29 July covers up to 28 July 21:00 UTC; a newsroom gathers a little later.
LATE = "2026-07-28T21:10:00+00:00"
NOW = at("07-28 21:10")
PAGE = "<html><head><meta charset='utf-8'><title>t</title></head><body><article>{}</article></body></html>"
LONG = "<p>" + "島嶼的新創公司今天發表新一代語言模型，參數達三百億，並開放權重。</p><p>" * 5 + "</p>"


def feeds(home: Path, *of: tuple[str, str]) -> None:
    (home / "feeds.opml").write_text(opml(*of), encoding="utf-8")


@pytest.fixture
def press(home: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home at the end of 28 July (UTC) with one feed of two articles."""
    feeds(home, ("島嶼報", FEED))
    web.serve(
        FEED,
        rss(
            item("舊聞", "http://press.example/old", "Tue, 28 Jul 2026 18:00:00 +0800"),
            item("沒有日期", "http://press.example/undated"),
        ),
        ETag='"1"',
    )
    monkeypatch.setenv("DIGEST_NOW", LATE)
    return home


def titles(found: Articles) -> list[str]:
    return [one.title for one in found]


def test_today_is_gathered_once_and_closes_with_it(
    press: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = gather("2026-07-29")
    assert titles(found) == ["沒有日期", "舊聞"]
    assert (found[0].published, found[0].fetched) == (NOW, NOW)
    assert found[1].published == at("07-28 10:00")
    assert found[0].publisher == "島嶼報"
    assert found.day == Day(Day.of("2026-07-29").date, NOW)
    assert (found.coverage.feeds, found.coverage.answered, found.coverage.failed) == (1, 1, ())
    # Later the same day, with other news on the web: the day is closed, and nothing is fetched.
    web.serve(FEED, rss(item("新聞", "http://press.example/new")))
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T03:00:00Z")
    assert gather("2026-07-29") == found
    assert gather() == found
    assert web.count(FEED) == 1


def test_the_next_day_begins_where_the_last_one_ended(
    press: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather()
    web.serve(
        FEED, rss(item("新聞", "http://press.example/new"), item("沒有日期", "http://press.example/undated"))
    )
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T23:00:00Z")
    assert titles(gather("2026-07-30")) == ["新聞"]
    assert titles(gather("2026-07-30", days=2)) == ["新聞", "沒有日期", "舊聞"]
    assert web.asked[-1][1]["if-none-match"] == '"1"'
    # And what the day before covered is what it was.
    assert titles(gather("2026-07-29")) == ["沒有日期", "舊聞"]


def test_a_past_day_never_touches_the_network(press: Path, web: Web) -> None:
    Archive(press / "archive").add([article("a", "07-20 10:00")])
    assert titles(gather("2026-07-21")) == ["標題 a"]
    assert titles(read(gather("2026-07-21"))) == ["標題 a"]
    assert web.asked == []


def test_without_a_date_it_is_the_latest_archived_day(press: Path, web: Web) -> None:
    Archive(press / "archive").add([article("a", "07-20 10:00")])
    assert str(gather().day) == "2026-07-21"
    assert web.asked == []


@pytest.mark.parametrize("said", ["no", "pages"])
def test_a_run_that_has_gathered_reads_only(
    press: Path, web: Web, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    gather_day(Home(press), NOW)
    monkeypatch.setenv("DIGEST_FETCH", said)
    assert titles(gather("2026-07-29", queries=["Qwen"])) == ["沒有日期", "舊聞"]
    assert web.count(FEED) == 1


def test_blind_is_not_quiet(press: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.serve(FEED, "", status=500)
    with pytest.raises(BlindDay):
        gather("2026-07-29")
    with pytest.raises(BlindDay):
        gather("2026-07-01")
    web.serve(FEED, rss())
    quiet = gather("2026-07-29")  # a gather that heard nothing has not closed the day
    assert (len(quiet), quiet.coverage.answered) == (0, 1)


def test_search_feeds_are_asked_for_each_query(press: Path, web: Web) -> None:
    feeds(press, ("島嶼報", FEED), ("搜尋", "http://search.example/?q={query}"))
    web.serve(
        "http://search.example/?q=Qwen",
        rss(item("找到的", "http://other.example/x", more='<source url="http://isle.example">島</source>')),
    )
    found = {one.title: one for one in gather("2026-07-29", queries=["Qwen"])}
    assert found["找到的"].feed == "搜尋: Qwen"
    assert found["找到的"].publisher == "島"
    web.serve("http://search.example/?q=Claude", rss(item("另一個", "http://other.example/y")))
    assert "另一個" in titles(gather("2026-07-29", queries=["Claude"]))
    assert (web.count(FEED), web.count("http://search.example/?q=Claude")) == (2, 1)


def test_the_report_names_every_feed(press: Path, web: Web) -> None:
    feeds(
        press,
        ("好", FEED),
        ("壞", "http://bad.example/"),
        ("頁", "http://html.example/"),
        ("空", "http://e.example/"),
    )
    web.serve("http://html.example/", "<html><body>sorry</body></html>", kind="text/html")
    web.serve("http://e.example/", "")
    web.serve(FEED, rss(item("一", "http://press.example/1"), item("", "http://press.example/2")))
    steps: list[tuple[str, int, int]] = []
    report = gather_day(
        Home(press), NOW, progress=lambda feed, done, total: steps.append((feed.title, done, total))
    )
    assert {feed.title: (feed.answered, feed.new, feed.error) for feed in report.feeds} == {
        "好": (True, 1, ""),
        "壞": (False, 0, "HTTP 404 Not Found"),
        "頁": (False, 0, "an HTML page, not RSS, Atom, RDF or JSON Feed"),
        "空": (False, 0, "empty answer"),
    }
    assert report.feeds[0].dropped == ("entry 2 (http://press.example/2) has no title",)
    assert [step[1:] for step in steps] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert {step[0] for step in steps} == {"好", "壞", "頁", "空"}
    assert Archive(press / "archive").log.between(at("07-28 21:00"), NOW) == [report]


def test_a_second_gather_adds_nothing_and_a_broken_feed_is_asked_in_full(press: Path, web: Web) -> None:
    assert gather_day(Home(press), NOW).new == 2
    web.serve(FEED, "", status=304)
    again = gather_day(Home(press), at("07-28 22:10"))
    assert (again.new, again.feeds[0].status, again.answered) == (0, 304, 1)
    assert web.asked[-1][1]["if-none-match"] == '"1"'
    web.serve(FEED, "<html></html>", ETag='"broken"')
    gather_day(Home(press), at("07-28 23:10"))
    gather_day(Home(press), at("07-28 23:20"))
    assert web.asked[-1][1]["if-none-match"] == '"1"'
    assert len(list((press / "archive/articles").rglob("*.parquet"))) == 1


def test_a_date_in_the_future_counts_from_the_gather(press: Path, web: Web) -> None:
    web.serve(FEED, rss(item("明年", "http://press.example/f", "Fri, 01 Jan 2027 00:00:00 GMT"),
                        item("古早", "http://press.example/p", "Mon, 01 Jan 1996 00:00:00 GMT")))  # fmt: skip
    gather_day(Home(press), NOW)
    assert {one.title: str(one.published.date()) for one in Archive(press / "archive").everything()} == {
        "明年": "2026-07-28",
        "古早": "1996-01-01",
    }
    assert titles(gather("2026-07-29")) == ["明年"]


def test_a_date_without_zone_is_in_the_zone_of_its_feed(press: Path, web: Web) -> None:
    web.serve(FEED, rss(item("Release", "http://press.example/f", "2026/07/28 08:00")))
    gather_day(Home(press), NOW)
    assert Archive(press / "archive").everything()[0].published == at("07-28 00:00")


def test_a_broken_feed_list_stops_the_gather(press: Path, web: Web) -> None:
    (press / "feeds.opml").write_text("<opml>\n<body>")
    with pytest.raises(BadInput, match=r"feeds\.opml:2"):
        gather("2026-07-29")


@pytest.mark.parametrize("cut_off", ["noon", "2026-07-29T05:00"])
def test_a_cut_off_without_zone_is_refused(press: Path, cut_off: str) -> None:
    with pytest.raises(UserError, match="cut_off"):
        gather("2026-07-29", cut_off=cut_off)


def test_a_recorded_cut_off_is_used_again(press: Path, web: Web) -> None:
    archive = Archive(press / "archive")
    archive.add([article("a", "07-28 20:00"), article("b", "07-28 20:30")])
    found = gather("2026-07-29", cut_off="2026-07-29T04:15:00+08:00")
    assert titles(found) == ["標題 a"]
    assert found.day.cutoff == at("07-28 20:15")
    assert web.asked == []


def test_under_jupyters_event_loop(press: Path) -> None:
    async def cell() -> Articles:
        return read(gather("2026-07-29"))

    assert len(asyncio.run(cell())) == 2


def test_full_texts_are_read_once_and_stay(press: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.serve("http://press.example/old", PAGE.format(LONG), kind="text/html")
    web.serve("http://press.example/undated", PAGE.format("<p>短</p>"), kind="text/html")
    matched = gather("2026-07-29")
    texts = {one.title: one.text for one in read(matched)}
    assert texts["舊聞"].startswith("島嶼的新創公司")
    assert texts["沒有日期"] == ""
    web.serve("http://press.example/old", PAGE.format(LONG.replace("島嶼", "大陸")), kind="text/html")
    assert {one.title: one.text for one in read(matched)} == texts
    assert (web.count("http://press.example/old"), web.count("http://press.example/undated")) == (1, 1)
    archive = Archive(press / "archive")
    assert archive.pages.unreadable([one.id for one in matched], matched.day.date) == {
        matched[0].id: "too short to be an article"
    }
    monkeypatch.setenv("DIGEST_NOW", "2026-08-10T00:00:00Z")
    assert {one.title: one.text for one in read(gather("2026-07-29"))} == texts


def test_robots_txt_and_facts_of_pages(press: Path, web: Web) -> None:
    web.serve("http://press.example/robots.txt", "User-agent: *\nDisallow: /old", kind="text/plain")
    head = "<meta name='author' content='王小明'>"
    web.serve("http://press.example/old", PAGE.format(LONG), kind="text/html")
    web.serve(
        "http://press.example/undated", PAGE.format(LONG).replace("<head>", f"<head>{head}"), kind="text/html"
    )
    matched = gather("2026-07-29")
    assert {one.title: bool(one.text) for one in read(matched)} == {"舊聞": False, "沒有日期": True}
    archive, ids = Archive(press / "archive"), [one.id for one in matched]
    day = matched.day.date
    assert archive.pages.unreadable(ids, day) == {ids[1]: "the robots.txt of press.example does not allow it"}
    assert {id: facts.author for id, facts in archive.pages.facts(ids, day).items()} == {ids[0]: "王小明"}
    read(matched)
    assert web.count("http://press.example/robots.txt") == 1
    assert web.count("http://press.example/old") == 0


def test_pages_are_read_only_where_allowed(press: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    matched = gather("2026-07-29")
    monkeypatch.setenv("DIGEST_FETCH", "no")
    assert read(matched) == matched
    assert web.count("http://press.example/old") == 0
    monkeypatch.setenv("DIGEST_FETCH", "pages")
    read(matched)
    assert web.count("http://press.example/old") == 1


def test_a_day_that_no_gather_closed_ends_at_its_cut_off(tmp_path: Path) -> None:
    archive, day = Archive(tmp_path), Day.of("2026-07-29")
    assert close(archive, day) == day
    feed = FeedReport("A", "http://a.example/", 200)
    from digest_lib.articles.report import GatherReport

    for when in ("07-28 20:59", "07-29 21:00"):  # before this day's, and at the next day's cut-off
        archive.log.keep(GatherReport(at(when), feeds=(feed,)))
    archive.log.keep(GatherReport(at("07-28 21:05"), "import", feeds=(feed,)))
    assert close(archive, day) == day
    archive.log.keep(GatherReport(at("07-29 09:00"), feeds=(feed,)))
    archive.log.keep(GatherReport(at("07-29 08:00"), feeds=(feed,)))
    assert close(archive, day).cutoff == at("07-29 08:00")


LISTED = [
    FeedSource("島嶼報 | 科技", "http://feeds.example/1", site="http://www.island.example/"),
    FeedSource("OpenAI | codex releases", "https://github.com/openai/codex/releases.atom", site="https://github.com/openai/codex"),
    FeedSource("Hacker News", "https://hnrss.org/frontpage", site="https://news.ycombinator.com"),
    FeedSource("無站", "http://bare.example/feed.xml"),
    FeedSource("搜尋", "http://search.example/?q={query}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "source", "source_url", "expected"),
    [
        ("http://island.example/a/b", "", "", "島嶼報"),
        ("http://finance.island.example/a", "", "", "島嶼報"),
        ("http://myisland.example/a", "", "", "myisland.example"),
        ("https://github.com/openai/codex/releases/tag/1", "", "", "OpenAI"),
        ("https://github.com/other/thing", "", "", "github.com"),
        ("https://blog.example/from-hn", "", "", "blog.example"),
        ("http://bare.example/x", "", "", "無站"),
        ("http://search.example/x", "", "", "search.example"),
        ("https://news.google.com/rss/articles/x", "島嶼報網站", "https://www.island.example", "島嶼報"),
        ("https://news.google.com/rss/articles/x", "別家", "https://else.example", "別家"),
    ],
)
def test_publishers_have_one_name(url: str, source: str, source_url: str, expected: str) -> None:
    assert Publishers(LISTED).of(url, source, source_url) == expected


UNREAD = "http://press.example/unread"


@pytest.fixture
def unread(press: Path, web: Web) -> Path:
    """The same home, whose feed dates one of its articles in a way that cannot be read."""
    web.serve(
        FEED,
        rss(
            item("舊聞", "http://press.example/old", "Tue, 28 Jul 2026 18:00:00 +0800"),
            item("讀不出日期", UNREAD, "the day before yesterday"),
            item("沒有日期", "http://press.example/undated"),
        ),
    )
    return press


def test_a_date_that_cannot_be_read_is_not_today(unread: Path, web: Web) -> None:
    web.serve(UNREAD, "", status=503)
    report = gather_day(Home(unread), NOW)
    assert titles(gather("2026-07-29")) == ["沒有日期", "舊聞"]
    (feed,) = report.feeds
    assert (feed.items, feed.new, feed.undated, feed.unread) == (3, 3, 2, ("the day before yesterday",))
    archive = Archive(unread / "archive")
    assert archive.log.between(at("07-28 00:00"), at("07-29 00:00")) == [report]
    (waiting,) = archive.waiting(at("07-28 00:00"), NOW)
    assert (waiting.article.title, waiting.said) == ("讀不出日期", "the day before yesterday")


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2026-07-28T09:00:00+08:00", True), ("2026-06-20T09:00:00+08:00", False), ("soon", False)],
)
def test_its_page_dates_it(unread: Path, web: Web, published: str, shown: bool) -> None:
    meta = f'<head><meta property="article:published_time" content="{published}">'
    web.serve(UNREAD, PAGE.format(LONG).replace("<head>", meta), kind="text/html; charset=utf-8")
    gather_day(Home(unread), NOW)
    assert ("讀不出日期" in titles(gather("2026-07-29"))) is shown
    gather_day(Home(unread), NOW)
    assert web.count(UNREAD) == 1


def test_a_page_that_could_not_be_had_is_asked_for_again(unread: Path, web: Web) -> None:
    web.serve(UNREAD, "", status=503)
    gather_day(Home(unread), NOW)
    asked = web.count(UNREAD)
    meta = '<head><meta name="date" content="2026-07-28">'
    web.serve(UNREAD, PAGE.format(LONG).replace("<head>", meta), kind="text/html")
    gather_day(Home(unread), at("07-29 21:10"))
    assert web.count(UNREAD) == asked + 1
    assert "讀不出日期" in [one.title for one in Archive(unread / "archive").everything()]


def test_pages_are_not_read_where_nothing_may_be(
    unread: Path, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_FETCH", "no")
    gather_day(Home(unread), NOW)
    assert web.count(UNREAD) == 0


def test_another_feed_or_a_mended_one_dates_it(unread: Path, web: Web) -> None:
    gather_day(Home(unread), NOW)
    web.serve(FEED, rss(item("讀不出日期", UNREAD, "Tue, 28 Jul 2026 18:00:00 +0800")))
    report = gather_day(Home(unread), at("07-29 10:00"))
    found = {one.title: one.published for one in Archive(unread / "archive").everything()}
    assert (found["讀不出日期"], report.new) == (at("07-28 10:00"), 1)


def test_a_feed_whose_dates_become_unreadable_keeps_what_is_known(unread: Path, web: Web) -> None:
    gather_day(Home(unread), NOW)
    web.serve(FEED, rss(item("舊聞，改了標題", "http://press.example/old", "28 Foo")))
    gather_day(Home(unread), at("07-29 10:00"))
    found = {one.title: one.published for one in Archive(unread / "archive").everything()}
    assert found["舊聞，改了標題"] == at("07-28 10:00")


@pytest.mark.parametrize("kind", ["text/xml; charset=ISO-8859-1", "text/xml; charset=utf-8"])
def test_a_damaged_article_is_whole_when_the_feed_is_read_rightly(press: Path, web: Web, kind: str) -> None:
    archive = Archive(press / "archive")
    archive.add([article("x", "07-28 10:00", url="http://press.example/old", title="·s¼Ò«¬µoªí")])
    body = rss(item("新模型發表", "http://press.example/old", "Tue, 28 Jul 2026 18:00:00 +0800"))
    web.serve(FEED, body.replace('"utf-8"', '"big5"').encode("cp950"), kind=kind)
    gather_day(Home(press), NOW)
    assert [one.title for one in archive.everything()] == ["新模型發表"]


def test_a_machine_that_slept_tells_of_each_day_what_is_still_listed(press: Path, web: Web) -> None:
    """Without catching up, what was published meanwhile would be news of today."""
    gather_day(Home(press), NOW)
    days = [f"Wed, {day} Jul 2026 12:00:00 +0800" for day in (29, 30, 31)]
    items = [item(f"新聞 {day[5:7]}", f"http://press.example/{day[5:7]}", day) for day in days]
    web.serve(FEED, rss(*items))
    gather_day(Home(press), at("07-31 21:10"), catch_up=True)
    assert [titles(gather(f"2026-{day}")) for day in ("07-30", "07-31", "08-01")] == [
        ["新聞 29"], ["新聞 30"], ["新聞 31"],
    ]  # fmt: skip
    assert titles(gather("2026-07-29")) == ["沒有日期", "舊聞"]
