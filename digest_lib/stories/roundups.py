"""Round-ups and newsletters: pages on many events, which must glue nothing together."""

from __future__ import annotations

import re

from digest_lib.articles.article import Article
from digest_lib.text.scripts import fold

#: On folded text (Simplified, lower case): how a publisher labels a page that sums up many.
_LABELLED = re.compile(
    r"^\W?[^【\[】\]]{0,4}[【\[][^】\]]{0,14}(?:日报|早报|晚报|周报|月报|早餐|晨报|早知道|快讯汇|汇总|合辑|精选|摘要|一周|news|daily"
    r"|weekly|digest|round-?up|briefing|recap)[^】\]]{0,8}[】\]]"
    r"|^[^|｜:：]{0,6}(?:早报|晚报|日报|周报|月报|早知道|早餐|晨报|晨间|晚间)[^|｜:：]{0,4}[|｜:：]"
    r"|^(?:this|last) week in\b|\bround-?up\b|\bnewsletter\b"
    r"|\b(?:weekly|daily) (?:digest|recap|briefing|links)\b"
    r"|^security updates for\b|^(?:short )?links?:|新闻(?:汇总|精选|早班车)|一周(?:大事|回顾|要闻)"
)
#: A number of a series that names three things or more.
_NUMBER_OF_MANY = re.compile(r"^[^:：#]{3,40}#\s?\d+[:：](?:[^,，、]+[,，、]){2,}")
#: How such a page begins.
_OPENS = re.compile(
    r"精选\s?\d+\s?[则条篇]|(?:top|these) (?:\d+ )?(?:stories|headlines)\b|今[日天][^。]{0,8}\d+\s?[则条]"
)
_OPENING = 120


def is_roundup(article: Article) -> bool:
    """Does the page sum up many events? Told by its label in the title, or by how it opens."""
    title = fold(article.title)
    labelled = _LABELLED.search(title) or _NUMBER_OF_MANY.search(title)
    return bool(labelled or _OPENS.search(fold(article.summary[:_OPENING])))
