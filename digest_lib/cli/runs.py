"""`digest run`, `backfill` and `gather`: news in, posts out."""

from __future__ import annotations

import sys

import click

from digest_lib import settings
from digest_lib.cli.common import (
    exit_for_set_aside,
    families_option,
    names_of,
    seconds_option,
    tell_set_aside,
    workers_option,
)
from digest_lib.day import Day
from digest_lib.errors import UserError
from digest_lib.settings import Home


@click.command()
@click.option("--date", help="Such as 2026-07-29; default: today, gathering first.")
@families_option
@workers_option
@seconds_option
@click.option("--gather/--no-gather", default=True, help="For today: fetch the feeds first, or not.")
def run(date: str | None, families: str, workers: int | None, max_seconds: float, gather: bool) -> None:
    """Run the families' notebooks for a day and publish their posts."""
    from digest_lib.running.families import choose

    home, today = Home.find(), Day.today(settings.now())
    choose(home, names_of(families))  # a misspelt name is told before the minutes that gathering takes
    day = Day.of(date) if date else today
    if day.date > today.date:
        raise UserError(f"{day} has not come yet (its cut-off is {day.cut_off_text} in Taipei)")
    if day == today and gather and settings.may_fetch():
        _gather(home)
    _run(home, families, day, day, workers, max_seconds, again=True)


@click.command()
@click.option("--from", "first", required=True, help="The first date, such as 2026-07-01.")
@click.option("--to", "last", help="The last date; default: today.")
@families_option
@workers_option
@seconds_option
@click.option("--again", is_flag=True, help="Run days that have a post, too.")
def backfill(
    first: str, last: str | None, families: str, workers: int | None, max_seconds: float, again: bool
) -> None:
    """Run the days that have no post yet, from the archive alone, in date order."""
    today = Day.today(settings.now())
    end = Day.of(last) if last else today
    if end.date > today.date or Day.of(first).date > end.date:
        raise UserError(f"nothing to do from {first} to {end}: give two dates in order, up to {today}")
    _run(Home.find(), families, Day.of(first), end, workers, max_seconds, again=again)


def _run(
    home: Home, names: str, first: Day, last: Day, workers: int | None, max_seconds: float, *, again: bool
) -> None:
    from digest_lib.running.families import choose
    from digest_lib.running.job import Job
    from digest_lib.running.run import missing, pairs, processes, run_all
    from digest_lib.running.showing import console, errors, escape, follow
    from digest_lib.running.status import llm_trouble

    families, bad = choose(home, names_of(names))
    for problem in bad:
        errors.print(f"[red]✗[/] {escape(str(problem))}")
    wanted = pairs([f.name for f in families], first, last)
    wanted = wanted if again else missing(home, wanted)
    # Gathering is done; notebooks may still read today's pages, but fetch no feed again.
    environment = (("DIGEST_FETCH", "pages" if settings.may_fetch() else "no"),)
    jobs = [Job(home.root, f, d, max_seconds, environment=environment) for f, d in wanted]
    if not jobs and not bad:
        console.print(
            "Every day has its posts." if families else "No notebook in notebooks/: digest new NAME"
        )
    ran = list(follow(run_all(jobs, processes(workers)), len(jobs), "running"))
    failed = [r for r in ran if not r.ok]
    if troubled := sum(bool(llm_trouble(r)) for r in ran):
        errors.print(f"[yellow]![/] the llm failed in {troubled} of {len(jobs)} runs. See: digest status")
    if failed or bad:
        count = f"{len(failed)} of {len(jobs)} runs failed" if failed else f"{len(bad)} notebooks cannot run"
        others = "; the others stand" if len(failed) < len(jobs) else ""
        errors.print(f"{count}{others}. See: digest status")
        tell_set_aside(home)
        sys.exit(1)
    exit_for_set_aside(home)


@click.command()
def gather() -> None:
    """Fetch every feed once, for now, into the archive."""
    if not _gather(Home.find()):
        sys.exit(1)


def _gather(home: Home) -> bool:
    """Fetches the feeds and tells of it; False when not one of them answered."""
    from digest_lib.articles.gather import gather_day
    from digest_lib.running.families import load_all
    from digest_lib.running.showing import console, errors, escape

    families, _ = load_all(home)
    queries = [query for family in families.values() for query in family.queries]
    with console.status("gathering"):
        report = gather_day(home, settings.now(), queries=queries)
    silent = [feed for feed in report.feeds if feed.error]
    if silent and not report.answered:
        first = escape(silent[0].error)
        errors.print(
            f"[red]✗[/] no feed answered ({len(silent)} asked; the first: {first}): is this machine online?"
        )
        return False
    for feed in silent:
        errors.print(f"[yellow]![/] {escape(feed.title)}: {escape(feed.error)}")
    console.print(f"{report.new} new articles; {report.answered} of {len(report.feeds)} feeds answered")
    return True
