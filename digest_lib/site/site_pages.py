"""What each of the site's pages says. Deciding only: nothing here reads or writes a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digest_lib.sections.markup import esc
from digest_lib.sections.words import day_text
from digest_lib.site.front_page import front_page
from digest_lib.site.lists import by_month, card, family_list, headline, month_text, timeline, url_of
from digest_lib.site.measured import measured, method_page
from digest_lib.site.newsroom import Newsroom, Places
from digest_lib.site.page import Page, Planned, planned, up
from digest_lib.site.posts import Post
from digest_lib.site.prompt_pages import prompt_pages
from digest_lib.site.status_page import lately, status_page
from digest_lib.site.story_pages import story_pages
from digest_lib.site.trends import trends_page

#: A family's page shows so many months; older ones have pages of their own, so that it never grows.
_MONTHS_SHOWN = 2


def all_pages(room: Newsroom) -> list[Planned]:
    """Every generated page."""
    return [
        planned("index.qmd", _home, room),
        planned("families/index.qmd", _families, room),
        *(page for family in room.families for page in _family(room, family)),
        planned("months/index.qmd", _months, room),
        *(
            planned(f"months/{month}.qmd", _month, month, posts)
            for month, posts in by_month(room.posts).items()
        ),
        *story_pages(room),
        planned("trends.qmd", trends_page, room.tallies),
        planned("status.qmd", status_page, lately(room.posts), room.families, dressed=room.dressed),
        planned("method.qmd", method_page, measured()),
        *prompt_pages(room.reports, room.families),
        planned("search.qmd", _search),
        planned("404.qmd", _lost),
    ]


def _home(room: Newsroom) -> Page:
    if room.posts:
        return front_page(room)
    site = room.config
    html = f'<p class="lede">{esc(site.description)}。</p>{_empty(room)}'
    return Page("index.qmd", "首頁", site.description, html, "home", site.title)


def _empty(room: Newsroom) -> str:
    names = "、".join(room.families.values())
    ready = f"<p>已設定的模型：{esc(names)}。</p>" if names else ""
    return (
        '<section class="empty"><h2>第一篇文章還沒出刊</h2>'
        "<p>編輯室已經就緒。執行 <code>digest run</code>，就會收集新聞、寫成各模型的第一篇文章；"
        f"手邊有舊新聞，可以先用 <code>digest import</code> 匯入。</p>{ready}</section>"
    )


def _families(room: Newsroom) -> Page:
    path = "families/index.qmd"
    top = up(path)
    items = []
    for family, name in room.families.items():
        posts = room.of(family)
        latest = (
            f'<p>{day_text(posts[0].brief.day)}：<a href="{url_of(posts[0], top)}">'
            f"{headline(posts[0])}</a></p>"
            if posts
            else "<p>尚無文章。</p>"
        )
        items.append(
            f'<article class="entry"><h2><a href="{family}/index.html">{esc(name)}</a></h2>{latest}'
            f'<p class="counts">{len(posts)} 篇・<a href="{family}/feed.xml">{esc(name)} RSS</a></p>'
            "</article>"
        )
    html = "".join(items) or "<p>還沒有任何模型。</p>"
    return Page(path, "模型", "依模型瀏覽每日動態", html, "families")


def _family(room: Newsroom, family: str) -> Iterator[Planned]:
    """A family's page, and those of its older months."""
    name, posts = room.families[family], room.of(family)
    months = list(by_month(posts).items())
    shown, older = dict(months[:_MONTHS_SHOWN]), dict(months[_MONTHS_SHOWN:])
    places = room.places(post for listed in shown.values() for post in listed)
    path = f"families/{family}/index.qmd"
    yield planned(path, _newest, family, name, len(posts), shown, list(older), places)
    for month, listed in older.items():
        path = f"families/{family}/{month}.qmd"
        yield planned(path, _older, family, name, month, listed, room.places(listed))


def _newest(
    family: str,
    name: str,
    many: int,
    shown: Mapping[str, Sequence[Post]],
    older: Sequence[str],
    places: Places,
) -> Page:
    path = f"families/{family}/index.qmd"
    top = up(path)
    intro = f'<p class="lede">{many} 篇每日動態。<a class="onward" href="feed.xml">訂閱 RSS</a></p>'
    newest = next((posts[0] for posts in shown.values()), None)
    first = card(newest, top, places, eager=True, level=2) if newest else "<p>還沒有文章。</p>"
    html = intro + f'<div class="cards single">{first}</div>'
    for month, posts in shown.items():
        listed = family_list([post for post in posts if post is not newest], top, places)
        if not listed:
            continue
        html += f'<section><h2 id="m-{month}">{month_text(month)}</h2>{listed}</section>'
    if older:
        links = "".join(f'<li><a href="{m}.html">{month_text(m)}</a></li>' for m in older)
        html += f'<nav aria-label="更早的月份"><h2>更早的月份</h2><ul class="chips">{links}</ul></nav>'
    return Page(path, name, f"{name} 每日動態，依日期排列", html, "family")


def _older(family: str, name: str, month: str, posts: Sequence[Post], places: Places) -> Page:
    path = f"families/{family}/{month}.qmd"
    back = f'<p><a href="index.html">{esc(name)} 最新動態</a></p>'
    title = f"{name}：{month_text(month)}"
    listed = family_list(posts, up(path), places, level=2)
    return Page(path, title, f"{title}的每日動態", back + listed, "family")


def _months(room: Newsroom) -> Page:
    items = "".join(
        f'<li><a href="{month}.html">{month_text(month)}</a> <span class="counts">{len(posts)} 篇</span></li>'
        for month, posts in by_month(room.posts).items()
    )
    html = f'<ul class="posts">{items}</ul>' if items else "<p>還沒有文章。</p>"
    adopted = '・<a href="../prompts.html">提示詞的改寫</a>' if room.reports else ""
    html += f'<p class="counts"><a href="../status.html">運作狀況</a>{adopted}</p>'
    return Page("months/index.qmd", "月份", "依月份瀏覽所有文章", html, "months")


def _month(month: str, posts: Sequence[Post]) -> Page:
    path = f"months/{month}.qmd"
    title = month_text(month)
    html = f'<p class="lede">{len(posts)} 篇。<a class="onward" href="index.html">所有月份</a></p>'
    return Page(path, title, f"{title}的所有文章", html + timeline(posts, up(path), level=2), "month")


def _search() -> Page:
    html = (
        '<div id="search"></div><p id="search-note" role="status">搜尋需要 JavaScript；'
        '也可以<a href="months/index.html">依月份</a>或<a href="families/index.html">依模型</a>瀏覽。</p>'
    )
    return Page("search.qmd", "搜尋", "搜尋所有文章", html, "search")


def _lost() -> Page:
    html = (
        "<p>這個網址沒有頁面：文章可能已經移走，或網址打錯了。</p>"
        '<p><a href="/index.html">回首頁</a>・<a href="/search.html">搜尋</a></p>'
    )
    return Page("404.qmd", "找不到頁面", "找不到這個頁面", html, "lost")
