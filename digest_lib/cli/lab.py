"""`digest lab`: prompts and models compared on frozen days."""

from __future__ import annotations

import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from digest_lib.cli.common import (
    SOME_FAILED,
    dask_option,
    families_option,
    names_of,
    seconds_option,
    workers_option,
)
from digest_lib.errors import NoHome, UserError
from digest_lib.settings import Home

if TYPE_CHECKING:
    from digest_lib.lab.keep import Result
    from digest_lib.lab.rate import Choice


class _Experiment(click.Path):
    """An experiment's file: as it is named from here, else from where the notebooks or the home are."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        path = Path(str(super().convert(value, param, ctx)))
        with suppress(NoHome):
            home = Home.find()
            places = [place / path for place in (Path(), home.desk, home.root)]
            return next((found for found in places if found.is_file()), path)
        return path


_experiment = click.argument("experiment", type=_Experiment(path_type=Path, dir_okay=False))


@click.group()
def lab() -> None:
    """Compare variants of prompts, models and limits on frozen days."""


@lab.command()
@_experiment
@click.option("--dry-run", is_flag=True, help="Say how many requests, tokens and dollars at most.")
@workers_option
@dask_option
@seconds_option
def run(experiment: Path, dry_run: bool, workers: int | None, dask: str | None, max_seconds: float) -> None:
    """Run the EXPERIMENT of a YAML file, what is missing of it, and write its scores."""
    from digest_lib.lab.ahead import ahead

    home = Home.find()
    with nullcontext() if dask else ahead(home, experiment, asks=not dry_run):
        from digest_lib.lab.experiment import read_experiment
        from digest_lib.lab.meanwhile import looked_at
        from digest_lib.lab.run import run_all, to_run
        from digest_lib.lab.showing import follow, show_board, show_estimates, told
        from digest_lib.running.showing import console, escape

        read = read_experiment(experiment)
        runs, wanted = to_run(home, read)
        console.print(escape(told(read, runs, wanted)))
        came = run_all(home, read, wanted, workers, max_seconds, dry=dry_run, dask=dask or "")
        known: dict[str, Result] = {}
        done = list(follow(came if dry_run else looked_at(read, came, known), len(wanted)))
    failed = any(one.error for one in done)
    if dry_run:
        show_estimates(done)
    else:
        from digest_lib.lab.report import report

        if (board := report(read, runs, known)) is not None:
            show_board(read, board)
    if failed:
        sys.exit(SOME_FAILED)


def _scored(experiment: Path) -> tuple[Home, Any, Any, Any]:
    """The home, the experiment, its runs, and the scores of those that are kept; all of them must be."""
    from digest_lib.lab import keep, table
    from digest_lib.lab.experiment import read_experiment
    from digest_lib.lab.plan import plan

    home, read = Home.find(), read_experiment(experiment)
    runs = plan(home, read, asks=False)
    results = keep.load_all(read.folder, runs)
    if left := len(runs) - len(results):
        raise UserError(f"{left} of {len(runs)} runs are missing; run: digest lab run {experiment}")
    return home, read, runs, table.scored(read, results)


@lab.command()
@_experiment
@click.option("--score", "scores", multiple=True, required=True, help="A score; may be given several times.")
@click.option("--level", type=click.FloatRange(0.0001, 0.5), default=0.02, show_default=True,
              help="Chance of a false alarm.")  # fmt: skip
def gate(experiment: Path, scores: tuple[str, ...], level: float) -> None:
    """End with exit code 1 where a variant of the EXPERIMENT lowers a score of the first one beyond noise."""
    from digest_lib.lab.gate import judge
    from digest_lib.running.showing import console, escape

    _, read, _, table = _scored(experiment)
    judged = judge(table, scores, [v.name for v in read.variants], level)
    for one in judged:
        console.print(f"{'[red]✗[/]' if one.is_lowered else '[green]✓[/]'} {escape(str(one))}")
    if any(one.is_lowered for one in judged):
        sys.exit(1)


@lab.command()
@_experiment
@click.argument("variant")
def adopt(experiment: Path, variant: str) -> None:
    """Write a VARIANT of the EXPERIMENT into its families' notebooks, and its figures into a report."""
    from digest_lib.lab.adopt import finish, shared
    from digest_lib.lab.adopt_kept import is_in_place
    from digest_lib.lab.experiment import read_experiment
    from digest_lib.running.leftovers import sweep, sweep_experiment
    from digest_lib.running.showing import console, escape

    home, read = Home.find(), read_experiment(experiment)
    sweep(home)
    sweep_experiment(read.folder)
    if rest := finish(home, read):
        console.print(f"finished what was stopped before its end: adopting «{escape(rest.variant)}»")
    if is_in_place(home, read, variant):
        changed = rest.changed if rest else {}
    else:
        changed = _adopted_now(experiment, variant)
    for family, names in changed.items():
        console.print(f"[green]✓[/] notebooks/{escape(family)}.ipynb: {escape(', '.join(names))}")
    if tried := sorted(shared(read)):
        console.print(
            f"left as they are, since every variant was tried with them: {escape(', '.join(tried))}"
        )
    console.print(
        f"see {home.desk / 'PROMPTS.md'}; the site has the report as prompts.html once it is rendered"
        if changed
        else "the notebooks are as this variant already"
    )


def _adopted_now(experiment: Path, variant: str) -> dict[str, list[str]]:
    """Adopts the variant of an experiment, whose runs must all be kept; what is changed, by family."""
    from digest_lib import settings
    from digest_lib.lab.adopt import adopt as adopt_variant
    from digest_lib.lab.adopt import changes
    from digest_lib.lab.board import Board
    from digest_lib.lab.compare import scoreboard
    from digest_lib.lab.rated import about
    from digest_lib.lab.told import cells_of, write_report

    home, read, runs, table = _scored(experiment)
    told = tuple(v.name for v in read.variants)
    board = Board(scoreboard(table), told, about(read.folder, told))
    changes(read, runs, variant)  # a name that is none is told at once
    cells = cells_of(write_report(read))
    return adopt_variant(home, read, runs, variant, board, settings.now(), cells)


@lab.command()
@_experiment
@click.argument("one")
@click.argument("other")
@click.option("--rater", required=True, help="Who rates: a name or an alias, kept with the rating.")
def rate(experiment: Path, one: str, other: str, rater: str) -> None:
    """Rate the variants ONE and OTHER of the EXPERIMENT blind, a pair of digests after the other."""
    from digest_lib.lab import keep
    from digest_lib.lab.experiment import read_experiment
    from digest_lib.lab.rate import open_rating, pair_text
    from digest_lib.running.showing import console, escape

    read = read_experiment(experiment)
    results = keep.read_all(read.folder, [v.name for v in read.variants])
    rating = open_rating(read.folder, results, one, other, rater)
    while left := rating.waiting():
        for line in pair_text(left[0]).split("\n"):
            console.print(escape(line))
        kinds = click.Choice(["A", "B", "same", "q"], case_sensitive=False)
        answer = click.prompt("Which is better? (q: later)", type=kinds)
        if answer == "q":
            break
        reason = click.prompt("Why?", default="", show_default=False)
        console.print(escape(rating.rate(cast("Choice", answer), reason)))
    if not left:
        console.print("every pair is rated; see: digest lab score")


@lab.command()
@click.argument("score")
@families_option
def history(score: str, families: str) -> None:
    """Show a SCORE of the published posts (`rated`: of rated runs) over the versions of their prompts."""
    from digest_lib.charts.scale import in_digits
    from digest_lib.lab.history import history as history_of
    from digest_lib.running.showing import console, escape

    found = history_of(Home.find(), score, names_of(families))
    most = found["mean"].abs().max() if len(found) else 0
    for row in found.T.to_dict().values():
        bar = "█" * round(24 * abs(row["mean"]) / most) if most else ""
        known = row["low"] is not None and row["low"] == row["low"]
        spread = f" [{in_digits(row['low'])}, {in_digits(row['high'])}]" if known else ""
        prompts = f"story {row['story_prompt'] or '—'} day {row['day_prompt'] or '—'}"
        what = "rated runs" if score == "rated" else "posts"
        told = f"{row['first']}–{row['last']} {row['llm']} {prompts}: {row['posts']} {what}"
        console.print(escape(f"{told}, {in_digits(row['mean'])}{spread} {bar}"))
    if not len(found):
        console.print("nothing has this score")


@lab.command()
@_experiment
def score(experiment: Path) -> None:
    """Score the runs in the EXPERIMENT's folder again, from that folder alone: also one that was shared."""
    from digest_lib.lab import keep
    from digest_lib.lab.experiment import read_experiment
    from digest_lib.lab.report import reported
    from digest_lib.lab.showing import show_board

    read = read_experiment(experiment)
    board = reported(read, keep.read_all(read.folder, [v.name for v in read.variants]))
    if board is None:
        raise UserError(f"{read.folder} holds no run; run: digest lab run {experiment}")
    show_board(read, board)


@lab.command()
@_experiment
@click.option("--publish", is_flag=True, help="Also keep it as a page of the site.")
def report(experiment: Path, publish: bool) -> None:
    """Execute the EXPERIMENT's report, a notebook in its folder: scores, plots, sentences side by side."""
    from digest_lib import settings
    from digest_lib.lab.experiment import read_experiment
    from digest_lib.lab.told import publish_tried, write_report

    read = read_experiment(experiment)
    path = write_report(read)
    click.echo(f"{path} is written")
    if publish:
        made = publish_tried(Home.find(), read, path, settings.now())
        click.echo(f"the site has it as {made.page}, which prompts.html leads to, once it is rendered")


@lab.command()
@_experiment
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def share(experiment: Path, folder: Path) -> None:
    """Copy the EXPERIMENT into FOLDER for others: runs, answers and sources, no publisher's full text."""
    from digest_lib.lab.share import share as share_with

    _, read, runs, _ = _scored(experiment)
    click.echo(f"{share_with(read, runs, folder)} is there; who has it runs: digest lab score")
