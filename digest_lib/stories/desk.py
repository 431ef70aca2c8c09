"""The day's stories as a table at the desk, in the notebooks' language, and what was left out and why.

What decides says its reasons in English, as logs and records do; here they are said as the desk speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from digest_lib import desk_table
from digest_lib.articles.article import Article
from digest_lib.day import TAIPEI
from digest_lib.stories.kinds import Kind
from digest_lib.text.scripts import to_traditional

if TYPE_CHECKING:
    from digest_lib.stories.story import Story

KINDS: Mapping[Kind | None, str] = {
    Kind.INCIDENT: "事故", Kind.PRICE: "價格", Kind.LAUNCH: "發表", Kind.SECURITY: "資安",
    Kind.PEOPLE: "人事", Kind.POLICY: "法規", Kind.DEAL: "交易", Kind.RESEARCH: "研究",
    Kind.PARTNERSHIP: "合作與客戶", Kind.EVENT: "教學活動", Kind.OPINION: "評論", None: "",
}  # fmt: skip

#: Reasons as they are given, and as they are said here; what no row knows stays as it is.
_SAID: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"of no known kind", "類型不明"),
    *((rf"^{kind}\b(?=,)", said) for kind, said in KINDS.items() if kind),
    (r"(\d+) independent publisher\(s\)", r"\1 家獨立媒體"),
    (r"official page", "官方頁面"),
    (r"follows an earlier post", "先前文章的後續"),
    (r"in no headline", "標題都沒提到"),
    (r"on somebody else", "標題以別家為主"),
    (r"(\d+) figure\(s\)", r"標題有 \1 個數字或版本"),
    (r"(\d+) h before cut-off", r"截稿前 \1 小時"),
    (r"merged by hand", "人工併則"),
    (r"split by hand", "人工拆則"),
    (r"single report", "單篇"),
    (r"alike in meaning", "語意相近"),
    (r"share (?=\S)", "都提到 "),
    (r"^already in (\S+)", r"\1 已引用過"),
    (r"^nothing new since (.+) news: (.*)", r"\1 的新聞已登過：\2"),
    (r"^nothing new since (\S+)", r"\1 之後沒有新進展"),
    (r"^beyond (\d+) stories", r"超過一天 \1 則"),
    (r"^no news page: social", "不是新聞：社群貼文"),
    (r"^no news page: app store", "不是新聞：應用程式商店"),
    (r"^no news page: wiki", "不是新聞：百科"),
    (r"^no news page: status page", "不是新聞：狀態頁"),
    (r"^no news page: stock quote", "不是新聞：股價頁"),
    (r"^no news page: an editor's note", "不是新聞：編輯啟事"),
    (r"^no news page: spam", "不是新聞：推銷"),
    (r"^no news page: a listing, called by a name alone", "不是新聞：只有名稱的頁面"),
)
_PATTERNS = tuple((re.compile(pattern), said) for pattern, said in _SAID)

_STORIES = (
    "順序",
    "新聞",
    "類型",
    "報導",
    "獨立媒體",
    "時間",
    "後續",
    "新進展",
    "為何同一則",
    "為何這個順序",
)
_LEFT = ("略過", "媒體", "理由")


def in_words(reason: str) -> str:
    """A reason as the desk says it."""
    for pattern, said in _PATTERNS:
        reason = pattern.sub(said, reason)
    return reason.replace(", ", "、").replace("; ", "；")


def stories_table(stories: Sequence[Story]) -> str:
    """One row a story: its lead and its other reports as links, why it is one and why it stands there."""
    return desk_table.table(_STORIES, [_row(n, s) for n, s in enumerate(stories, 1)], unit="則")


def left_out_table(articles: Sequence[Article], why: Mapping[str, str]) -> str:
    """One row an article that is not told, with the reason."""
    rows = [(_link(a), a.publisher, in_words(why[a.id])) for a in articles if a.id in why]
    return desk_table.table(_LEFT, rows, unit="篇")


def _row(number: int, story: Story) -> tuple[desk_table.Cell, ...]:
    others = tuple(desk_table.Link(f"{a.publisher}：{a.title or a.url}", a.url) for a in story.articles[1:])
    publishers = f"{story.publishers} 家" + ("、官方" if story.official else "")
    return (
        number,
        _link(story.lead),
        KINDS[story.kind],
        others,
        publishers,
        _times(story),
        f"{story.follows.post}：{story.follows.headline}" if story.follows else "",
        "、".join(story.what_is_new),
        to_traditional(in_words(story.why_grouped)),  # words are compared as Simplified ones
        in_words(story.why_ranked),
    )


def _link(article: Article) -> desk_table.Link:
    return desk_table.Link(article.title or article.url, article.url)


def _times(story: Story) -> str:
    first, last = (moment.astimezone(TAIPEI).strftime("%m-%d %H:%M") for moment in (story.first, story.last))
    return first if first == last else f"{first} 到 {last}"
