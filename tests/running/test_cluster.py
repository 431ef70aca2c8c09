"""What becomes of jobs whose Dask scheduler goes away."""

import time
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pytest

from digest_lib.running import cluster
from digest_lib.running.cluster import _Jobs
from digest_lib.running.job import Job

JOB = Job(Path("/home"), "qwen", "2026-07-22")
GONE = "the Dask scheduler at tcp://10.0.0.1:8786 is gone"


class Client(Executor):
    """Stands for Dask's client, and for the executor that it gives: `status` says whether it is connected."""

    def __init__(self) -> None:
        self.status, self.given = "running", list[Future[Any]]()
        self.workers = {"tcp://10.0.0.2:40000": 1}
        self.waited = False

    def nthreads(self) -> dict[str, int]:
        return self.workers

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.waited = wait

    def get_executor(self, pure: bool) -> Executor:
        return self

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.status == "closed":
            raise RuntimeError("Tried sending message after closing.")
        self.given.append(Future())
        return self.given[-1]


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def jobs(client: Client) -> _Jobs:
    return _Jobs(cast("Any", client), "tcp://10.0.0.1:8786")


def test_what_came_of_a_job_comes_back(client: Client, jobs: _Jobs) -> None:
    done, failed = jobs.submit(print, JOB), jobs.submit(print, JOB)
    client.given[0].set_result("published")
    client.given[1].set_exception(OSError("No space left on device"))
    assert done.result() == "published"
    with pytest.raises(OSError, match="No space left"):
        failed.result()
    jobs.shutdown()


@pytest.mark.parametrize("how", ["cancelled", "told so", "nothing is heard"])
def test_a_job_that_is_under_way_fails_when_its_scheduler_is_gone(
    client: Client, jobs: _Jobs, how: str
) -> None:
    waiting = jobs.submit(print, JOB)
    if how == "cancelled":
        client.given[0].cancel()
        client.given[0].set_running_or_notify_cancel()
    elif how == "told so":
        client.given[0].set_exception(CancelledError())
    else:
        client.status = "closed"
    with pytest.raises(ConnectionError, match=GONE):
        waiting.result(timeout=20)
    with suppress(InvalidStateError):  # what is heard later is no news
        client.given[0].set_result("published")
    jobs.shutdown()


def test_a_job_that_comes_after_fails_at_once(client: Client, jobs: _Jobs) -> None:
    client.status = "closed"
    with pytest.raises(ConnectionError, match=GONE):
        jobs.submit(print, JOB).result(timeout=20)
    jobs.shutdown()


def test_a_cluster_that_has_lost_its_workers_is_not_waited_for_for_ever(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ALONE", 0.1)
    monkeypatch.setattr(cluster, "LOOK", 0.05)
    jobs = _Jobs(cast("Any", client), "tcp://10.0.0.1:8786")
    time.sleep(0.3)  # with a worker, for longer than it may be without
    waiting = jobs.submit(print, JOB)
    assert not waiting.done()
    client.workers = {}
    with pytest.raises(ConnectionError, match=r"tcp://10.0.0.1:8786 has had no workers for"):
        waiting.result(timeout=20)
    jobs.shutdown()
    assert not client.waited
