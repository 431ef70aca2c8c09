"""Days that are run again: their numbers are counted anew, and what was published with others is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date as Date

from digest_lib.running import records
from digest_lib.running.families import load_all
from digest_lib.running.job import Job
from digest_lib.settings import Home
from digest_lib.stories.counted import Counted


@dataclass(frozen=True, slots=True)
class _Again:
    """A published number whose day is run again."""

    home: Home
    family: str
    date: str
    name: str
    number: int


@contextmanager
def recounted(jobs: Sequence[Job]) -> Iterator[None]:
    """While the jobs run, the numbers of their own days are open: side by side, all count them alike. After
    that, one that no run settled is what it was, and posts that say another than the settled one are stale.
    """
    again = [one for home in sorted({job.home for job in jobs}) for one in _opened(Home(home), jobs)]
    try:
        yield
    finally:
        for one in again:
            if Counted(one.home).close(one.date, one.name) != one.number:
                _mark_stale(one)


def _opened(home: Home, jobs: Sequence[Job]) -> Iterator[_Again]:
    names = {family: str(f.parameters["name"]) for family, f in load_all(home)[0].items()}
    for job in jobs:
        name = names.get(job.family) if job.home == home.root else None
        number = Counted(home).open(job.date, name) if name else None
        if name and number is not None:
            yield _Again(home, job.family, job.date, name, number)


def _mark_stale(again: _Again) -> None:
    """Marks the posts that compare with the old number. They are never rewritten."""
    # Not before it is needed: they take a second to import, and few days are run again.
    from digest_lib.publishing.post import facts_on_disk
    from digest_lib.stories.continuity import MEMORY

    first = Date.fromisoformat(again.date)
    for record in records.load_all(again.home, again.date):
        if not (record.ok and first <= Date.fromisoformat(record.date) < first + MEMORY):
            continue
        facts = facts_on_disk(again.home.posts / record.name)
        if facts and facts.history.get(again.date, {}).get(again.name) == again.number:
            records.save(again.home, replace(record, stale=again.date))
