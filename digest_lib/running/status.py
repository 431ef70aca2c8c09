"""What ran, what it cost, what is missing: the table of `digest status`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from rich.table import Table

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.health import feed_health
from digest_lib.day import Day
from digest_lib.running.records import Outcome, Record
from digest_lib.running.showing import MARKS, money
from digest_lib.settings import Home

CELL = {Outcome.BLIND: "[red]∅ blind[/]", Outcome.FAILED: "[red]✗ failed[/]"}


def table(records: Sequence[Record], families: Sequence[str], last: Day, days: int) -> Table:
    """Families by days, newest first: stories and withheld sentences of each run; `–` where none ran."""
    found = {(r.family, r.date): r for r in records}
    shown = [str(last.shifted(-n)) for n in range(days)]
    view = Table(title=f"Runs of the {days} days up to {last}", title_justify="left")
    view.add_column("family", no_wrap=True)
    for date in shown:
        view.add_column(date[5:], justify="right", no_wrap=True)
    view.add_column("cost", justify="right", no_wrap=True)
    for family in families:
        row = [found.get((family, date)) for date in shown]
        view.add_row(family, *(_cell(r) for r in row), _cost([r for r in row if r]))
    return view


def _cell(record: Record | None) -> str:
    if record is None:
        return "[dim]–[/]"
    if not record.ok:
        return CELL[record.status]
    text = f"{MARKS[record.status]} {record.stories}"
    if record.withheld:
        text += f" [yellow]-{record.withheld}[/]"
    return text + (" [yellow]stale[/]" if record.stale else "")


def _cost(records: Sequence[Record]) -> str:
    known = [r.cost_usd for r in records if r.cost_usd is not None]
    return money(sum(known)) if len(known) == len(records) else f"≥ {money(sum(known))}"


def feed_troubles(home: Home) -> list[str]:
    """A line for each feed that a person should look at, by the gathers of the last weeks."""
    return [
        f"feed {feed.title}: {feed.state}" + (f" since {feed.since:%Y-%m-%d}" if feed.since else "")
        + (f", {feed.detail}" if feed.detail else "")
        for feed in feed_health(Archive(home.archive), settings.now())
        if feed.state != "ok"
    ]  # fmt: skip


def problems(records: Sequence[Record], last: Day, days: int) -> list[str]:
    """A line for each run of these days that needs a person, the newest first."""
    since = str(last.date - timedelta(days=days - 1))
    lines = [f"{r.date} {r.family}: {r.error}" for r in records if not r.ok and since <= r.date <= str(last)]
    lines += [
        f"{r.date} {r.family}: written before {r.stale} was filled in; "
        f"run it again with: digest run --date {r.date} --families {r.family}"
        for r in records
        if r.ok and r.stale and since <= r.date <= str(last)
    ]
    return sorted(lines, reverse=True)
