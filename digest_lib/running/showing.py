"""What a run looks like while it goes on: a bar on a terminal, plain lines everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from rich import markup
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from digest_lib import settings
from digest_lib.errors import printable
from digest_lib.running.logs import LEFT_OUT, log
from digest_lib.running.records import Outcome, Record


class _Console(Console):
    """Tells people, or with `DIGEST_LOG=json` machines: an object of JSON a line."""

    def print(self, *objects: Any, **options: Any) -> None:
        if not settings.logs_json():
            super().print(*objects, **options)
            return
        says = " ".join(Text.from_markup(str(one)).plain for one in objects)
        log("error" if self.stderr else "info", says.removeprefix("✗ ").removeprefix("! "))


def _of_run(record: Record) -> dict[str, str]:
    """The fields by which a line of the log is found from a record: `run` is the record's own."""
    return {"run": record.run, "family": record.family, "date": record.date}


def log_failure(record: Record, error: BaseException) -> None:
    """For machines, what a failed run's record has no room for: where in the notebook it failed. Nothing that
    holds the value of a secret is written."""
    if not settings.logs_json():
        return
    from digest_lib.secrets import Scanner

    causes = [error.__cause__, error] if error.__cause__ else [error]
    lines = [line for one in causes for line in str(one).splitlines() if line.strip()]
    trace = [printable(line) for line in lines[-_TRACE:]]
    if Scanner().found("\n".join(trace).encode(errors="replace")):
        trace = [LEFT_OUT]
    log("error", record.error, event="failure", **_of_run(record), trace=trace)


#: So many lines of a failure are written.
_TRACE = 40

console = _Console(highlight=False, soft_wrap=True)
errors = _Console(stderr=True, highlight=False, soft_wrap=True)

MARKS = {
    Outcome.PUBLISHED: "[green]✓[/]",
    Outcome.QUIET: "[green]·[/]",
    Outcome.BLIND: "[red]∅[/]",
    Outcome.FAILED: "[red]✗[/]",
    Outcome.SKIPPED: "[dim]–[/]",
}


def follow(records: Iterable[Record], total: int, what: str) -> Iterator[Record]:
    """Passes the records on, telling of each as it comes."""
    if settings.logs_json():
        for record in records:
            level = "info" if record.ok else "error"
            told = asdict(record)
            log(level, Text.from_markup(line(record)).plain, event="run", **_of_run(record), record=told)
            yield record
        return
    if not console.is_terminal:
        for record in records:
            console.print(line(record))
            yield record
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=total)
        for record in records:
            progress.console.print(line(record))
            progress.advance(task)
            yield record


def line(record: Record) -> str:
    """One line about a run: what came of it, or why nothing did."""
    head = f"{MARKS[record.status]} {record.date} {record.family:<10}"
    if not record.ok:
        return f"{head} {record.status}: {escape(record.error)}"
    # What an llm answered and nobody could use was paid for, too.
    asked = record.llm != "offline" or record.input_tokens or record.cost_usd
    cost = f", {money(record.cost_usd)}" if asked else ""
    by = f", answered by {escape(record.answered)}" if record.answered else ""
    said = "; ".join(filter(None, [record.note, record.warning]))
    note = f"; [yellow]{escape(said)}[/]" if said else ""
    return (
        f"{head} {record.stories} stories from {record.matched} of {record.articles} articles, "
        f"{record.supported + record.repaired} sentences stand, {record.withheld} withheld"
        f"{cost}{by}, {record.seconds:.1f} s ({record.post}){note}"
    )


def money(cost: float | None) -> str:
    return "cost unknown" if cost is None else f"${cost:.4f}"


def escape(text: str) -> str:
    """Text that the terminal shows as it is: no markup of rich's, no control character."""
    return markup.escape(printable(text))
