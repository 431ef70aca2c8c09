"""`digest import`, `export` and `archive`: articles in and out of the archive, and looking after it."""

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
    from digest_lib.documents.opml import read_opml
    from digest_lib.gathering.exchange import import_file
    from digest_lib.gathering.publishers import Publishers

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
    from digest_lib.articles.lost import all_lost
    from digest_lib.gathering.exchange import export_file

    since = Day.of(first).shifted(-1).cutoff if first else None
    until = Day.of(last).cutoff if last else None
    kept = Archive(Home.find().archive)
    count = export_file(kept, file, since=since, until=until)
    click.echo(f"{count} articles written to {file}")
    left_out = [f"{path.relative_to(kept.folder)} is left out: {why}" for path, why in kept.problems.items()]
    left_out += [f"{lost.name} is left out: {lost.reason}" for lost in all_lost(kept.folder)]
    for line in left_out:
        click.echo(f"digest: {printable(line)}. See: digest archive check", err=True)
    if left_out:
        sys.exit(1)


@click.group()
def archive() -> None:
    """Look after the archive."""


@archive.command()
def check() -> None:
    """Read every file of the archive; set aside what is damaged, and say what can be had again."""
    from digest_lib.articles import care
    from digest_lib.articles.archive import Archive

    kept = Archive(Home.find().archive)
    care.check(kept)
    bad = [str(outlook) for outlook in care.outlooks(kept)]
    bad += [f"{path.relative_to(kept.folder)}: {why}" for path, why in kept.problems.items()]
    for line in bad:
        click.echo(f"digest: {printable(line)}", err=True)
    click.echo("Mend what can be mended with: digest archive repair" if bad else "Every file can be read.")
    sys.exit(1 if bad else 0)


@archive.command()
def repair() -> None:
    """Put back what can be read of damaged files, and have the next gather fetch what feeds still list."""
    from digest_lib import settings
    from digest_lib.articles import care
    from digest_lib.articles.archive import Archive
    from digest_lib.running import ahead

    home, now = Home.find(), settings.now()
    kept = Archive(home.archive)
    care.check(kept)
    done = care.repair(kept, now)
    early = ahead.put_away(home, now)
    for line in [*done, *early]:
        click.echo(printable(line))
    if early and not done:
        return
    click.echo(
        "Now run: digest gather (every feed is asked for all it lists). What was damaged is kept in "
        "archive/damaged/settled/"
        if done
        else "Nothing is damaged."
    )
