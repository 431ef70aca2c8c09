"""`digest run`, `backfill` and `gather`: news in, posts out."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from digest_lib import owners, settings
from digest_lib.cli.common import (
    NOTHING_PUBLISHED,
    NOTHING_TO_DO,
    SOME_FAILED,
    all_seconds_option,
    dask_option,
    exit_for_set_aside,
    families_option,
    names_of,
    seconds_option,
    tell_set_aside,
    tidy_when_due,
    workers_option,
)
from digest_lib.day import Day
from digest_lib.errors import UserError
from digest_lib.settings import Home

if TYPE_CHECKING:
    from pathlib import Path

    from digest_lib.running.families import Family
    from digest_lib.running.job import Job
    from digest_lib.running.pool import Workers
    from digest_lib.running.records import Record


#: Settings of the command that also hold where its jobs run, on whatever machine; no keys.
_TRAVEL = (
    "DIGEST_LLM", "DIGEST_NOW", "DIGEST_LLM_AT_ONCE", "DIGEST_LLM_SECONDS", "DIGEST_KERNEL_MB",
    "DIGEST_LOG", "DIGEST_LOG_ID",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How many runs at once, and what one and all may take."""

    workers: int | None = None
    seconds: float = 900.0
    all_seconds: float | None = None
    #: what all of them may cost, in dollars; None: as much as their notebooks say
    usd: float | None = None
    #: the address of a Dask scheduler whose workers run them, in place of processes of this machine
    dask: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of runs: how many there were to do, were done, and failed (notebooks that cannot run too)."""

    wanted: int
    done: int
    failed: int

    @property
    def code(self) -> int:
        """The exit code that says so."""
        if self.failed:
            return SOME_FAILED if self.done else NOTHING_PUBLISHED
        return 0 if self.done else NOTHING_TO_DO


@click.command()
@click.option("--date", help="Such as 2026-07-29; default: today, gathering first, and what is missing.")
@families_option
@workers_option
@dask_option
@seconds_option
@all_seconds_option
@click.option("--gather/--no-gather", default=True, help="For today: fetch the feeds first, or not.")
@click.option("--again", is_flag=True, help="Run today anew where it has its posts.")
def run(
    date: str | None,
    families: str,
    workers: int | None,
    dask: str | None,
    max_seconds: float,
    all_seconds: float | None,
    gather: bool,
    again: bool,
) -> None:
    """Run the families' notebooks for a day and publish their posts.

    Without a date: today, and the days of the last week whose posts are missing. Exit code 0: all is
    published; 1: nothing is, or a post is set aside; 2: a wrong option or setting; 3: some runs failed, the
    others are published; 4: nothing to do.
    """
    home, today = Home.find(), Day.today(settings.now())
    day = Day.of(date) if date else today
    if day.date > today.date:
        raise UserError(f"{day} has not come yet (its cut-off is {day.cut_off_text} in Taipei)")
    limits = Limits(workers, max_seconds, all_seconds, dask=dask)
    ended = run_day(home, names_of(families), day, limits, missing_too=not date, again=again, fetch=gather)
    finish_runs(home, ended)


def run_day(
    home: Home, names: Sequence[str], day: Day, limits: Limits, *, missing_too: bool, again: bool, fetch: bool
) -> Ended:
    """Gathers where the day is today, and runs it; with `missing_too`, of it and of the days before only what
    is missing (all of it `again`)."""
    from digest_lib.running import claims
    from digest_lib.running.behind import behind
    from digest_lib.running.families import choose
    from digest_lib.running.leftovers import sweep
    from digest_lib.running.run import missing, pairs
    from digest_lib.running.showing import console

    # A misspelt name is told before the minutes that gathering takes.
    families = [family.name for family in choose(home, list(names))[0]]
    sweep(home)
    wanted = pairs(families, day, day)
    if missing_too and not again:
        wanted = missing(home, wanted)
    last = claims.want(home, wanted)  # from here on, a run that stops is one that is known to have stopped
    try:
        if fetch and day == Day.today(settings.now()) and settings.may_fetch():
            gather_now(home, catch_up=missing_too)
        late = behind(home, families, day) if missing_too else []
        last |= claims.want(home, late)
    except Exception:
        claims.unwant(home)
        raise
    if late:
        dates = sorted({date for _, date in late})
        console.print(f"{len(late)} posts of {', '.join(dates)} are missing, and are run too")
    return run_pairs(home, names, last, limits)


@click.command()
@click.option("--from", "first", required=True, help="The first date, such as 2026-07-01.")
@click.option("--to", "last", help="The last date; default: today.")
@families_option
@workers_option
@dask_option
@seconds_option
@all_seconds_option
@click.option("--again", is_flag=True, help="Run days that have a post, too.")
def backfill(
    first: str,
    last: str | None,
    families: str,
    workers: int | None,
    dask: str | None,
    max_seconds: float,
    all_seconds: float | None,
    again: bool,
) -> None:
    """Run the days that have no post yet, from the archive alone, in date order."""
    from digest_lib.running import claims
    from digest_lib.running.families import choose
    from digest_lib.running.leftovers import sweep
    from digest_lib.running.run import missing, pairs

    today = Day.today(settings.now())
    end = Day.of(last) if last else today
    if end.date > today.date or Day.of(first).date > end.date:
        raise UserError(f"nothing to do from {first} to {end}: give two dates in order, up to {today}")
    home, names = Home.find(), names_of(families)
    wanted = pairs([family.name for family in choose(home, names)[0]], Day.of(first), end)
    wanted = wanted if again else missing(home, wanted)
    sweep(home)
    limits = Limits(workers, max_seconds, all_seconds, dask=dask)
    ended = run_pairs(home, names, claims.want(home, wanted), limits)
    finish_runs(home, Ended(1, 1, 0) if not ended.wanted and not ended.failed else ended)


def run_pairs(home: Home, names: Sequence[str], last: dict[tuple[str, str], str], limits: Limits) -> Ended:
    """Runs the (family, date) pairs, each unless another process has since its `last` run; tells of it."""
    from digest_lib.running.families import choose
    from digest_lib.running.records import note_unreadable
    from digest_lib.running.run import run_all
    from digest_lib.running.showing import console, errors, escape, follow

    families, bad = choose(home, list(names))
    for problem in bad:
        errors.print(f"[red]✗[/] {escape(str(problem))}")
        note_unreadable(home, problem, {date for _, date in last}, settings.now())
    for doubt in (f"{family.path.name}: {says}" for family in families for says in family.doubts):
        errors.print(f"[yellow]![/] notebooks/{escape(doubt)}")
    _look_after_archive(home, [date for _, date in last])
    # A server that hangs for one of the notebooks is not waited for by the others.
    hung = home.archive / "work" / f"llm-hung.{owners.mine()}"
    jobs = _jobs(home, families, last, limits, hung)
    if not jobs and not bad:
        console.print(
            "Every day has its posts." if families else "No notebook in notebooks/: digest new NAME"
        )
    seconds = limits.all_seconds or math.inf
    try:
        ran = list(follow(run_all(jobs, _workers(home, limits), seconds), len(jobs), "running"))
    finally:
        hung.unlink(missing_ok=True)
    tidy_when_due(home)
    return Ended(len(jobs), sum(r.ok for r in ran), _failed(ran, len(jobs), len(bad)))


def _jobs(
    home: Home, families: Sequence[Family], last: dict[tuple[str, str], str], limits: Limits, hung: Path
) -> list[Job]:
    """A job for each pair, which may cost its share of what all may, where that is less than its own."""
    from digest_lib.running.job import Job

    # Gathering is done; notebooks may still read today's pages, but fetch no feed again.
    environment = (
        ("DIGEST_FETCH", "pages" if settings.may_fetch() else "no"),
        ("DIGEST_LLM_HUNG", str(hung)),
        *((name, os.environ[name]) for name in _TRAVEL if name in os.environ),
    )
    own = {family.name: float(family.parameters.get("max_cost_usd", 0.0)) for family in families}

    def cost_limit(family: str) -> tuple[tuple[str, float], ...]:
        share = math.inf if limits.usd is None else limits.usd / len(last)
        return (("max_cost_usd", round(share, 4)),) if own.get(family, 0.0) > share else ()

    mine = uuid4().hex[:16]
    return [
        Job(home.root, family, date, limits.seconds, cost_limit(family), environment, run, mine)
        for (family, date), run in last.items()
    ]


def _failed(ran: Sequence[Record], jobs: int, bad: int) -> int:
    """How many of the jobs failed, with the `bad` notebooks that cannot run; tells of them."""
    from digest_lib.running.records import Outcome
    from digest_lib.running.run import TOO_LATE
    from digest_lib.running.showing import console, errors, line
    from digest_lib.running.status import llm_trouble

    if troubled := sum(bool(llm_trouble(r)) for r in ran):
        errors.print(f"[yellow]![/] the llm failed in {troubled} of {jobs} runs. See: digest status")
    failed = [r for r in ran if not r.ok and (r.status is not Outcome.SKIPPED or r.error == TOO_LATE)]
    if console.quiet:
        for record in failed:
            errors.print(line(record))
    if failed or bad:
        count = f"{len(failed)} of {jobs} runs failed" if failed else f"{bad} notebooks cannot run"
        others = "; the others stand" if len(failed) < jobs else ""
        errors.print(f"{count}{others}. See: digest status")
    return len(failed) + bad


def _workers(home: Home, limits: Limits) -> Workers:
    from digest_lib.running.run import processes

    if limits.dask is None:
        return processes(limits.workers)
    from digest_lib.running.cluster import on_cluster

    return on_cluster(limits.dask, home)


def _look_after_archive(home: Home, dates: Sequence[str]) -> None:
    """Sets damaged files aside before notebooks meet them: all that are cut short, and of the days that are
    run those that cannot be read."""
    from digest_lib.articles import care
    from digest_lib.articles.archive import Archive
    from digest_lib.running.showing import errors, escape

    if not dates or not home.archive.exists():
        return
    archive = Archive(home.archive)
    found = care.glance(archive)
    found += care.check(archive, Day.of(min(dates)).shifted(-2).date, Day.of(max(dates)).date)
    for lost in found:
        errors.print(f"[yellow]![/] {escape(str(lost))}, and set aside. See: digest archive check")


def finish_runs(home: Home, ended: Ended) -> None:
    """Ends the command with the exit code of what came of its runs."""
    if ended.failed:
        tell_set_aside(home)
    else:
        exit_for_set_aside(home)
    sys.exit(ended.code)


@click.command()
def gather() -> None:
    """Fetch every feed once, for now, into the archive."""
    from digest_lib.running.leftovers import sweep

    home = Home.find()
    sweep(home)
    if not gather_now(home):
        sys.exit(1)


def gather_now(home: Home, *, catch_up: bool = False) -> bool:
    """Fetches the feeds and tells of it; False when not one of them answered."""
    from digest_lib.gathering.gather import gather_day
    from digest_lib.running.families import load_all
    from digest_lib.running.showing import console, errors, escape

    families, _ = load_all(home)
    queries = [query for family in families.values() for query in family.queries]
    with console.status("gathering"):
        report = gather_day(home, settings.now(), queries=queries, catch_up=catch_up)
    silent = [feed for feed in report.feeds if feed.error]
    if silent and not report.answered:
        first = escape(silent[0].error)
        errors.print(
            f"[red]✗[/] no feed answered ({len(silent)} asked; the first: {first}): is this machine online?"
        )
        return False
    for feed in silent if not console.quiet else ():  # digest status says which have failed for long
        errors.print(f"[yellow]![/] {escape(feed.title)}: {escape(feed.error)}")
    console.print(f"{report.new} new articles; {report.answered} of {len(report.feeds)} feeds answered")
    return True
