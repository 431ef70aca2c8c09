"""A month of the family in the news, beside its rivals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from digest_lib.charts.chart import Chart
from digest_lib.charts.lines import fit, shorten, width_of
from digest_lib.charts.scale import nice_step, spread
from digest_lib.charts.series import LEAST_DAYS, Series, recent
from digest_lib.charts.style import GREY, INK, MUTED, PAPER, RULE, SMALLEST, Sheet, accent, blend, sheet
from digest_lib.charts.words import Words
from digest_lib.stories.history import History

WIDTH, HEIGHT = 1200, 640

# The plot, in pixels; to its right stand the names.
_LEFT, _RIGHT, _TOP, _BASE = 76, 884, 172, 562
_EDGE = 1160
_TYPE = SMALLEST
_LABEL_GAP = 36
#: Rivals that are drawn; more lines than this cannot be followed.
RIVALS = len(MUTED)
# An axis of fewer days than this has a date at every other day, else one a week.
_SHORT = 15

# Dashes tell rivals apart where tints do not, as for the colour-blind.
_DASHES: tuple[tuple[float, ...], ...] = ((), (4, 2), (1.2, 1.6), (7, 2, 1.5, 2), (2.5, 1.5))


def trend_chart(past: History, *, language: str = "zh-TW") -> Chart:
    """Articles a day that are about the family and its rivals, over the last 30 days of `past`.

    A gap is left blank and a day between two gaps is a dot. The family is the first name of `past`.
    """
    words = Words.of(language)
    series = recent(past)
    plot = _Plot.of(past, series)
    with sheet(WIDTH, HEIGHT) as page:
        _heading(page, plot, words)
        _axes(page, plot, words)
        for name in reversed(plot.drawn):
            _line(page, plot, name)
        _labels(page, plot, words)
        png = page.png()
    said = _said(past, plot, words)
    title = _subtitle(plot, words)
    return Chart(
        "trend", png, _alt(plot, words), said, _table(past, plot, words), WIDTH, HEIGHT,
        title=title, language=words.language,
    )  # fmt: skip


@dataclass(frozen=True)
class _Plot:
    """What is drawn where: the names, the days of the axis and its highest count.

    `since` is the first day with data: an axis that begins before it says nothing of the days between.
    """

    series: tuple[Series, ...]
    drawn: tuple[Series, ...]
    since: date | None
    first: date | None
    last: date | None
    top: int
    step: int

    @classmethod
    def of(cls, past: History, series: tuple[Series, ...]) -> _Plot:
        rivals = sorted(series[1:], key=lambda s: -s.total)[:RIVALS]
        # In the order of the history, so that a rival keeps its look from day to day.
        drawn = tuple(s for s in series if s.values and (s is series[0] or s in rivals))
        counts = [n for s in drawn for _, n in s.values]
        step = nice_step(max([1, *counts]))
        top = step * -(-max([1, *counts]) // step)
        since = min((s.values[0][0] for s in series if s.values), default=None)
        return cls(series, drawn, since, *_span(past, since), top, step)

    @property
    def own(self) -> Series:
        return self.series[0] if self.series else Series("", ())

    @property
    def days(self) -> int:
        """How many days have data."""
        return len({day for s in self.series for day, _ in s.values})

    def x(self, day: date) -> float:
        assert self.first and self.last
        return _LEFT + 8 + (_RIGHT - _LEFT - 8) * (day - self.first) / (self.last - self.first)

    def y(self, count: float) -> float:
        return _BASE - (_BASE - _TOP) * count / self.top

    def look(self, series: Series) -> tuple[str, float, tuple[float, ...]]:
        """Colour, width and dashes of a line."""
        if series is self.own:
            return accent(series.name), 6, ()
        place = [s for s in self.drawn if s is not self.own].index(series)
        return MUTED[place], 3, _DASHES[place]


def _span(past: History, since: date | None) -> tuple[date | None, date | None]:
    """The axis: from the first day with data to the last day, and no shorter than `LEAST_DAYS`."""
    if not past.days:
        return None, None
    last = past.days[-1]
    least = last - timedelta(days=LEAST_DAYS - 1)
    return min(since or last, least), last


# --- drawing


def _heading(page: Sheet, plot: _Plot, words: Words) -> None:
    title = words("trend title none", name=plot.own.name)
    if plot.own.latest:
        day, n = plot.own.latest
        title = words("trend title", name=plot.own.name, date=words.date(day), n=n)
    room = _EDGE - 40
    page.box(40, 34, 84, 8, accent(plot.own.name))
    title, size = fit(title, room, 40, serif=True)
    page.text(40, 90, title, size, bold=True, serif=True)
    subtitle, size = fit(_subtitle(plot, words), room, _TYPE)
    page.text(40, 132, subtitle, size, color=GREY)


def _axes(page: Sheet, plot: _Plot, words: Words) -> None:
    for count in range(0, plot.top + 1, plot.step):
        y = plot.y(count)
        page.line([(_LEFT, y), (_RIGHT, y)], INK if not count else RULE, 2 if not count else 1.5)
        page.text(_LEFT - 12, y + 8, f"{count:,}", _TYPE, color=GREY, align="right")
    if plot.first is None or plot.last is None:
        return
    length = (plot.last - plot.first).days + 1
    for back in range(0, length, 2 if length < _SHORT else 7):
        day = plot.last - timedelta(days=back)
        x = plot.x(day)
        page.line([(x, _BASE), (x, _BASE + 8)], INK, 2)
        page.text(x, _BASE + 40, words.date(day, "tick"), _TYPE, color=GREY, align="center")


def _line(page: Sheet, plot: _Plot, series: Series) -> None:
    color, width, dashes = plot.look(series)
    for run in series.runs:
        points = [(plot.x(day), plot.y(n)) for day, n in run]
        if len(points) == 1:
            page.dot(*points[0], color, 7 + 1.4 * width)
        page.line(points, color, width, dashes)
    day, n = series.values[-1]
    page.dot(plot.x(day), plot.y(n), color, 8 + 2 * width)


def _labels(page: Sheet, plot: _Plot, words: Words) -> None:
    """Each name and its latest count beside the end of its line, moved apart where they crowd.

    A count that is not of the last day says its day.
    """
    ends = [(plot.x(s.values[-1][0]), plot.y(s.values[-1][1])) for s in plot.drawn]
    places = spread([y for _, y in ends], _LABEL_GAP, _TOP, _BASE)
    left = _RIGHT + 44
    for series, (x, y), place in zip(plot.drawn, ends, places, strict=True):
        color, _, _ = plot.look(series)
        bold = series is plot.own
        page.line([(x + 12, y), (left - 18, place), (left - 8, place)], _faint(color), 1.5)
        day, n = series.values[-1]
        count = f"{n:,}"
        when = "" if day == plot.last else words.date(day, "tick")
        taken = width_of(count, _TYPE) + width_of(when, _TYPE) + 24
        name = shorten(series.name, _TYPE, _EDGE - left - taken)
        page.text(left, place + 9, name, _TYPE, color=color, bold=bold)
        at = left + width_of(name, _TYPE) + 12
        page.text(at, place + 9, count, _TYPE, color=color, bold=bold)
        page.text(at + width_of(count, _TYPE) + 12, place + 9, when, _TYPE, color=GREY)


def _faint(color: str) -> str:
    return blend(color, PAPER, 0.5)


# --- the same in words


def _subtitle(plot: _Plot, words: Words) -> str:
    return _dated(plot, words, lambda a, b: words("trend subtitle", first=a, last=b))


def _alt(plot: _Plot, words: Words) -> str:
    """What the picture shows beside what its caption says."""
    if not plot.days:
        return words("trend alt none")
    names = words.listed([s.name for s in plot.drawn])
    return _dated(plot, words, lambda a, b: words("trend alt", first=a, last=b, names=names))


def _table(past: History, plot: _Plot, words: Words) -> pd.DataFrame:
    """The history from the first day with data."""
    frame = past.frame.rename_axis(words("day"))
    since = plot.since
    rows = [since is not None and day >= since for day in past.days]
    return frame[rows]


def _dated(plot: _Plot, words: Words, say: Callable[[str, str], str]) -> str:
    if plot.since is None or plot.last is None:
        return words("no days").strip()
    return say(words.date(plot.since), words.date(plot.last))


def _said(past: History, plot: _Plot, words: Words) -> str:
    """The caption: the latest day's counts, the family's most, and what is missing."""
    if not plot.days:
        return words("no days").strip()
    day = max(s.values[-1][0] for s in plot.drawn)
    key = "today of" if past.days and day == past.days[-1] else "latest of"
    parts = [words(key, date=words.date(day), list=words.listed(_counts(plot, day, words)))]
    when, n = plot.own.most or (day, 0)
    if n and plot.days > 1:  # a maximum of none is none
        parts.append(words("maximum", name=plot.own.name, date=words.date(when), n=n))
    hidden = [s for s in plot.series if s.values and s not in plot.drawn]
    if hidden:
        parts.append(words("not drawn", list=words.listed([s.name for s in hidden])))
    parts.append(_missing(plot, words))
    return "".join(parts).strip()


def _counts(plot: _Plot, day: date, words: Words) -> list[str]:
    said = []
    for series in plot.series:
        n = series.on(day)
        said.append(
            words("no count", name=series.name) if n is None else words("count", name=series.name, n=n)
        )
    return said


def _missing(plot: _Plot, words: Words) -> str:
    if plot.days == 1:
        return words("one day")
    assert plot.since and plot.last
    blank = (plot.last - plot.since).days + 1 - plot.days
    return words("gaps", n=blank) if blank else ""
