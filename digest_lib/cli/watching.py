"""`digest status` and `doctor`: what ran, and what a person should look at."""

from __future__ import annotations

import sys

import click

from digest_lib.cli.common import exit_for_set_aside
from digest_lib.day import Day
from digest_lib.settings import Home


@click.command()
@click.option("--days", type=click.IntRange(1, 60), default=7, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Every run record, as JSON.")
def status(days: int, as_json: bool) -> None:
    """Show what ran, what it published and cost, and what needs a person."""
    import json
    from dataclasses import asdict

    from digest_lib.running import records
    from digest_lib.running.families import load_all
    from digest_lib.running.showing import console, escape
    from digest_lib.running.status import feed_troubles, llm_troubles, problems, table

    home = Home.find()
    found = records.load_all(home)
    if as_json:
        click.echo(json.dumps([asdict(r) for r in found], ensure_ascii=False, indent=1))
        exit_for_set_aside(home)
        return
    if not found:
        click.echo("Nothing has run here yet. Start with: digest run")
        exit_for_set_aside(home)
        return
    last = Day.of(max(r.date for r in found))
    known, bad = load_all(home)
    families = sorted(set(known) | {r.family for r in found})
    console.print(table(found, families, last, days))
    troubles = [*problems(found, last, days), *llm_troubles(found, last, days)]
    for text in [*troubles, *(str(b) for b in bad), *feed_troubles(home)]:
        console.print(f"[red]![/] {escape(text)}")
    exit_for_set_aside(home)


@click.command()
def doctor() -> None:
    """Look at what is installed, which renderer and writer will be used, and what answers."""
    from digest_lib.running.doctor import examine
    from digest_lib.running.showing import console, escape
    from digest_lib.writing.probe import writer

    marks = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[blue]·[/]"}
    bad = 0
    for finding in examine(writer):
        console.print(f"{marks[finding.ok]} {finding.what:<20} {escape(finding.says)}")
        bad += finding.ok is False
    sys.exit(1 if bad else 0)
