"""Turns that several processes take: so many at once as a folder has files, and one at a time for a name.

A turn is the lock of a file, which ends with the process that holds it, however that ends.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from digest_lib.files import digest_of

#: Seconds between two looks for a free one: short beside any answer, and nobody looks for more than one.
_LOOK: Final = 0.01


class Slots:
    """`with slots:` waits for a turn. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._files = sorted(path for path in folder.iterdir() if path.is_file())
        self._names = folder / "names"
        self._mine = threading.local()
        self._looking = threading.Lock()

    def __enter__(self) -> None:
        self._mine.held = self.wait()

    def wait(self) -> IO[bytes]:
        """A turn, once there is one; whoever closes it gives it back."""
        with self._looking:  # one of a process looks for all: dozens would keep a processor busy with it
            while (held := self._taken()) is None:
                time.sleep(_LOOK)
        return held

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mine.held.close()

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """Waits until no other process is in here with this name."""
        self._names.mkdir(exist_ok=True)
        with (self._names / digest_of(name)).open("wb") as handle:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _taken(self) -> IO[bytes] | None:
        """An open file whose lock is ours; None where all of them are others'."""
        if sys.platform == "win32":  # no such locks: as if each process were alone
            return self._files[0].open("rb")
        import fcntl

        for path in self._files:
            handle = path.open("r+b")  # what is not open for writing is not locked on shared storage
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return handle
            handle.close()
        return None
