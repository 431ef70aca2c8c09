"""The front page of a day, over all families: what mattered, what changed, who said what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.sections.sentences import says_again
from digest_lib.sections.words import day_text, short_day
from digest_lib.site.events import Event, Told
from digest_lib.site.importance import ranked
from digest_lib.site.lists import counts, marks, url_of
from digest_lib.site.lists import headline as post_headline
from digest_lib.site.multiples import Months, finding_of, months_of, multiples_html
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.page import Page
from digest_lib.site.posts import Post
from digest_lib.site.said import families, headline, sentence_html, what_is_new, who, why
from digest_lib.site.trend_data import data_name
from digest_lib.text.filled import filled

#: Stories beside the lead.
_MORE: Final = 5
#: Sentences of the lead.
_SENTENCES: Final = 2
#: Follow-ups that are listed, earlier days, and stories of each of them.
_CHANGES, _DAYS, _A_DAY = 6, 9, 6


def front_page(room: Newsroom) -> Page:
    """The home page; `room` has at least one post."""
    site, day = room.config, room.days[0]
    events = ranked(room.by_day.get(day, []), day)
    parts = [
        f'<p class="dateline"><time datetime="{day}">{day_text(day)}</time>'
        f"<span>{esc(site.description)}</span></p>",
        news_html(events, day) if events else '<p class="no-news">今天各模型都沒有新聞。</p>',
        _changes(events, day, room),
        _families(events, day, room),
        _before(room),
    ]
    return Page("index.qmd", "首頁", site.description, "".join(parts), "home", site.title)


def news_html(events: Sequence[Event], day: date) -> str:
    """A day's news: the lead, a few more, the rest by their headlines; `events` are as `ranked` has them.
    Links are relative to the top of the site."""
    return _lead(events[0], day) + _more(events[1 : 1 + _MORE], events[1 + _MORE :], day)


def _lead(event: Event, day: date) -> str:
    told = event.on(day)
    text = told[0].text
    facts = [s for s in text.sentences if s.kind != "count"] if text else []
    more = [s for s in facts if not says_again(s.text, told[0].brief.title)]  # than the headline
    said = "".join(sentence_html(told[0], sentence, "") for sentence in more[:_SENTENCES])
    return (
        f'<article class="lead"><div><p class="kicker">今日頭條・{families(told, "")}</p>'
        f'<h2><a href="{event.path}">{headline(told[0])}</a></h2></div>'
        f'<div>{_said(said)}<div class="grounds">{_grounds(event, told)}</div></div></article>'
    )


def _said(sentences: str) -> str:
    return f'<p class="said">{sentences}</p>' if sentences else ""


def _more(events: Sequence[Event], rest: Sequence[Event], day: date) -> str:
    items = "".join(f"<li>{_story(event, day)}</li>" for event in events)
    items += f'<li class="rest">{_rest(rest, day)}</li>' if rest else ""
    if not items:
        return ""
    return (
        f'<section class="also" aria-labelledby="also"><h2 id="also">今天還有</h2><ol>{items}</ol></section>'
    )


def _story(event: Event, day: date) -> str:
    told = event.on(day)
    return (
        f'<article class="brief"><p class="kicker">{families(told, "")}</p>'
        f'<h3><a href="{event.path}">{headline(told[0])}</a></h3>{_grounds(event, told)}</article>'
    )


def _grounds(event: Event, told: Sequence[Told]) -> str:
    """Why it is there, and who reported it."""
    return f'<p class="why-here">{why(event, told)}</p><p class="by-whom-all">報導：{who(told)}</p>'


def _rest(events: Sequence[Event], day: date) -> str:
    """The day's further stories, a line each; of many, how many more."""
    lines = "".join(
        f'<li><a href="{event.path}">{headline(event.on(day)[0])}</a></li>' for event in events[:_A_DAY]
    )
    more = f"另有 {len(events) - _A_DAY} 則，" if len(events) > _A_DAY else ""
    month = f"stories/{day:%Y-%m}.html"
    all_ = f'<p class="counts onward">{more}<a href="{month}">本月所有新聞</a></p>'
    return f"<h3>其他新聞</h3><ul>{lines}</ul>{all_}"


def _changes(events: Sequence[Event], day: date, room: Newsroom) -> str:
    """What goes on from earlier days, and what was corrected since."""
    items = [item for event in events if (item := _change(event, day))][:_CHANGES]
    items += [_correction(post) for post in room.posts if _corrected_on(post, day)][:_CHANGES]
    if not items:
        return ""
    return (
        '<section aria-labelledby="changes"><h2 id="changes">和之前比，變了什麼</h2>'
        f'<ul class="changes">{"".join(f"<li>{item}</li>" for item in items)}</ul></section>'
    )


def _change(event: Event, day: date) -> str:
    """What an event was, what it is now, and what of that is new."""
    before = [told for told in event.told if told.day < day]
    if not before:
        return ""
    last, now = before[-1], event.on(day)
    new = esc(what_is_new(now))
    when = f"{short_day(last.day)}：{headline(last)}"
    added = f' <span class="counts">{new}</span>' if new else ""
    return f'<span class="was">{when}</span> <a href="{event.path}">{headline(now[0])}</a>{added}'


def _told_on(then: date, day: date) -> str:
    """An earlier day, with its year where that is not the year of `day`."""
    year = "" if then.year == day.year else f"{then.year} 年 "
    return f"{year}{short_day(then)}"


def _corrected_on(post: Post, day: date) -> bool:
    return any(when and when >= day for when in (post.brief.corrected, post.brief.retracted))


def _correction(post: Post) -> str:
    return f'<a href="{url_of(post, "")}">{esc(post.title)}</a> {marks(post)}'


def _families(events: Sequence[Event], day: date, room: Newsroom) -> str:
    """Each family's month and newest digest; those that have no news today share a line."""
    above = {headline(event.on(day)[0]) for event in events[: 1 + _MORE + _A_DAY]}
    latest, quiet, waiting = dict[str, str](), [], []
    for family, name in room.families.items():
        posts = room.of(family)
        told = next((post for post in posts if post.brief.stories), None)
        if told and told.brief.day == day:
            latest[family] = _latest(told, above)
        elif posts:
            when = told or posts[0]
            last = f"（上次 {_told_on(when.brief.day, day)}）" if told else ""
            quiet.append(f'<a href="{url_of(when, "")}">{esc(name)}</a>{last}')
        else:
            waiting.append(esc(name))
    silent = f'<p class="quiet">今天沒有新聞：{"、".join(quiet)}</p>' if quiet else ""
    silent += f'<p class="quiet">尚無文章：{"、".join(waiting)}</p>' if waiting else ""
    months = months_of(room.tallies)
    finding = finding_of(months)
    said = f'<p class="finding">{esc(finding)}</p>' if finding else ""
    cells = multiples_html(months, room.families, latest, "")
    heading = _span(months) if finding else "各模型"
    return (
        f'<section aria-labelledby="families"><h2 id="families">{heading}</h2>{said}{cells}{silent}'
        f"{_data() if finding else ''}</section>"
    )


def _latest(post: Post, above: Collection[str]) -> str:
    """A family's digest of the day: by its headline, unless that stands above."""
    head = post_headline(post)
    words = esc(filled("{name} 日報", name=post.brief.name)) if head in above else head
    said = f'<span class="counts">{esc(counts(post))} {marks(post)}</span>'
    return f'<p class="latest"><a href="{url_of(post, "")}">{words}</a> {said}</p>'


def _span(months: Months) -> str:
    days = f" {len(months.days)} 日" if len(months.days) < 28 else "一個月"  # noqa: PLR2004
    return f"各模型與近{days}的報導量"


def _data() -> str:
    return (
        '<p class="counts">每天以該模型為主題的報導篇數，各圖縱軸相同，數字標在最多的一天。'
        '<span class="onward"><a href="trends.html">看趨勢</a>・'
        f'<a href="{data_name("reports")}" download="">下載 CSV</a></span></p>'
    )


def _before(room: Newsroom) -> str:
    days = [_earlier(room, day) for day in room.days[1 : 1 + _DAYS]]
    more = '<a href="months/index.html">更早的日報</a>・<a href="stories/index.html">所有新聞事件</a>'
    more = f'<p class="onward">{more}</p>'
    if not days:
        return more
    return f'<section aria-labelledby="before"><h2 id="before">之前的日子</h2>{"".join(days)}{more}</section>'


def _earlier(room: Newsroom, day: date) -> str:
    events = ranked(room.by_day.get(day, []), day)
    items = "".join(_line(event, day) for event in events[:_A_DAY])
    left = len(events) - _A_DAY
    more = f'<li class="counts">另有 {left} 則，見<a href="months/{day:%Y-%m}.html">本月日報</a></li>'
    items += more if left > 0 else ""
    listed = f'<ul class="posts">{items}</ul>' if items else '<p class="counts">各模型都沒有新聞。</p>'
    return f'<section class="day"><h3><time datetime="{day}">{day_text(day)}</time></h3>{listed}</section>'


def _line(event: Event, day: date) -> str:
    told = event.on(day)
    names = "、".join(dict.fromkeys(esc(t.post.brief.name) for t in told))
    return (
        f'<li><span class="label">{names}</span> <a href="{event.path}">{headline(told[0])}</a> '
        f'<span class="counts">{len({s.publisher for t in told for s in t.sources})} 家</span></li>'
    )
