"""Which process something belongs to, and whether that one still lives: for claims, and for what killed
processes left behind.

A mark is `HOST-PID-START`: a name that holds it can be judged by whoever finds it, on the same machine at
once, and from another machine only by its age.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
from functools import cache
from pathlib import Path

#: A mark within a name.
MARK = re.compile(r"([0-9a-f]{8})-(\d+)-(\d+)")


def mine() -> str:
    """This process's mark."""
    return _mark(os.getpid())


def is_gone(mark: str) -> bool | None:
    """Whether the process of the mark lives no more; None where that cannot be told from this machine, or for
    what is no mark."""
    found = MARK.fullmatch(mark)
    if not found or found[1] != _host():
        return None
    pid = int(found[2])
    return _started(pid) != int(found[3])


def told(mark: str) -> str:
    """The mark's process, for people."""
    found = MARK.fullmatch(mark)
    if not found:
        return "another process"
    return f"process {found[2]}" + ("" if found[1] == _host() else " of another machine")


@cache
def _mark(pid: int) -> str:
    return f"{_host()}-{pid}-{_started(pid)}"


def _started(pid: int) -> int:
    """When the process began, in hundredths of a second of no particular day; 0 where there is none."""
    import psutil

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return 0
        return int(process.create_time() * 100)
    except psutil.Error:
        return 0


@cache
def _host() -> str:
    """This machine since it was started, and its space of process numbers: a container has its own."""
    parts = [socket.gethostname()]
    for path in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        try:
            parts.append(
                str(Path(path).readlink()) if "/ns/" in path else Path(path).read_text("ascii").strip()
            )
        except OSError:
            continue
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
