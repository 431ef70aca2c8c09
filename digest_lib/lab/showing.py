"""What the lab tells on a terminal: a bar with the time left, plain lines everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from digest_lib.lab.compare import ENOUGH_DAYS
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.plan import Run
from digest_lib.lab.scorers import better_of
from digest_lib.lab.work import Done, Task
from digest_lib.running.showing import console, errors, escape

if TYPE_CHECKING:
    import pandas as pd


def tell(experiment: Experiment, runs: Sequence[Run], wanted: Sequence[Run], tasks: Sequence[Task]) -> None:
    """What there is to do."""
    families, days = {r.family for r in runs}, {r.date for r in runs}
    size = f"{len(experiment.variants)} variants × {len(families)} families × {len(days)} days"
    seeds = f" × {experiment.seeds} seeds" if experiment.seeds > 1 else ""
    kept = f"; {len(runs) - len(wanted)} are kept" if len(wanted) < len(runs) else ""
    to_do = f"; {len(wanted)} to run in {len(tasks)} kernels" if wanted else ""
    console.print(f"{escape(experiment.name)}: {size}{seeds} = {len(runs)} runs{kept}{to_do}")


def show_board(experiment: Experiment, board: pd.DataFrame) -> None:
    """A row a score, a column a variant: its mean, and the difference to the first one where that is beyond
    its interval (▲ better, ▼ worse)."""
    from rich.table import Table

    variants = [v.name for v in experiment.variants if v.name in set(board["variant"])]
    shown = Table("score", *map(escape, variants), box=None, pad_edge=False)
    by = {(row.scorer, row.variant): row for row in board.itertuples()}
    for scorer in dict.fromkeys(board["scorer"]):
        cells = [_cell(by.get((scorer, variant)), better_of(str(scorer))) for variant in variants]
        shown.add_row(escape(str(scorer)), *cells)
    console.print(shown)
    days = int(board["days"].max())
    drawn = "too few days for any" if days < ENOUGH_DAYS else "days drawn anew"
    console.print(
        f"means over {days} days; ▲ better, ▼ worse than {escape(variants[0])}: beyond the 95 % interval of "
        f"the paired difference ({drawn})"
    )
    console.print(f"scores.csv, scores.parquet, sentences.csv and more: {escape(str(experiment.folder))}")


def _cell(row: Any, better: int) -> str:
    if row is None:
        return "—"
    text = f"{row.mean:.4g}"
    low, high = row.difference_low, row.difference_high
    if low is None or low != low or row.days < ENOUGH_DAYS or low <= 0 <= high:  # noqa: PLR0124 - NaN
        return text
    sign = {1: "▲", -1: "▼", 0: "≠"}[better * (1 if low > 0 else -1)]
    return f"{text} {sign} {row.difference:+.3g}"


def show_estimates(done: Sequence[Done]) -> None:
    """What an experiment would ask at most, by variant and together."""
    from rich.table import Table

    shown = Table("variant", "requests", "input tokens", "output tokens", "dollars", box=None, pad_edge=False)
    names = list(dict.fromkeys(one.run.variant for one in done))
    for name in [*names, ""] if len(names) > 1 else names:
        mine = [one.estimate for one in done if one.estimate and name in ("", one.run.variant)]
        sums = [sum(e[key] for e in mine) for key in ("requests", "input_tokens", "output_tokens", "usd")]
        shown.add_row(escape(name) or "all", *(f"{n:,.0f}" for n in sums[:3]), f"{sums[3]:.2f}")
    console.print(shown)
    console.print(
        "at most: nothing was asked; max_cost_usd of each run is the limit, and kept answers cost nothing"
    )


def follow(done: Iterable[Done], total: int) -> Iterator[Done]:
    """Passes on what came of the runs, telling of each failure, and how long the rest may take."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("running", total=total)
        for n, one in enumerate(done, 1):
            progress.advance(bar)
            if one.error:
                errors.print(f"[red]✗[/] {escape(one.run.name)}: {escape(one.error)}")
            elif not console.is_terminal:
                console.print(f"✓ {n}/{total} {escape(one.run.name)}")
            yield one
