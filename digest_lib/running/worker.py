"""What a worker process does: task after task from its channel, until that or its command ends."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from digest_lib.running import logs
from digest_lib.running.forking import Preloaded
from digest_lib.running.kernels import kill_kernels


def work(channel: Connection) -> NoReturn:
    """Answers every task (a function, its arguments, those by name) with whether it was done, and what came
    of it or the error. An interrupt ends the worker, once the task that it met has tidied up."""
    logs.begin()
    _watch_parent(os.getppid())
    code = 0
    try:
        while True:
            channel.send_bytes(_answered(channel.recv_bytes()))
    except (EOFError, OSError, KeyboardInterrupt):
        pass
    except BaseException:
        traceback.print_exc()
        code = 1
    Preloaded.stop()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def spawned(channel: Connection) -> NoReturn:
    """In a process that was started as any is: what forks its kernels imports beside its own imports."""
    Preloaded.started()
    work(channel)


def packed(what: object) -> bytes:
    """For a channel between processes of the same code."""
    return pickle.dumps(what)


def unpacked(what: bytes) -> Any:
    """What `packed` was given, by a process of ours."""
    return pickle.loads(what)  # noqa: S301


def _answered(task: bytes) -> bytes:
    try:
        fn, args, kwargs = unpacked(task)
        return packed((True, fn(*args, **kwargs)))
    except Exception as error:
        return _told(error)


def _told(error: Exception) -> bytes:
    """The error as it is, or what it says where it cannot travel."""
    try:
        answer = packed((False, error))
        unpacked(answer)
    except Exception:
        answer = packed((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


def _watch_parent(parent: int) -> None:
    """Ends this process, and the kernels it started, when the process is gone that has forked or started it,
    which goes with the command. A killed command could not do it, and its workers would go on publishing
    unseen."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        kill_kernels()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
