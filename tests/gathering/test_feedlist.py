from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest_lib.documents.opml import FeedSource, read_opml, with_feed, with_moved
from digest_lib.errors import BadInput, UserError
from digest_lib.gathering.feedlist import add_feed, check_feeds, linked_feeds, update_feeds
from digest_lib.gathering.gather import gather_day
from digest_lib.settings import Home
from digest_lib.web.fetch import Limits
from loopback import Web
from samples import item, opml, rss

DATE = "Tue, 28 Jul 2026 18:00:00 +0800"
LIMITS = Limits(total=20, request=5, connect=5, retries=0)
LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <!-- kept -->
  <body>
    <outline text="Press">
      <outline text="甲" xmlUrl="http://a.example/feed"/>
    </outline>
    <outline text="Empty"/>
  </body>
</opml>
"""
FEED = FeedSource("乙 & 丙", "http://b.example/feed?x=1&y=2", "Press", site="http://b.example")
LINE = (
    '<outline type="rss" text="乙 &amp; 丙" xmlUrl="http://b.example/feed?x=1&amp;y=2"'
    ' htmlUrl="http://b.example" language="zh-TW"/>'
)


@pytest.fixture
def listed(home: Path) -> Home:
    (home / "feeds.opml").write_text(LIST, encoding="utf-8")
    return Home(home)


def test_a_feed_goes_into_its_category_and_all_else_stays() -> None:
    expected = LIST.replace("    </outline>", f"      {LINE}\n    </outline>", 1)
    assert with_feed(LIST.encode(), FEED, "zh-TW").decode() == expected


@pytest.mark.parametrize(
    ("raw", "category", "expected"),
    [
        (LIST, "", LIST.replace("  </body>", f"    {LINE}\n  </body>")),
        (LIST, "New", LIST.replace(
            "  </body>", f'    <outline text="New">\n      {LINE}\n    </outline>\n  </body>')),
        (LIST, "Empty", LIST.replace(
            "  </body>", f'    <outline text="Empty">\n      {LINE}\n    </outline>\n  </body>')),
        ("<opml><body></body></opml>", "", f"<opml><body>{LINE}</body></opml>"),
    ],
)  # fmt: skip
def test_where_a_feed_goes(raw: str, category: str, expected: str) -> None:
    feed = FeedSource(FEED.title, FEED.url, category, site=FEED.site)
    assert with_feed(raw.encode(), feed, "zh-TW").decode() == expected


@pytest.mark.parametrize("title", ["\x00東報\x0b", "東報\ud800", "\ufffe東報"])
def test_no_title_breaks_the_list(tmp_path: Path, title: str) -> None:
    path = tmp_path / "feeds.opml"
    path.write_bytes(with_feed(LIST.encode(), FeedSource(title, "http://b.example/feed", f"分類{title}")))
    assert [f.title for f in read_opml(path) if f.url == "http://b.example/feed"] == ["東報"]


@pytest.mark.parametrize(
    ("raw", "old", "new", "expected"),
    [
        (LIST, "http://a.example/feed", "http://b.example/f?x=1&y=2",
         LIST.replace('"http://a.example/feed"', '"http://b.example/f?x=1&amp;y=2"')),
        ("<opml><body><outline xmlUrl='http://a.example/?x=1&amp;y'/></body></opml>",
         "http://a.example/?x=1&y", "https://a.example/",
         '<opml><body><outline xmlUrl="https://a.example/"/></body></opml>'),
        # only where it is the feed's address, and the whole of it
        ('<opml><body><outline xmlUrl="http://a.example/" htmlUrl="http://a.example/"/>'
         '<outline xmlUrl="http://a.example/2"/></body></opml>', "http://a.example/", "http://b.example/",
         '<opml><body><outline xmlUrl="http://b.example/" htmlUrl="http://a.example/"/>'
         '<outline xmlUrl="http://a.example/2"/></body></opml>'),
        # a comment is nobody's feed
        ('<opml><!-- <outline xmlUrl="http://a.example/"/> --><body><outline xmlUrl="http://a.example/"/></body>'
         '</opml>', "http://a.example/", "http://b.example/",
         '<opml><!-- <outline xmlUrl="http://a.example/"/> --><body><outline xmlUrl="http://b.example/"/></body>'
         '</opml>'),
    ],
)  # fmt: skip
def test_a_moved_feed_is_rewritten_and_all_else_stays(raw: str, old: str, new: str, expected: str) -> None:
    assert with_moved(raw.encode(), {old: new}).decode() == expected


def test_a_feed_that_is_not_listed_is_no_move() -> None:
    with pytest.raises(ValueError, match="in no xmlUrl"):
        with_moved(LIST.encode(), {"http://z.example/": "http://b.example/"})


def test_two_gathers_in_a_row_that_are_sent_elsewhere_for_good_move_the_feed(home: Path, web: Web) -> None:
    old, new, lent = (f"http://{name}.example/feed" for name in ("old", "new", "lent"))
    web.serve(new, rss(item("甲", "http://x.example/1", DATE)))
    web.serve(old, "", status=301, Location=new)
    web.serve(lent, "", status=302, Location=new)
    (home / "feeds.opml").write_text(opml(("甲", old), ("乙", lent)), encoding="utf-8")
    now = datetime(2026, 7, 29, tzinfo=UTC)
    gather_day(Home(home), now, limits=LIMITS)
    assert update_feeds(Home(home), now + timedelta(hours=1)) == []
    gather_day(Home(home), now + timedelta(days=1), limits=LIMITS)
    assert update_feeds(Home(home), now + timedelta(days=2)) == [(old, new)]
    assert [feed.url for feed in read_opml(home / "feeds.opml")] == [new, lent]
    assert update_feeds(Home(home), now + timedelta(days=2)) == []


def test_line_ends_and_encodings_stay(tmp_path: Path) -> None:
    raw = LIST.replace("UTF-8", "ISO-8859-1").replace("kept", "café").replace("甲", "a").replace("\n", "\r\n")
    path = tmp_path / "feeds.opml"
    path.write_bytes(with_feed(raw.encode("iso-8859-1"), FEED))
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") == LIST.count("\n") + 1
    assert [feed.title for feed in read_opml(path)] == ["a", "乙 & 丙"]


def test_a_feed_is_added_as_it_is(listed: Home, web: Web) -> None:
    head = "<language>zh-TW</language>"
    web.serve("http://b.example/rss", rss(item("新聞", "http://b.example/1", DATE), head=head))
    added = add_feed(listed, "http://b.example/rss", "Press", limits=LIMITS)
    assert added == FeedSource("島嶼報", "http://b.example/rss", "Press", "zh-Hant", "http://b.example")
    assert read_opml(listed.feeds)[1] == added
    assert "<!-- kept -->" in listed.feeds.read_text(encoding="utf-8")
    with pytest.raises(UserError, match=r"in feeds\.opml already, as «島嶼報»"):
        add_feed(listed, "http://b.example/rss", limits=LIMITS)


def test_the_feed_that_a_page_names_is_added(listed: Home, web: Web) -> None:
    web.serve(
        "http://b.example/",
        '<html><head><link rel="alternate" type="application/rss+xml" title="留言" href="/comments">'
        '<link rel="alternate" type="application/atom+xml" href="/news.xml"></head></html>',
        kind="text/html",
    )
    web.serve("http://b.example/comments", rss(item("留言", "http://b.example/c", DATE)))
    web.serve("http://b.example/news.xml", rss(item("新聞", "http://b.example/1", DATE)))
    assert add_feed(listed, "http://b.example/", limits=LIMITS).url == "http://b.example/news.xml"


def test_a_feed_in_a_usual_place_is_found(listed: Home, web: Web) -> None:
    web.serve("http://b.example/blog", "<html></html>", kind="text/html")
    web.serve("http://b.example/rss.xml", "", status=301, Location="/feeds/all.xml")
    web.serve("http://b.example/feeds/all.xml", rss(item("新聞", "http://b.example/1", DATE)))
    assert add_feed(listed, "http://b.example/blog", limits=LIMITS).url == "http://b.example/feeds/all.xml"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://b.example/", "no http"),
        ("http://none.example/", "cannot be had: HTTP 404"),
        ("http://page.example/", "names none"),
    ],
)
def test_what_cannot_be_added_says_why(listed: Home, web: Web, url: str, said: str) -> None:
    web.serve("http://page.example/", "<html><p>no feed</p></html>", kind="text/html")
    with pytest.raises(UserError, match=said):
        add_feed(listed, url, limits=LIMITS)
    assert listed.feeds.read_text(encoding="utf-8") == LIST


def test_links_of_a_page() -> None:
    page = (
        "<link rel='ALTERNATE nofollow' type='application/rss+xml; charset=utf-8' href='a.xml'>"
        "<link rel=stylesheet type='text/css' href='s.css'><link rel=alternate hreflang=en href='/en'>"
        "<link rel=alternate type=application/feed+json href='javascript:x'>"
        "<link rel=alternate type=text/xml><link rel=alternate type=text/xml href='?rss'>"
    )
    assert linked_feeds(page, "http://b.example/blog/") == [
        "http://b.example/blog/a.xml",
        "http://b.example/blog/?rss",
    ]


def test_every_feed_is_checked(home: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T00:00:00Z")
    feeds = ("good", "bad", "old", "odd", "none", "unread")
    search = ("s", "http://search.example/?q={query}")
    (home / "feeds.opml").write_text(opml(*((f, f"http://{f}.example/") for f in feeds), search))
    web.serve("http://good.example/", rss(item("新聞", "http://b.example/1", DATE)))
    web.serve("http://old.example/", rss(item("舊聞", "http://b.example/1", "2024-01-01")))
    web.serve("http://odd.example/", "", status=301, Location="http://moved.example/")
    web.serve("http://moved.example/", rss(item("無日期", "http://b.example/1"), item("無連結", "")))
    web.serve("http://none.example/", rss())
    unread = [item("a", "http://b.example/1", DATE), item("b", "http://b.example/2", "03/07/2026"),
              item("c", "http://b.example/3", "31 June 2026"),
              item("d", "http://b.example/4", "Wed, 01 Jan 2099 00:00:00 GMT")]  # fmt: skip
    web.serve("http://unread.example/", rss(*unread))
    web.serve("http://search.example/?q=Qwen", rss(item("找到", "http://b.example/1", DATE)))
    found = {check.source.title: check for check in check_feeds(Home(home), ["Qwen"], limits=LIMITS)}
    assert {title: (check.ok, check.problem, check.notes) for title, check in found.items()} == {
        "good": (True, "", ()),
        "s: Qwen": (True, "", ()),
        "bad": (False, "HTTP 404 Not Found", ()),
        "old": (True, "", ("its newest entry is of 2023-12-31",)),
        "odd": (True, "", (
            "has moved for good to http://moved.example/",
            "1 of 2 entries cannot be used: entry 2 «無連結» has no link",
            "1 of 1 entries have no date",
        )),
        "none": (True, "", ("has no entries",)),
        "unread": (True, "", (
            "2 of 4 entries have a date that cannot be read («03/07/2026», «31 June 2026»)",
            "1 of 4 entries have a date that is in the future («Wed, 01 Jan 2099 00:00:00 GMT»)",
        )),
    }  # fmt: skip
    assert not (home / "archive").exists()


def test_a_broken_list_is_told(home: Path) -> None:
    (home / "feeds.opml").write_text("<opml>")
    with pytest.raises(BadInput):
        list(check_feeds(Home(home)))
