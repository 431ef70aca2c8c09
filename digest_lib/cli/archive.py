"""`digest import` and `export`: articles in and out of the archive."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest_lib.day import Day
from digest_lib.errors import printable
from digest_lib.settings import Home


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Take articles from a .jsonl or .csv file (url, title, published; summary, text, publisher, ...)."""
    from digest_lib.articles.archive import Archive
    from digest_lib.articles.exchange import import_file
    from digest_lib.articles.opml import read_opml
    from digest_lib.articles.publishers import Publishers

    home = Home.find()
    # A line that names no publisher gets the name that the list of feeds has for its host.
    publishers = Publishers(read_opml(home.feeds)) if home.feeds.is_file() else None
    report = import_file(Archive(home.archive), file, publishers)
    for reason in report.skipped:
        click.echo(f"digest: {printable(reason)}", err=True)
    mended = f", {report.mended} damaged ones replaced" if report.mended else ""
    skipped = len(report.skipped)
    click.echo(f"{report.read} articles read, {report.new} of them new{mended}, {skipped} lines skipped")
    if report.skipped:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "first", help="The first date; default: the archive's first.")
@click.option("--to", "last", help="The last date; default: the archive's last.")
def export(file: Path, first: str | None, last: str | None) -> None:
    """Write the archive's articles to a .jsonl or .csv file that `digest import` takes."""
    from digest_lib.articles.archive import Archive
    from digest_lib.articles.exchange import export_file

    since = Day.of(first).shifted(-1).cutoff if first else None
    until = Day.of(last).cutoff if last else None
    count = export_file(Archive(Home.find().archive), file, since=since, until=until)
    click.echo(f"{count} articles written to {file}")
