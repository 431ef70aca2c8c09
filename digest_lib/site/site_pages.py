"""What each of the site's pages says. Deciding only: nothing here reads or writes a file."""

from __future__ import annotations

from collections.abc import Sequence

from digest_lib.publishing import dom
from digest_lib.sections.markup import esc
from digest_lib.sections.words import day_text
from digest_lib.site.front_page import front_page
from digest_lib.site.lists import by_month, card, family_list, headline, month_text, timeline, url_of
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.page import Page, up
from digest_lib.site.posts import Post
from digest_lib.site.status_page import status_page
from digest_lib.site.story_pages import story_pages

#: A family's page shows so many months; older ones have pages of their own, so that it never grows.
_MONTHS_SHOWN = 2


def all_pages(room: Newsroom) -> list[Page]:
    """Every generated page."""
    return [
        _home(room),
        _families(room),
        *(page for family in room.families for page in _family(room, family)),
        _months(room),
        *(_month(month, posts) for month, posts in by_month(room.posts).items()),
        *story_pages(room),
        _trends(room),
        status_page(room),
        _search(),
        _lost(),
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
            f'<p>{day_text(posts[0].facts.date)}：<a href="{url_of(posts[0], top)}">'
            f"{headline(posts[0])}</a></p>"
            if posts
            else "<p>尚無文章。</p>"
        )
        items.append(
            f'<article class="entry"><h2><a href="{family}/index.html">{esc(name)}</a></h2>{latest}'
            f'<p class="counts">{len(posts)} 篇・<a href="{family}/feed.xml">RSS</a></p></article>'
        )
    html = "".join(items) or "<p>還沒有任何模型。</p>"
    return Page(path, "模型", "依模型瀏覽每日動態", html, "families")


def _family(room: Newsroom, family: str) -> list[Page]:
    name, posts = room.families[family], room.of(family)
    path = f"families/{family}/index.qmd"
    top = up(path)
    months = by_month(posts)
    shown = list(months)[:_MONTHS_SHOWN]
    older = list(months)[_MONTHS_SHOWN:]
    intro = f'<p class="lede">{len(posts)} 篇每日動態。<a href="feed.xml">訂閱 RSS</a></p>'
    first = card(posts[0], top, eager=True, level=2) if posts else "<p>還沒有文章。</p>"
    html = intro + f'<div class="cards single">{first}</div>'
    for month in shown:
        listed = family_list(months[month], top, room.event_of)
        html += f'<section><h2 id="m-{month}">{month_text(month)}</h2>{listed}</section>'
    if older:
        links = "".join(f'<li><a href="{m}.html">{month_text(m)}</a></li>' for m in older)
        html += f'<nav aria-label="更早的月份"><h2>更早的月份</h2><ul class="chips">{links}</ul></nav>'
    pages = [Page(path, name, f"{name} 每日動態，依日期排列", html, "family")]
    for month in older:
        listed = family_list(months[month], top, room.event_of, level=2)
        back = f'<p><a href="index.html">{esc(name)} 最新動態</a></p>'
        title = f"{name}：{month_text(month)}"
        month_path = f"families/{family}/{month}.qmd"
        pages.append(Page(month_path, title, f"{title}的每日動態", back + listed, "family"))
    return pages


def _months(room: Newsroom) -> Page:
    items = "".join(
        f'<li><a href="{month}.html">{month_text(month)}</a> <span class="counts">{len(posts)} 篇</span></li>'
        for month, posts in by_month(room.posts).items()
    )
    html = f'<ul class="posts">{items}</ul>' if items else "<p>還沒有文章。</p>"
    return Page("months/index.qmd", "月份", "依月份瀏覽所有文章", html, "months")


def _month(month: str, posts: Sequence[Post]) -> Page:
    path = f"months/{month}.qmd"
    title = month_text(month)
    html = f'<p class="lede">{len(posts)} 篇。<a href="index.html">所有月份</a></p>'
    return Page(path, title, f"{title}的所有文章", html + timeline(posts, up(path), level=2), "month")


def _trends(room: Newsroom) -> Page:
    """The newest chart, which compares a family with the others; those of the other families, which draw
    mostly the same lines, are folded away."""
    charts = {}
    for post in room.posts:  # newest first; a retracted one has no chart
        if post.facts.family not in charts and (figure := post.chart("trend")):
            charts[post.facts.family] = _trend(post, figure)
    first, *others = charts.values() or ["<p>有了文章之後，這裡會顯示各模型的新聞聲量。</p>"]
    folded = "".join(
        f"<details><summary>{esc(room.families[family])}</summary>{chart}</details>"
        for family, chart in list(charts.items())[1:]
    )
    first += '<p class="counts"><a href="status.html">運作狀況</a></p>'
    html = first + (f"<section><h2>其他模型的圖</h2>{folded}</section>" if others else "")
    return Page("trends.qmd", "趨勢", "各模型近 30 日的新聞聲量", html, "trends")


def _trend(post: Post, figure: str) -> str:
    family = post.facts.family
    tree = dom.part(figure)
    for node in tree.css("figure, img"):
        if node.tag == "img":
            node.attrs["src"] = f"posts/{post.name}/trend.png"
        else:
            node.attrs["id"] = f"trend-{family}"
    return (
        f'{dom.part_written(tree)}<p class="counts">截至 {day_text(post.facts.date)}・'
        f'<a href="{url_of(post, "")}">{esc(post.facts.name)} 當日文章</a></p>'
    )


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
