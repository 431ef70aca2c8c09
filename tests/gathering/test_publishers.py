"""Whose words an entry is: feeds that share a host, and feeds that pass on what others publish."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.documents.feeds import parse_feed
from digest_lib.documents.opml import FeedSource
from digest_lib.gathering.gather import gather_day
from digest_lib.gathering.publishers import Publishers
from digest_lib.settings import Home
from digest_lib.web.hosts import account_of, domain_of, is_shared, is_video, same_site
from digest_lib.web.urls import host_of
from loopback import Web
from samples import at, item, opml, rss


def atom(title: str, *entries: str, head: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{title}</title>{head}{"".join(entries)}</feed>'


def entry(title: str, url: str, more: str = "") -> str:
    return f'<entry><title>{title}</title><link rel="alternate" href="{url}"/>{more}</entry>'


def by(name: str) -> str:
    return f"<author><name>{name}</name></author>"


def video(channel: str, name: str) -> tuple[FeedSource, str]:
    url = f"https://www.youtube.com/feeds/videos.xml?channel_id={channel}"
    head = f'<link rel="alternate" href="https://www.youtube.com/channel/{channel}"/>{by(name)}'
    page = f"https://www.youtube.com/watch?v={channel}1"
    return FeedSource(name, url), atom(name, entry("影片", page, by(name)), head=head)


def plain(title: str, url: str, *pages: str, site: str = "", head: str = "") -> tuple[FeedSource, str]:
    items = [item(f"標題 {n}", page) for n, page in enumerate(pages)]
    return FeedSource(title, url, site=site), rss(*items, head=head)


REDDIT = "https://www.reddit.com/r/LocalLLaMA/comments/1/a/", "https://www.reddit.com/r/Qwen/comments/2/b/"
EPISODE = "https://podcasters.spotify.com/pod/show/east/episodes/1"
SHOW = "<link>https://podcasters.spotify.com/pod/show/east</link>"
CHANNEL = "https://www.youtube.com/feeds/videos.xml?channel_id=UCc"

#: Feeds of one list, each with what it says; the publishers of its entries.
SHARED = {
    "two channels": ([video("UCa", "東岸電視"), video("UCb", "西山實驗室")], [["東岸電視"], ["西山實驗室"]]),
    "two subreddits": (
        [
            plain("r/LocalLLaMA", "https://www.reddit.com/r/LocalLLaMA/.rss", "https://www.reddit.com/r/LocalLLaMA/comments/1/a/"),
            plain("r/Qwen", "https://old.reddit.com/r/Qwen/.rss", "https://www.reddit.com/r/Qwen/comments/2/b/"),
        ],
        [["r/LocalLLaMA"], ["r/Qwen"]],
    ),
    "a feed of several subreddits": (
        [plain("我的版", "https://www.reddit.com/r/LocalLLaMA+Qwen/.rss", *REDDIT)],
        [["reddit.com/r/LocalLLaMA", "reddit.com/r/Qwen"]],
    ),
    "two writers of one newsletter host": (
        [
            plain("Alice writes", "https://alice.substack.com/feed", "https://alice.substack.com/p/one"),
            plain("Bob writes", "https://bob.substack.com/feed", "https://bob.substack.com/p/two"),
        ],
        [["Alice writes"], ["Bob writes"]],
    ),
    "two writers of one blog host, and a tag of it": (
        [
            plain("Alice", "https://medium.com/feed/@alice", "https://medium.com/@alice/one-1"),
            plain("Bob", "https://medium.com/feed/@bob", "https://medium.com/@bob/two-2", "https://medium.com/some-paper/three-3"),
            plain("AI tag", "https://medium.com/feed/tag/ai", "https://medium.com/@carol/four-4", "https://medium.com/@bob/two-5"),
        ],
        [["Alice"], ["Bob", "Bob"], ["medium.com/@carol", "medium.com/@bob"]],
    ),
    "two papers behind one counting service": (
        [
            plain("甲報", "https://feeds.feedburner.com/first", "http://feeds.feedburner.com/~r/first/~3/1/"),
            plain("乙報", "https://feeds.feedburner.com/second", "https://second.example/1", head="<link>https://second.example/</link>"),
        ],
        [["甲報"], ["乙報"]],
    ),
    "releases of two projects": (
        [
            plain("Owner | one releases", "https://github.com/owner/one/releases.atom", "https://github.com/owner/one/releases/tag/v1"),
            plain("Other | two releases", "https://github.com/other/two/releases.atom", "https://github.com/other/two/releases/tag/v2"),
        ],
        [["Owner"], ["Other"]],
    ),
    "two podcasts of one host": (
        [
            plain("甲台", "https://anchor.fm/s/12ab/podcast/rss", EPISODE, head=SHOW),
            plain("乙台", "https://anchor.fm/s/34cd/podcast/rss", "https://anchor.fm/west/episodes/2"),
        ],
        [["甲台"], ["乙台"]],
    ),
    "two channels of a host that nobody has heard of": (
        [
            plain("甲頻道", "https://tube.example/feeds/a.xml", "https://tube.example/watch/1"),
            plain("乙頻道", "https://tube.example/feeds/b.xml", "https://tube.example/watch/2"),
            plain("別的", "https://links.example/feed", "https://tube.example/watch/3"),
        ],
        [["甲頻道"], ["乙頻道"], ["tube.example"]],
    ),
    "the same, with pages of their own": (
        [
            plain("甲頻道", "https://tube.example/feeds/a.xml", "https://tube.example/watch/1", site="https://tube.example/c/a"),
            plain("乙頻道", "https://tube.example/feeds/b.xml", "https://tube.example/watch/2"),
        ],
        [["甲頻道"], ["乙頻道"]],
    ),
    "the same, with the host's own page for both": (
        [
            plain("甲頻道", "https://tube.example/feeds/a.xml", "https://tube.example/watch/1", site="https://tube.example"),
            plain("西山實驗室", "https://tube.example/feeds/b.xml", "https://tube.example/watch/2", site="https://tube.example"),
        ],
        [["甲頻道"], ["西山實驗室"]],
    ),
    "two instances' accounts": (
        [
            plain("Ann", "https://social.example/@ann.rss", "https://social.example/@ann/1"),
            plain("Ben", "https://social.example/@ben.rss", "https://social.example/@ben/2"),
        ],
        [["Ann"], ["Ben"]],
    ),
    "two sections of one paper": (
        [
            plain("甲報 財經", "https://paper.example/rss/1", "https://paper.example/story/1", site="https://paper.example"),
            plain("甲報 科技", "https://paper.example/rss/2", "https://paper.example/story/2", site="https://paper.example"),
        ],
        [["甲報 財經"], ["甲報 財經"]],
    ),
    "a feed without a title in the list": (
        [plain(CHANNEL, CHANNEL, "https://www.youtube.com/watch?v=1")],
        [["島嶼報"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SHARED)
def test_feeds_that_share_a_host_are_not_each_other(case: str) -> None:
    feeds, expected = SHARED[case]
    publishers = Publishers(source for source, _ in feeds)
    named = [publishers.of_entries(s, parse_feed(body.encode(), None, s.url)) for s, body in feeds]
    assert named == expected


#: What an entry says of whose it is.
PASSED_ON = [
    ("", "https://else.example/1", "else.example"),
    ('<source url="https://paper.example/rss">甲報</source>', "https://portal.example/1", "甲報"),
    (
        '<source url="https://listed.example/rss">Listed Inc.</source>',
        "https://portal.example/1",
        "名單上的報",
    ),
    ("<dc:publisher>乙報</dc:publisher>", "https://else.example/1", "乙報"),
    ("<dc:publisher>Portal Holdings</dc:publisher>", "https://portal.example/1", "入口"),
    ("<dc:publisher>Listed Inc.</dc:publisher>", "https://listed.example/1", "名單上的報"),
]


@pytest.mark.parametrize(("more", "url", "name"), PASSED_ON)
def test_an_entry_says_whose_it_is(more: str, url: str, name: str) -> None:
    portal = FeedSource("入口", "https://portal.example/feed")
    listed = FeedSource("名單上的報", "https://listed.example/feed", site="https://listed.example")
    body = rss(item("標題", url, more=more)).replace(
        "<rss", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"', 1
    )
    assert Publishers([portal, listed]).of_entries(portal, parse_feed(body.encode(), None, portal.url)) == [
        name
    ]


def test_a_list_of_several_channels_videos_says_whose_each_is() -> None:
    feed = FeedSource("我的清單", "https://www.youtube.com/feeds/videos.xml?playlist_id=PLx")
    body = atom(
        "清單",
        entry("一", "https://www.youtube.com/watch?v=1", by("東岸電視")),
        entry("二", "https://www.youtube.com/watch?v=2", by("訂戶")),
        head=by("訂戶"),
    )
    assert Publishers([feed]).of_entries(feed, parse_feed(body.encode(), None, feed.url)) == [
        "東岸電視",
        "我的清單",
    ]


def test_a_planet_names_the_blogs_it_collects() -> None:
    feed = FeedSource("Planet", "https://planet.example/atom.xml")
    source = '<source><title>某人的部落格</title><link rel="alternate" href="https://one.example/"/></source>'
    body = atom("Planet", entry("一", "https://one.example/1", by("某人") + source))
    assert Publishers([feed]).of_entries(feed, parse_feed(body.encode(), None, feed.url)) == ["某人的部落格"]


def test_a_search_is_nobodys_own_feed() -> None:
    search = FeedSource("搜尋", "https://www.reddit.com/search.rss?q={query}")
    asked = search.searching("Qwen")
    body = rss(item("一", "https://www.reddit.com/r/Qwen/comments/1/a/"))
    assert Publishers([search]).of_entries(asked, parse_feed(body.encode(), None, asked.url)) == [
        "reddit.com/r/Qwen"
    ]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://aws.amazon.com/blogs/machine-learning/x/", "AWS"),
        ("https://www.aboutamazon.com/news", "aboutamazon.com"),
        ("https://developer.nvidia.com/blog/x", "NVIDIA"),
        ("https://news.samsung.com/global/x", "Samsung"),
        ("https://news.skhynix.com/x", "SK hynix"),
        ("https://www.microsoft.com/en-us/research/blog/x", "Microsoft"),
        ("https://www.samsung.com.tw/x", "Samsung"),
        ("https://news.sony.co.jp/x", "Sony"),
        ("https://meta.discourse.org/t/1", "meta.discourse.org"),  # a word before another's address
        ("https://apple.blogspot.com/1", "apple.blogspot.com"),  # an account
        ("https://intel.example.com/1", "intel.example.com"),
        ("https://apple.org/1", "apple.org"),
        ("https://www.reddit.com/r/x/comments/1", "reddit.com"),  # its readers', not its own
        ("https://gemini.com/1", "gemini.com"),  # a product is no publisher
        ("https://192.0.2.1/1", "192.0.2.1"),
    ],
)
def test_an_unlisted_address_is_called_by_the_company_that_it_names(url: str, name: str) -> None:
    assert Publishers(()).of(url) == name
    listed = FeedSource("機器學習部落格", "https://feeds.example/1", site="https://developer.nvidia.com/blog")
    assert Publishers([listed]).of("https://developer.nvidia.com/blog/x") == "機器學習部落格"


def test_two_channels_are_archived_each_as_its_own(home: Path, web: Web) -> None:
    names = {"a": "東岸電視", "b": "西山實驗室"}
    feeds = {f"http://tube.example/feeds/videos.xml?channel_id={key}": name for key, name in names.items()}
    for url, name in feeds.items():
        web.serve(
            url,
            rss(
                item(
                    f"{name}的影片", f"http://tube.example/watch?v={url[-1]}", "Tue, 28 Jul 2026 18:00:00 GMT"
                )
            ),
        )
    (home / "feeds.opml").write_text(opml(*((name, url) for url, name in feeds.items())), encoding="utf-8")
    now = at("07-28 21:30")
    gather_day(Home(home), now)
    found = Archive(Home(home).archive).articles(now)
    assert {(a.title, a.publisher, a.feed) for a in found} == {(f"{n}的影片", n, n) for n in names.values()}


#: URL -> whose account it is, and the part of its host that one publisher holds
ACCOUNTS = [
    ("https://www.youtube.com/feeds/videos.xml?channel_id=UCa", "youtube.com/channel/UCa", "youtube.com"),
    ("https://m.youtube.com/channel/UCa/videos", "youtube.com/channel/UCa", "youtube.com"),
    ("https://www.youtube.com/watch?v=1", "", "youtube.com"),
    ("https://www.reddit.com/r/Qwen.rss", "reddit.com/r/Qwen", "reddit.com"),
    ("https://old.reddit.com/r/Qwen/comments/1/x", "reddit.com/r/Qwen", "reddit.com"),
    ("https://www.reddit.com/u/ann/.rss", "reddit.com/user/ann", "reddit.com"),
    ("https://medium.com/feed/@alice", "medium.com/@alice", "medium.com"),
    ("https://alice.medium.com/one", "", "alice.medium.com"),
    ("https://github.com/owner/one/releases.atom", "github.com/owner/one", "github.com"),
    ("https://github.com/owner.atom", "github.com/owner", "github.com"),
    ("http://feeds.feedburner.com/~r/paper/~3/x", "feedburner.com/paper", "feedburner.com"),
    ("https://space.bilibili.com/123", "bilibili.com/123", "bilibili.com"),
    ("https://mp.weixin.qq.com/s?__biz=MzA&mid=1", "weixin.qq.com/__biz/MzA", "qq.com"),
    ("https://t.me/s/channelname", "t.me/channelname", "t.me"),
    ("https://social.example/@ann/1", "social.example/@ann", "social.example"),
    ("https://paper.example/story/1", "", "paper.example"),
    ("https://alice.substack.com/p/1", "", "alice.substack.com"),
    ("https://owner.github.io/blog", "", "owner.github.io"),
    ("https://money.udn.com/1", "", "udn.com"),
    ("https://www.bbc.co.uk/1", "", "bbc.co.uk"),
    ("not a url", "", ""),
    ("http://[broken", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("url", "account", "domain"), ACCOUNTS)
def test_whose_account_a_page_is_of(url: str, account: str, domain: str) -> None:
    assert account_of(url) == account
    assert domain_of(host_of(url)) == domain
    assert is_shared(url) or not account


def test_sites() -> None:
    assert same_site("https://money.udn.com/1", "https://udn.com/2")
    assert same_site("http://finance.island.example", "http://island.example/1")
    assert not same_site("https://alice.substack.com", "https://bob.substack.com/p/1")
    assert not same_site("https://substack.com", "https://bob.substack.com/p/1")
    assert not same_site("", "https://bob.example")
    assert is_video("https://youtu.be/x")
    assert not is_video("https://paper.example/video/1")


#: Pages whose address names a text and not who wrote it, and pages whose account stands deeper in it.
DEEPER = [
    ("https://mp.weixin.qq.com/s/abc", ""),
    ("https://vimeo.com/123", ""),
    ("https://rumble.com/v1abc-a-video.html", ""),
    ("https://rumble.com/c/isle", "rumble.com/c/isle"),
    ("https://hackernoon.com/a-story", ""),
    ("https://open.spotify.com/episode/1", ""),
    ("https://podcasters.spotify.com/pod/show/isle/episodes/1", "spotify.com/show/isle"),
    ("https://vocus.cc/salon/isle", "vocus.cc/salon/isle"),
    ("https://feeds.soundon.fm/podcasts/abc.xml", "soundon.fm/podcasts/abc"),
    ("https://www.ximalaya.com/album/1.xml", "ximalaya.com/album/1"),
    ("https://feeds.acast.com/public/shows/isle", "feeds.acast.com/shows/isle"),
    ("https://m.blog.naver.com/isle/1", "blog.naver.com/isle"),
    ("https://rss.blog.naver.com/isle.xml", "blog.naver.com/isle"),
    ("https://podcasts.apple.com/us/podcast/isle/id1", "podcasts.apple.com/podcast/isle"),
    ("https://podcasts.apple.com/tw/podcast/cape/id2", "podcasts.apple.com/podcast/cape"),
    ("https://huggingface.co/blog/isle/one", "huggingface.co/isle"),
    ("https://huggingface.co/blog/one", "huggingface.co/blog"),
    ("https://ameblo.jp/isle/entry-1.html", "ameblo.jp/isle"),
    ("https://buttondown.com/isle/archive/one", "buttondown.com/isle"),
    ("https://isle.pixnet.net/blog/post/1", ""),
    ("https://www.pixnet.net/isle/blog/post/1", "pixnet.net/isle"),
]


@pytest.mark.parametrize(("url", "account"), DEEPER)
def test_whose_page_it_is_where_the_address_begins_with_something_else(url: str, account: str) -> None:
    assert account_of(url) == account


@pytest.mark.parametrize("host", ["tistory.com", "seesaa.net", "livedoor.blog", "mirror.xyz", "jugem.jp"])
def test_blogs_of_one_host_are_not_one_site(host: str) -> None:
    assert not same_site(f"https://one.{host}/1", f"https://two.{host}/2")


def test_a_wechat_accounts_texts_are_its_feeds() -> None:
    feed = FeedSource("島嶼公眾號", "https://rss.example/isle")
    head = "<link>https://mp.weixin.qq.com/mp/profile_ext?__biz=isle</link>"
    said = rss(*(item(f"標題 {n}", f"https://mp.weixin.qq.com/s/{n}") for n in "ab"), head=head)
    parsed = parse_feed(said.encode(), "application/rss+xml", feed.url)
    assert set(Publishers([feed]).of_entries(feed, parsed)) == {"島嶼公眾號"}
