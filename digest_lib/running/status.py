"""What ran, what it cost, what is missing: the table of `digest status`."""

from __future__ import annotations

import re
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

#: So much of what went wrong fits a line.
MOST_SAID = 300

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
    if llm_trouble(record):
        text += " [yellow]![/]"
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


def llm_trouble(record: Record) -> str:
    """What went wrong with the llm of a run that published all the same; empty for nothing, and where none
    was set up."""
    note = "" if record.note == settings.LLM_NOT_SET_UP else record.note
    return "; ".join(filter(None, [note, record.warning])) if record.ok else ""


def llm_troubles(records: Sequence[Record], last: Day, days: int) -> list[str]:
    """A line for each kind of trouble with the llm in these days: in how many runs, the last of them, and
    what was said then."""
    since = str(last.date - timedelta(days=days - 1))
    found: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda r: (r.date, r.family)):
        if (said := llm_trouble(record)) and since <= record.date <= str(last):
            found.setdefault(_kind(said), []).append(record)
    return [
        f"the llm failed in {len(runs)} run{'s' if len(runs) > 1 else ''}, the last {runs[-1].date} "
        f"{runs[-1].family} (written by {runs[-1].llm}): {llm_trouble(runs[-1])[:MOST_SAID]}"
        for runs in found.values()
    ]


def _kind(said: str) -> str:
    """What was said without the stories, the server's words and the numbers in it: each thing once."""
    plain = re.sub(r"«[^»]*»?|[\d.,$]+", "", said)
    return "; ".join(sorted({part.strip(" :") for part in plain.split(";")}))
