"""The last month of every family, small and side by side: bars as inline SVG, with the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from digest_lib.sections.markup import esc
from digest_lib.site.posts import Post

#: So many days at most.
DAYS: Final = 30
_STEP, _BAR, _HEIGHT = 10, 8, 56
#: A day without an article is a line, so that it is told from a day of which nothing is known.
_LEAST: Final = 1.5


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


def months_of(posts: Sequence[Post], families: Mapping[str, str]) -> Months:
    """What the newest posts of the families (`posts` are newest first) tell of the days up to the newest
    post, from the first day on of which anything is known."""
    if not posts:
        return Months((), ())
    newest: dict[str, Post] = {}
    for post in posts:
        if not post.brief.retracted:
            newest.setdefault(post.brief.family, post)
    known: dict[str, dict[str, int]] = {}
    # Its own post says it best; those of the others, where that one is older.
    for family, name in families.items():
        told = [newest[family]] if family in newest else []
        told += [post for key, post in newest.items() if key != family]
        known[family] = _counts(told, name)
    last = posts[0].brief.day
    days = [last - timedelta(days=back) for back in reversed(range(DAYS))]
    first = next(
        (n for n, day in enumerate(days) if any(str(day) in row for row in known.values())), len(days)
    )
    days = days[first:]
    rows = [
        Month(family, name, [known[family].get(str(day)) for day in days])
        for family, name in families.items()
        if known[family]
    ]
    return Months(days, rows)


def _counts(posts: Sequence[Post], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for post in posts:
        for day, row in post.facts.history.items():
            if name in row:
                found.setdefault(day, row[name])
    return found


def multiples_html(months: Months, top: str) -> str:
    """The bars of every family, and all of it as a table; empty where nothing is known."""
    if not months.rows or len(months.days) < 2:  # noqa: PLR2004
        return ""
    most = max([1, *(n for row in months.rows for n in row.counts if n is not None)])
    parts = "".join(
        f'<li><h3><a href="{top}families/{row.family}/index.html">{esc(row.name)}</a></h3>'
        f'{bars(row, months.days, most)}<p class="counts">{esc(_said(row, months.days))}</p></li>'
        for row in months.rows
    )
    return f'<p class="finding">{esc(_finding(months))}</p><ul class="multiples">{parts}</ul>{_table(months)}'


def _finding(months: Months) -> str:
    first, *others = sorted(months.rows, key=lambda row: -row.total)
    if not first.total:
        return "這段期間沒有報導"
    said = f"{first.name} 報導最多：{len(months.days)} 天共 {first.total:,} 篇"
    return said + (f"，其次 {others[0].name} {others[0].total:,} 篇" if others and others[0].total else "")


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


def _table(months: Months) -> str:
    heads = "".join(f'<th scope="col">{esc(row.name)}</th>' for row in months.rows)
    lines = "".join(
        f'<tr><th scope="row">{day}</th>'
        f"{''.join(f'<td>{_number(row.counts[place])}</td>' for row in months.rows)}</tr>"
        for place, day in enumerate(months.days)
    )
    return (
        "<details><summary>資料表</summary><table><caption>每天以各模型為主題的報導篇數</caption>"
        f'<thead><tr><th scope="col">日期</th>{heads}</tr></thead><tbody>{lines}</tbody></table></details>'
    )


def _number(count: int | None) -> str:
    return "—" if count is None else str(count)
