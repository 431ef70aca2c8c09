"""The kernels that this process has started: kept in time and memory, and killed with all they started."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from digest_lib.settings import environment_of

#: Seconds between two looks at how much memory a kernel uses.
_LOOK = 0.3
#: So many seconds after the time is up, whatever waits for a kernel that was killed waits no more.
LATE = 300.0
#: A kernel may reserve so much more than it may use: threads and decoders reserve what they never touch.
_RESERVED = 2
MB = 2**20
#: What the command line of a process says that forks others, and so that of each of those.
PRELOADED = "digest_lib.running.preloaded"
#: A word for it: its kernels draw nothing.
NO_PICTURES = "--no-pictures"
_Children = Callable[[psutil.Process], list[psutil.Process]]
#: The numbers of this process's children that fork its kernels.
FORKING: set[int] = set()


@dataclass
class Guard:
    """What stopped the kernels of a run, if anything did: `time`, or `memory`."""

    stopped: str = ""
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def guarded(seconds: float, megabytes: float) -> Iterator[Guard]:
    """Kills this process's kernels when the time is up, or when one and what it started use more memory
    together; papermill then raises a dead kernel, or else this process ends before long. At the end, whatever
    became of it, no kernel is left, nor a process that one started."""
    guard = Guard()
    thread = threading.Thread(target=_watch, args=(guard, seconds, megabytes), daemon=True)
    thread.start()
    try:
        yield guard
    finally:
        guard.over.set()
        thread.join()
        kill_kernels()


def _watch(guard: Guard, seconds: float, megabytes: float) -> None:
    ends, seen = time.monotonic() + seconds, set[int]()
    while not guard.over.wait(min(_LOOK, max(0.0, ends - time.monotonic()))):
        if time.monotonic() >= ends:
            guard.stopped = "time"
        elif any(_memory(kernel, seen, megabytes) > megabytes * MB for kernel in _kernels(_seen_children)):
            guard.stopped = "memory"
        if guard.stopped:
            _see_it_end(guard)
            return


def _see_it_end(guard: Guard) -> None:
    """Kills kernels until the run is over: one may be on its way when the time is up, or another be started.
    Where this process goes on waiting for what is no kernel any more, it ends: whoever gave it its work knows
    what becomes of that, and nobody else would end it."""
    ends = time.monotonic() + LATE
    kill_kernels()
    while not guard.over.wait(_LOOK):
        kill_kernels()
        if time.monotonic() > ends:
            says = f"a process ends itself: {LATE:.0f} s ago its notebook was stopped ({guard.stopped})"
            sys.stderr.write(f"digest: {says}\n")
            sys.stderr.flush()
            os._exit(1)


def _memory(kernel: psutil.Process, seen: set[int], megabytes: float) -> float:
    """Bytes in use by the kernel and what it started. When it is seen first, the system is told its limit,
    which a cell meets that takes all at once."""
    used = 0.0
    with suppress(psutil.Error):
        if kernel.pid not in seen and hasattr(kernel, "rlimit"):
            seen.add(kernel.pid)
            most = int(megabytes * MB * _RESERVED)
            with suppress(psutil.Error, OSError, ValueError):
                kernel.rlimit(psutil.RLIMIT_DATA, (most, most))
        for process in _with_all_below(kernel):
            with suppress(psutil.Error):
                used += process.memory_info().rss
    return used


def _with_all_below(process: psutil.Process) -> Iterator[psutil.Process]:
    """The process, and everything that was started within it, as far as a look sees it."""
    yield process
    for child in _seen_children(process):
        yield from _with_all_below(child)


def _kernels(children: _Children = psutil.Process.children) -> list[psutil.Process]:
    found = []
    for child in children(psutil.Process(os.getpid())):
        with suppress(psutil.Error):
            if child.pid in FORKING:
                found += children(child)
            elif any("ipykernel" in part for part in child.cmdline()):
                found.append(child)
    return found


def _seen_children(process: psutil.Process) -> list[psutil.Process]:
    """The children of a process, as a look sees them. `children` looks at every process of the machine, which
    costs a worker more than all else it does while its kernel works. Linux says which they are; one that ends
    meanwhile may hide another, which the next look sees."""
    lists = [*Path(f"/proc/{process.pid}/task").glob("*/children")]  # of each thread, those it has started
    if not lists:  # another system, or a Linux that was built without
        with suppress(psutil.Error):
            return process.children()
    found = []
    for one in lists:
        with suppress(OSError, psutil.Error):  # the thread has ended, or the child
            found += [psutil.Process(int(pid)) for pid in one.read_text().split()]
    return found


def kill_kernels() -> None:
    """Kills the kernels that this process has started, and everything that was started within them: a kernel
    leads a session of its own, in which also those of its children are that have lost their parent."""
    for kernel in _kernels():
        family: list[psutil.Process] = [kernel]
        with suppress(psutil.Error):
            family += kernel.children(recursive=True)
        family += _of_session(kernel.pid)
        for process in family:
            with suppress(psutil.Error):
                process.send_signal(signal.SIGKILL)


def _of_session(leader: int) -> list[psutil.Process]:
    if not hasattr(os, "getsid") or leader == os.getsid(0):
        return []
    found = []
    for pid in psutil.pids():
        with suppress(psutil.Error, OSError):
            if pid != leader and os.getsid(pid) == leader:
                found.append(psutil.Process(pid))
    return found


@contextmanager
def runtime_in(folder: Path) -> Iterator[None]:
    """Has Jupyter keep a kernel's files (its address and key) in `folder`, with which they go."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with environment_of({"JUPYTER_RUNTIME_DIR": str(folder)}):
        yield
