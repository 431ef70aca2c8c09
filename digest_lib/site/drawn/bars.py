"""Counts as bars, each below its name: a phone has room for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from digest_lib.site.drawn.svg import Value, box, cut, drawing, px, words

_ROW: Final = 40.0
#: Within a row: the base of its name, the top of its bar, how thick that is.
_NAME: Final = 14.0
_BAR: Final = 20.0
_THICK: Final = 11.0
#: The longest bar leaves room for its number.
_LONGEST: Final = 0.86
#: A number stands so far above its column; nearer to an edge, it stands at the edge.
_ABOVE: Final = 4.0
_EDGE: Final = 0.05
#: Names are no longer than a phone's line, in squares of type.
_ROOM: Final = 23.0


@dataclass(frozen=True)
class Bar:
    """A name and its number; a `pale` one is the sum of others, and no rank."""

    name: str
    count: int
    pale: bool = False


def bars(rows: Sequence[Bar], name: str, title: str, about: str) -> str:
    """The bars as one drawing, from one zero."""
    most = max([1, *(row.count for row in rows)])
    parts = []
    for place, row in enumerate(rows):
        y = place * _ROW
        wide = _LONGEST * row.count / most
        parts.append(words("name", 0, y + _NAME, cut(row.name, _ROOM)))
        parts.append(box("bar pale" if row.pale else "bar", 0, y + _BAR, wide, _THICK))
        parts.append(words("count", wide, y + _BAR + _THICK - 1, f"{row.count:,}", shift=6))
    return drawing(parts, len(rows) * _ROW, name, title, about, "plot rows")


def columns(values: Sequence[Value], height: float, most: float = 0) -> list[str]:
    """A number a day as columns of at most `height` pixels, the newest marked; `most` is the highest number
    of the scale where that is not the highest of these. A day without an article is a line, so that it is
    told from a day of which nothing is known."""
    top = most or max([1, *(n for n in values if n is not None)])
    count = max(1, len(values))
    parts = []
    for place, value in enumerate(values):
        if value is None:
            continue
        tall = max(1.5, height * value / top)
        kind = "bar now" if place == count - 1 else "bar"
        parts.append(box(kind, (place + 0.1) / count, height - tall, 0.8 / count, tall))
    return parts


def peak(values: Sequence[Value], height: float, most: float) -> list[str]:
    """The highest of the columns by its number, above the newest that is as high: on a scale that is shared
    with others, low columns are told by it. None where there is nothing to tell."""
    known = [(n, place) for place, n in enumerate(values) if n]
    if not known:
        return []
    value, place = max(known)
    middle = (place + 0.5) / len(values)
    # A number at an edge stays within the chart.
    at, anchor = (0, "") if middle < _EDGE else (1, "end") if middle > 1 - _EDGE else (middle, "middle")
    return [
        words("count", at, height - max(1.5, height * value / most) - _ABOVE, f"{value:,}", anchor=anchor)
    ]


def ends(days: Sequence[date], first: str, last: str, y: float) -> list[str]:
    """The first and the last day below columns."""
    if len(days) < 2:  # noqa: PLR2004
        return [words("tick", 1, y, last, anchor="end")] if days else []
    return [words("tick", 0, y, first), words("tick", 1, y, last, anchor="end")]


def strip(part: float) -> str:
    """A single bar, so long a part of its column; what it says stands beside it."""
    return (
        f'<svg class="plot strip" width="100%" height="{px(8)}" aria-hidden="true">'
        f"{box('rail', 0, 0, 1, 8)}{box('bar', 0, 0, part, 8)}</svg>"
    )
