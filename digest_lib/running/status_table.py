"""The condition of a newsroom as people read it: a table that fits 60 columns, and a line a problem."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from digest_lib.day import Day
from digest_lib.running.condition import Condition, Run
from digest_lib.running.showing import escape

#: What stands for a day of a family: a mark, its colour, and what it means.
MARKS = {
    "published": ("✓", "green", "published"),
    "quiet": ("·", "green", "no news"),
    "blind": ("∅", "red", "nothing gathered"),
    "failed": ("✗", "red", "failed"),
    "missing": ("□", "red", "its post is gone"),
    "pending": ("?", "yellow", "no outcome"),
    "running": ("…", "blue", "under way"),
    "skipped": ("–", "yellow", "not begun"),
}
_LEVELS = {"person": ("!", "red"), "unknown": ("?", "yellow"), "note": ("·", "blue")}
#: How wide the columns of a day, of the names and of costs are at least, and the names at most.
_DAY, _NAME, _COST, _LONGEST = 6, 8, 8, 14


def show(condition: Condition, console: Console, days: int) -> None:
    """Prints the table of as many days as fit, and what is wrong; whole lines where there is no terminal."""
    names = min(_LONGEST, max([_NAME, *(len(name) + 1 for name in condition.families)]))
    fit = max(1, (console.width - names - _COST) // _DAY)
    last = Day.of(max(run.date for run in condition.runs)) if condition.runs else None
    dates = [str(last.shifted(-n)) for n in range(min(days, fit))] if last else []
    if dates:
        console.print(table(condition, dates), soft_wrap=False)
        console.print(legend({run.state for run in condition.runs if run.date in dates}), soft_wrap=False)
    for problem in condition.problems:
        mark, colour = _LEVELS[problem.level]
        since = f" (since {problem.since})" if problem.since not in problem.says else ""
        console.print(_line(f"[{colour}]{mark}[/]", f"{problem.says}{since}", console))
    console.print(summary(condition), soft_wrap=not console.is_terminal)


def table(condition: Condition, dates: Sequence[str]) -> Table:
    """Families by days, newest first: stories, and sentences withheld; `–` where none ran."""
    found = {(run.family, run.date): run for run in condition.runs}
    view = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    view.add_column("family", no_wrap=True, overflow="ellipsis", max_width=_LONGEST)
    for date in dates:
        view.add_column(date[5:], justify="right", no_wrap=True)
    view.add_column("cost", justify="right", no_wrap=True)
    for family in condition.families:
        row = [found.get((family, date)) for date in dates]
        view.add_row(escape(family), *map(_cell, row), _cost([run for run in row if run]))
    return view


def _cell(run: Run | None) -> str:
    if run is None:
        return "[dim]–[/]"
    mark, colour, _ = MARKS[run.state]
    text = f"[{colour}]{mark}[/]"
    if run.state == "published":
        text += f"{run.stories}"
    if run.withheld and run.state != "missing":
        text += f"[yellow]-{run.withheld}[/]"
    return text + ("[yellow]![/]" if run.trouble and run.state in {"published", "quiet"} else "")


def _cost(runs: Sequence[Run]) -> str:
    known = [run.cost_usd for run in runs if run.cost_usd is not None]
    return f"{'' if len(known) == len(runs) else '≥'}${sum(known):.2f}"


def legend(states: set[str]) -> str:
    """What the marks of the table mean, of those that are in it."""
    shown = [f"{mark} {means}" for state, (mark, _, means) in MARKS.items() if state in states]
    return f"[dim]{', '.join(shown)}; stories, -withheld, ! llm trouble[/]"


def summary(condition: Condition) -> str:
    """The last line: how it all fares."""
    held = f"{_told(condition.archive_bytes)} (+{_told(condition.bytes_per_day)} a day)"
    last = f"last run {condition.last_run}" if condition.last_run else "never run"
    state = f"{condition.state[0].upper()}{condition.state[1:]}"
    return f"{state}: {last}, ${condition.month_usd:.2f} this month, archive {held}"


def _told(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{size / 2**10:.0f} kB"


def _line(mark: str, says: str, console: Console) -> RenderableType:
    """A problem: wrapped beside its mark on a terminal, whole elsewhere, where a program may look for it."""
    if not console.is_terminal:
        return f"{mark} {escape(says)}"
    view = Table.grid(padding=(0, 1, 0, 0))
    view.add_column(width=1)
    view.add_column(overflow="fold", max_width=max(20, console.width - 2))
    view.add_row(mark, Text(escape(says).replace("\\[", "[")))
    return view
