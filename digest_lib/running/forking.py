"""Kernels by forking: asks the process that has imported everything (`preloaded`) for one."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from contextlib import suppress
from typing import ClassVar

import psutil

from digest_lib.running.kernels import PRELOADED


class Preloaded:
    """The process that forks kernels for this one; it ends with this one, and its kernels with it."""

    _mine: ClassVar[Preloaded | None] = None

    def __init__(self) -> None:
        ours, its = socket.socketpair()
        with its:
            command = [sys.executable, "-m", PRELOADED, str(its.fileno())]
            self.process = subprocess.Popen(  # noqa: S603 - this Python, and our own module
                command, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL
            )
        self._orders, self._answers = ours, ours.makefile("rb")

    @classmethod
    def started(cls) -> Preloaded | None:
        """This process's own, started now where it has none that lives; it imports while others work."""
        if sys.platform != "linux":
            return None
        if cls._mine is None or cls._mine.process.poll() is not None:
            cls._mine = cls()
        return cls._mine

    @classmethod
    def stop(cls) -> None:
        """Ends it, where there is one, and what is left of its kernels."""
        mine, cls._mine = cls._mine, None
        if mine is not None:
            mine._answers.close()
            mine._orders.close()
            try:
                mine.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                mine.process.kill()
                mine.process.wait()

    def fork(self, argv: list[str], cwd: str, env: dict[str, str]) -> Forked | None:
        """A kernel; None where the process that should have forked it is gone."""
        order = json.dumps({"argv": argv, "cwd": cwd, "env": env})
        with suppress(OSError, ValueError, psutil.NoSuchProcess):
            self._orders.sendall(f"{order}\n".encode())
            return Forked(int(self._answers.readline()))
        return None


class Forked:
    """A kernel that this process did not start itself, as `LocalProvisioner` knows a `subprocess.Popen`."""

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

    def wait(self) -> int:
        self._process.wait()
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
