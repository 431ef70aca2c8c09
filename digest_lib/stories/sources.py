"""What kind of page a source is: some pages report nothing."""

from __future__ import annotations

import re

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

#: Headlines that sell: codes, cracked programs, accounts, gambling.
_SPAM = re.compile(
    r"(?:promo|coupon|discount|referral|voucher) codes?\b|\b\d+% off\b"
    r"|(?:優惠|优惠|折扣|推薦|推荐|邀請|邀请)[碼码]|破解版|代[儲储充]|[帳賬账][號号](?:出售|合租|拼[車车])|娛樂城|娱乐城"
    r"|\b(?:apk mod|mod apk|keygen|warez|online casinos?|sportsbook)\b",
    re.IGNORECASE,
)


def no_news(article: Article) -> str | None:
    """What kind of page it is, when it is one that reports nothing; None for an ordinary article."""
    for kind, hosts in NO_NEWS.items():
        if is_of(canonical(article.url), hosts):
            return kind
    if _QUOTE_PAGE.search(article.title):
        return "stock quote"
    return "spam" if _SPAM.search(article.title) else None
