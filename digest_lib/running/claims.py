"""The run as a state on disk: which (family, date) waits, which is being run, and by whom.

`archive/state/DATE-FAMILY.json` is there from when a run is wanted until its record says what came of it:

| state | means | becomes |
| --- | --- | --- |
| pending | wanted, and nobody has begun | running, or skipped |
| running | its owner lives, or has shown so lately (the file's time) | recorded; else pending |
| skipped | not begun, and why: the time or the money was used up | pending, with the next run |

Done and failed are what the run records say (`records.py`). Every change is made under one lock, so that of
any number of schedulers one gets a pair. A disk without locks is used without: the heartbeat alone guards.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from digest_lib import owners, settings
from digest_lib.files import read_json, storage, write_json
from digest_lib.running import records
from digest_lib.settings import Home

PENDING, RUNNING, SKIPPED = "pending", "running", "skipped"
#: Seconds between two signs of life, and without one after which another machine's owner counts as dead.
BEAT, DEAD = 10.0, 120.0
#: So long a pair of another machine may wait for its turn.
PATIENCE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class State:
    """A pair that has no outcome yet. `since` is ISO 8601 (UTC), `owner` a mark (`owners.py`), `command` what
    the runs of the command that wants it begin with."""

    family: str
    date: str
    state: str = PENDING
    since: str = ""
    owner: str = ""
    reason: str = ""
    command: str = ""

    @property
    def name(self) -> str:
        return f"{self.date}-{self.family}"


def folder(home: Home) -> Path:
    return home.archive / "state"


def want(home: Home, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Notes that the (family, date) pairs are to be run, and returns the run that each was recorded of last:
    `claim` takes it as `last`. Raises `StorageError`."""
    with _locked(home) as now:
        for family, date in pairs:
            there = _read(_path(home, family, date))
            if there is None or not _lives(home, there, now):
                _write(home, State(family, date, PENDING, settings.now().isoformat(), owners.mine()))
        return {(family, date): _last_run(home, family, date) for family, date in pairs}


def claim(home: Home, family: str, date: str, last: str | None = None, command: str = "") -> str:
    """Takes the pair for this process, and returns an empty text; or else why it is not to be run: another
    process is running it, or has run it since `last` was its last run. Raises `StorageError`."""
    with _locked(home) as now:
        there = _read(_path(home, family, date))
        if there and there.state == RUNNING and there.owner != owners.mine() and _lives(home, there, now):
            return f"{owners.told(there.owner)} is running it"
        if last is not None and _last_run(home, family, date) != last:
            _drop(home, family, date)
            return "another process has run it meanwhile"
        _write(home, State(family, date, RUNNING, settings.now().isoformat(), owners.mine(), "", command))
        return ""


def is_ours(home: Home, family: str, date: str, command: str) -> bool:
    """Whether the process that seems to run the pair does it for this very command."""
    there = _read(_path(home, family, date))
    return there is not None and there.state == RUNNING and "" != command == there.command


@contextmanager
def held(home: Home, family: str, date: str) -> Iterator[None]:
    """Shows that this process lives while it runs the pair it has claimed, and gives it back at the end."""
    over = threading.Event()
    path = _path(home, family, date)

    def beat() -> None:
        while not over.wait(BEAT):
            with suppress(OSError):
                os.utime(path)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
        settle(home, family, date)  # where its record could not be written, its state stays
    finally:
        over.set()
        thread.join()


def unwant(home: Home) -> None:
    """Takes back what this process wanted and nobody has begun: it was no run after all."""
    with _locked(home):
        for path in folder(home).glob("*.json"):
            there = _read(path)
            if there and there.state == PENDING and there.owner == owners.mine():
                path.unlink(missing_ok=True)


def skip(home: Home, family: str, date: str, reason: str) -> None:
    """Notes that a wanted pair was not begun, and why; nothing for one that another process runs."""
    with _locked(home) as now:
        there = _read(_path(home, family, date))
        if there and there.state == RUNNING and _lives(home, there, now):
            return
        _write(home, State(family, date, SKIPPED, settings.now().isoformat(), "", reason))


def settle(home: Home, family: str, date: str) -> None:
    """Forgets the state of a pair that has its record, unless another process runs it again."""
    with _locked(home) as now:
        there = _read(_path(home, family, date))
        if there and not (
            there.state == RUNNING and there.owner != owners.mine() and _lives(home, there, now)
        ):
            _drop(home, family, date)


def states(home: Home) -> list[State]:
    """Every pair without an outcome yet, by date and family. What a dead process was running is pending."""
    now = time.time()
    found = []
    for path in sorted(folder(home).glob("*.json")):
        there = _read(path)
        if there is None:
            continue
        if there.state == RUNNING and not _lives(home, there, now):
            there = replace(there, state=PENDING, reason=f"{owners.told(there.owner)} stopped while it ran")
        found.append(there)
    return found


def is_waiting(state: State) -> bool:
    """Whether the pair waits for somebody who will come: the process that wants it lives."""
    if state.state != PENDING:
        return False
    gone = owners.is_gone(state.owner)
    if gone is None:  # another machine's, which nobody here can look at: for as long as a run may take
        return settings.now() - datetime.fromisoformat(state.since) < PATIENCE
    return not gone


def _lives(home: Home, state: State, now: float) -> bool:
    gone = owners.is_gone(state.owner)
    if gone is not None:
        return not gone
    try:
        return now - _path(home, state.family, state.date).stat().st_mtime < DEAD
    except OSError:
        return False


def _last_run(home: Home, family: str, date: str) -> str:
    record = records.load(home, family, date)
    return record.run if record else ""


def _path(home: Home, family: str, date: str) -> Path:
    return folder(home) / f"{date}-{family}.json"


def _read(path: Path) -> State | None:
    try:
        raw = read_json(path)
        needed = {name: str(raw[name]) for name in State.__slots__ if name != "command"}
        return State(**needed, command=str(raw.get("command", "")))  # of before, without
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(home: Home, state: State) -> None:
    write_json(_path(home, state.family, state.date), asdict(state))


def _drop(home: Home, family: str, date: str) -> None:
    path = _path(home, family, date)
    with storage(path):
        path.unlink(missing_ok=True)


@contextmanager
def _locked(home: Home) -> Iterator[float]:
    """Holds the lock of the states for a moment, and tells what time it is for the disk they are on."""
    path = folder(home) / ".lock"
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if sys.platform != "win32":
            import fcntl

            with suppress(OSError):  # a shared disk that knows no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
        with storage(path):
            os.pwrite(handle, b"\n", 0)
        yield os.fstat(handle).st_mtime
    finally:
        os.close(handle)
