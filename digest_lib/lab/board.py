"""The scoreboard in a cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from digest_lib.charts.scale import in_digits
from digest_lib.lab.compare import ENOUGH_DAYS
from digest_lib.lab.rated import RATED
from digest_lib.lab.rated import SAYS as RATED_SAYS
from digest_lib.lab.scorers import better_of, says_of

if TYPE_CHECKING:
    import pandas as pd

_LEFT = "text-align:left;vertical-align:top;white-space:nowrap"


@dataclass(frozen=True)
class Board:
    """Scores by variant: `frame` has every number, the cell shows means, and ▲ or ▼ with the difference to
    the first variant where that is beyond its interval."""

    frame: pd.DataFrame = field(repr=False)
    variants: tuple[str, ...]
    #: how many ratings stand behind the one score that is people's
    rated: str = ""

    def rows(self) -> list[tuple[str, list[str]]]:
        """The scores with a text a variant."""
        by = {(row.scorer, row.variant): row for row in self.frame.itertuples()}
        names = list(dict.fromkeys(self.frame["scorer"]))
        most = self.frame.groupby("variant")["runs"].max().to_dict()
        return [
            (str(s), [cell(by.get((s, v)), better_of(str(s)), most.get(v, 0)) for v in self.variants])
            for s in names
        ]

    @property
    def note(self) -> str:
        """What the marks mean, and how many days stand behind them."""
        return f"{self._days}; {self.rated}" if self.rated else self._days

    @property
    def _days(self) -> str:
        days = int(self.frame["days"].max())
        first = self.variants[0]
        if days < ENOUGH_DAYS:
            over = "of one day" if days == 1 else f"over {days} days"
            return f"means {over}; to call a difference to {first} one, {ENOUGH_DAYS} are needed"
        return (
            f"means over {days} days; ▲ better, ▼ worse, ≠ other than {first}, with the paired difference: "
            "0 is beyond its 95 % interval, days drawn anew"
        )

    def __repr__(self) -> str:
        width = max((len(name) for name, _ in self.rows()), default=5)
        lines = [f"{'score':<{width}}  " + "  ".join(self.variants)]
        lines += [f"{name:<{width}}  " + "  ".join(cells) for name, cells in self.rows()]
        return "\n".join([*lines, self.note])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" style="{_LEFT}">{escape(t)}</th>' for t in ("score", *self.variants))
        body = "".join(_row(name, cells) for name, cells in self.rows())
        return (
            f'<p>{escape(self.note)}</p><table style="margin-left:0"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )


def _row(name: str, cells: list[str]) -> str:
    says = RATED_SAYS if name == RATED else says_of(name)
    title = f' title="{escape(says)}"' if says else ""
    texts = "".join(f'<td style="{_LEFT}">{escape(text)}</td>' for text in cells)
    return f'<tr><th scope="row" style="{_LEFT}"{title}>{escape(name)}</th>{texts}</tr>'


def cell(row: Any, better: int, most: int = 0) -> str:
    """What a scoreboard shows of a score of a variant, which has `most` runs: people rate some of them."""
    if row is None:
        return "—"
    text = in_digits(row.mean) + (f" ({row.runs} of {most} runs)" if row.scorer == RATED else "")
    low, high = row.difference_low, row.difference_high
    if low is None or low != low or row.days < ENOUGH_DAYS or low <= 0 <= high:  # noqa: PLR0124 - NaN
        return text
    sign = {1: "▲", -1: "▼", 0: "≠"}[better * (1 if low > 0 else -1)]
    return f"{text} {sign} {in_digits(row.difference, 3, '+')}"
