"""The page that says how the newsroom fares, as its posts tell it: what ran on which day, which sources
answered, what was corrected. Readers see what was missing, and not only what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from digest_lib.sections.markup import esc, unseen
from digest_lib.sections.words import day_text
from digest_lib.site.lists import url_of
from digest_lib.site.page import Page
from digest_lib.site.posts import Post

#: So many days are shown.
_DAYS = 14
PATH = "status.qmd"
_UNDRESSED = (
    "<section><h2>字型</h2><p>製作這個網站的機器沒有中文字型：內文以讀者裝置上的字型顯示，"
    "裝置上也沒有的字會是方框。</p></section>"
)


def lately(posts: Sequence[Post]) -> list[Post]:
    """The posts that the page is made of: those of the last days that any post is of."""
    last = max((post.brief.day for post in posts), default=date.min)
    return [post for post in posts if (last - post.brief.day).days < _DAYS]


def status_page(posts: Sequence[Post], families: Mapping[str, str], *, dressed: bool = True) -> Page:
    """The page, of posts of the last days (`lately`) and the families' names by key; `dressed` says whether
    the site has a text face of its own."""
    parts = [_days(posts, families), _silent(posts), _changed(posts)] if posts else ["<p>還沒有文章。</p>"]
    parts += [] if dressed else [_UNDRESSED]
    return Page(PATH, "運作狀況", "每天各模型出刊與否、來源是否回應、更正與撤回", "".join(parts), "status")


def _days(posts: Sequence[Post], families: Mapping[str, str]) -> str:
    days = sorted({post.brief.day for post in posts})
    shown = [days[-1] - timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in families.values())
    rows = "".join(
        _row(day, {p.brief.family: p for p in posts if p.brief.day == day}, families) for day in shown
    )
    return (
        f'<p class="lede">最近一次出刊：{day_text(days[-1])}。</p>'
        "<p>數字是新聞則數，「無」是當日沒有新聞，「缺」是沒有文章。</p>"
        '<div class="scroll by-day"><table><caption>各日出刊狀況</caption>'
        f'<thead><tr><th scope="col">日期</th>{head}<th scope="col">來源回應</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(day: date, posts: Mapping[str, Post], families: Mapping[str, str]) -> str:
    cells = "".join(f"<td>{_cell(posts.get(family), name)}</td>" for family, name in families.items())
    when = f'<time datetime="{day}">{day_text(day).partition(" 年 ")[2]}</time>'  # of two weeks: no year
    return f'<tr><th scope="row">{when}</th>{cells}<td>{_heard(list(posts.values()))}</td></tr>'


def _cell(post: Post | None, name: str) -> str:
    if post is None:
        return "缺"
    stories = len(post.brief.stories)
    said = "撤回" if post.brief.retracted else f"{stories} 則" if stories else "無"
    return f'<a href="{url_of(post, "")}">{said}{unseen(f"：{name}，{day_text(post.brief.day)}")}</a>'


def _heard(posts: Sequence[Post]) -> str:
    """How many of the feeds that the day asked answered, by the post that heard most; none are asked for news
    that is imported."""
    answered, feeds = max((post.brief.heard for post in posts), default=(0, 0))
    return f"{answered}／{feeds}" if feeds else "—"


def _silent(posts: Sequence[Post]) -> str:
    """The sources that did not answer on the last day."""
    last = max(post.brief.day for post in posts)
    of_day = [post.facts.coverage for post in posts if post.brief.day == last]
    names = sorted({name for coverage in of_day for name, _ in coverage.failed})
    if not any(coverage.feeds for coverage in of_day):
        return "<p>最近一日的報導是匯入的，沒有向來源查詢。</p>"
    if not names:
        return "<p>最近一日，所有來源都有回應。</p>"
    items = "".join(f"<li>{esc(name)}</li>" for name in names)
    return f"<section><h2>最近一日沒有回應的來源</h2><ul>{items}</ul></section>"


def _changed(posts: Sequence[Post]) -> str:
    """What of it was corrected or taken back."""
    items = "".join(
        f'<li><a href="{url_of(post, "")}">{day_text(post.brief.day)} {esc(post.brief.name)}</a>：'
        f"{'已撤回' if post.brief.retracted else '有更正'}</li>"
        for post in posts
        if post.brief.retracted or post.brief.corrected
    )
    return f"<section><h2>這些天的更正與撤回</h2><ul>{items}</ul></section>" if items else ""
