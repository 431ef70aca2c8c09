"""The pages of events: what is known of each, in the order in which it became known; and what lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.sections.sentences import bare
from digest_lib.sections.story_html import voices
from digest_lib.sections.words import FALLBACK, Words, day_text, short_day
from digest_lib.site.events import Event, Told
from digest_lib.site.importance import ranked
from digest_lib.site.lists import day_anchor, month_text
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.page import Page, Planned, planned, up
from digest_lib.site.said import headline, sentence_html, story_link, what_is_new, who

#: An event's page tells so many days, and less than twice as many; the days before have pages of their own.
_DAYS: Final = 30
#: Publishers that are named on its page.
_NAMED: Final = 40
#: So long after its last turn an event still goes on.
_GOES_ON: Final = timedelta(days=14)
#: Before those who reported it.
_BY: Final = "報導："


def story_pages(room: Newsroom) -> list[Planned]:
    """The page of every event, a list of each month's events, and the list of those months."""
    months: dict[str, list[Event]] = defaultdict(list)
    for event in room.events:
        for month in dict.fromkeys(day.isoformat()[:7] for day in event.days):
            months[month].append(event)
    return [
        *(page for event in room.events for page in _event(event)),
        *(
            planned(f"stories/{month}.qmd", _month, month, [_until(event, month) for event in events])
            for month, events in months.items()
        ),
        planned("stories/index.qmd", _index, {month: len(events) for month, events in months.items()}, room),
    ]


def _until(event: Event, month: str) -> Event:
    """What the list of a month says of an event does not change when the event goes on."""
    return event.until(next(day for day in reversed(event.days) if str(day)[:7] == month))


def _event(event: Event) -> Iterator[Planned]:
    """The page of an event, and those of its days long past, which stay as they are when a day is added."""
    *parts, newest = _parts(event.days)
    for number, days in enumerate(parts, start=1):
        yield planned(_part_path(event, number), _past, event.until(days[-1]), number, days)
    path = event.path.replace(".html", ".qmd")
    yield planned(path, _present, event, len(parts), newest)


def _past(event: Event, number: int, days: Sequence[date]) -> Page:
    before = _older(_part_path(event, number - 1)) if number > 1 else ""
    title = f"{event.told[0].brief.title}（之{number}）"
    html = before + _newest(event) + _turns(event, days)
    return Page(_part_path(event, number), title, f"新聞事件：{title}", html, "story-page")


def _present(event: Event, past: int, days: Sequence[date]) -> Page:
    before = _older(_part_path(event, past)) if past else ""
    html = _summary(event) + before + _turns(event, days) + _reported(event)
    path, title = event.path.replace(".html", ".qmd"), event.title
    return Page(path, title, f"新聞事件：{event.about}", html, "story-page")


def _parts(days: Sequence[date]) -> list[Sequence[date]]:
    """The days by page: the last page has the newest, and any other is full."""
    full = max(0, len(days) // _DAYS - 1)
    return [*(days[n * _DAYS : (n + 1) * _DAYS] for n in range(full)), days[full * _DAYS :]]


def _part_path(event: Event, number: int) -> str:
    return f"{event.path.removesuffix('.html')}-{number}.qmd"


def _file(path: str) -> str:
    return path.rpartition("/")[2].replace(".qmd", ".html")


def _older(path: str) -> str:
    return f'<p class="continues"><a href="{_file(path)}">更早的經過</a></p>'


def _newest(event: Event) -> str:
    return f'<p class="continues"><a href="{_file(event.path)}">最近的經過</a></p>'


def _summary(event: Event) -> str:
    """Since when, in which families' posts, told by how many."""
    span = _day(event.first)
    if event.first != event.last:
        span = f"{span}至 {_day(event.last)}，{len(event.days)} 天"
    names = {t.family: esc(t.post.brief.name) for t in event.told}
    links = "、".join(f'<a href="../families/{key}/index.html">{name}</a>' for key, name in names.items())
    return f'<p class="lede">{span}・{links}・{len(event.publishers)} 家報導</p>'


def _day(day: date) -> str:
    return f'<time datetime="{day}">{day_text(day)}</time>'


def _turns(event: Event, days: Sequence[date]) -> str:
    known = {bare(text) for day in event.days if day < days[0] for text in _texts(event.on(day))}
    parts = []
    for place, day in enumerate(days):
        beside = (days[place - 1] if place else None, days[place + 1] if place + 1 < len(days) else None)
        parts.append(_turn(event, day, known, beside))
    return f'<ol class="turns">{"".join(parts)}</ol>'


def _texts(told: Iterable[Told]) -> Iterable[str]:
    return (s.text for t in told if t.text for s in t.text.sentences)


def day_html(event: Event, day: date) -> str:
    """What a day added to an event, for those who know all before it."""
    known = {bare(text) for earlier in event.days if earlier < day for text in _texts(event.on(earlier))}
    return _p("new", what_is_new(event.on(day))) + _added(event, day, known)


def _turn(event: Event, day: date, known: set[str], beside: tuple[date | None, date | None]) -> str:
    """A day of an event."""
    posts = "、".join(
        f'<a href="{story_link(t, "../")}">{esc(t.post.brief.name)} 日報</a>' for t in event.on(day)
    )
    return (
        f'<li id="{day_anchor(day)}"><h2><time datetime="{day}">{day_text(day)}</time></h2>'
        f"{_p('new', what_is_new(event.on(day)))}{_added(event, day, known)}"
        f'<p class="counts">全文：{posts}{_beside(beside)}</p></li>'
    )


def _added(event: Event, day: date, known: set[str]) -> str:
    """What a day added, by each family that told it; what was `known` is not said again."""
    parts, headlines = [], set[str]()
    for told in event.on(day):
        sentences = _news(told, known)
        same = bare(told.brief.title) in headlines
        headlines.add(bare(told.brief.title))
        if same and not sentences:
            continue
        parts.append(("" if same else f"<h3>{headline(told)}</h3>") + _told(told, sentences))
    return "".join(parts)


def _p(kind: str, text: str) -> str:
    return f'<p class="{kind}">{esc(text)}</p>' if text else ""


def _beside(days: tuple[date | None, date | None]) -> str:
    before, after = days
    links = []
    if before:
        links.append(f'<a href="#{day_anchor(before)}">上一個轉折（{short_day(before)}）</a>')
    if after:
        links.append(f'<a href="#{day_anchor(after)}">下一個轉折（{short_day(after)}）</a>')
    return "".join(f'<span class="onward">・{link}</span>' for link in links)


def _news(told: Told, known: set[str]) -> list[str]:
    """Its sentences that nobody has said, as HTML; those of why it matters come last. What is only counted
    of it (that it is in English, when it was printed) is said where nothing else is."""
    if not told.text:
        return []
    said = (*told.text.sentences, *told.text.why_it_matters)
    facts = [sentence for sentence in said if sentence.kind != "count"]
    found = []
    for sentence in facts or said:
        plain = bare(sentence.text)
        if plain not in known:
            known.add(plain)
            found.append(sentence_html(told, sentence, "../"))
    return found


def _told(told: Told, sentences: Sequence[str]) -> str:
    words = Words(FALLBACK)
    listed = "".join(f"<li>{sentence}</li>" for sentence in sentences)
    many = f"{len(told.brief.articles)} 篇報導・{esc(voices(told.brief, words))}"
    # A headline with nothing beneath it would leave a reader to guess why.
    only = f"<p>內容都已在前面說過；{_BY}{who([told])}。</p>" if told.text else f"<p>{_BY}{who([told])}。</p>"
    return (f'<ul class="known">{listed}</ul>' if listed else only) + f'<p class="counts">{many}</p>'


def _reported(event: Event) -> str:
    names = event.publishers[:_NAMED]
    rest = f"，以及另外 {len(event.publishers) - _NAMED} 家" if len(event.publishers) > _NAMED else ""
    return f'<h2 id="publishers">誰報導了</h2><p>{esc("、".join(names))}{rest}</p>' if names else ""


def _month(month: str, events: Sequence[Event]) -> Page:
    path = f"stories/{month}.qmd"
    days = sorted({day for event in events for day in event.days if str(day)[:7] == month}, reverse=True)
    parts = []
    for day in days:
        items = "".join(_line(event, day) for event in ranked(events, day))
        parts.append(f'<section class="day"><h2>{_day(day)}</h2><ul class="posts">{items}</ul></section>')
    title = f"{month_text(month)}的新聞事件"
    back = f'<p class="lede">{len(events)} 個事件。<a class="onward" href="index.html">所有月份</a></p>'
    return Page(path, title, title, back + "".join(parts), "month")


def _line(event: Event, day: date) -> str:
    told = event.on(day)
    names = "、".join(dict.fromkeys(esc(t.post.brief.name) for t in told))
    turns = f'<span class="counts">第 {event.days.index(day) + 1} 天</span>' if event.first < day else ""
    link = f"{_file(event.path)}#{day_anchor(day)}"
    return f'<li><span class="label">{names}</span> <a href="{link}">{headline(told[0])}</a> {turns}</li>'


def _index(months: Mapping[str, int], room: Newsroom) -> Page:
    """The months, and what is going on: the events told on several of the last days."""
    path = "stories/index.qmd"
    top = up(path)
    since = room.days[0] - _GOES_ON if room.days else date.max
    going = [e for e in room.events if len(e.days) > 1 and e.last > since]
    going.sort(key=lambda e: (e.last, len(e.days), e.id), reverse=True)
    lines = "".join(
        f'<li><a href="{top}{event.path}">{headline(event.newest)}</a> '
        f'<span class="counts">{len(event.days)} 天・{len(event.publishers)} 家</span></li>'
        for event in going[:20]
    )
    html = '<p class="lede">一個事件一頁：跨日、跨模型，依得知的先後排列。</p>'
    html += f'<section><h2>還在發展</h2><ul class="posts">{lines}</ul></section>' if lines else ""
    listed = "".join(
        f'<li><a href="{month}.html">{month_text(month)}</a> <span class="counts">{many} 個事件</span></li>'
        for month, many in sorted(months.items(), reverse=True)
    )
    html += (
        f'<section><h2>依月份</h2><ul class="posts">{listed}</ul></section>'
        if listed
        else "<p>還沒有新聞。</p>"
    )
    return Page(path, "新聞事件", "跨日、跨模型的新聞事件", html, "months")
