"""What is read without feedparser is read as feedparser reads it, or left to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest_lib.documents.feeds import parse_at_once, parse_by_feedparser, parse_feed
from samples import item, rss

URL = "http://press.example/feeds/main.xml"
TEXTS = st.sampled_from((
    "", " ", "plain", "R&amp;D", "&lt;b&gt;bold&lt;/b&gt; &amp;amp; more", "<![CDATA[<p>One &amp; two</p>]]>",
    "1 &lt; 2", "標題：台積電", "caf\u00c3\u00a9", "\u0093quoted\u0094", "<!-- not --> seen", "two\n lines",
    "&lt;unknown&gt;x&lt;/unknown&gt; &amp;nbsp;", "&amp;notanentity; x", "<b>markup</b>", "naïve",
))  # fmt: skip
URLS = st.sampled_from((
    "", "http://press.example/a", "/relative", "a?b=1&amp;c=2", "?x=1&amp;amp;y;=2", "tag:p.example,2026:1",
    "42", "http:///three", "javascript:alert(1)", "//other.example/é", " http://press.example/space ", "http://[x",
))  # fmt: skip
DATES = st.sampled_from((
    "", "Tue, 28 Jul 2026 18:00:00 +0800", "2026-07-28T10:00:00Z", "2026/07/28", "soon"
))  # fmt: skip


def tag(name: str, texts: st.SearchStrategy[str], *attributes: str) -> st.SearchStrategy[str]:
    given_ = st.sampled_from(("", *(f" {one}" for one in attributes)))
    return st.builds(lambda more, text: f"<{name}{more}>{text}</{name.split(maxsplit=1)[0]}>", given_, texts)


ITEM_PARTS = st.one_of(
    tag("title", TEXTS, 'type="html"'),
    tag("link", URLS, 'rel="self"'),
    tag("link", URLS),
    tag("description", TEXTS),
    tag("guid", URLS, 'isPermaLink="false"', 'ispermalink="TRUE"', 'isPermaLink="true"'),
    tag("pubDate", DATES),
    tag("dc:date", DATES),
    tag("dc:title", TEXTS),
    tag("dc:creator", TEXTS),
    tag("dc:publisher", TEXTS),
    tag("feedburner:origLink", URLS),
    tag("pheedo:origLink", URLS),
    tag("guid", URLS),
    st.builds('<atom:link rel="{}" href="{}"/>'.format, st.sampled_from(("canonical", "via", "self")), URLS),
    tag("dcterms:created", DATES),
    tag("content:encoded", TEXTS),
    tag("source", TEXTS, 'url="http://origin.example/"'),
    tag("media:title", TEXTS),
    tag("media:description", TEXTS),
    tag("media:group", tag("media:title", TEXTS)),
    tag("atom:updated", DATES),
    tag("author", TEXTS),
    tag("category", TEXTS, 'domain="x"'),
    tag("other:thing", TEXTS, 'title="x"'),
    tag("other:title", TEXTS),
    tag("post-id xmlns='urn:additions'", TEXTS),
    tag("link xmlns='urn:additions'", URLS),
    tag("summary", TEXTS),
    st.just('<enclosure url="http://press.example/file.mp3" type="audio/mpeg"/>'),
    st.just('<media:content url="x"><media:thumbnail url="y"/></media:content>'),
)
CHANNEL_PARTS = st.one_of(
    tag("title", TEXTS),
    tag("link", URLS),
    tag("description", TEXTS),
    tag("language", st.sampled_from(("zh-TW", "en-us", "", "zh"))),
    tag("dc:language", st.just("ja")),
    tag("itunes:summary", TEXTS),
    tag("image", st.just("<title>t</title><link>http://press.example/</link><url>/i.png</url>")),
    tag("other:thing", TEXTS),
    st.just('<atom:link href="http://press.example/feed" rel="self"/>'),
    st.just('<atom:link href="http://press.example/home"/>'),
    tag("dc:publisher", TEXTS),
    tag("managingEditor", TEXTS),
)
SPACES = (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    ' xmlns:pheedo="http://www.pheedo.com/namespace/pheedo"'
    ' xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" xmlns:other="urn:other"'
)
ENTRY_PARTS = st.one_of(
    tag("title", TEXTS, 'type="html"', 'type="text"', 'type="xhtml"'),
    tag("summary", TEXTS, 'type="html"', 'xml:lang="en"'),
    tag("content", TEXTS, 'type="html"', 'type="text/plain"', 'type="image/png"', 'src="/x"'),
    tag("id", URLS),
    tag("published", DATES),
    tag("updated", DATES),
    tag("created", DATES),
    tag("author", tag("name", TEXTS)),
    tag("author", st.builds("{}{}".format, tag("name", TEXTS), tag("email", TEXTS))),
    tag("media:group", tag("media:title", TEXTS)),
    tag("source", tag("title", TEXTS)),
    st.builds(
        lambda rel, kind, href: f"<link{rel}{kind} href='{href}'/>",
        st.sampled_from(("", ' rel="alternate"', ' rel="ALTERNATE"', ' rel="self"', ' rel="enclosure"')),
        st.sampled_from(("", ' type="text/html"', ' type="html"', ' type="application/json"')),
        URLS,
    ),
)


def joined(parts: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(parts, max_size=most).map("".join)


ITEMS = st.lists(st.builds("<item>{}</item>".format, joined(ITEM_PARTS, 6)), max_size=3).map("".join)
ENTRIES = st.lists(st.builds("<entry>{}</entry>".format, joined(ENTRY_PARTS, 6)), max_size=3).map("".join)
RSS = st.builds(
    lambda attributes, head, items: (
        f"<rss{attributes}{SPACES} xmlns:atom='http://www.w3.org/2005/Atom'>"
        f"<channel>{head}{items}</channel></rss>"
    ),
    st.sampled_from(
        ("", ' version="2.0"', ' version="0.91"', ' xml:lang="ja"', ' xml:base="http://b.example/"')
    ),
    joined(CHANNEL_PARTS, 4),
    ITEMS,
)
ATOM = st.builds(
    lambda attributes, head, entries: (
        f"<feed xmlns='http://www.w3.org/2005/Atom'{attributes}{SPACES}>{head}{entries}</feed>"
    ),
    st.sampled_from(("", ' xml:lang="zh-TW"', ' version="1.0"')),
    joined(
        st.one_of(
            tag("title", TEXTS, 'type="html"'),
            tag("id", URLS),
            tag("subtitle", TEXTS),
            tag("author", tag("name", TEXTS)),
            st.builds("<link rel='{}' href='{}'/>".format, st.sampled_from(("alternate", "self")), URLS),
        ),
        3,
    ),
    ENTRIES,
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(RSS, ATOM))
def test_it_is_read_as_feedparser_reads_it(document: str) -> None:
    ours = parse_at_once(document.encode(), None, URL)
    if ours is not None:
        assert ours == parse_by_feedparser(document.encode(), None, URL)


@pytest.mark.parametrize(
    "document",
    [
        rss(item("一", "http://press.example/a", "Tue, 28 Jul 2026 18:00:00 +0800")),
        rss(item("a", "/a", more="<description>d</description><guid isPermaLink='false'>7</guid>")),
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title><entry><title>t</title>"
        "<link href='/a'/><id>tag:x</id><content type='html'>c</content></entry></feed>",
    ],
)
def test_plain_feeds_need_no_feedparser(document: str) -> None:
    found = parse_at_once(document.encode(), None, URL)
    assert found is not None
    assert len(found.entries) == 1


@pytest.mark.parametrize(
    "document",
    [
        "<!DOCTYPE rss [<!ENTITY x 'y'>]>" + rss(item("&x;", "/a")).partition("?>")[2],
        rss(item("never closed", "/a")).replace("</channel>", ""),
        rss(item("a", "/a", more="<link>/b</link>")),
        rss(item("a", "/a", more="<title>b</title>")),
        rss(item("<b>a</b>", "/a")),
        "<html><body>no feed</body></html>",
    ],
)
def test_what_is_not_plain_is_left_to_feedparser(document: str) -> None:
    assert parse_at_once(document.encode(), None, URL) is None


@pytest.mark.recorded
def test_recorded_feeds_are_plain_and_read_the_same(recorded: Path) -> None:
    for path in sorted((recorded / "vendor-feeds").glob("*.xml")):
        body = path.read_bytes()
        ours = parse_at_once(body, None, URL)
        assert ours is not None
        assert ours == parse_by_feedparser(body, None, URL), path.name
        assert parse_feed(body, None, URL) == ours
