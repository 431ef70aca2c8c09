"""What the lab tells on a terminal: a bar with the time left, plain lines everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from digest_lib.lab.experiment import Experiment
from digest_lib.lab.plan import Run
from digest_lib.lab.work import Done, Task
from digest_lib.running.showing import console, errors, escape


def tell(experiment: Experiment, runs: Sequence[Run], wanted: Sequence[Run], tasks: Sequence[Task]) -> None:
    """What there is to do."""
    families, days = {r.family for r in runs}, {r.date for r in runs}
    size = f"{len(experiment.variants)} variants × {len(families)} families × {len(days)} days"
    seeds = f" × {experiment.seeds} seeds" if experiment.seeds > 1 else ""
    kept = f"; {len(runs) - len(wanted)} are kept" if len(wanted) < len(runs) else ""
    to_do = f"; {len(wanted)} to run in {len(tasks)} kernels" if wanted else ""
    console.print(f"{escape(experiment.name)}: {size}{seeds} = {len(runs)} runs{kept}{to_do}")


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
