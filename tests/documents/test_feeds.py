from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest_lib.documents.dates import parse_date
from digest_lib.documents.decoding import decoded
from digest_lib.documents.feeds import Entry, language_tag, parse_feed
from samples import item, rss

URL = "http://press.example/feed.xml"


@pytest.mark.parametrize(
    ("encoding", "label", "header", "title"),
    [
        ("gb18030", "gb2312", None, "朱镕基与囧字：龍"),  # 镕 and 龍 are not in gb2312
        ("big5hkscs", "big5", None, "台積電碁峯"),
        ("cp932", "shift_jis", None, "①髙島屋のＡＩ～"),
        ("cp1252", "iso-8859-1", None, "“Smart” quotes – and €"),
        ("cp1252", "windows-1252", "text/xml", "“Smart” quotes"),
        ("euc-jp", "euc-jp", None, "日本語の見出し"),
        ("euc-kr", "euc-kr", None, "한국어 제목"),
        ("iso-2022-jp", "iso-2022-jp", None, "日本語の見出し"),
        ("utf-8", "gb2312", "text/xml; charset=iso-8859-1", "其實是 UTF-8"),
        ("gb18030", "utf-8", "text/xml; charset=gbk", "标题在头部声明"),
        ("utf-16", "utf-16", None, "有位元組順序記號"),
        ("utf-8", "no-such-charset", None, "未知的編碼名"),
    ],
)
def test_the_text_is_read_whatever_its_label(
    encoding: str, label: str, header: str | None, title: str
) -> None:
    xml = rss(item(title, "http://press.example/a")).replace('encoding="utf-8"', f'encoding="{label}"')
    body = xml.replace("島嶼報", "x").encode(encoding)
    assert [entry.title for entry in parse_feed(body, header, URL).entries] == [title]


def test_one_invalid_byte_costs_one_character() -> None:
    body = rss(item("好標題 BROKEN 壞", "http://press.example/a"), item("第二則", "http://press.example/b"))
    raw = body.encode().replace(b"BROKEN", b"\xff")
    titles = [entry.title for entry in parse_feed(raw, "text/xml; charset=utf-8", URL).entries]
    assert titles == ["好標題 \ufffd 壞", "第二則"]


def test_control_characters_do_not_cost_the_feed() -> None:
    body = rss(item("one\x08\x00", "http://press.example/a"), item("two", "http://press.example/b"))
    assert [entry.title for entry in parse_feed(body.encode(), None, URL).entries] == ["one", "two"]


def test_bare_ampersand_and_less_than() -> None:
    body = rss(item("R&D at AT&T", "http://press.example/?a=1&b=2"), item("1 < 2", "http://press.example/b"))
    first, second = parse_feed(body.encode(), None, URL).entries
    assert (first.title, first.url) == ("R&D at AT&T", "http://press.example/?a=1&b=2")
    assert second.title == "1 < 2"


def test_cdata_is_left_alone() -> None:
    body = rss(item("<![CDATA[R&amp;D <b>bold</b>]]> &amp; more", "http://press.example/a"))
    assert parse_feed(body.encode(), None, URL).entries[0].title == "R&D bold & more"


RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>朝刊</title><dc:language>ja</dc:language></channel>
<item rdf:about="http://press.example/a"><title>見出し</title><link>http://press.example/a</link>
<dc:date>2026-07-29T09:00:00+09:00</dc:date></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wire</title>
<entry><title type="html">&lt;b&gt;Big&lt;/b&gt; &amp;amp; small</title><id>tag:press.example,2026:1</id>
<link rel="alternate" href="/a"/><published>2026-07-29T00:00:00Z</published>
<updated>2026-07-30T00:00:00Z</updated>
<source><title>The Origin</title><link href="http://origin.example/"/></source>
<content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content>
</entry></feed>"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (RDF, Entry("見出し", "http://press.example/a", "", "2026-07-29T09:00:00+09:00")),
        (
            ATOM,
            Entry(
                "Big & small", "http://press.example/a", "One. Two.", "2026-07-29T00:00:00Z",
                "The Origin", "http://origin.example/",
            ),
        ),
    ],
    ids=["rdf", "atom"],
)  # fmt: skip
def test_other_dialects(body: str, expected: Entry) -> None:
    assert parse_feed(body.encode(), None, URL).entries == (expected,)


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Shelf",
        "language": "zh-TW",
        "items": [
            {
                "id": "1",
                "url": "/a",
                "title": "一",
                "content_html": "<p>內容</p>",
                "date_published": "2026-07-29",
            },
            {
                "id": "http://press.example/b",
                "title": "二",
                "content_text": "文字",
                "date_modified": "2026-07-28",
            },
            {"id": "3", "url": "http://press.example/c", "content_text": "只有文字。還有第二句。"},
            "nonsense",
        ],
    }
    parsed = parse_feed(json.dumps(feed).encode(), "application/feed+json", URL)
    assert (parsed.title, parsed.lang) == ("Shelf", "zh-Hant")
    assert parsed.entries == (
        Entry("一", "http://press.example/a", "內容", "2026-07-29"),
        Entry("二", "http://press.example/b", "文字", "2026-07-28"),
        Entry("只有文字。還有第二句。", "http://press.example/c", "只有文字。還有第二句。"),
    )
    assert parsed.dropped == ("entry 4 (no link either) has no title",)


def test_an_entry_without_title_or_link_is_named_and_takes_no_other_along() -> None:
    body = rss(
        item("", "http://press.example/a"),
        "<item><title>No link</title></item>",
        item("Bad link", "javascript:alert(1)"),
        item("Good", "http://press.example/b"),
    )
    parsed = parse_feed(body.encode(), None, URL)
    assert [entry.title for entry in parsed.entries] == ["Good"]
    assert parsed.dropped == (
        "entry 1 (http://press.example/a) has no title",
        "entry 2 «No link» has no link",
        "entry 3 «Bad link» has no link",
    )


def test_an_entry_that_breaks_off_is_left_out() -> None:
    whole = rss(item("One", "http://press.example/a"), item("Two", "http://press.example/bcdef"))
    parsed = parse_feed(whole[: whole.index("cdef")].encode(), None, URL)
    assert [entry.title for entry in parsed.entries] == ["One"]
    assert parsed.dropped == ("entry 2 breaks off, and the feed with it",)


def test_google_news_names_the_publisher_and_its_description_is_ignored() -> None:
    body = rss(
        item(
            "Qwen 新模型 - 中央社",
            "https://news.google.com/rss/articles/CBMiX?oc=5",
            more="<description>&lt;ol&gt;&lt;li&gt;別的標題&lt;/li&gt;&lt;/ol&gt;</description>"
            '<source url="https://www.cna.com.tw">中央社</source>',
        )
    )
    (entry,) = parse_feed(body.encode(), None, URL).entries
    assert (entry.title, entry.summary, entry.source) == ("Qwen 新模型", "", "中央社")
    assert entry.source_url == "https://www.cna.com.tw"


def test_a_long_summary_ends_with_a_sentence() -> None:
    long = "營收為 1600 億元，成長三成。" * 60
    body = rss(item("a", "http://press.example/a", more=f"<description>{long}</description>"))
    (entry,) = parse_feed(body.encode(), None, URL).entries
    assert len(entry.summary) <= 600
    assert entry.summary.endswith("成長三成。")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "empty answer"),
        (b"  \n", "empty answer"),
        (
            b"<!DOCTYPE html><html><body>Not found</body></html>",
            "an HTML page, not RSS, Atom, RDF or JSON Feed",
        ),
        (b"\x00\x01\x02 garbage", "no feed, not RSS, Atom, RDF or JSON Feed"),
        (b'{"a": 1}', "JSON, but not JSON Feed"),
        (b'{"a": ', "JSON that cannot be read"),
        (b"[" * 100_000, "JSON that cannot be read"),
    ],
)
def test_what_is_no_feed_says_so(body: bytes, problem: str) -> None:
    parsed = parse_feed(body, None, URL)
    assert (parsed.problem, parsed.entries) == (problem, ())


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse_feed(rss().encode(), None, URL).problem == ""


def test_entities_neither_explode_nor_open_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE r [<!ENTITY a0 "ha">{laughs}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    body = doctype + rss(item("&a11; &x; end", "http://press.example/a")).partition("?>")[2]
    parsed = parse_feed(body.encode(), None, URL)
    assert "hidden" not in repr(parsed)
    assert len(repr(parsed)) < 10_000


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("zh-TW", "zh-Hant"), ("zh_HK", "zh-Hant"), ("zh-cn", "zh-Hans"), ("zh-Hant-TW", "zh-Hant"),
     ("zh", ""), ("en-us", "en"), ("ja-JP", "ja"), ("", ""), ("中文", "")],
)  # fmt: skip
def test_language_tags(tag: str, expected: str) -> None:
    assert language_tag(tag) == expected


def test_decoding_never_raises_for_codecs_that_are_none() -> None:
    assert decoded(b"caf\xe9", "text/html; charset=rot13") == "café"


@pytest.mark.recorded
def test_vendor_feeds_entry_for_entry_as_feedparser_reads_them(recorded: Path) -> None:
    import feedparser

    files = sorted((recorded / "vendor-feeds").glob("*.xml"))
    assert len(files) == 17
    for path in files:
        ours, theirs = parse_feed(path.read_bytes(), None, URL), feedparser.parse(path)
        assert [(e.url, e.title, parse_date(e.published)) for e in ours.entries] == [
            (e.link, " ".join(e.title.split()), datetime(*e.published_parsed[:6], tzinfo=UTC))
            for e in theirs.entries
        ], path.name


FEEDBURNER = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
PHEEDO = 'xmlns:p="http://www.pheedo.com/namespace/pheedo"'
ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'
COUNTED = "http://feedproxy.google.com/~r/paper/~3/1/"
PAGE = "https://paper.example/1"
OLD_NEWS = "https://news.google.com/rss/articles/CBMiF2h0dHBzOi8vcGFwZXIuZXhhbXBsZS8x0gEA?oc=5"

#: namespaces, the entry's link, what else it has, where it is
ADDRESSES = [
    (FEEDBURNER, COUNTED, f"<feedburner:origLink>{PAGE}</feedburner:origLink>", PAGE),
    (FEEDBURNER, COUNTED, f"<feedburner:origLink>{PAGE}?utm_source=rss</feedburner:origLink>", PAGE),
    (FEEDBURNER, COUNTED, "<feedburner:origLink>https://paper.example/</feedburner:origLink>", COUNTED),
    (PHEEDO, COUNTED, f"<p:origLink>{PAGE}</p:origLink>", PAGE),
    ("", COUNTED, f"<guid>{PAGE}</guid>", PAGE),
    ("", COUNTED, '<guid isPermaLink="false">tag:paper.example,2026:1</guid>', COUNTED),
    ("", "https://bit.ly/xyz", f"<guid>{PAGE}</guid>", PAGE),
    ("", PAGE, "<guid>https://paper.example/?p=1</guid>", PAGE),
    (ATOM, "https://paper.example/1/amp-view", f'<atom:link rel="canonical" href="{PAGE}"/>', PAGE),
    (ATOM, PAGE, '<atom:link rel="canonical" href="https://paper.example/"/>', PAGE),
    (ATOM, COUNTED, f'<atom:link rel="via" href="{PAGE}"/>', PAGE),
    (ATOM, PAGE, '<atom:link rel="via" href="https://else.example/2"/>', PAGE),
    (ATOM, "", '<atom:link rel="replies" href="https://paper.example/1/comments"/>', ""),
    ("", "https://www.google.com.tw/url?rct=j&amp;sa=t&amp;url=https://paper.example/1&amp;ct=ga", "", PAGE),
    ("", OLD_NEWS, "", PAGE),
    # a podcast: what is listened to is no page
    ("", PAGE, '<enclosure url="https://cdn.example/1.mp3" type="audio/mpeg"/>', PAGE),
    ("", "https://cdn.example/1.mp3", f"<guid>{PAGE}</guid>", PAGE),
    ("", "https://cdn.example/1", f'<enclosure url="https://cdn.example/1"/><guid>{PAGE}</guid>', PAGE),
    ("", "", '<enclosure url="https://cdn.example/1.mp3" type="audio/mpeg"/>', ""),
    ("", "https://cdn.example/1.MP3?source=feed", '<guid isPermaLink="false">1</guid>', ""),
]  # fmt: skip


@pytest.mark.parametrize(("space", "link", "more", "url"), ADDRESSES)
def test_an_entry_is_where_its_own_page_is(space: str, link: str, more: str, url: str) -> None:
    given = item("標題", link, more=more) if link else f"<item><title>標題</title>{more}</item>"
    body = rss(given).replace("<rss", f"<rss {space}", 1)
    assert [one.url for one in parse_feed(body.encode(), None, URL).read] == [url]


def test_what_google_news_adds_is_gone_where_its_link_says_the_page() -> None:
    more = (
        '<source url="https://paper.example">島嶼報</source><description>別家標題、另一家標題</description>'
    )
    found = parse_feed(rss(item("新模型上線 - 島嶼報", OLD_NEWS, more=more)).encode(), None, URL).entries[0]
    assert (found.title, found.summary, found.source, found.url) == ("新模型上線", "", "島嶼報", PAGE)


def test_a_json_feeds_sound_file_is_not_its_page() -> None:
    items = [
        {"id": PAGE, "url": "https://cdn.example/1.mp3", "title": "一"},
        {"id": "2", "title": "二", "url": "https://cdn.example/2.mp3"},
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": "https://paper.example/",
        "items": items,
    }
    parsed = parse_feed(json.dumps(feed).encode(), "application/feed+json", URL)
    assert [one.url for one in parsed.read] == [PAGE, ""]
    assert parsed.site == "https://paper.example/"


def test_the_text_of_a_video_is_what_its_feed_says_of_it() -> None:
    told = "Qwen3.9 上線首日實測。\n速度快了一倍。\n" + "一句話。" * 300
    video = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
        '<link rel="alternate" href="https://www.youtube.com/channel/UCa"/><author><name>東岸電視</name></author>'
        '<entry><title>實測</title><link rel="alternate" href="https://www.youtube.com/watch?v=va"/>'
        f"<media:group><media:title>實測</media:title><media:description>{told}</media:description></media:group>"
        "</entry></feed>"
    )
    parsed = parse_feed(video.encode(), None, URL)
    assert (parsed.site, parsed.author) == ("https://www.youtube.com/channel/UCa", "東岸電視")
    assert parsed.entries[0].text == told
    assert len(parsed.entries[0].summary) <= 600
    page = parse_feed(video.replace("www.youtube.com/watch?v=va", "paper.example/1").encode(), None, URL)
    assert page.entries[0].text == ""
