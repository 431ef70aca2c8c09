"""What the lab tells on a terminal: a bar with the time left, plain lines everywhere else."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from digest_lib.lab.experiment import Experiment
from digest_lib.lab.plan import adopted_of
from digest_lib.lab.planned import Run
from digest_lib.lab.work import Done
from digest_lib.running.showing import console, errors, escape

if TYPE_CHECKING:
    import pandas as pd


def told(experiment: Experiment, runs: Sequence[Run], wanted: Sequence[Run]) -> str:
    """What an experiment comes to, and what there is to do of it, in a line."""
    families, days = {r.family for r in runs}, {r.date for r in runs}
    size = f"{len(experiment.variants)} variants × {len(families)} families × {len(days)} days"
    seeds = f" × {experiment.seeds} seeds" if experiment.seeds > 1 else ""
    kept = f"; {len(runs) - len(wanted)} are kept" if len(wanted) < len(runs) else ""
    to_do = f"; {len(wanted)} to run" if wanted else ""
    return f"{experiment.name}: {size}{seeds} = {len(runs)} runs{kept}{to_do}{_anew(experiment, wanted)}"


def _anew(experiment: Experiment, wanted: Sequence[Run]) -> str:
    """How many of the runs were run before, with what is no longer so."""
    before = sum(run.path(experiment.folder).is_file() for run in wanted)
    if not before:
        return ""
    why = f" («{adopted}» was adopted)" if (adopted := adopted_of(experiment)) else ""
    return f", {before} of them anew: notebooks, news or code are not what they were{why}"


def show_board(experiment: Experiment, board: pd.DataFrame) -> None:
    """A row a score, a column a variant."""
    from rich.table import Table

    from digest_lib.lab.board import Board  # slow to import, and wanted at the end
    from digest_lib.lab.rated import about

    names = tuple(v.name for v in experiment.variants if v.name in set(board["variant"]))
    shown = Board(board, names, about(experiment.folder, names))
    lines = Table("score", *map(escape, shown.variants), box=None, pad_edge=False)
    for name, cells in shown.rows():
        lines.add_row(escape(name), *cells)
    console.print(lines)
    console.print(escape(shown.note))
    console.print(f"scores.csv, scores.parquet, sentences.csv and more: {escape(str(experiment.folder))}")


_COUNTED = ("requests", "input_tokens", "output_tokens")


def estimates(done: Sequence[Done]) -> pd.DataFrame:
    """What an experiment would ask at most: a row a variant, as if it were run alone, and one for all of them
    together, who send once what several of them ask alike."""
    import pandas as pd

    names = list(dict.fromkeys(one.run.variant for one in done))
    rows = [_most([one for one in done if name in ("all", one.run.variant)]) for name in [*names, "all"]]
    return pd.DataFrame(rows, columns=[*_COUNTED, "usd"], index=pd.Index([*names, "all"], name="variant"))


def _most(done: Iterable[Done]) -> list[float]:
    """What these runs ask at most between them. Each holds to its own limit of dollars."""
    seen: set[tuple[str, str]] = set()
    counted, usd = dict.fromkeys(_COUNTED, 0), 0.0
    for one in done:
        own = 0.0
        for part in one.estimate["parts"] if one.estimate else ():
            if (key := (one.run.server, part["key"])) in seen:
                continue
            seen.add(key)
            own += part["usd"]
            for name in _COUNTED:
                counted[name] += part[name]
        usd += min(own, one.estimate["max_cost_usd"]) if one.estimate else 0.0
    return [*counted.values(), usd]


def show_estimates(done: Sequence[Done]) -> None:
    """The same on a terminal."""
    from rich.table import Table

    shown = Table("variant", "requests", "input tokens", "output tokens", "dollars", box=None, pad_edge=False)
    for name, row in estimates(done).T.to_dict().items():
        numbers = [f"{row[key]:,.0f}" for key in ("requests", "input_tokens", "output_tokens")]
        shown.add_row(escape(str(name)), *numbers, f"{row['usd']:.2f}")
    console.print(shown)
    console.print(
        "at most: nothing was asked; kept answers cost nothing, and max_cost_usd holds for each run"
    )


def in_lines(done: Iterable[Done], total: int) -> Iterator[tuple[Done, str]]:
    """What came of each run, with a line that says so, and how long the rest may take."""
    began = time.monotonic()
    for n, one in enumerate(done, 1):
        left = (time.monotonic() - began) / n * (total - n)
        error = f": {one.error}" if one.error else ""
        rest = f" ({left:.0f} s left)" if n < total else ""
        yield one, f"{'✗' if one.error else '✓'} {n}/{total} {one.run.name}{error}{rest}"


def follow_plainly(done: Iterable[Done], total: int, lines: int = 0) -> list[Done]:
    """The same, printed, for a notebook's cell; returns what came. With `lines`: in about so many, beside one
    for each failure."""
    came, step = [], total / lines if lines else 1
    for n, (one, line) in enumerate(in_lines(done, total), 1):
        if one.error or n == total or n // step > (n - 1) // step:
            print(line)
        came.append(one)
    return came


def follow(done: Iterable[Done], total: int) -> Iterator[Done]:
    """Passes on what came of the runs, telling of each failure, and how long the rest may take."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("running", total=total)
        for one, line in in_lines(done, total):
            progress.advance(bar)
            if one.error:
                errors.print(f"[red]✗[/]{escape(line.removeprefix('✗'))}")
            elif not console.is_terminal:
                console.print(escape(line))
            yield one
