"""Means with their intervals: a dot and a line each, below its name: a phone has room for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from digest_lib.charts.scale import in_digits
from digest_lib.site.drawn.svg import across, cut, dot, drawing, px, words

_ROW: Final = 40.0
_NAME: Final = 14.0
_DOT: Final = 27.0
_ROOM: Final = 23.0
#: Below the rows: the ends of the scale.
_TICK: Final = 12.0
_FOOT: Final = 18.0
#: The lowest and the highest value stand so far from the edges.
_AIR: Final = 0.06


@dataclass(frozen=True)
class Dot:
    """A name, its mean, and its interval's bounds (None: of too few to tell). The `own` one is marked."""

    name: str
    mean: float
    low: float | None = None
    high: float | None = None
    is_own: bool = False


def intervals(rows: Sequence[Dot], name: str, title: str, about: str) -> str:
    """The dots as one drawing on one scale, which need not begin at zero. The first one's mean is a line from
    top to bottom."""
    known = [v for row in rows for v in (row.mean, row.low, row.high) if v is not None]
    low, high = min(known), max(known)
    wide = (high - low) or 1.0

    def at(value: float) -> float:
        return 0.5 if high == low else _AIR + (1 - 2 * _AIR) * (value - low) / wide

    tall = len(rows) * _ROW
    parts = [_line("base", at(rows[0].mean), at(rows[0].mean), 0, tall)]
    for place, row in enumerate(rows):
        y, kind = place * _ROW, "own" if row.is_own else "r1"
        parts.append(words(f"name {kind}" if row.is_own else "name", 0, y + _NAME, cut(row.name, _ROOM)))
        parts.append(words("count", 1, y + _NAME, in_digits(row.mean), anchor="end"))
        if row.low is not None and row.high is not None:
            parts.append(_line(f"line {kind}", at(row.low), at(row.high), y + _DOT, y + _DOT))
        parts.append(dot(f"dot {kind}", at(row.mean), y + _DOT, 5))
    if high > low:
        for value, anchor in ((low, ""), (high, "end")):
            parts.append(words("tick", at(value), tall + _TICK, in_digits(value, 3), anchor=anchor))
    return drawing(parts, tall + _FOOT, name, title, about, "plot rows")


def _line(kind: str, left: float, right: float, top: float, bottom: float) -> str:
    ends = f'x1="{across(left)}" x2="{across(right)}" y1="{px(top)}" y2="{px(bottom)}"'
    return f'<line class="{kind}" {ends}></line>'
