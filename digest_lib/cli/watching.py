"""`digest status` and `doctor`: how the newsroom fares, and what a person should look at."""

from __future__ import annotations

import sys

import click

from digest_lib import settings
from digest_lib.cli.common import NOTHING_TO_DO
from digest_lib.errors import printable
from digest_lib.settings import Home


@click.command()
@click.option("--days", type=click.IntRange(1, 60), default=7, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same for machines (see --schema).")
@click.option("--schema", is_flag=True, help="The JSON schema of --json.")
def status(days: int, as_json: bool, schema: bool) -> None:
    """Show what ran, what it published and cost, and what needs a person.

    Exit code 0: all is well; 1: something needs a person; 2: that cannot be told.
    """
    import json

    from digest_lib.running.condition import Condition
    from digest_lib.running.examine import examine
    from digest_lib.running.logs import data
    from digest_lib.running.showing import console
    from digest_lib.running.status_table import show

    if schema:
        data(json.dumps(Condition.model_json_schema(), ensure_ascii=False, indent=1))
        return
    condition = examine(Home.find(), settings.now(), days)
    if as_json:
        data(json.dumps(condition.model_dump(mode="json"), ensure_ascii=False, indent=1))
    elif condition.last_run or condition.problems:
        show(condition, console, days)
    else:
        click.echo("Nothing has run here yet. Start with: digest run")
    sys.exit(condition.exit_code)


@click.command()
def doctor() -> None:
    """Look at what is installed, which renderer and writer will be used, and what answers."""
    from digest_lib.running.doctor import examine
    from digest_lib.running.showing import console, escape
    from digest_lib.writing.probe import probed, writer

    marks = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[blue]·[/]"}
    bad = 0
    for finding in examine(writer, probed):
        console.print(f"{marks[finding.ok]} {finding.what:<20} {escape(finding.says)}")
        bad += finding.ok is False
    sys.exit(1 if bad else 0)


@click.command()
def tidy() -> None:
    """Put the archive's small files together, and remove what is over: old texts, caches, leftovers."""
    from digest_lib.running.tidy import tidy as tidied

    done = tidied(Home.find(), settings.now())
    if done is None:
        click.echo("digest: another process is tidying here", err=True)
        sys.exit(NOTHING_TO_DO)
    for line in done.lines() or ["There was nothing to tidy."]:
        click.echo(line)


@click.command()
@click.option("--yes", is_flag=True, help="Do it; default: only say what would be done.")
def upgrade(yes: bool) -> None:
    """Say what earlier versions left in this home that could be written in today's form; with --yes, do it.

    Everything is read as it is, and what is replaced is kept in archive/before-upgrade/.
    """
    from digest_lib.running.daily import alone
    from digest_lib.running.upgrade import changes

    home = Home.find()
    with alone(home, "tidy") as free:
        if not free:
            click.echo("digest: another process is tidying here", err=True)
            sys.exit(NOTHING_TO_DO)
        found = changes(home, settings.now())
        for change in found:
            if yes and change.do:
                change.do()
            mark = "" if change.do else "for you to do: "
            click.echo(printable(f"{mark}{change}"))
    waiting = [change for change in found if change.do]
    if not found:
        click.echo("Everything here is of today's form.")
    elif waiting:
        count = len(waiting)
        click.echo(f"{count} done." if yes else f"{count} to do; do it with: digest upgrade --yes")
