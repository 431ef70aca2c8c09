"""`digest feeds`: looking after the list of feeds."""

from __future__ import annotations

import sys

import click

from digest_lib.errors import printable
from digest_lib.settings import Home


@click.group()
def feeds() -> None:
    """Look after the feeds of feeds.opml."""


@feeds.command()
@click.option("--query", "queries", multiple=True, help="What search feeds are tried with; may be repeated.")
def check(queries: tuple[str, ...]) -> None:
    """Try every feed, and say which give nothing and why. Archives nothing."""
    from digest_lib.gathering.feedlist import check_feeds
    from digest_lib.running.showing import console, escape

    bad = 0
    for tried in check_feeds(Home.find(), queries) if queries else check_feeds(Home.find()):
        newest = f", newest {tried.newest:%Y-%m-%d}" if tried.newest else ""
        says = f"{tried.entries} entries{newest}" if tried.ok else tried.problem
        notes = f" ({'; '.join(tried.notes)})" if tried.notes else ""
        mark = "[green]✓[/]" if tried.ok else "[red]✗[/]"
        console.print(f"{mark} {escape(tried.source.title)}: {escape(says + notes)}, {tried.seconds:.1f} s")
        bad += not tried.ok
    sys.exit(1 if bad else 0)


@feeds.command()
def update() -> None:
    """Write the new addresses of feeds that have moved for good into feeds.opml."""
    from digest_lib import settings
    from digest_lib.gathering.feedlist import update_feeds

    moved = update_feeds(Home.find(), settings.now())
    for old, new in moved:
        click.echo(printable(f"{old} is now {new}"))
    if not moved:
        click.echo("no feed has moved for good (two gathers in a row must say so)")


@feeds.command()
@click.argument("url")
@click.option(
    "--category", default="", help="The group of feeds.opml to put it in; made where there is none."
)
def add(url: str, category: str) -> None:
    """Add the feed at URL, or the feed that the page at URL names."""
    from digest_lib.gathering.feedlist import add_feed

    source = add_feed(Home.find(), url, category)
    click.echo(printable(f"added {source.title}: {source.url}"))
