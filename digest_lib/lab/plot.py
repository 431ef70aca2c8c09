"""The scoreboard drawn: for every score a dot and its interval a variant."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from digest_lib.charts.scale import in_digits
from digest_lib.charts.style import ACCENTS, GREY, INK, RULE, Sheet, sheet

if TYPE_CHECKING:
    import pandas as pd

_WIDTH, _LEFT, _RIGHT, _ROW, _HEAD, _FOOT = 1200, 320, 1000, 52, 84, 56
_TYPE, _SMALL = 32, 26
_LONGEST = 18


@dataclass(frozen=True)
class Picture:
    """A PNG with what it says in words. Shows in a cell, at half its size."""

    png: bytes = field(repr=False)
    alt: str
    height: int

    def _repr_html_(self) -> str:
        source = base64.b64encode(self.png).decode("ascii")
        return (
            f'<img src="data:image/png;base64,{source}" alt="{escape(self.alt)}" width="{_WIDTH // 2}" '
            f'height="{self.height // 2}" style="max-width:100%;height:auto">'
        )


def plot(board: pd.DataFrame, scorers: Sequence[str]) -> Picture:
    """One panel a scorer, one row a variant: the mean as a dot, its interval as a line (none with too few
    days). The first variant's mean is a dashed line down the panel."""
    panels = [(s, rows) for s in scorers if len(rows := board[board["scorer"] == s])]
    heights = [_HEAD + len(rows) * _ROW + _FOOT for _, rows in panels]
    height = max(120, sum(heights) + 20)
    told = []
    with sheet(_WIDTH, height) as page:
        top = 10
        for (scorer, rows), tall in zip(panels, heights, strict=True):
            _panel(page, top, scorer, list(rows.itertuples()))
            means = zip(rows["variant"], rows["mean"], strict=True)
            told += [f"{scorer}: " + ", ".join(f"{variant} {in_digits(mean)}" for variant, mean in means)]
            top += tall
        return Picture(page.png(), "; ".join(told) or "no score", height)


def _panel(page: Sheet, top: float, scorer: str, rows: Sequence[Any]) -> None:
    page.text(30, top + 46, scorer, _TYPE, bold=True)
    low, high = _span(rows)

    def at(value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (value - low) / (high - low)

    bottom = top + _HEAD + len(rows) * _ROW
    page.line([(_LEFT, bottom), (_RIGHT, bottom)], RULE, 2)
    page.line([(at(rows[0].mean), top + _HEAD - 10), (at(rows[0].mean), bottom)], GREY, 2, (3, 3))
    for value, align in ((low, "left"), (high, "right")):
        page.text(at(value), bottom + 36, in_digits(value), _SMALL, color=GREY, align=align)  # type: ignore[arg-type]
    for n, row in enumerate(rows):
        y, color = top + _HEAD + n * _ROW + _ROW / 2, ACCENTS[(n + 1) % len(ACCENTS)]
        name = str(row.variant)
        page.text(
            30, y + 10, name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…", _SMALL, color=INK
        )
        if row.low == row.low and row.low is not None:
            page.line([(at(row.low), y), (at(row.high), y)], color, 6)
        page.dot(at(row.mean), y, color, 22)
        page.text(_RIGHT + 40, y + 10, in_digits(row.mean), _SMALL, color=INK)


def _span(rows: Sequence[Any]) -> tuple[float, float]:
    """From where to where the axis goes: all means and bounds, with some air."""
    known = [v for r in rows for v in (r.mean, r.low, r.high) if v is not None and v == v]  # noqa: PLR0124
    low, high = min(known), max(known)
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    return low - air, high + air
