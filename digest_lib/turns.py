"""Turns that several processes take: so many at once as a folder has files, and one at a time for a name.

A turn is the lock of a file, which ends with the process that holds it, however that ends. Who began first is
served first: were turns taken by chance, kernels that began together would all end together, and for a while
nobody would have anything to ask.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, ClassVar, Final
from uuid import uuid4

from digest_lib import settings
from digest_lib.files import digest_of

#: Seconds between two looks for a free one: short beside any answer, and nobody looks for more than one.
_LOOK: Final = 0.003
#: The end of a file's name before it is what it will be.
_ASIDE: Final = ".new"
#: Among the turns of the kernels of one machine, the folder of those to make ready what is to be asked.
BEGINNING: Final = "begin"
#: The variable of a kernel's environment with the number of the open file that is its turn to begin.
TURN: Final = "DIGEST_TURN"


class Slots:
    """`with slots:` waits for a turn. Safe to use from several threads, which wait as one."""

    def __init__(self, folder: Path) -> None:
        self._files = sorted(path for path in folder.iterdir() if path.is_file())
        self._names, self._waiting = folder / "names", folder / "waiting"
        #: its place among those that wait, by when it was made
        self._place = f"{time.time_ns():020}-{uuid4().hex}"
        self._mine = threading.local()
        self._looking = threading.Lock()

    def __enter__(self) -> None:
        self._mine.held = self.wait()

    def wait(self) -> IO[bytes]:
        """A turn, once there is one; whoever closes it gives it back."""
        with self._looking, self._in_line():
            self._let_older()
            while (held := self._taken()) is None:  # only the oldest of all looks
                time.sleep(_LOOK)
                self._let_older()
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
            _lock(handle)
            yield

    @contextmanager
    def _in_line(self) -> Iterator[None]:
        """Meanwhile those that began later see that this one waits."""
        self._waiting.mkdir(exist_ok=True)
        path = self._waiting / self._place
        aside = path.with_suffix(_ASIDE)  # nobody sees it before it is locked
        with aside.open("wb") as handle:
            _lock(handle)
            if sys.platform != "win32":  # where nobody looks
                aside.replace(path)
            try:
                yield
            finally:
                path.unlink(missing_ok=True)

    def _let_older(self) -> None:
        """Returns when none waits any more that began before this one."""
        if sys.platform == "win32":
            return
        while older := [path for path in self._waiting.iterdir() if self._is_older(path)]:
            path = max(older)
            with suppress(FileNotFoundError), path.open("r+b") as handle:
                _lock(handle)  # once it has its turn, or is killed
                if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
                    path.unlink()  # it was killed: else it would be gone, or wait anew in another file

    def _is_older(self, path: Path) -> bool:
        return path.name < self._place and path.suffix != _ASIDE

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


def _lock(handle: IO[bytes]) -> None:
    """Waits until the open file's lock is ours; where there are no such locks, as if it were alone."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


class Beginning:
    """This process's turn to make ready what it will ask, until it asks for the first time. Kernels that all
    made ready side by side would keep the first of them from asking until the last one does.

    Who starts a kernel may take its turn and hand it on (`TURN`): then they start one after another, too.
    """

    _held: ClassVar[IO[bytes] | None] = None

    @classmethod
    def take(cls) -> None:
        """Takes what was handed on, or waits for a turn, where processes take turns."""
        slots = settings.llm_slots()
        if handed := os.environ.pop(TURN, ""):
            cls._held = os.fdopen(int(handed), "rb")
        elif slots and (slots / BEGINNING).is_dir():
            cls._held = Slots(slots / BEGINNING).wait()

    @classmethod
    @contextmanager
    def handed_on(cls) -> Iterator[IO[bytes] | None]:
        """This process's turn, for a kernel that it starts meanwhile; then it is over here. It ends with the
        last process that has it open."""
        try:
            yield cls._held
        finally:
            cls.over()

    @classmethod
    def over(cls) -> None:
        """Gives it back."""
        held, cls._held = cls._held, None
        if held is not None:
            held.close()
