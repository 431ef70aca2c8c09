"""What kind of page a source is: some pages report nothing."""

from __future__ import annotations

import re

from digest_lib.articles.article import Article
from digest_lib.stories.match import is_of
from digest_lib.text.names import Aliases
from digest_lib.text.scripts import fold
from digest_lib.web.urls import canonical

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

#: A publisher on itself, in folded titles: editors' notes and letters, corrections, its own vacancies.
_EDITORS = re.compile(
    r"^\W*(?:编辑室?(?:报告|手记|的话|笔记|后记|札记|室)|(?:总|主)?编(?:辑)?(?:的话|手记|按|语|后记)|编者(?:按|的话|注)|小编(?:的话|碎碎念|手记)"
    r"|编集(?:后记|长から|部から)|致(?:各位|亲爱的)?读者|给读者的(?:信|话)|更正启事|(?:本报|本站|本刊)(?:启事|公告|征才)"
    r"|編集(?:後記|長から|部から)|読者の皆"
    r"|(?:a )?(?:letter|note|word|message) from (?:the|our) (?:editors?|editor in chief|publisher|newsroom)"
    r"|(?:an? |the )?editor(?:'s|s'|s)? (?:notes?|letter|desk|picks?)\b|from the editors?\b"
    r"|(?:a )?(?:note|letter) to (?:our )?readers"
    r"|corrections? and clarifications?|come work with us|(?:we're|we are) hiring|join our (?:team|newsroom))"
)

#: What a page is that is called by a product's name and nothing else: a listing, wherever it stands. Folded.
_SHELF = re.compile(
    r"(?:\b(?:on|in|at|from) (?:the )?)?\b(?:(?:mac )?app store|google play(?: store)?|microsoft store"
    r"|play store)\b"
    r"|\b(?:official )?(?:mobile |desktop |web |ai )?(?:apps?|apk|download(?:s| now| free)?|install"
    r"|extension)\b(?: on\b)?"
    r"|\bfor (?:ios|iphone|ipad|android|mac(?:os)?|windows|chrome|desktop)\b"
    r"|(?:免费|官方|手机|电脑|行动|桌面)?(?:版)?(?:下载|安装|应用程[式序]|应用商店|商店|手机版|电脑版)|ダウンロード|アプリ"
)


def is_listing(title: str, names: Aliases) -> bool:
    """Does the title say no more than a name of `names`, or that it is to be had? One with a version tells
    what is new: it is no listing unless it says where to get it."""
    spans = names.spans(title)
    bare = title
    for start, end in reversed(spans):
        bare = f"{bare[:start]} {bare[end:]}"
    rest = _SHELF.sub(" ", fold(bare))
    left = re.sub(r"[\W_]+", "", rest)
    return bool(spans) and (not left or (left.isdigit() and rest != fold(bare)))


def no_news(article: Article, names: Aliases | None = None) -> str | None:
    """What kind of page it is, when it is one that reports nothing; None for an ordinary article. `names` are
    those of the family, which a mere listing is called by."""
    for kind, hosts in NO_NEWS.items():
        if is_of(canonical(article.url), hosts):
            return kind
    if _QUOTE_PAGE.search(article.title):
        return "stock quote"
    if _EDITORS.search(fold(article.title).replace("’", "'")):
        return "an editor's note"
    if names and is_listing(article.title, names):
        return "a listing, called by a name alone"
    return "spam" if _SPAM.search(article.title) else None
