"""Hosts that many publish on: there the account says who it is, not the host.

Two channels of one video site are two publishers; two sections of one paper are one. Which hosts are shared
by subdomain is mostly in the public suffix list (github.io, blogspot.com; by `tld`, which trafilatura needs
too). What it lacks, and the hosts whose accounts are in the path, are listed here; on any host, a path that
begins with `@name` is an account, as on all of Mastodon.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import cast
from urllib.parse import parse_qs, unquote, urlsplit

from digest_lib.web.urls import host_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: An account is a subdomain of these.
_BY_SUBDOMAIN = _words("""
substack.com medium.com tumblr.com wordpress.com livejournal.com pixnet.net hashnode.dev beehiiv.com
ghost.io libsyn.com podbean.com buzzsprout.com fireside.fm transistor.fm simplecast.com captivate.fm
spreaker.com acast.com megaphone.fm mystrikingly.com weebly.com bearblog.dev write.as micro.blog
readthedocs.io bandcamp.com blog.jp ameblo.jp fc2.com blogs.com typepad.com over-blog.com exblog.jp
hatenablog.com buttondown.email buttondown.com tistory.com seesaa.net livedoor.blog mirror.xyz posthaven.com
jugem.jp cocolog-nifty.com egloos.com svbtle.com prose.sh squarespace.com
""")
#: An account is in the path of these.
_BY_PATH = _words("""
youtube.com youtu.be vimeo.com dailymotion.com twitch.tv bilibili.com tiktok.com rumble.com odysee.com
nicovideo.jp reddit.com medium.com github.com gitlab.com bitbucket.org codeberg.org gitee.com
raw.githubusercontent.com sourceforge.net feedburner.com feedproxy.google.com sites.google.com
groups.google.com x.com twitter.com facebook.com instagram.com threads.net threads.com linkedin.com bsky.app
t.me weibo.com plurk.com dcard.tw ptt.cc soundcloud.com anchor.fm spotify.com podcasts.apple.com
music.163.com ximalaya.com xiaoyuzhoufm.com firstory.me firstory.io soundon.fm pca.st pod.link rss.com
zencast.fm omny.fm audioboom.com podomatic.com castbox.fm feeds.buzzsprout.com feeds.simplecast.com
feeds.megaphone.fm feeds.transistor.fm feeds.acast.com feeds.libsyn.com feeds.fireside.fm note.com qiita.com
zenn.dev zhihu.com weixin.qq.com juejin.cn csdn.net cnblogs.com jianshu.com segmentfault.com douban.com
toutiao.com matters.town matters.news vocus.cc hackmd.io ithelp.ithome.com.tw dev.to hackernoon.com
telegra.ph stackexchange.com stackoverflow.com quora.com v2ex.com pypi.org npmjs.com hub.docker.com
kaggle.com patreon.com ko-fi.com blog.naver.com huggingface.co blog.udn.com rss.beehiiv.com feed.podbean.com
rss.art19.com feed.pixnet.net b.hatena.ne.jp
ameblo.jp buttondown.com buttondown.email pixnet.net tinyletter.com write.as mirror.xyz
""")
#: Among them, an account's thing is one with a name of its own: OWNER/NAME.
_TWO_STEPS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com"})
#: The first step of a path names one text or video there, unless a kind of account stands before it.
_BY_THING = _words("youtu.be weixin.qq.com vimeo.com rumble.com telegra.ph hackernoon.com quora.com pca.st")
#: First steps of a path that say what kind of account comes next.
_KINDS = _words("""
channel user users u c r people profile in company column project package bbs f g s group groups podcast
show shows author authors org orgs ~r ~ff site sites repos playlist space salon podcasts album channels
""")
#: First steps that say nothing of who it is.
_FEED = frozenset({"feed", "feeds", "rss", "api", "rss2", "atom", "pod", "public"})
_NO_ACCOUNT = _words("""
watch shorts live embed video videos p post posts story stories tag tags topic topics t search hashtag
status news article articles item question questions q comments a about m i explore results read share entry
event clip clips index.php index.html permalink.php episode episodes sound update pulse
feed.xml rss.xml atom.xml videos.xml search.rss .rss
""")
#: A country before the kind of account: podcasts.apple.com/us/podcast/NAME.
_COUNTRY = re.compile(r"[a-z]{2}(?:-[a-z]{2,4})?", re.I)
#: Where an account's texts are in a folder of the host's own texts: FOLDER/ACCOUNT/TEXT.
_FOLDERS = {"huggingface.co": "blog"}
_FOLDER_STEPS = 3
_IN_QUERY = ("channel_id", "user", "playlist_id", "__biz")
#: Of these a text cannot be read, and their feeds say what the video is about.
_VIDEOS = _words("""
youtube.com youtu.be vimeo.com dailymotion.com twitch.tv bilibili.com tiktok.com rumble.com odysee.com
nicovideo.jp
""")
_ENDING = re.compile(r"(?<=.)\.(?:rss|atom|xml|json|git|html?)$", re.I)


def is_shared(url: str) -> bool:
    """Whether many publish on the URL's host, so that it says nothing of who published this page."""
    return bool(_shared(url))


def is_video(url: str) -> bool:
    """Whether it is the page of a video, which has no text but what its feed says of it."""
    return _shared(url) in _VIDEOS


def account_of(url: str) -> str:
    """Whose page it is on a shared host, as `host/account`; "" where the URL does not say, or the host is
    nobody's but its owner's."""
    host, steps = _shared(url), _steps(url)
    if len(steps) > 1 and _COUNTRY.fullmatch(steps[0]) and steps[0] not in _KINDS and steps[1] in _KINDS:
        steps = steps[1:]
    if len(steps) >= _FOLDER_STEPS and _FOLDERS.get(host) == steps[0]:
        steps = steps[1:]
    first = steps[0].lower() if steps else ""
    if not host or (host in _BY_THING and first not in _KINDS and steps):
        return ""
    if host in _BY_THING and first == "s" and len(steps) > 1:  # of WeChat: what stands after it is a text's
        return ""
    if not first or first in _NO_ACCOUNT or (first in _KINDS and len(steps) == 1):
        named = parse_qs(urlsplit(url).query)
        return next((_normal(host, name, named[name][0]) for name in _IN_QUERY if name in named), "")
    return _normal(host, *steps[: 2 if first in _KINDS or host in _TWO_STEPS else 1])


@cache
def _registered() -> Callable[..., str | None]:
    """`tld`'s function, with the list read that it reads when it is first asked."""
    from tld import get_fld

    get_fld("http://example.com", fail_silently=True)
    return cast("Callable[..., str | None]", get_fld)


@lru_cache(maxsize=10_000)
def domain_of(host: str) -> str:
    """The part of a host that one publisher holds: what is registered, by the public suffix list, or the
    account's subdomain where a host has one for each."""
    host = host.lower().removeprefix("www.")
    found = _registered()(f"http://{host}", fail_silently=True) or host
    if found in _BY_SUBDOMAIN and host != found:
        return ".".join(host.split(".")[-found.count(".") - 2 :])
    return found


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are on one publisher's site: one registered domain, or one host below the other."""
    mine, theirs = host_of(one), host_of(other)
    if not mine or not theirs:
        return False
    if mine.endswith(f".{theirs}") or theirs.endswith(f".{mine}"):
        return domain_of(mine) == domain_of(theirs) or not {mine, theirs} & _BY_SUBDOMAIN
    return domain_of(mine) == domain_of(theirs)


def _shared(url: str) -> str:
    """The shared host that the URL is on; "" where its host is one publisher's."""
    host = host_of(url)
    place = host
    while place.count("."):
        if place in _BY_SUBDOMAIN and place != host:
            return ""  # the account's own subdomain
        if place in _BY_PATH:
            return place
        place = place.partition(".")[2]
    return host if _steps(url)[:1] and _steps(url)[0].startswith("@") else ""


def _steps(url: str) -> list[str]:
    """The steps of the path, without those that only say that it is a feed."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return []
    steps = [_ENDING.sub("", unquote(step)) for step in path.split("/") if step]
    while steps and steps[0].lower() in _FEED:
        steps = steps[1:]
    return steps


def _normal(host: str, *steps: str) -> str:
    """One account has one name, however its feed and its pages spell the kind of it."""
    kinds = {"channel_id": "channel", "playlist_id": "playlist", "u": "user", "~r": "", "~ff": "", "s": ""}
    said = [kinds.get(step.lower(), step) for step in steps[:-1]] + [steps[-1]]
    return "/".join([host, *(step for step in said if step)])
