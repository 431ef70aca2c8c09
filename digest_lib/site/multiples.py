"""The last month of every family, small and side by side: bars as inline SVG, with the same in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.site.drawn.counts import DAYS
from digest_lib.site.drawn.figure import Table
from digest_lib.site.tallies import Tallies

#: What is said of days without any.
NONE: Final = "這段期間沒有報導"
_STEP, _BAR, _HEIGHT = 10, 8, 56
#: A day without an article is a line, so that it is told from a day of which nothing is known.
_LEAST: Final = 1.5
_PARTS: Final = re.compile("[^・，]+[・，]?")


@dataclass(frozen=True)
class Month:
    """How many articles a day were about a family; None where nothing was gathered."""

    family: str
    name: str
    counts: Sequence[int | None]

    @property
    def total(self) -> int:
        return sum(n or 0 for n in self.counts)


@dataclass(frozen=True)
class Months:
    """The same days of several families, oldest first."""

    days: Sequence[date]
    rows: Sequence[Month]


def months_of(tallies: Tallies) -> Months:
    """The last days of the posts' numbers, from the first on of which anything is known."""
    days = tallies.days[-DAYS:]
    told = {family: [row.get(str(day)) for day in days] for family, row in tallies.reports.items()}
    first = next((n for n in range(len(days)) if any(row[n] is not None for row in told.values())), len(days))
    rows = [
        Month(family, name, told[family][first:])
        for family, name in tallies.families.items()
        if any(n is not None for n in told[family])
    ]
    return Months(days[first:], rows)


def multiples_html(months: Months, top: str) -> str:
    """The bars of every family, and all of it as a table; empty where nothing is known."""
    if not months.rows or len(months.days) < 2:  # noqa: PLR2004
        return ""
    most = max([1, *(n for row in months.rows for n in row.counts if n is not None)])
    parts = "".join(
        f'<li><h3><a href="{top}families/{row.family}/index.html">{esc(row.name)}</a></h3>'
        f'{bars(row, months.days, most)}<p class="counts">{_in_parts(_said(row, months.days))}</p></li>'
        for row in months.rows
    )
    finding = most_reported([(row.name, row.total) for row in months.rows], len(months.days))
    return f'<p class="finding">{esc(finding)}</p><ul class="multiples">{parts}</ul>{_table(months)}'


def most_reported(totals: Sequence[tuple[str, int]], days: int) -> str:
    """Which of these families was reported on most in so many days, and which after it."""
    (name, most), *others = sorted(totals, key=lambda pair: -pair[1])
    if not most:
        return NONE
    said = f"{name} 報導最多：{days} 天共 {most:,} 篇"
    return said + (f"，其次 {others[0][0]} {others[0][1]:,} 篇" if others and others[0][1] else "")


def bars(row: Month, days: Sequence[date], most: int) -> str:
    """A family's days as bars, of one scale with the others (`most` is its highest number); the last is
    marked."""
    drawn = []
    for place, count in enumerate(row.counts):
        if count is None:
            continue
        height = max(_LEAST, round(_HEIGHT * count / most, 1))
        kind = "bar now" if place == len(days) - 1 else "bar"
        drawn.append(
            f'<rect class="{kind}" x="{place * _STEP + 1}" y="{_HEIGHT - height:g}" width="{_BAR}" '
            f'height="{height:g}"></rect>'
        )
    label = esc(f"{row.name}：{_said(row, days)}")
    return (
        f'<svg class="bars" viewBox="0 0 {len(days) * _STEP} {_HEIGHT}" preserveAspectRatio="none" '
        f'role="img" aria-label="{label}">{"".join(drawn)}</svg>'
    )


def _said(row: Month, days: Sequence[date]) -> str:
    """The bars in words."""
    known = [(n, day) for n, day in zip(row.counts, days, strict=True) if n is not None]
    most, when = max(known, key=lambda pair: (pair[0], pair[1]))
    peak = f"，最多 {when.month}/{when.day} 有 {most} 篇" if most else ""
    last = row.counts[-1]
    today = f"當日 {last} 篇・" if last is not None else ""
    return f"{today}{len(known)} 日共 {row.total} 篇{peak}"


def _in_parts(said: str) -> str:
    """The same for a narrow column: a line breaks between its parts."""
    return "".join(f'<span class="one-word">{esc(part)}</span><wbr>' for part in _PARTS.findall(said))


def _table(months: Months) -> str:
    rows = [(str(day), *(row.counts[n] for row in months.rows)) for n, day in enumerate(months.days)]
    table = Table("每天以各模型為主題的報導篇數", ("日期", *(row.name for row in months.rows)), rows)
    return f"<details><summary>資料表</summary>{table.html()}</details>"
