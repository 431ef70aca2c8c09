"""The page of trends, over all families: complete as it stands; a script lets readers choose and look closer.

Each part counts the days of `Span`; its data file has all days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from digest_lib.charts.alike import ranked
from digest_lib.site.drawn.bars import columns
from digest_lib.site.drawn.counts import Ranked, percent
from digest_lib.site.drawn.figure import Figure, Folded, Table, inside
from digest_lib.site.drawn.lines import HEIGHT, Line, lines
from digest_lib.site.drawn.svg import Value, drawing
from digest_lib.site.multiples import NONE, leading, listed, most_reported
from digest_lib.site.page import Page
from digest_lib.site.tallies import Tallies
from digest_lib.site.trend_data import data_name
from digest_lib.site.trend_pictures import pictures
from digest_lib.site.trend_span import WORDS, Span, by_day, day_ends, smalls, stacked, takes, tick, wide
from digest_lib.text.filled import filled

#: Publishers that are shown, and languages before the others are one.
_PUBLISHERS: Final = 12
_LANGUAGES: Final = 4
_CHECKED: Final = 120.0


def trends_page(tallies: Tallies) -> Page:
    """The page `trends.html`."""
    span = Span(tallies, tallies.days)
    told = span.told
    about = "各模型的報導量、占比、出版者、語言與查核，逐日比較"
    if not span.days:
        return Page(
            "trends.qmd", "趨勢", about, "<p>有了文章之後，這裡會顯示各模型的新聞聲量。</p>", "trends"
        )
    counted, made = span.families(), {}
    if counted:
        made["reports"] = ("每天的報導量", _reports(span, counted))
        made["share"] = ("聲量占比", _share(span, counted))
    made |= {
        "publishers": ("誰在報導", _publishers(told)),
        "languages": ("用什麼語言", _languages(told)),
        "checks": ("查核撤下的句子", _checks(told)),
    }
    lede = f"{len(span.days)} 天（{span.said}）的數字，取自每天刊出的文章，刊出後不再改動。"
    html = f'<p class="lede">{lede}</p>'
    html += '<div id="trend-choices"></div>' if counted else pictures(tallies)
    for part, (heading, figure) in made.items():
        foot = Folded("資料表", "下載 CSV（所有日期）", data_name(part), heading)
        html += (
            f'<section aria-labelledby="{part}"><h2 id="{part}">{heading}</h2>'
            f'<figure class="chart drawn" data-part="{part}">{inside(figure, foot)}</figure></section>'
        )
    return Page("trends.qmd", "趨勢", about, html, "trends")


# --- how much


def _total(line: Line) -> int:
    return int(sum(n or 0 for n in line.values))


def _reports(span: Span, drawn: Sequence[Line]) -> Figure:
    finding = most_reported([(line.name, _total(line)) for line in drawn], len(span.days))
    measure = f"每天以各模型為主題的報導篇數，{span.said}"
    picture = drawing(lines(drawn, span.days, tick), HEIGHT, "reports", finding, measure, "plot lines")
    most = max([1, *(n for line in drawn for n in line.values if n is not None)])
    small = smalls(drawn, span, most, "family")
    blank = sum(all(line.values[n] is None for line in drawn) for n in range(len(span.days)))
    note = f"{blank} 天沒有收集到資料，圖上留白。" if blank else ""
    html = f'<div class="shown">{picture}</div><ul class="multiples">{small}</ul>'
    return Figure(
        finding, measure, html, by_day(span, drawn, measure), f"小圖縱軸相同，數字標在最多的一天。{note}"
    )


def _share(span: Span, drawn: Sequence[Line]) -> Figure:
    whole = sum(map(_total, drawn))
    first = leading([(line.name, _total(line)) for line in drawn])
    part = percent(max(map(_total, drawn)), whole)
    said = filled("{name} ", name=listed(first)) + f"{takes(first)} {len(span.days)} 天報導的 {part}%"
    finding = said if whole else NONE
    measure = f"每天的報導裡，以各模型為主題的各占多少，{span.said}"
    html = stacked(span, drawn, "share", finding, measure)
    return Figure(finding, measure, html, _shares(span, drawn, measure))


def _shares(span: Span, drawn: Sequence[Line], caption: str) -> Table:
    rows = []
    for n, key in enumerate(span.keys):
        values = [line.values[n] for line in drawn]
        whole = sum(value or 0 for value in values)
        shares = [None if value is None or not whole else f"{percent(value, whole)}%" for value in values]
        rows.append((key, *shares))
    return Table(caption, ("日期", *(line.name for line in drawn)), rows)


# --- from where


def _order(span: Span, counted: Mapping[str, Counter[str]]) -> Ranked:
    """How often each key was counted in these days, as `ranked`."""
    return ranked(sum((counted[key] for key in span.keys if key in counted), Counter[str]()))


def _publishers(span: Span) -> Figure:
    counted = span.tallies.publishers
    order = _order(span, counted)
    whole = sum(n for _, n in order)
    measure = f"各家出版者每天被採用的報導篇數，{span.said}"
    if not order:
        return Figure(NONE, measure, "", Table(measure, ("出版者", "報導（篇）"), []))
    first, n = leading(order), order[0][1]
    each = "各 " if len(first) > 1 else ""
    finding = f"{len(order)} 家出版者裡，" + filled("{name} 最多：", name=listed(first))
    finding += f"{each}{n:,} 篇，{each.strip()}占 {percent(n, whole)}%"
    shown = [
        Line(by, f"p{place}", [counted[key].get(by, 0) if key in counted else None for key in span.keys])
        for place, (by, _) in enumerate(order[:_PUBLISHERS])
    ]
    most = max(n for line in shown for n in line.values if n is not None)
    items = smalls(shown, span, most, "publisher")
    rest = len(order) - len(shown)
    note = "各圖縱軸相同，數字標在最多的一天。" + (f"另有 {rest} 家，見資料。" if rest > 0 else "")
    return Figure(
        finding, measure, f'<ul class="multiples">{items}</ul>',
        Table(measure, ("出版者", "報導（篇）"), order), note,
    )  # fmt: skip


def _languages(span: Span) -> Figure:
    counted = span.tallies.languages
    order = _order(span, counted)
    measure = f"每天採用的報導裡，各種語言各占多少，{span.said}"
    if not order:
        return Figure(NONE, measure, "", Table(measure, ("日期",), []))
    codes = [code for code, _ in order[:_LANGUAGES]]
    drawn = [
        Line(WORDS.tongue(code), f"l{n}", _values(span, counted, {code}))
        for n, code in enumerate(codes, start=1)
    ]
    if len(order) > len(codes):
        others = {code for code, _ in order[_LANGUAGES:]}
        drawn.append(Line("其他", "l0", _values(span, counted, others)))
    whole = sum(n for _, n in order)
    first = [WORDS.tongue(code) for code in leading(order)]
    finding = f"{listed(first)}最多，{takes(first)} {percent(order[0][1], whole)}%；共 {len(order)} 種語言"
    html = stacked(span, drawn, "languages", finding, measure)
    return Figure(finding, measure, html, by_day(span, drawn, measure))


def _values(span: Span, counted: Mapping[str, Mapping[str, int]], codes: Collection[str]) -> list[Value]:
    """How many articles a day were in one of these languages."""
    return [
        sum(n for code, n in counted[key].items() if code in codes) if key in counted else None
        for key in span.keys
    ]


# --- what was held back


def _checks(span: Span) -> Figure:
    checks = span.tallies.checks
    known = [checks[key] for key in span.keys if key in checks]
    all_, withheld = sum(a for a, _ in known), sum(w for _, w in known)
    rate = f"{100 * withheld / all_:.1f}%" if all_ else "0%"
    finding = f"查核 {all_:,} 句，撤下 {withheld:,} 句（{rate}）"
    measure = f"每天查核的句子，與其中找不到來源支持而沒有刊出的，{span.said}"
    most = max((a for a, _ in known), default=1)
    said = columns([checks[key][0] if key in checks else None for key in span.keys], _CHECKED, most)
    # A column a day stands for all; of a day without one withheld, nothing is to be seen.
    held = columns([checks.get(key, (0, 0))[1] or None for key in span.keys], _CHECKED, most)
    parts = [
        f'<g class="said">{"".join(said)}</g><g class="held">{"".join(held)}</g>',
        *day_ends(span, _CHECKED),
    ]
    picture = drawing(parts, _CHECKED + 22, "checks", finding, measure, wide("plot columns", span))
    keys = '<li><span class="swatch said"></span>查核</li><li><span class="swatch held"></span>撤下</li>'
    rows = [(key, *checks.get(key, (None, None))) for key in span.keys]
    table = Table(measure, ("日期", "查核（句）", "撤下（句）"), rows)
    html = f'<ul class="legend">{keys}</ul><div class="shown">{picture}</div>'
    return Figure(finding, measure, html, table)
