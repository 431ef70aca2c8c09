"""`digest lab`: prompts and models compared on frozen days."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest_lib.cli.common import SOME_FAILED, seconds_option, workers_option
from digest_lib.settings import Home

_experiment = click.argument("experiment", type=click.Path(path_type=Path, dir_okay=False))


@click.group()
def lab() -> None:
    """Compare variants of prompts, models and limits on frozen days."""


@lab.command()
@_experiment
@click.option("--dry-run", is_flag=True, help="Say how many requests, tokens and dollars at most.")
@workers_option
@seconds_option
def run(experiment: Path, dry_run: bool, workers: int | None, max_seconds: float) -> None:
    """Run the EXPERIMENT of a YAML file, what is missing of it, and write its scores."""
    from digest_lib.lab.experiment import read_experiment
    from digest_lib.lab.plan import plan
    from digest_lib.lab.report import report
    from digest_lib.lab.run import missing, run_tasks, tasks_of
    from digest_lib.lab.servers import served
    from digest_lib.lab.showing import follow, show_board, show_estimates, told
    from digest_lib.running.run import processes
    from digest_lib.running.showing import console, escape

    home, read = Home.find(), read_experiment(experiment)
    runs = plan(home, read)
    wanted = missing(read.folder, runs)
    console.print(escape(told(read, runs, wanted)))
    with served(read) as at:
        tasks = tasks_of(home, read, wanted, at, max_seconds, dry=dry_run)
        done = list(follow(run_tasks(tasks, processes(workers)), len(wanted)))
    failed = any(one.error for one in done)
    if dry_run:
        show_estimates(done)
    elif (board := report(read, runs, home)) is not None:
        show_board(read, board)
    if failed:
        sys.exit(SOME_FAILED)
