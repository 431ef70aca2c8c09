"""Worker processes of this machine, forked from one process that has all imports behind it.

An executor of `concurrent.futures`' kind. Where processes cannot be forked safely (all but Linux), or the one
that should fork them has died, a worker is started as any process is, and imports for itself.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import psutil

from digest_lib.running.forking import Preloaded
from digest_lib.running.worker import packed, spawned, unpacked

#: Seconds in which a worker that is interrupted ends its kernel and tidies up after itself.
_PATIENCE = 5.0


class Crew(Executor):
    """So many workers, each begun when a task needs it. One that dies takes only its own task with it, which
    ends with `BrokenExecutor`."""

    def __init__(self, count: int, *modules: str) -> None:
        self._preloaded = Preloaded.begun(*modules) if sys.platform == "linux" else None
        self._threads = ThreadPoolExecutor(count, "worker")
        self._free: list[_Worker] = []
        self._all: list[_Worker] = []
        self._leaving: list[_Worker] = []
        self._changing = threading.Lock()
        self._left = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._threads.submit(self._do, fn, args, kwargs)

    def spare(self, wanted: int) -> None:
        """Has idle workers end that are more than are wanted from here on: it takes them a while, which at
        the end everybody would wait for."""
        with self._changing:
            going = self._free[: max(0, len(self._all) - wanted)]
            self._free = self._free[len(going) :]
            self._all = [worker for worker in self._all if worker not in going]
            self._leaving += going
        for worker in going:
            worker.release()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Not to `wait` is to give up what is under way: its workers are interrupted."""
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        with self._changing:
            self._left = True
            workers, idle = self._all, self._free
            self._all, self._free = [], []
        for worker in workers:
            worker.release() if worker in idle else worker.interrupt()
        for worker in (*self._leaving, *workers):
            worker.wait()
        if self._preloaded is not None:
            self._preloaded.done_with()

    def _do(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        task = packed((fn, args, kwargs))
        with self._changing:
            worker = self._free.pop() if self._free else None
        worker = worker or self._begun()
        answer = worker.ask(task)
        with self._changing:
            if not self._left:
                self._free.append(worker)
        done, what = unpacked(answer)
        if done:
            return what
        raise what

    def _begun(self) -> _Worker:
        worker = (self._preloaded and _forked(self._preloaded)) or (None if self._left else _spawned())
        with self._changing:
            if worker and not self._left:
                self._all.append(worker)
                return worker
        if worker:
            worker.release()
        raise BrokenProcessPool("its executor was shut down")


class _Worker:
    """A worker, seen from the process that has it work: `channel` leads to it."""

    def __init__(self, pid: int, channel: Connection) -> None:
        self._process = psutil.Process(pid)
        self._channel = channel

    def ask(self, task: bytes) -> bytes:
        """The worker's answer. Raises `BrokenProcessPool` when it ends before it has given one."""
        try:
            self._channel.send_bytes(task)
            return self._channel.recv_bytes()
        except (EOFError, OSError):
            raise BrokenProcessPool("a worker process ended before its task did") from None

    def release(self) -> None:
        """Has it end, when it has nothing to do."""
        self._channel.close()

    def interrupt(self) -> None:
        """Has it give up what it does, and end."""
        with suppress(psutil.Error, ValueError):  # a system may know no such signal
            self._process.send_signal(signal.SIGINT)

    def wait(self) -> None:
        """Waits for its end, which is forced when it takes too long."""
        with suppress(psutil.NoSuchProcess):
            try:
                self._process.wait(_PATIENCE)
            except psutil.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def _forked(preloaded: Preloaded) -> _Worker | None:
    ours, its = socket.socketpair()
    with ours, its:
        forked = preloaded.worker(its)
        with suppress(psutil.NoSuchProcess):
            return _Worker(forked.pid, Connection(ours.detach())) if forked else None
    return None


def _spawned() -> _Worker:
    spawn = multiprocessing.get_context("spawn")
    ours, its = spawn.Pipe()
    process = spawn.Process(target=spawned, args=(its,))
    process.start()
    its.close()
    assert process.pid is not None
    return _Worker(process.pid, ours)
