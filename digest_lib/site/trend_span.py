"""What the parts of the page of trends have in common: the days that they show, and how these are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from digest_lib.charts.words import Words
from digest_lib.sections.markup import esc
from digest_lib.site.drawn.bars import columns, ends, peak
from digest_lib.site.drawn.counts import DAYS
from digest_lib.site.drawn.figure import Table
from digest_lib.site.drawn.lines import Line
from digest_lib.site.drawn.stacks import HEIGHT as TALL
from digest_lib.site.drawn.stacks import legend, stacks
from digest_lib.site.drawn.svg import drawing
from digest_lib.site.tallies import Tallies

#: Families that the stylesheet tells apart by colour.
_LOOKS: Final = 8
_COLUMN: Final = 44.0
#: Of fewer days, a chart is narrow.
_FEW: Final = 8
#: How the page says dates and languages.
WORDS: Final = Words.of("zh-TW")


class Span:
    """The days that a part of the page shows: the last `DAYS`, from the first on of which anything is known;
    `told` are those of the posts themselves, which may begin later."""

    def __init__(self, tallies: Tallies, days: Sequence[date]) -> None:
        self.tallies = tallies
        self.days = days[-DAYS:]
        self.keys = [str(day) for day in self.days]

    @property
    def told(self) -> Span:
        first = min(self.tallies.checks, default="")
        return Span(self.tallies, [day for day in self.days if first and str(day) >= first])

    @property
    def said(self) -> str:
        first, last = WORDS.date(self.days[0]), WORDS.date(self.days[-1])
        return first if first == last else f"{first}至 {last}"

    def families(self) -> list[Line]:
        """How many articles a day were about each family; its look follows from its place among all."""
        found = []
        for n, (family, name) in enumerate(self.tallies.families.items(), start=1):
            row = self.tallies.reports[family]
            values = [row.get(key) for key in self.keys]
            if any(value is not None for value in values):
                found.append(Line(name, f"c{1 + (n - 1) % _LOOKS}", values))
        return found


def tick(day: date) -> str:
    """A day, under a chart."""
    return WORDS.date(day, "tick")


def by_day(span: Span, drawn: Sequence[Line], caption: str) -> Table:
    """The table of what is drawn, a day a row."""
    rows = [(key, *(line.values[n] for line in drawn)) for n, key in enumerate(span.keys)]
    return Table(caption, ("日期", *(line.name for line in drawn)), rows)


def smalls(drawn: Sequence[Line], span: Span, most: float, name: str) -> str:
    """Small charts beside each other, of one scale up to `most`."""
    return "".join(_small(line, span, most, f"{name}-{n}") for n, line in enumerate(drawn))


def _small(line: Line, span: Span, most: float, name: str) -> str:
    known = [int(n) for n in line.values if n is not None]
    said = f"共 {sum(known):,} 篇，單日最多 {max(known):,} 篇"
    columned = [*columns(line.values, _COLUMN, most), *peak(line.values, _COLUMN, most)]
    parts = [*columned, *day_ends(span, _COLUMN)]
    picture = drawing(parts, _COLUMN + 22, name, line.name, said, f"plot columns {line.kind}")
    return f'<li><p class="name">{esc(line.name)}</p>{picture}<p class="counts">{said}</p></li>'


def day_ends(span: Span, height: float) -> list[str]:
    """The first and the last day, under the columns of a chart."""
    return ends(span.days, tick(span.days[0]), tick(span.days[-1]), height + 17)


def takes(first: Sequence[str]) -> str:
    """How a finding says that the first has a share, or that each of several level ones has."""
    return "各占" if len(first) > 1 else "占"


def wide(kind: str, span: Span) -> str:
    """The class of a drawing of columns; those of a few days are not stretched over a page."""
    return f"{kind} few" if len(span.days) < _FEW else kind


def stacked(span: Span, drawn: Sequence[Line], name: str, finding: str, measure: str) -> str:
    """Shares of a whole, day by day, with their legend."""
    kind = wide("plot stacks", span)
    picture = drawing(stacks(drawn, span.days, tick), TALL, name, finding, measure, kind)
    return f'<div class="shown">{legend(drawn)}{picture}</div>'
