"""Runs on the workers of a Dask cluster: the executor that its client gives, and whether it can do them.

Workers run `job.run` as processes of this machine do, and publish into the home themselves: they need it at
the same path, on shared storage. A worker that dies has its job run again on another, by Dask.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections import Counter
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from digest_lib import owners
from digest_lib.errors import UserError
from digest_lib.files import storage
from digest_lib.running.pool import KilledOften, Workers
from digest_lib.settings import Home

if TYPE_CHECKING:
    from distributed import Client

_PACKAGE = "digest-newsroom"
#: Seconds to wait for the scheduler.
_PATIENCE = 10
#: Seconds between two looks at the cluster, and so long it may be without a worker: one may be on its way.
LOOK, ALONE = 2.0, 600.0
#: The status of a client that will reach its scheduler no more.
_CLOSED = "closed"


def on_cluster(address: str, home: Home) -> Workers:
    """Dask's workers at a scheduler's `address` (tcp://HOST:8786), one job each at a time. Raises `UserError`
    where there are none, or one could not run a job of this home."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError("--dask needs Dask: pip install 'digest-newsroom[dask]'") from None
    try:
        _reach(address)
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what ends it is told by `_Jobs`
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise UserError(
            f"no Dask scheduler answers at {address} ({first}); start one: dask scheduler"
        ) from None
    count = _checked(client, address, home)
    return Workers(lambda: _Jobs(client, address), count)


def _reach(address: str) -> None:
    """Raises `OSError` or `ValueError` where nothing listens: a client that cannot connect goes on trying and
    says so long after."""
    from distributed.comm.addressing import get_address_host_port

    host, port = get_address_host_port(address, strict=True)
    with socket.create_connection((host, port), timeout=_PATIENCE):
        pass


def _checked(client: Client, address: str, home: Home) -> int:
    """How many workers there are, each of which can run jobs of the home."""
    workers = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise UserError(f"the Dask scheduler at {address} has no workers; start some: dask worker {address}")
    busy = [name for name, worker in workers.items() if worker["nthreads"] != 1]
    if busy:  # a notebook's kernel and working folder are its process's
        raise UserError(f"Dask worker {busy[0]} has several threads; start it with: --nthreads 1")
    mark = home.archive / "work" / f"cluster.{owners.mine()}"
    token = uuid4().hex
    with storage(mark):
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(token, "utf-8")
    try:
        told = client.run(_look, str(mark), on_error="return")
    finally:
        mark.unlink(missing_ok=True)
    ours = version(_PACKAGE)
    for name, answer in told.items():
        its, found = _answer(answer)
        if its != ours:
            has = f"version {its} of the newsroom" if its else "no newsroom: install it there"
            raise UserError(f"Dask worker {name} has {has} (this is {ours})")
        if found != token:
            raise UserError(f"Dask worker {name} does not see {home.root}: it must be shared storage")
    return len(workers)


def _answer(told: object) -> tuple[str, str]:
    return (str(told[0]), str(told[1])) if isinstance(told, tuple) else ("", "")


def _look(mark: str) -> tuple[str, str]:
    """On a worker: its version, and what it finds where this process has left a mark."""
    path = Path(mark)
    return version(_PACKAGE), path.read_text("utf-8") if path.is_file() else ""


class _Jobs(Executor):
    """The client's executor, with a key a job: wanted by two commands at once, it runs once. When the
    scheduler goes away for good, or its last worker does, everything that is under way fails, in a line."""

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._executor = client, client.get_executor(pure=False)
        self._gone = f"the Dask scheduler at {address} is gone; start it, and run this again"
        self._alone = f"the Dask scheduler at {address} has had no workers for {ALONE / 60:.0f} minutes"
        self._over, self._in_vain = threading.Event(), False
        self._under_way: set[Future[Any]] = set()
        self._given: Counter[str] = Counter()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        (job,) = args
        key = f"digest-{job.date}-{job.family}-{job.last or 'first'}"
        self._given[key] += 1
        if (times := self._given[key]) > 1:  # of a key that has failed, Dask tells at once that it has
            key += f"-{times}"
        told: Future[Any] = Future()
        self._under_way.add(told)
        told.add_done_callback(self._under_way.discard)
        try:
            submitted: Future[Any] = self._executor.submit(fn, job, key=key, **kwargs)
        except Exception:
            if self._client.status != _CLOSED:
                raise
            self._tell(told)  # what it says of itself is of its own parts
            return told
        submitted.add_done_callback(lambda done: self._tell(told, done))
        return told

    def _watch(self) -> None:
        """A client that has given up on its scheduler lets those wait who wait for a result, and so does a
        scheduler without workers."""
        seen = time.monotonic()
        while not self._over.wait(LOOK):
            if self._client.status == _CLOSED:
                self._give_up(self._gone)
            elif self._has_workers():
                seen = time.monotonic()
            elif time.monotonic() - seen > ALONE:
                self._give_up(self._alone)

    def _has_workers(self) -> bool:
        """Whether there are any, as far as one can tell."""
        with suppress(OSError, RuntimeError):
            return bool(self._client.nthreads())
        return True

    def _give_up(self, why: str) -> None:
        self._in_vain = True
        for told in [*self._under_way]:
            with suppress(InvalidStateError):
                told.set_exception(ConnectionError(why))

    def _tell(self, told: Future[Any], done: Future[Any] | None = None) -> None:
        """What came of a job; once, whoever knows it first."""
        with suppress(InvalidStateError):
            if done is None or done.cancelled():
                told.set_exception(ConnectionError(self._gone))
            elif error := done.exception():
                told.set_exception(self._as_told(error))
            else:
                told.set_result(done.result())

    def _as_told(self, error: BaseException) -> BaseException:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return KilledOften(error.allowed_failures + 1)
        return ConnectionError(self._gone) if isinstance(error, CancelledError) else error

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._over.set()
        if self._client.status != _CLOSED:
            self._executor.shutdown(wait=wait and not cancel_futures and not self._in_vain)
