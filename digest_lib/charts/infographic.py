"""The day on one page: who, when, how much, what, and the month behind it."""

from __future__ import annotations

import pandas as pd

from digest_lib.charts.alike import quiet_title
from digest_lib.charts.chart import Chart
from digest_lib.charts.facts import Facts, facts
from digest_lib.charts.foot import foot
from digest_lib.charts.lines import fit, width_of, wrap
from digest_lib.charts.news import Row, arrange, mark_width
from digest_lib.charts.series import recent
from digest_lib.charts.style import GREY, RULE, SMALLEST, WHITE, Sheet, accent, sheet
from digest_lib.stories.history import History
from digest_lib.writing.draft import Revised

WIDTH, HEIGHT = 1200, 675

# The grid, in pixels: a coloured panel on the left, the news on the right, a foot below the news.
_PANEL, _MARGIN = 396, 40
_LEFT, _RIGHT = _PANEL + 44, WIDTH - _MARGIN
_TEXT = _LEFT + 140
_TOP, _FOOT, _QUIET = 100, 526, 384
_ROOM = _FOOT - 24 - _TOP
# Marks, labels and whatever else is not read first.
_SMALL, _LABEL = SMALLEST, 28


def infographic(digest: Revised, past: History) -> Chart:
    """The day's infographic, 1200 × 675: its stories in headlines, its numbers, the last 30 days."""
    day = facts(digest)
    with sheet(WIDTH, HEIGHT) as page:
        color = accent(day.name)
        _panel(page, day, color)
        if day.stories:
            _stories(page, day, color)
        else:
            _quiet(page, day, color)
        foot(page, day, recent(past), color, (_LEFT, _FOOT if day.stories else _QUIET, _RIGHT))
        png = page.png()
    caption = _caption(day)
    return Chart(
        "infographic", png, _alt(day), caption, _table(day), WIDTH, HEIGHT,
        title=caption, language=day.words.language,
    )  # fmt: skip


# --- the panel: name, date, numbers


def _panel(page: Sheet, day: Facts, color: str) -> None:
    x, room = _MARGIN, _PANEL - 2 * _MARGIN
    page.box(0, 0, _PANEL, HEIGHT, color)
    for y, line in zip((54, 86), wrap(day.words.date(day.date, "full date"), _SMALL, room, 2), strict=False):
        page.text(x, y, line, _SMALL, color=WHITE)
    name, size = fit(day.name, room, 96, serif=True)
    page.text(x, 178, name, size, color=WHITE, bold=True, serif=True)
    page.line([(x, 212), (x + room, 212)], WHITE, 2)
    for y, (number, label) in zip((308, 412, 516), _numbers(day), strict=True):
        _number(page, y, f"{number:,}", label, room)
    page.line([(x, 552), (x + room, 552)], WHITE, 2)
    lines = [part for line in _coverage_lines(day) for part in wrap(line, _SMALL, room, 2)]
    for y, line in zip((590, 623, 656), lines, strict=False):
        page.text(x, y, line, _SMALL, color=WHITE)


def _number(page: Sheet, y: float, number: str, label: str, room: float) -> None:
    number, size = fit(number, room - width_of(label, _LABEL) - 14, 96)
    page.text(_MARGIN, y, number, size, color=WHITE, bold=True)
    x = width_of(number, size) + 14
    label, size = fit(label, room - x, _LABEL)
    page.text(_MARGIN + x, y, label, size, color=WHITE)


def _numbers(day: Facts) -> list[tuple[int, str]]:
    """The three large ones: of the news, or of the listening where there is none."""
    words, heard = day.words, day.coverage
    second, third = (
        ((day.articles, "articles"), (len(day.publishers), "publishers"))
        if day.stories
        else (_listened(day), (heard.articles, "seen"))
    )
    three = [(len(day.stories), "stories"), second, third]
    return [(n, words(key, n=n)) for n, key in three]


def _listened(day: Facts) -> tuple[int, str]:
    """The feeds that answered; where none was asked, those that were imported."""
    heard = day.coverage
    return (heard.heard, "feeds") if heard.asked or not heard.imported else (heard.imported, "imported")


def _sources(day: Facts) -> list[str]:
    """Where the day's articles come from: feeds that were asked, feeds that were imported."""
    heard, said = day.coverage, list[str]()
    if heard.asked or not heard.imported:
        said.append(day.words("feeds line", n=heard.heard, feeds=heard.asked))
    return [*said, day.words("imported line", n=heard.imported)] if heard.imported else said


def _coverage_lines(day: Facts) -> list[str]:
    heard = day.coverage
    if day.stories:
        return [day.words("seen line", n=heard.articles), *_sources(day)]
    silent = heard.asked - heard.heard
    return [day.words("silent line", n=silent)] if silent > 0 else []


# --- the news


def _stories(page: Sheet, day: Facts, color: str) -> None:
    placed = arrange(day, _RIGHT - _TEXT, _TOP, _ROOM)
    _kicker(page, day, color, hidden=len(day.stories) - len(placed))
    end = 0.0
    for y, row in placed:
        if end:
            page.line([(_LEFT, (y + end) / 2), (_RIGHT, (y + end) / 2)], RULE, 1.5)
        _story(page, day, row, y, color)
        end = y + row.height


def _kicker(page: Sheet, day: Facts, color: str, hidden: int) -> None:
    words = day.words
    top = words("top") if day.window_days == 1 else words("top of days", n=day.window_days)
    page.text(_LEFT, 66, top, 26, color=color, bold=True)
    if hidden > 0:
        page.text(_RIGHT, 66, words("more", n=hidden), _SMALL, color=GREY, align="right")


def _story(page: Sheet, day: Facts, row: Row, y: float, color: str) -> None:
    if row.story.publishers:  # of what only the vendor tells, its mark says all
        number, size = fit(f"{row.story.publishers:,}", _TEXT - _LEFT - 12, 40)
        page.text(_LEFT, y + 31, number, size, color=color, bold=True)
        label, size = fit(day.words("voices", n=row.story.publishers), _TEXT - _LEFT - 12, _SMALL)
        page.text(_LEFT, y + 59, label, size, color=GREY)
    at = y + row.size * 0.94
    x = _marks(page, row, at, color)
    for line in row.lines:
        page.text(x, at, line, row.size, serif=True, bold=True)
        x, at = _TEXT, at + row.leading
    at -= row.leading - 8
    for line in row.deck:
        at += 38
        page.text(_TEXT, at, line, _SMALL, color=GREY)


def _marks(page: Sheet, row: Row, baseline: float, color: str) -> float:
    """The marks before the headline, «official» filled; returns where the headline begins."""
    x, top = float(_TEXT), baseline - row.size * 0.36 - 17
    for i, mark in enumerate(row.marks):
        wide = mark_width(mark) - 12
        solid = row.story.official and not i
        page.box(x, top, wide, 34, color, outline=not solid, radius=4)
        page.text(x + 10, top + 26, mark, _SMALL, color=WHITE if solid else color)
        x += wide + 12
    return x


def _quiet(page: Sheet, day: Facts, color: str) -> None:
    words, room = day.words, _RIGHT - _LEFT
    page.box(_LEFT, 58, 84, 8, color)
    title, size = fit(quiet_title(words, day.window_days), room, 72, serif=True)
    page.text(_LEFT, 170, title, size, serif=True, bold=True)
    key = "quiet line" if day.mentions else "quiet line alone"
    text = words(key, name=day.name, seen=day.coverage.articles, matched=day.matched, mentions=day.mentions)
    for i, line in enumerate(wrap(text, 30, room, 3)):
        page.text(_LEFT, 240 + 46 * i, line, 30, color=GREY)


# --- the same in words and numbers


def _caption(day: Facts) -> str:
    return day.words(
        "infographic caption", name=day.name, date=day.words.date(day.date, "full date").replace("　", " "),
        stories=len(day.stories), publishers=len(day.publishers),
        heard=day.words("clause").join(_sources(day)), seen=day.coverage.articles,
    )  # fmt: skip


def _alt(day: Facts) -> str:
    """What the picture shows beside what its caption says."""
    if not day.stories:
        return day.words("infographic alt none", title=quiet_title(day.words, day.window_days))
    return day.words("infographic alt", n=len(day.stories), headline=day.stories[0].headline)


def _listening(day: Facts) -> list[tuple[str, str]]:
    words, heard, rows = day.words, day.coverage, list[tuple[str, str]]()
    if heard.asked or not heard.imported:
        rows += [(words("feeds of day"), f"{heard.heard:,}"), (words("feeds asked"), f"{heard.asked:,}")]
    return [*rows, (words("imported of day"), f"{heard.imported:,}")] if heard.imported else rows


def _table(day: Facts) -> pd.DataFrame:
    """One row a number: those of the day, each language, then each story's publishers and marks."""
    words = day.words
    rows: list[tuple[str, str]] = [
        (words("stories of day"), f"{len(day.stories):,}"),
        (words("article count"), f"{day.articles:,}"),
        (words("publishers of day"), f"{len(day.publishers):,}"),
        (words("seen of day"), f"{day.coverage.articles:,}"),
        *_listening(day),
        *((words.tongue(code), f"{n:,}") for code, n in day.languages),
    ]
    for story in day.stories:
        voices = [words("publishers of", n=story.publishers)] if story.publishers else []
        marks = [*voices, *story.marks(words)]
        rows.append((story.headline, words.listed(marks)))
    index = pd.Index([key for key, _ in rows], name=words("item"))
    return pd.DataFrame({words("value"): [value for _, value in rows]}, index=index)
