"""The page that says how the newsroom fares, as its posts tell it: what ran on which day, which sources
answered, what was corrected. Readers see what was missing, and not only what was found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from digest_lib.sections.markup import esc
from digest_lib.sections.words import day_text
from digest_lib.site.lists import url_of
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.page import Page
from digest_lib.site.posts import Post

#: So many days are shown, and so many corrections.
_DAYS, _CHANGES = 14, 20
PATH = "status.qmd"


def status_page(room: Newsroom) -> Page:
    """The page, of the last days that the posts know."""
    parts = [_days(room), _silent(room), _changed(room.posts)] if room.posts else ["<p>還沒有文章。</p>"]
    return Page(PATH, "運作狀況", "每天各模型出刊與否、來源是否回應、更正與撤回", "".join(parts), "status")


def _days(room: Newsroom) -> str:
    newest = room.days[0]
    shown = [newest - timedelta(days=n) for n in range(_DAYS) if newest - timedelta(days=n) >= room.days[-1]]
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in room.families.values())
    rows = "".join(_row(room, day) for day in shown)
    return (
        f'<p class="lede">最近一次出刊：{day_text(newest)}。</p><div class="table-responsive">'
        "<table><caption>各日出刊狀況：數字是則數，「無」是當日沒有新聞，「缺」是沒有文章</caption>"
        f'<thead><tr><th scope="col">日期</th>{head}<th scope="col">來源回應</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(room: Newsroom, day: date) -> str:
    posts = {post.facts.family: post for post in room.on(day)}
    cells = "".join(f"<td>{_cell(posts.get(family))}</td>" for family in room.families)
    return f'<tr><th scope="row">{day_text(day)}</th>{cells}<td>{_heard(list(posts.values()))}</td></tr>'


def _cell(post: Post | None) -> str:
    if post is None:
        return "缺"
    stories = len(post.facts.stories)
    said = "撤回" if post.facts.retracted else f"{stories} 則" if stories else "無"
    return f'<a href="{url_of(post, "")}">{said}</a>'


def _heard(posts: Sequence[Post]) -> str:
    """How many of the feeds that the day asked answered, by the post that heard most."""
    if not posts:
        return "—"
    of = max((post.facts.coverage for post in posts), key=lambda one: (one.answered, one.feeds))
    return f"{of.answered}／{of.feeds}"


def _silent(room: Newsroom) -> str:
    """The sources that did not answer on the last day."""
    names = sorted({name for post in room.on(room.days[0]) for name, _ in post.facts.coverage.failed})
    if not names:
        return "<p>最近一日，所有來源都有回應。</p>"
    items = "".join(f"<li>{esc(name)}</li>" for name in names)
    return f"<section><h2>最近一日沒有回應的來源</h2><ul>{items}</ul></section>"


def _changed(posts: Sequence[Post]) -> str:
    """What was corrected or taken back, the newest posts first."""
    items = [
        f'<li><a href="{url_of(post, "")}">{day_text(post.facts.date)} {esc(post.facts.name)}</a>：'
        f"{'已撤回' if post.facts.retracted else f'更正 {len(post.facts.corrections)} 次'}</li>"
        for post in posts
        if post.facts.retracted or post.facts.corrections
    ]
    listed = "".join(items[:_CHANGES])
    return f"<section><h2>更正與撤回</h2><ul>{listed}</ul></section>" if items else ""
