"""What kind of page a source is: some pages are no news, some publishers are one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.articles.article import Article
from digest_lib.articles.urls import canonical
from digest_lib.stories.match import is_of

#: Pages that report nothing themselves. A quarter of the sources of the site this one follows were such.
NO_NEWS = {
    "social": (
        "facebook.com", "instagram.com", "threads.net", "threads.com", "x.com", "twitter.com",
        "tiktok.com", "weibo.com", "linkedin.com", "pinterest.com", "plurk.com", "dcard.tw",
        "social.example",
    ),
    "app store": (
        "apps.apple.com", "play.google.com", "apps.microsoft.com", "apk-store.example",
        "apkpure.com", "apkmirror.com",
    ),
    "wiki": ("wikipedia.org", "wikiwand.com", "baike.baidu.com", "fandom.com"),
    "status page": ("status.openai.com", "status.anthropic.com", "downdetector.com", "statuspage.io"),
    "stock quote": ("tradingview.com", "stockq.org"),
}  # fmt: skip

_QUOTE_PAGE = re.compile(
    r"(股價|股价|即時行情|走勢圖|技術分析)\s*$|^[\w.]{1,8}\s*[:：]\s*\d+(\.\d+)?\s*[▲▼+-]",
    re.IGNORECASE,
)


def no_news(article: Article) -> str | None:
    """What kind of page it is, when it is one that reports nothing; None for an ordinary article."""
    for kind, hosts in NO_NEWS.items():
        if is_of(canonical(article.url), hosts):
            return kind
    if _QUOTE_PAGE.search(article.title):
        return "stock quote"
    return None


def independent(articles: Sequence[Article]) -> int:
    """How many publishers report it on their own: copies of one text count once."""
    texts: dict[str, str] = {}
    for article in sorted(articles, key=lambda a: (a.published, a.id)):
        texts.setdefault(_body(article), article.publisher)
    return len(set(texts.values()))


def _body(article: Article) -> str:
    """What tells a copy from a report of one's own: its words, without spaces and marks."""
    words = article.text or article.summary or article.title
    return re.sub(r"\W+", "", words)[:200].lower()
