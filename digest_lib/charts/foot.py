"""The infographic's foot: the month in small, and the languages of the day's articles."""

from __future__ import annotations

from datetime import date, timedelta

from digest_lib.charts.facts import Facts
from digest_lib.charts.lines import shorten, width_of
from digest_lib.charts.series import DAYS, LEAST_DAYS, Series
from digest_lib.charts.style import GREY, PAPER, RULE, SMALLEST, Sheet, blend

_SPARKLINE = 330
# Room beside the line for the date and the count of its last day.
_LATEST = 92
_SMALL = SMALLEST
_NEXT = 34
_LONGEST = 240
# A foot that begins above this has room for the dates under its line.
_TALL = 480
# What is left of the accent in each language's part of the bar.
_TINTS = (1.0, 0.62, 0.36, 0.2)


def foot(
    page: Sheet, day: Facts, past: tuple[Series, ...], color: str,
    place: tuple[float, float, float],
) -> None:  # fmt: skip
    """Draws it at `place`: left edge, top and right edge, in pixels."""
    left, top, right = place
    page.line([(left, top), (right, top)], RULE, 1.5)
    if past and past[0].values:
        end = left + _SPARKLINE if day.languages else right
        _sparkline(page, day, past[0], (left, top, end), color)
    if day.languages:
        _languages(page, day, (left + _SPARKLINE + 44, top, right), color)


def _sparkline(page: Sheet, day: Facts, own: Series, place: tuple[float, float, float], color: str) -> None:
    """The line begins and ends where the data do: beside its end stands when that was, and how many."""
    left, top, right = place
    tall = top < _TALL
    date_, count = own.values[-1]
    since, least = (day.date - timedelta(days=days - 1) for days in (DAYS, LEAST_DAYS))
    first = max(since, min(own.values[0][0], least))
    length = (day.date - first).days
    page.text(left, top + 38, day.words("mentions", n=length + 1), _SMALL, color=GREY)
    low, high = 600 if tall else 650, top + (92 if tall else 62)
    page.text(right, low - 34, day.words.date(date_, "tick"), _SMALL, color=GREY, align="right")
    page.text(right, low, day.words("count alone", n=count), _SMALL, align="right")
    right -= _LATEST
    most = max([1, *(n for _, n in own.values)])

    def at(when: date, n: int) -> tuple[float, float]:
        part = (when - first).days / length
        return left + 4 + part * (right - left - 12), low - (low - high) * n / most

    page.line([(left, low), (right, low)], RULE, 1.5)
    for run in own.runs:
        points = [at(*value) for value in run if first <= value[0] <= day.date]
        if len(points) == 1:
            page.dot(*points[0], color, 8)
        page.line(points, color, 3)
    if first <= date_ <= day.date:
        page.dot(*at(date_, count), color, 13)
    if tall:
        page.text(left, low + 38, day.words.date(first), _SMALL, color=GREY)
        page.text(right, low + 38, day.words.date(day.date), _SMALL, color=GREY, align="right")


def _languages(page: Sheet, day: Facts, place: tuple[float, float, float], color: str) -> None:
    """Shares of the told articles by language: one bar in tints of the accent, and its key."""
    left, top, right = place
    page.text(left, top + 38, day.words("languages"), _SMALL, color=GREY)
    at = left
    parts = _parts(day, right - left)
    for i, (_, n) in enumerate(parts):
        wide = (right - left) * n / day.articles
        page.box(at, top + 54, max(2.0, wide - 2), 20, blend(color, PAPER, _TINTS[i]))
        at += wide
    for i, (x, y) in enumerate(_places([text for text, _ in parts], right - left)):
        page.box(left + x, top + 84 + y, 18, 18, blend(color, PAPER, _TINTS[i]))
        page.text(left + x + 26, top + 102 + y, parts[i][0], _SMALL)


def _parts(day: Facts, room: float) -> list[tuple[str, int]]:
    """The languages whose keys fit on two lines, the others as one part at the end."""
    for shown in range(len(_TINTS), 0, -1):
        parts = [(f"{_named(day, code)} {n:,}", n) for code, n in day.languages[:shown]]
        rest = day.articles - sum(n for _, n in parts)
        if rest:
            parts.append((f"{day.words('other')} {rest:,}", rest))
        if len(parts) <= len(_TINTS) and _places([t for t, _ in parts], room)[-1][1] <= _NEXT:
            break
    return parts


def _named(day: Facts, code: str) -> str:
    # A feed may call its language anything.
    return shorten(day.words.tongue(code), _SMALL, _LONGEST)


def _places(texts: list[str], room: float) -> list[tuple[float, float]]:
    """Where each key stands, in lines of `room` pixels."""
    places: list[tuple[float, float]] = []
    x = y = 0.0
    for text in texts:
        wide = 26 + width_of(text, _SMALL)
        if x and x + wide > room:
            x, y = 0.0, y + _NEXT
        places.append((x, y))
        x += wide + 20
    return places
