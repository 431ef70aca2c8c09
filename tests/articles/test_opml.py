from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.articles.opml import FeedSource, expanded, read_opml
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
