"""Counts over days as lines: one line a name, its name beside its end, gaps left as gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from digest_lib.charts.scale import nice_step, spread
from digest_lib.sections.markup import esc
from digest_lib.site.drawn.svg import Value, across, cut, dot, field, level, path, px, runs, words

#: A drawing's height, and where its plot begins and ends, in pixels.
HEIGHT: Final = 270.0
TOP: Final = 20.0
BASE: Final = 236.0
_GAP: Final = 17.0
#: Names beside the lines have room for so many squares of type, with the number.
_ROOM: Final = 6.6
#: Days on the axis that are named.
_TICKS: Final = 5
_WEEK: Final = 7


@dataclass(frozen=True)
class Line:
    """A name, the class that gives it its look, and a number a day."""

    name: str
    kind: str
    values: Sequence[Value]

    @property
    def known(self) -> list[tuple[int, float]]:
        """The days of which a number is known, with it."""
        return [(place, n) for place, n in enumerate(self.values) if n is not None]

    @property
    def last(self) -> tuple[int, float] | None:
        """The newest known day and its number."""
        return next(reversed(self.known), None)


def lines(drawn: Sequence[Line], days: Sequence[date], tick: Callable[[date], str]) -> list[str]:
    """The parts of a drawing of `HEIGHT`; the first line lies on top of the others."""
    top, step = scale(n for line in drawn for n in line.values)
    counts = range(0, top + 1, step)
    parts = [level("grid" if count else "base", height(count, top)) for count in counts]
    parts += ticks(days, tick)
    last = max(1, len(days) - 1)
    shown = [line for line in reversed(drawn) if line.last]
    parts.append(field([_line(line, top) for line in shown], TOP, BASE - TOP, last, top))
    for line in shown:
        parts += _dots(line, last, top)
    # On top of the lines, which would strike them through.
    parts += [words("tick", 0, height(count, top) - 4, f"{count:,}") for count in counts if count]
    return [*parts, *_names([line for line in drawn if line.last], top)]


def scale(values: Iterable[Value]) -> tuple[int, int]:
    """The highest number of the axis, and its step."""
    most = int(max([1, *(n for n in values if n is not None)]))
    step = nice_step(most, 4)
    return step * -(-most // step), step


def height(count: float, top: float) -> float:
    return BASE - (BASE - TOP) * count / top


def ticks(days: Sequence[date], tick: Callable[[date], str]) -> list[str]:
    """Days below the axis: the newest, and others in even steps before it."""
    return [
        words("tick", place, BASE + 20, text, anchor="middle" if place > 0.05 else "start")  # noqa: PLR2004
        for place, text in placed_ticks(days, tick)
    ]


def placed_ticks(days: Sequence[date], tick: Callable[[date], str]) -> list[tuple[float, str]]:
    count = len(days)
    step = max(1, -(-(count - 1) // _TICKS))
    if step > 3:  # noqa: PLR2004 - weeks are read more easily
        step = _WEEK * max(1, round(step / _WEEK))
    last = max(1, count - 1)
    return [((place if count > 1 else 1) / last, tick(days[place])) for place in range(count - 1, -1, -step)]


def _line(line: Line, top: float) -> str:
    steps = []
    for run in runs(line.values):
        if len(run) > 1:
            first, *rest = [f"{place} {px(top - n)}" for place, n in run]
            steps.append(f"M{first}L{' '.join(rest)}")
    return path(f"line {line.kind}", "".join(steps)) if steps else ""


def _dots(line: Line, last: int, top: float) -> list[str]:
    """The newest day, and days between two gaps."""
    lone = [run[0] for run in runs(line.values) if len(run) == 1]
    places = dict([*lone, line.last]) if line.last else {}
    single = len(line.values) == 1
    return [
        dot(f"dot {line.kind}", 1 if single else place / last, height(n, top), 4)
        for place, n in places.items()
    ]


def _names(drawn: Sequence[Line], top: float) -> list[str]:
    """The names at the right, apart from each other."""
    ends = [line.last or (0, 0) for line in drawn]
    places = spread([height(n, top) for _, n in ends], _GAP, TOP, BASE)
    parts = []
    for line, (_, n), y in zip(drawn, ends, places, strict=True):
        count = f"{n:,}"
        name = cut(line.name, _ROOM - 0.6 * len(count))
        parts.append(
            f'<text class="name {line.kind}" x="{across(1)}" y="{px(y + 4)}" dx="10">'
            f"{esc(name)} <tspan>{count}</tspan></text>"
        )
    return parts
