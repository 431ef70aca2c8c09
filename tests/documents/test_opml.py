from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.documents.opml import FeedSource, expanded, read_opml, with_feed, with_moved
from digest_lib.errors import BadInput

REPOSITORY = Path(__file__).resolve().parents[2]


def test_outlines_become_feeds_of_their_category(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(
        """<opml version="1.1"><body>
        <outline text="Press"><outline text="A" title="島嶼報" xmlUrl="http://a.example/feed"
          htmlUrl="http://a.example/" language="zh-TW"/></outline>
        <outline text="S"><outline text="Search" xmlUrl="http://s.example/?q={query}&amp;hl=en"/></outline>
        <outline xmlUrl="http://b.example/feed"/><outline text="again" xmlUrl="http://a.example/feed"/>
        </body></opml>""",
        encoding="utf-8",
    )
    feeds = read_opml(path)
    assert feeds == [
        FeedSource("島嶼報", "http://a.example/feed", "Press", "zh-Hant", "http://a.example/"),
        FeedSource("Search", "http://s.example/?q={query}&hl=en", "S"),
        FeedSource("http://b.example/feed", "http://b.example/feed"),
    ]
    asked = expanded(feeds, ["Qwen 通義", "a&b"])
    assert [(feed.title, feed.url) for feed in asked[1:3]] == [
        ("Search: Qwen 通義", "http://s.example/?q=Qwen+%E9%80%9A%E7%BE%A9&hl=en"),
        ("Search: a&b", "http://s.example/?q=a%26b&hl=en"),
    ]
    assert [feed.title for feed in expanded(feeds, [])] == ["島嶼報", "http://b.example/feed"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<opml>\n<body>\n<outline text='a'>\n</body></opml>", "feeds.opml:4: broken XML"),
        ("<opml><body>\n<outline xmlUrl='file:///etc/passwd'/></body></opml>", "feeds.opml:2: xmlUrl"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><opml/>", "feeds.opml:1: a document type"),
        ("<html/>", "feeds.opml: not OPML"),
        ("", "feeds.opml:1: broken XML"),
    ],
)
def test_a_broken_list_says_where(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(content)
    with pytest.raises(BadInput) as caught:
        read_opml(path)
    assert said in str(caught.value)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_opml(tmp_path / "feeds.opml")


def test_the_list_of_this_repository() -> None:
    feeds = read_opml(REPOSITORY / "feeds.opml")
    assert {feed.category for feed in feeds} == {
        "Vendors", "Releases", "Taiwan", "China", "Japan", "English", "Community", "Search",
    }  # fmt: skip
    assert all(feed.lang and feed.url.startswith("https://") for feed in feeds)
    assert all(feed.searches == (feed.category == "Search") for feed in feeds)


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("cp950", "Big5"), ("gb18030", "GB2312"), ("cp932", "Shift_JIS"), ("utf-16", "UTF-16")],
)
def test_lists_in_other_encodings_are_read_and_kept(tmp_path: Path, encoding: str, label: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{label}"?>\n<opml><body>\n  <outline text="新聞">\n'
        '    <outline text="台北日報" xmlUrl="http://a.example/feed"/>\n  </outline>\n</body></opml>\n'
    )
    path = tmp_path / "feeds.opml"
    path.write_bytes(text.encode(encoding))
    (feed,) = read_opml(path)
    assert feed.title == "台北日報"
    added = with_feed(path.read_bytes(), FeedSource("東京한", "http://b.example/feed", feed.category))
    path.write_bytes(added)
    assert read_opml(path) == [feed, FeedSource("東京한", "http://b.example/feed", feed.category)]
    moved = with_moved(added, {"http://a.example/feed": "https://a.example/new"}).decode(encoding)
    same = [line for line in moved.splitlines() if ".example" not in line]
    assert same == [line for line in text.splitlines() if ".example" not in line]
    assert "https://a.example/new" in moved


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("feed://a.example/x", "http://a.example/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("FEED:http://a.example/x", "http://a.example/x"),
        ("pcast://a.example/x", "http://a.example/x"),
        (" https://a.example/x ", "https://a.example/x"),
    ],
)
def test_addresses_as_feed_readers_write_them(tmp_path: Path, address: str, url: str) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(f"<opml><body><outline xmlUrl='{address}'/></body></opml>")
    assert [feed.url for feed in read_opml(path)] == [url]


def test_a_feed_address_that_moved_is_found_in_the_list() -> None:
    raw = b'<opml><body><outline xmlUrl="feed://a.example/x"/></body></opml>'
    assert b'"https://b.example/"' in with_moved(raw, {"http://a.example/x": "https://b.example/"})


def test_a_list_that_cannot_be_decoded_says_where(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_bytes(b"<opml><body>\n" + "<outline text='新聞新聞新聞".encode() + b"\xff'/></body></opml>")
    with pytest.raises(BadInput, match=r"feeds\.opml:2: the bytes FF 27 are no text in utf-8"):
        read_opml(path)
