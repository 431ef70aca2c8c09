"""The day on one page: who, when, how much, what, and the month behind it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from digest_lib.charts.chart import Chart
from digest_lib.charts.facts import Facts, Told, facts
from digest_lib.charts.foot import foot
from digest_lib.charts.lines import is_cut, shorten, size_for, width_of, wrap
from digest_lib.charts.series import recent
from digest_lib.charts.style import GREY, RULE, WHITE, Sheet, accent, sheet
from digest_lib.stories.history import History
from digest_lib.writing.draft import Revised

WIDTH, HEIGHT = 1200, 675

# The grid, in pixels: a coloured panel on the left, the news on the right, a foot below the news.
_PANEL, _MARGIN = 396, 40
_LEFT, _RIGHT = _PANEL + 44, WIDTH - _MARGIN
_TEXT = _LEFT + 104
_TOP, _FOOT, _QUIET = 100, 526, 384
_ROOM = _FOOT - 24 - _TOP
_MOST_STORIES = 5
# Headline sizes of the lead and of the others, by how many stories are shown.
_SIZES = {5: (36, 27), 4: (38, 28), 3: (42, 32)}
# How many stories, and lines for the lead and for each other: the first plan that fits is taken.
_PLANS = ((5, 3, 2), (4, 3, 2), (4, 2, 2), (3, 3, 3), (3, 3, 2), (3, 2, 2))
_FEW = 2


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
    caption = _sentence(day, "infographic caption")
    return Chart(
        "infographic", png, _alt(day), caption, _table(day), WIDTH, HEIGHT,
        title=caption, language=day.words.language,
    )  # fmt: skip


# --- the panel: name, date, numbers


def _panel(page: Sheet, day: Facts, color: str) -> None:
    x, room = _MARGIN, _PANEL - 2 * _MARGIN
    page.box(0, 0, _PANEL, HEIGHT, color)
    when = day.words.date(day.date, "full date")
    page.text(x, 66, when, size_for(when, room, 24), color=WHITE)
    size = size_for(day.name, room, 96, serif=True)
    name = shorten(day.name, size, room, serif=True)
    page.text(x, 166, name, size, color=WHITE, bold=True, serif=True)
    page.line([(x, 204), (x + room, 204)], WHITE, 2)
    for y, (number, label) in zip((306, 412, 518), _numbers(day), strict=True):
        _number(page, y, f"{number:,}", label, room)
    page.line([(x, 552), (x + room, 552)], WHITE, 2)
    for y, line in zip((592, 624), _coverage_lines(day), strict=False):
        page.text(x, y, line, size_for(line, room, 22), color=WHITE)


def _number(page: Sheet, y: float, number: str, label: str, room: float) -> None:
    label_size = 28.0
    size = size_for(number, room - width_of(label, label_size) - 14, 96)
    page.text(_MARGIN, y, number, size, color=WHITE, bold=True)
    page.text(
        _MARGIN + width_of(number, size) + 14, y, label,
        size_for(label, room - width_of(number, size) - 14, label_size), color=WHITE,
    )  # fmt: skip


def _numbers(day: Facts) -> list[tuple[int, str]]:
    """The three large ones: of the news, or of the listening where there is none."""
    words, heard = day.words, day.coverage
    second, third = (
        ((day.matched, "articles"), (len(day.publishers), "publishers"))
        if day.stories
        else ((heard.answered, "feeds"), (heard.articles, "seen"))
    )
    three = [(len(day.stories), "stories"), second, third]
    return [(n, words(key, n=n)) for n, key in three]


def _coverage_lines(day: Facts) -> list[str]:
    heard = day.coverage
    answered = day.words("feeds line", n=heard.answered, feeds=heard.feeds)
    if day.stories:
        return [day.words("seen line", n=heard.articles), answered]
    silent = heard.feeds - heard.answered
    return [day.words("silent line", n=silent)] if silent > 0 else []


# --- the news


@dataclass(frozen=True, slots=True)
class _Row:
    """A story as it is set: marks, headline (beginning after the marks) and deck."""

    story: Told
    marks: tuple[str, ...]
    size: float
    lines: tuple[str, ...]
    deck: tuple[str, ...]

    @property
    def leading(self) -> float:
        return self.size * 1.3

    @property
    def height(self) -> float:
        text = self.leading * len(self.lines) + 38 * len(self.deck) + (8 if self.deck else 0)
        return max(62.0, text)


def _stories(page: Sheet, day: Facts, color: str) -> None:
    rows = _set(day)
    _kicker(page, day, color, hidden=len(day.stories) - len(rows))
    spare = _ROOM - sum(row.height for row in rows)
    gap = min(48.0, spare / max(1, len(rows) - 1))
    y = float(_TOP)
    for i, row in enumerate(rows):
        if i:
            page.line([(_LEFT, y - gap / 2), (_RIGHT, y - gap / 2)], RULE, 1.5)
        _story(page, day, row, y, color)
        y += row.height + gap


def _kicker(page: Sheet, day: Facts, color: str, hidden: int) -> None:
    words = day.words
    top = words("top") if day.window_days == 1 else words("top of days", n=day.window_days)
    page.text(_LEFT, 66, top, 26, color=color, bold=True)
    if hidden > 0:
        page.text(_RIGHT, 66, words("more", n=hidden), 22, color=GREY, align="right")


def _set(day: Facts) -> list[_Row]:
    """As many stories as fit in full, but at least three."""
    stories, few = day.stories, len(day.stories)
    if few <= _FEW:
        size, deck = ((54, 3), (40, 2))[few - 1]
        return [_row(day, s, (size, size - 6, size - 12), 6 // few, deck) for s in stories]
    for count, lead_lines, lines in _PLANS:
        if count > few:
            continue
        lead, other = _SIZES[count]
        rows = [_row(day, stories[0], (lead, lead - 4, lead - 8, other), lead_lines)]
        rows += [_row(day, s, (other, other - 2, other - 4), lines) for s in stories[1:count]]
        if sum(r.height for r in rows) + 22 * (count - 1) <= _ROOM:
            return rows
    return [_row(day, s, (28,), 1) for s in stories[:_MOST_STORIES]]


def _row(day: Facts, story: Told, sizes: tuple[float, ...], lines: int, deck: int = 0) -> _Row:
    """The story in the largest of the sizes that holds its whole headline, else in the smallest."""
    room = _RIGHT - _TEXT
    marks = tuple(story.marks(day.words))
    indent = sum(_mark_width(mark) for mark in marks)
    for size in sizes:
        rows = wrap(story.headline, size, room, lines, serif=True, indent=indent)
        if not is_cut(story.headline, rows):
            break
    told = wrap(story.deck, 26, room, deck) if deck and story.deck != story.headline else []
    return _Row(story, marks, size, tuple(rows), tuple(told))


def _story(page: Sheet, day: Facts, row: _Row, y: float, color: str) -> None:
    number = f"{row.story.publishers:,}"
    label = day.words("publishers", n=row.story.publishers)
    page.text(_LEFT, y + 36, number, size_for(number, 84, 44), color=color, bold=True)
    page.text(_LEFT, y + 62, label, size_for(label, 92, 20), color=GREY)
    at = y + row.size * 0.94
    x = _marks(page, row, at, color)
    for line in row.lines:
        page.text(x, at, line, row.size, serif=True, bold=True)
        x, at = _TEXT, at + row.leading
    at -= row.leading - 8
    for line in row.deck:
        at += 38
        page.text(_TEXT, at, line, 26, color=GREY)


def _marks(page: Sheet, row: _Row, baseline: float, color: str) -> float:
    """The marks before the headline, «official» filled; returns where the headline begins."""
    x, top = float(_TEXT), baseline - row.size * 0.36 - 15
    for i, mark in enumerate(row.marks):
        wide = _mark_width(mark) - 12
        solid = row.story.official and not i
        page.box(x, top, wide, 30, color, outline=not solid, radius=4)
        page.text(x + 10, top + 22, mark, 20, color=WHITE if solid else color)
        x += wide + 12
    return x


def _mark_width(mark: str) -> float:
    return width_of(mark, 20) + 20 + 12


def _quiet(page: Sheet, day: Facts, color: str) -> None:
    words, room = day.words, _RIGHT - _LEFT
    title = words("quiet") if day.window_days == 1 else words("quiet of days", n=day.window_days)
    page.box(_LEFT, 58, 84, 8, color)
    size = size_for(title, room, 72, serif=True)
    page.text(_LEFT, 170, title, size, serif=True, bold=True)
    key = "quiet line" if day.mentions else "quiet line alone"
    text = words(key, name=day.name, seen=day.coverage.articles, matched=day.matched, mentions=day.mentions)
    for i, line in enumerate(wrap(text, 30, room, 3)):
        page.text(_LEFT, 240 + 46 * i, line, 30, color=GREY)


# --- the same in words and numbers


def _sentence(day: Facts, key: str) -> str:
    return day.words(
        key, name=day.name, date=day.words.date(day.date, "full date").replace("　", " "),
        stories=len(day.stories), matched=day.matched, publishers=len(day.publishers),
        feeds=day.coverage.feeds, answered=day.coverage.answered, seen=day.coverage.articles,
    )  # fmt: skip


def _alt(day: Facts) -> str:
    said = _sentence(day, "infographic alt")
    if not day.stories:
        return said + day.words("quiet")
    top = [s.headline for s in day.stories[:_MOST_STORIES]]
    return said + day.words("headlines alt", list=day.words("clause").join(top))


def _table(day: Facts) -> pd.DataFrame:
    """One row a number: those of the day, each language, then each story's publishers and marks."""
    words = day.words
    rows: list[tuple[str, str]] = [
        (words("stories of day"), f"{len(day.stories):,}"),
        (words("matched", name=day.name), f"{day.matched:,}"),
        (words("publishers of day"), f"{len(day.publishers):,}"),
        (words("seen of day"), f"{day.coverage.articles:,}"),
        (words("feeds of day"), f"{day.coverage.answered:,}"),
        (words("feeds asked"), f"{day.coverage.feeds:,}"),
        *((words.tongue(code), f"{n:,}") for code, n in day.languages),
    ]
    for story in day.stories:
        marks = [words("publishers of", n=story.publishers), *story.marks(words)]
        rows.append((story.headline, words.listed(marks)))
    index = pd.Index([key for key, _ in rows], name=words("item"))
    return pd.DataFrame({words("value"): [value for _, value in rows]}, index=index)
