"""Runs of many (family, date) pairs: side by side across families, in date order within one."""

from __future__ import annotations

import math
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from digest_lib import settings
from digest_lib.day import Day
from digest_lib.running import claims, records
from digest_lib.running.crew import Crew
from digest_lib.running.gone import has_post
from digest_lib.running.job import Job, skipped
from digest_lib.running.job import run as run_job
from digest_lib.running.pool import Pool, Workers, told_killed
from digest_lib.running.records import Outcome, Record
from digest_lib.running.recount import recounted
from digest_lib.settings import Home

#: Why a job was not begun that another run should take up.
TOO_LATE = "the time for the whole run was up"
#: With fewer seconds left, no notebook is begun.
_LEAST = 5.0


def processes(workers: int | None = None, *modules: str) -> Workers:
    """Processes on this machine, by default one a core. Threads would share papermill's working folder.
    `modules` are what their kernels will import beside what all do."""
    count = workers or os.cpu_count() or 1
    return Workers(lambda: Crew(count, *modules), count)


@dataclass
class _Chains:
    """Which job may start next: a family's days run one after the other, since each reads the one before."""

    waiting: dict[str, deque[Job]] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, jobs: Iterable[Job]) -> _Chains:
        chains = cls()
        for job in sorted(jobs, key=lambda j: (j.date, j.family)):
            chains.waiting.setdefault(job.family, deque()).append(job)
        return chains

    def take(self, most: int, seconds: float = math.inf) -> list[Job]:
        """At most so many jobs that may start now, the earliest dates first; each is given out once, with no
        more time than the `seconds` that are left for all."""
        free = [f for f, queue in self.waiting.items() if queue and f not in self.busy]
        taken = sorted(free, key=lambda f: (self.waiting[f][0].date, f))[:most]
        self.busy.update(taken)
        jobs = [self.waiting[family].popleft() for family in taken]
        return [replace(job, max_seconds=min(job.max_seconds, seconds)) for job in jobs]

    def rest(self) -> list[Job]:
        """Every job that has not begun; none of them will be given out."""
        rest = [job for queue in self.waiting.values() for job in queue]
        self.waiting.clear()
        return rest

    def finished(self, job: Job) -> None:
        self.busy.discard(job.family)


def run_all(jobs: Sequence[Job], workers: Workers, seconds: float = math.inf) -> Iterator[Record]:
    """The record of every job, as they finish. One that fails leaves the others alone. When the `seconds` are
    up that all of them have together, none is begun any more, and those under way end. One whose worker is
    killed is run again, see `Pool`, while there is time."""
    with recounted(jobs):
        yield from _run_all(jobs, workers, time.monotonic() + seconds)


def _run_all(jobs: Sequence[Job], workers: Workers, ends: float) -> Iterator[Record]:
    chains = _Chains.of(jobs)

    def take(most: int) -> list[Job]:
        left = ends - time.monotonic()
        return chains.take(most, left) if left >= _LEAST else []

    def again(job: Job) -> Job | None:
        left = ends - time.monotonic()
        return replace(job, max_seconds=min(job.max_seconds, left)) if left >= _LEAST else None

    # A record that could not be written is told of all the same.
    for job, record in Pool(workers, take, run_job, _failed, _killed, again).run():
        chains.finished(job)
        yield record
    yield from map(_too_late, chains.rest())


def _too_late(job: Job) -> Record:
    claims.skip(Home(job.home), job.family, job.date, TOO_LATE)
    return skipped(job, TOO_LATE)


def _killed(job: Job, times: int) -> Record:
    home = Home(job.home)
    record = _failed(job, told_killed(times))
    if earlier := records.load(home, job.family, job.date):  # its post, and its cut-off, stand
        record = replace(
            earlier, status=record.status, started=record.started, seconds=0.0, post="", error=record.error
        )
    records.save(home, record)
    claims.settle(home, job.family, job.date)
    return record


def _failed(job: Job, reason: str) -> Record:
    return Record(job.family, job.date, Outcome.FAILED, settings.now().isoformat(), 0.0, error=reason)


def pairs(families: Sequence[str], first: Day, last: Day) -> list[tuple[str, str]]:
    """Every (family, date) from `first` to `last`, both included, in date order."""
    days = []
    day = first
    while day.date <= last.date:
        days.append(str(day))
        day = day.shifted(1)
    return [(family, date) for date in days for family in families]


def missing(home: Home, wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs that have no standing post yet."""
    return [
        (family, date)
        for family, date in wanted
        if not ((record := records.load(home, family, date)) and record.ok and has_post(home, record.name))
    ]
