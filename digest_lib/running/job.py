"""One (family, date): executed, published, recorded. What a worker process does, wherever it runs."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from digest_lib import owners, settings
from digest_lib.day import Day
from digest_lib.errors import BlindDay, RunFailed
from digest_lib.running import claims, records
from digest_lib.running.families import Family, load
from digest_lib.running.reasons import reason
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home

if TYPE_CHECKING:  # the command only hands jobs out: what runs them is imported where they are run
    from digest_lib.publishing.post import Published
    from digest_lib.sections.facts import Facts


@dataclass(frozen=True, slots=True)
class Job:
    """A family and a date in a home, and how it is to be run. Travels between processes."""

    home: Path
    family: str
    date: str
    max_seconds: float = 900.0
    #: values in place of the notebook's own parameters
    parameters: tuple[tuple[str, Any], ...] = ()
    #: environment of the run, beside the worker's own
    environment: tuple[tuple[str, str], ...] = ()
    #: the last run of the pair when this one was wanted: where there is another by now, it is not run again
    last: str | None = None
    #: what the runs of the command that wants it begin with
    command: str = ""


def run(job: Job) -> Record:
    """Runs the job and records it; what goes wrong is in the record, and nothing is raised but what keeps
    the record itself from being written (`StorageError`)."""
    home = Home(job.home)
    # For its time only: a cluster's worker serves other commands after this one.
    with settings.environment_of({**dict(job.environment), "DIGEST_HOME": str(job.home)}):
        if why := _claimed(home, job):
            return _recorded(home, job) or skipped(job, why)
        with claims.held(home, job.family, job.date):
            return _run(home, job)


def _claimed(home: Home, job: Job) -> str:
    """Takes the job; or else why it is not to be run. A cluster gives to another worker what one had that
    died: on another machine that shows only after a while, which is waited for."""
    ends = time.monotonic() + job.max_seconds + claims.DEAD
    while why := claims.claim(home, job.family, job.date, job.last, job.command):
        if not claims.is_ours(home, job.family, job.date, job.command) or time.monotonic() > ends:
            return why
        time.sleep(claims.BEAT)
    return ""


def _recorded(home: Home, job: Job) -> Record | None:
    """What a worker of the same command has recorded of the job, and was killed before it could tell."""
    done = records.load(home, job.family, job.date)
    if done is None or not job.command or not done.run.startswith(job.command):
        return None
    if done.ok and not job.last:
        _mark_stale(home, done)
    return done


def skipped(job: Job, why: str) -> Record:
    """What is told of a job that was not run. It is not recorded: nothing ran."""
    return Record(job.family, job.date, Outcome.SKIPPED, settings.now().isoformat(), 0.0, error=why)


def _run(home: Home, job: Job) -> Record:
    clock = time.monotonic()
    earlier = records.load(home, job.family, job.date)
    # What an earlier run published stands whatever happens now, and so do its numbers and its cut-off.
    kept = earlier or Record(job.family, job.date, Outcome.FAILED, "", 0.0)
    blank = replace(
        kept,
        status=Outcome.FAILED,
        started=settings.now().isoformat(),
        post="",
        error="",
        note="",
        warning="",
        stale="",
        run=f"{job.command}{uuid4().hex}"[:32],
    )
    try:
        record = _published(home, job, blank)
    except BlindDay as error:
        record = replace(blank, status=Outcome.BLIND, error=str(error))
    except Exception as error:  # a record says so, instead of a worker that dies
        record = _failed(replace(blank, error=reason(home, error)), error)
    record = replace(record, seconds=round(time.monotonic() - clock, 2))
    records.save(home, record)
    if record.ok and not (earlier and earlier.ok):
        _mark_stale(home, record)
    return record


def _failed(record: Record, error: Exception) -> Record:
    from digest_lib.running.showing import log_failure

    log_failure(record, error)
    return record


def _published(home: Home, job: Job, blank: Record) -> Record:
    from digest_lib.publishing.post import publish
    from digest_lib.running.execute import execute

    path = home.notebooks / f"{job.family}.ipynb"
    family = load(path)
    if family is None:
        raise RunFailed(job.family, None, f"{path.name} names no family")
    day = Day.of(job.date)
    given = {"date": job.date, **span(home, family, day), **dict(job.parameters)}
    unknown = sorted(set(given) - set(family.parameters))
    if unknown:
        raise RunFailed(job.family, day.date, f"its parameters cell has no {', '.join(unknown)}")
    # A folder of its own, whose name says whose it is: for the run that is going on, and its kernel's files.
    work = home.archive / "work" / f"{job.date}-{job.family}.{owners.mine()}.{blank.run[-8:]}"
    try:
        out = work / f"{job.date}-{job.family}.ipynb"
        execute(path, out, job.family, day.date, given, job.max_seconds)
        done = publish(out, home, provenance={})
        _keep_counts(home, done.facts)
        return _told(blank, done)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _keep_counts(home: Home, facts: Facts) -> None:
    """Keeps the numbers that a post says, for every later post to say the same."""
    from digest_lib.stories.counted import Counted

    counted = Counted(home)
    for day, row in facts.history.items():
        for name, number in row.items():
            counted.keep(day, name, number, own=name == facts.name and day == str(facts.date))


def span(home: Home, family: Family, day: Day) -> dict[str, str]:
    """Where the day begins and ends, as earlier runs had it: a re-run ends where the first run did, and
    begins where the run of the day before ended, so that no news falls between two posts."""
    first = records.load(home, family.name, str(day))
    window = family.parameters.get("window_days", 1)
    before = records.load(home, family.name, str(day.shifted(-int(window))))
    ends = {"cut_off": first.cutoff if first else "", "since": before.cutoff if before and before.ok else ""}
    return {name: end for name, end in ends.items() if end}


def _told(blank: Record, done: Published) -> Record:
    """The record of a run that was published, from the facts of its post."""
    facts = done.facts
    checked = facts.checked
    return replace(
        blank,
        status=Outcome.PUBLISHED if facts.stories else Outcome.QUIET,
        cutoff=facts.cutoff.isoformat(),
        post=done.outcome,
        llm=facts.writer.llm,
        note=facts.writer.why,
        answered=facts.writer.answered,
        warning=facts.writer.warning,
        articles=facts.coverage.articles,
        matched=facts.matched,
        stories=len(facts.stories),
        supported=checked["supported"],
        repaired=checked["repaired"],
        withheld=checked["withheld"],
        input_tokens=facts.usage.input_tokens,
        output_tokens=facts.usage.output_tokens,
        cost_usd=facts.usage.cost_usd,
    )


def _mark_stale(home: Home, record: Record) -> None:
    """Later posts of the family were written without knowing this one. They are marked, never rewritten."""
    for record_later in records.later(records.load_all(home, record.date, record.family), record):
        records.save(home, replace(record_later, stale=record.date))
