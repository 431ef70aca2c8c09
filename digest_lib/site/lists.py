"""The parts that the site's pages are made of: cards, lists of posts, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.sections.words import day_text
from digest_lib.site.brief import StoryBrief
from digest_lib.site.drawn.month import month_html
from digest_lib.site.newsroom import Places
from digest_lib.site.posts import Post

#: So many characters are enough to know a headline by.
_KNOWN_BY: Final = 8


def url_of(post: Post, top: str) -> str:
    """The link to a post from a page whose way to the top is `top`."""
    return f"{top}posts/{post.name}/index.html"


def month_text(month: str) -> str:
    """`2026-07` as readers write it."""
    year, number = month.split("-")
    return f"{year} 年 {int(number)} 月"


def counts(post: Post) -> str:
    """How many stories a post has, and articles that they are told from, in words."""
    if post.brief.retracted:
        return "已撤回"
    if not post.brief.stories:
        return "沒有新聞"
    return f"{len(post.brief.stories)} 則新聞・{post.brief.told} 篇來源"


def marks(post: Post) -> str:
    """What a list says of a corrected or retracted post."""
    if post.brief.retracted:
        return '<span class="badge retracted-mark">已撤回</span>'
    if post.brief.corrected:
        return '<span class="badge">有更正</span>'
    return ""


def headline(post: Post) -> str:
    """A post's headline as HTML."""
    return post.brief.headline


def card(post: Post, top: str, places: Places, *, eager: bool = False, level: int = 3) -> str:
    """A post with its month or its picture, its day (a heading of this level) and its stories."""
    link = url_of(post, top)
    image = month_html(post.facts) or _thumbnail(post, top, link, eager=eager)
    told = _told(post, top, places, level)
    return f'<article class="card">{image}<div class="card-text">{told}</div></article>'


def _thumbnail(post: Post, top: str, link: str, *, eager: bool) -> str:
    """The small picture of a post; nothing for one of before, whose picture is large."""
    if not post.thumbnail:
        return ""
    loading = "eager" if eager else "lazy"
    return (
        f'<a class="cover" href="{link}" tabindex="-1" aria-hidden="true">'
        f'<img src="{top}posts/{post.name}/{post.thumbnail}" alt="" width="600" height="338" '
        f'loading="{loading}"></a>'
    )


def day_anchor(day: date) -> str:
    """The `id` of a day on a page."""
    return f"day-{day}"


def timeline(posts: Iterable[Post], top: str, *, level: int = 3) -> str:
    """Posts by day under a heading of this level, each on a line, those without news together on one; `posts`
    are newest first."""
    days = []
    for day, group in groupby(posts, key=lambda post: post.brief.day):
        own = [*group]
        quiet = [post for post in own if not post.brief.stories and not marks(post)]
        items = "".join(_line(post, top, post.brief.name) for post in own if post not in quiet)
        items += _quiet(quiet, top)
        heading = f'<h{level}><time datetime="{day}">{day_text(day)}</time></h{level}>'
        days.append(
            f'<section class="day" id="{day_anchor(day)}">{heading}<ul class="posts">{items}</ul></section>'
        )
    return "".join(days)


def family_list(posts: Sequence[Post], top: str, places: Places, *, level: int = 3) -> str:
    """One family's posts, each with its stories, which lead to their events' pages."""
    told = (_told(post, top, places, level) for post in posts)
    return "".join(f'<article class="entry">{one}</article>' for one in told)


def _told(post: Post, top: str, places: Places, level: int) -> str:
    """A post by its day, its stories below; its headline stands there where it is not that of a story, in
    other words (「OpenAI 官方發表文章，談 GPT-5」 of 「OpenAI 官方發表文章：〈…〉」)."""
    day = f'<time datetime="{post.brief.day}">{day_text(post.brief.day)}</time>'
    stories = post.brief.stories
    own = bool(stories) and _beginning(headline(post)) not in {_beginning(s.headline) for s in stories}
    said = f'<p class="own-headline">{headline(post)}</p>' if own else ""
    listed = "".join(_story(post, story, top, places) for story in stories)
    return (
        f'<h{level}><a href="{url_of(post, top)}">{day}</a></h{level}>'
        f'<p class="counts">{esc(counts(post))} {marks(post)}</p>{said}'
        + (f'<ol class="heads">{listed}</ol>' if listed else "")
    )


def _beginning(told: str) -> str:
    """What a headline says first: up to its first mark, where that is enough to know it by."""
    first = re.split("[，：；]", told, maxsplit=1)[0]
    return first if len(first) >= _KNOWN_BY else told


def _story(post: Post, story: StoryBrief, top: str, places: Places) -> str:
    event, many = places[post.name, story.id]
    days = f' <span class="badge">{many} 天</span>' if many > 1 else ""
    return f'<li><a href="{top}{event}">{story.headline}</a>{days}</li>'


def _line(post: Post, top: str, label: str) -> str:
    return (
        f'<li><span class="label">{esc(label)}</span> '
        f'<a href="{url_of(post, top)}">{headline(post)}</a> '
        f'<span class="counts">{esc(counts(post))} {marks(post)}</span></li>'
    )


def _quiet(posts: Sequence[Post], top: str) -> str:
    links = "、".join(f'<a href="{url_of(post, top)}">{esc(post.brief.name)}</a>' for post in posts)
    return f'<li class="counts">沒有新聞：{links}</li>' if links else ""


def month_of(post: Post) -> str:
    """`2026-07`."""
    return post.brief.day.isoformat()[:7]


def by_month(posts: Iterable[Post]) -> dict[str, list[Post]]:
    """The posts by month, in their order."""
    months: dict[str, list[Post]] = {}
    for post in posts:
        months.setdefault(month_of(post), []).append(post)
    return months
