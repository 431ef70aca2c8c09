"""Shares over days: a column a day, of one height, divided among names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.site.drawn.counts import percent
from digest_lib.site.drawn.lines import Line, placed_ticks
from digest_lib.site.drawn.svg import field, level, number, words

HEIGHT: Final = 230.0
_TOP: Final = 8.0
_BASE: Final = 200.0
_WHOLE: Final = 100.0
#: What of a day's width its column takes.
_WIDE: Final = 0.86


def stacks(drawn: Sequence[Line], days: Sequence[date], tick: Callable[[date], str]) -> list[str]:
    """The parts of a drawing of `HEIGHT`: the first name lies at the bottom. A day without numbers is
    blank."""
    count = max(1, len(days))
    sums = [sum(line.values[n] or 0 for line in drawn) for n in range(count)] if days else []
    below = [0.0] * count
    paths = []
    for line in drawn:
        steps = []
        for n, all_ in enumerate(sums):
            part = _WHOLE * (line.values[n] or 0) / all_ if all_ else 0.0
            if part:
                left, top = n + (1 - _WIDE) / 2, _WHOLE - below[n] - part
                steps.append(
                    f"M{number(left)} {number(top)}h{number(_WIDE)}v{number(part)}h-{number(_WIDE)}z"
                )
                below[n] += part
        paths.append(f'<path class="area {line.kind}" d="{"".join(steps)}"></path>')
    marks = [level("grid", _BASE - (_BASE - _TOP) / 2), level("base", _BASE)]
    named = [
        words("tick", (place * (count - 1) + 0.5) / count, _BASE + 20, text, anchor="middle")
        for place, text in placed_ticks(days, tick)
    ]
    return [field(paths, _TOP, _BASE - _TOP, count, _WHOLE), *marks, *named]


def legend(drawn: Sequence[Line]) -> str:
    """The names with their share of all, in the order in which they lie on each other."""
    sums = [sum(n or 0 for n in line.values) for line in drawn]
    whole = sum(sums)
    items = "".join(
        f'<li><span class="swatch {line.kind}"></span>{esc(line.name)} <b>{percent(n, whole)}%</b></li>'
        for line, n in zip(drawn, sums, strict=True)
    )
    return f'<ul class="legend">{items}</ul>'
