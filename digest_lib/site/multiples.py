"""The families side by side: the last month of each as bars in SVG, with the same in words, and its newest
digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.site.drawn.bars import columns, ends, peak
from digest_lib.site.drawn.counts import DAYS
from digest_lib.site.drawn.figure import Table
from digest_lib.site.drawn.svg import drawing
from digest_lib.site.tallies import Tallies
from digest_lib.text.filled import filled

#: What is said of days without any.
NONE: Final = "這段期間沒有報導"
_HEIGHT: Final = 56.0
#: Of level ones, so many are named.
_NAMED: Final = 3


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


def multiples_html(months: Months, names: Mapping[str, str], latest: Mapping[str, str], top: str) -> str:
    """A cell for each family of `names`: the bars of its month where they are known, and what `latest` has of
    it (HTML); below them all numbers as a table."""
    known = {row.family: row for row in months.rows} if len(months.days) > 1 else {}
    most = max([1, *(n for row in known.values() for n in row.counts if n is not None)])
    cells = ""
    for family, name in names.items():
        row = known.get(family)
        drawn = f'{bars(row, months.days, most)}<p class="counts">{_said(row)}</p>' if row else ""
        link = f'<a href="{top}families/{family}/index.html">{esc(name)}</a>'
        cells += f"<li><h3>{link}</h3>{drawn}{latest.get(family, '')}</li>"
    return f'<ul class="multiples">{cells}</ul>{_table(months) if known else ""}'


def finding_of(months: Months) -> str:
    """What the bars show, in a line; empty where there are none."""
    if not months.rows or len(months.days) < 2:  # noqa: PLR2004
        return ""
    return most_reported([(row.name, row.total) for row in months.rows], len(months.days))


def most_reported(totals: Sequence[tuple[str, int]], days: int) -> str:
    """Which of these families was reported on most in so many days, and which after it."""
    (name, most), *others = sorted(totals, key=lambda pair: -pair[1])
    if not most:
        return NONE
    if len(first := leading(totals)) > 1:
        return filled("{names} 報導最多：{days} 天各 {most:,} 篇", names=listed(first), days=days, most=most)
    said = filled("{name} 報導最多：{days} 天共 {most:,} 篇", name=name, days=days, most=most)
    if not others or not others[0][1]:
        return said
    return said + filled("，其次 {name} {n:,} 篇", name=others[0][0], n=others[0][1])


def leading(totals: Sequence[tuple[str, int]]) -> list[str]:
    """Whoever has the highest number: several where they are level."""
    most = max(n for _, n in totals)
    return [name for name, n in totals if n == most]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; of many, the first and how many."""
    if len(names) > _NAMED:
        return filled("{first} 等 {n} 家", first="、".join(names[:_NAMED]), n=len(names))
    return "、".join(names)


def bars(row: Month, days: Sequence[date], most: int) -> str:
    """A family's days as bars, of one scale with the others (`most` is its highest number), with the first,
    and the last marked."""
    parts = [
        *columns(row.counts, _HEIGHT, most),
        *peak(row.counts, _HEIGHT, most),
        *ends(days, _tick(days[0]), _tick(days[-1]), _HEIGHT + 17),
    ]
    name = f"month-{row.family}"
    return drawing(parts, _HEIGHT + 22, name, row.name, _about(row, days), "plot columns bars")


def _tick(day: date) -> str:
    return f"{day.month}/{day.day}"


def _said(row: Month) -> str:
    """The bars in a few words."""
    today = "" if row.counts[-1] is None else f"當日 {row.counts[-1]} 篇，"
    return f"{today}共 {row.total:,} 篇"


def _about(row: Month, days: Sequence[date]) -> str:
    """The bars in words, for those who do not see them."""
    known = [(n, day) for n, day in zip(row.counts, days, strict=True) if n is not None]
    most, when = max(known, key=lambda pair: (pair[0], pair[1]))
    peak = f"，最多 {_tick(when)} 有 {most} 篇" if most else ""
    total = f"{len(known)} 日共 {row.total:,} 篇"
    today = "" if row.counts[-1] is None else f"，當日 {row.counts[-1]} 篇"
    return total + today + peak


def _table(months: Months) -> str:
    rows = [(str(day), *(row.counts[n] for row in months.rows)) for n, day in enumerate(months.days)]
    table = Table("每天以各模型為主題的報導篇數", ("日期", *(row.name for row in months.rows)), rows)
    return f"<details><summary>資料表</summary>{table.html()}</details>"
