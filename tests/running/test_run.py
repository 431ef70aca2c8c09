"""Many pairs: side by side across families, in date order within one, whatever fails or dies."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from digest_lib.day import Day
from digest_lib.running import claims, records, run
from digest_lib.running.job import Job
from digest_lib.running.pool import Workers
from digest_lib.running.records import Outcome, Record
from digest_lib.running.run import missing, pairs, processes, run_all
from digest_lib.settings import Home


def record(job: Job, status: Outcome = Outcome.PUBLISHED) -> Record:
    return Record(job.family, job.date, status, "2026-07-28T21:00:00+00:00", 0.0)


class Watching(ThreadPoolExecutor):
    """Runs `work` in place of a notebook, and notes when each job begins and ends."""

    def __init__(self, work: Callable[[Job], Record], notes: list[tuple[str, str]]) -> None:
        super().__init__(4)
        self.work, self.notes, self.lock = work, notes, threading.Lock()

    def submit(self, _run, job: Job) -> Future:  # type: ignore[override]
        return super().submit(self._noted, job)

    def _noted(self, job: Job) -> Record:
        with self.lock:
            self.notes.append(("begin", f"{job.date} {job.family}"))
        try:
            return self.work(job)
        finally:
            with self.lock:
                self.notes.append(("end", f"{job.date} {job.family}"))


def jobs(home: Path, families: str, dates: int) -> list[Job]:
    return [Job(home, f, f"2026-07-{20 + d}") for d in range(dates) for f in families]


def play(tmp_path: Path, work: Callable[[Job], Record], families: str = "abc", dates: int = 3):
    notes: list[tuple[str, str]] = []

    def make() -> Executor:
        return Watching(work, notes)

    return list(run_all(jobs(tmp_path, families, dates), Workers(make, 4))), notes


def test_a_familys_days_run_one_after_the_other_in_order(tmp_path: Path) -> None:
    def work(job: Job) -> Record:
        time.sleep(0.01)
        return record(job)

    done, notes = play(tmp_path, work)
    assert len(done) == 9
    for family in "abc":
        own = [note for note in notes if note[1].endswith(family)]
        assert own == [(what, f"2026-07-{20 + d} {family}") for d in range(3) for what in ("begin", "end")]


def test_families_run_side_by_side(tmp_path: Path) -> None:
    together = threading.Barrier(3, timeout=20)

    def work(job: Job) -> Record:
        together.wait()
        return record(job)

    done, _ = play(tmp_path, work, dates=1)
    assert len(done) == 3


def test_one_that_fails_leaves_the_others_and_its_own_later_days_alone(tmp_path: Path) -> None:
    def work(job: Job) -> Record:
        if job.family == "b":
            raise OSError("No space left on device")
        return record(job)

    done, _ = play(tmp_path, work)
    assert {r.family for r in done if r.ok} == {"a", "c"}
    failed = [r for r in done if not r.ok]
    assert [r.date for r in failed] == ["2026-07-20", "2026-07-21", "2026-07-22"]
    assert {r.error for r in failed} == {"No space left on device"}


def test_when_the_time_is_up_none_is_begun_and_all_can_be_taken_up(tmp_path: Path) -> None:
    given: list[float] = []

    def work(job: Job) -> Record:
        given.append(job.max_seconds)
        return record(job)

    def make() -> Executor:
        return Watching(work, [])

    done = list(run_all(jobs(tmp_path, "ab", 2), Workers(make, 4), seconds=60))
    assert all(r.ok for r in done) and all(seconds <= 60 for seconds in given)
    late = list(run_all(jobs(tmp_path, "ab", 2), Workers(make, 4), seconds=1))
    assert [(r.status, r.error) for r in late] == [(Outcome.SKIPPED, run.TOO_LATE)] * 4
    assert [s.state for s in claims.states(Home(tmp_path))] == [claims.SKIPPED] * 4
    assert len(given) == 4


def die_once(job: Job) -> Record:
    """In a real process: kills it the first time it is asked for family `b`."""
    mark = job.home / f"died-{job.family}-{job.date}"
    if job.family == "b" and (job.date.endswith("21") or not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), 9)
    made = record(job)
    records.save(Home(job.home), made)
    return made


@pytest.mark.slow
def test_what_a_killed_worker_had_is_run_again_and_takes_nobody_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "run_job", die_once)
    done = list(run_all(jobs(tmp_path, "abc", 2), processes(2)))
    by_name = {r.name: r for r in done}
    assert len(done) == len(by_name) == 6
    assert by_name["2026-07-20-b"].ok  # died once, stood up
    assert "was killed 4 times" in by_name["2026-07-21-b"].error
    assert all(r.ok for r in done if r.family != "b")
    kept = records.load(Home(tmp_path), "b", "2026-07-21")
    assert kept is not None
    assert not kept.ok


def test_pairs_are_every_day_of_every_family_in_date_order() -> None:
    found = pairs(["gpt", "qwen"], Day.of("2026-07-30"), Day.of("2026-08-01"))
    assert found == [
        ("gpt", "2026-07-30"), ("qwen", "2026-07-30"),
        ("gpt", "2026-07-31"), ("qwen", "2026-07-31"),
        ("gpt", "2026-08-01"), ("qwen", "2026-08-01"),
    ]  # fmt: skip


def test_what_is_missing_is_what_has_no_post_that_stands(tmp_path: Path) -> None:
    home = Home(tmp_path)
    wanted = [("a", "2026-07-20"), ("b", "2026-07-20"), ("c", "2026-07-20"), ("d", "2026-07-20")]
    for family, status in (("a", Outcome.QUIET), ("b", Outcome.FAILED), ("c", Outcome.PUBLISHED)):
        records.save(home, record(Job(tmp_path, family, "2026-07-20"), status))
    post = home.posts / "2026-07-20-a" / "index.ipynb"
    post.parent.mkdir(parents=True)
    post.touch()
    assert missing(home, wanted) == [("b", "2026-07-20"), ("c", "2026-07-20"), ("d", "2026-07-20")]
