"""Kernels and workers by forking: asks a process that has imported everything (`preloaded`) for one."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar

import psutil

from digest_lib.running.kernels import FORKING, PRELOADED

if TYPE_CHECKING:  # it imports what only the process needs that runs it
    from digest_lib.running.preloaded import Order


class Preloaded:
    """A process that forks kernels and workers for this one; it ends with this one, and they with it."""

    _mine: ClassVar[Preloaded | None] = None
    #: those that were begun before they were wanted, by their modules
    _ahead: ClassVar[dict[tuple[str, ...], Preloaded]] = {}
    #: those that crew after crew may have, by their modules; None: each has its own
    _lasting: ClassVar[dict[tuple[str, ...], Preloaded] | None] = None

    def __init__(self, process: subprocess.Popen[bytes] | Forked, orders: socket.socket) -> None:
        self.process = process
        self._orders, self._answers = orders, orders.makefile("rb")
        self._one_at_a_time = threading.Lock()

    @classmethod
    @contextmanager
    def ahead(cls, *modules: str) -> Iterator[None]:
        """Meanwhile there is one with these modules for whoever begins one: what is to be run is found out
        while it imports. At the end it goes, where nobody wanted it."""
        if sys.platform == "linux":
            cls._ahead[modules] = cls._new(modules)
        try:
            yield
        finally:
            if left := cls._ahead.pop(modules, None):
                left.end()

    @classmethod
    @contextmanager
    def lasting(cls) -> Iterator[None]:
        """Meanwhile one with the same modules is begun once, whoever needs it: each process that it forks
        begins as it was after its imports."""
        cls._lasting = {}
        try:
            yield
        finally:
            there, cls._lasting = cls._lasting, None
            for one in there.values():
                one.end()

    @classmethod
    def begun(cls, *modules: str) -> Preloaded:
        """A new one, or one that lasts; it imports while others work, `modules` beside what all kernels
        want. It is for `done_with` at the end."""
        there = (cls._lasting or {}).get(modules)
        if there is not None and there.process.poll() is None:
            return there
        made = cls._ahead.pop(modules, None) or cls._new(modules)
        if cls._lasting is not None:
            cls._lasting[modules] = made
        return made

    def done_with(self) -> None:
        """Ends it, unless it lasts."""
        if self not in (self._lasting or {}).values():
            self.end()

    @classmethod
    def _new(cls, modules: tuple[str, ...]) -> Preloaded:
        ours, its = socket.socketpair()
        with its:
            command = [sys.executable, "-m", PRELOADED, str(its.fileno()), *modules]
            process = subprocess.Popen(  # noqa: S603 - this Python, and our own module
                command, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL
            )
        return cls(process, ours)

    @classmethod
    def started(cls) -> Preloaded | None:
        """The one that forks this process's kernels, begun now where there is none that lives."""
        if sys.platform != "linux":
            return None
        if cls._mine is None or cls._mine.process.poll() is not None:
            cls._make_mine(cls.begun())
        return cls._mine

    @classmethod
    def take_over(cls, pid: int, orders: socket.socket) -> None:
        """Has this process's kernels forked by its child `pid`, which was forked with all imports done."""
        cls._make_mine(cls(Forked(pid), orders))

    @classmethod
    def _make_mine(cls, one: Preloaded) -> None:
        cls._mine = one
        FORKING.add(one.process.pid)

    @classmethod
    def stop(cls) -> None:
        """Ends the one that forks kernels, where there is one, and what is left of them."""
        mine, cls._mine = cls._mine, None
        if mine is not None:
            mine.end()
            FORKING.discard(mine.process.pid)

    def end(self) -> None:
        """Ends it, and what is left of what it has forked."""
        with suppress(OSError):
            self._orders.shutdown(socket.SHUT_RDWR)  # who waits for an answer waits no more
        self.process.terminate()  # it may not be done with importing, and does not hear the other yet
        self._answers.close()
        self._orders.close()
        try:
            self.process.wait(timeout=5)
        except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
            self.process.kill()
            self.process.wait()

    def kernel(
        self, argv: list[str], cwd: str, env: dict[str, str], turn: IO[bytes] | None = None
    ) -> Forked | None:
        """A kernel, which is handed its `turn` to begin; None where it is gone, or what should fork it."""
        order: Order = {"argv": argv, "cwd": cwd, "env": env, "path": []}
        return self._ask(order, [] if turn is None else [turn.fileno()])

    def worker(self, channel: socket.socket) -> Forked | None:
        """A worker at the other end of whose socket this process is, with its folder, environment and modules
        as this one's; None as above."""
        order: Order = {"argv": [], "cwd": str(Path.cwd()), "env": dict(os.environ), "path": sys.path}
        return self._ask(order, [channel.fileno()])

    def _ask(self, order: Order, sockets: list[int]) -> Forked | None:
        line = memoryview(f"{json.dumps(order)}\n".encode())
        with self._one_at_a_time, suppress(OSError, ValueError, psutil.NoSuchProcess):
            sent = socket.send_fds(self._orders, [line], sockets)
            self._orders.sendall(line[sent:])
            pid = int(self._answers.readline())
            return Forked(pid) if pid else None
        return None


class Forked:
    """A process that this one did not start by a command, as whoever knows a `subprocess.Popen` uses it."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._process = psutil.Process(pid)

    def poll(self) -> int | None:
        """None while it runs. What it ended with is not known."""
        with suppress(psutil.NoSuchProcess):
            if self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
                return None
        return 1

    def wait(self, timeout: float | None = None) -> int:
        """Raises `psutil.TimeoutExpired`."""
        self._process.wait(timeout)
        return 1

    def send_signal(self, signum: int) -> None:
        with suppress(psutil.NoSuchProcess):
            self._process.send_signal(signum)

    def kill(self) -> None:
        with suppress(psutil.NoSuchProcess):
            self._process.kill()

    def terminate(self) -> None:
        with suppress(psutil.NoSuchProcess):
            self._process.terminate()
