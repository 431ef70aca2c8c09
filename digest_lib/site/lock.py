"""One render at a time in a home: a lock that the operating system gives back when its process dies."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psutil

from digest_lib.errors import RenderBusy
from digest_lib.files import storage
from digest_lib.settings import Home
from digest_lib.site.renderers import inside_quarto

#: In the home. Whoever holds it has written its process number there, for people to read.
LOCK: Final = ".render.lock"
#: How the line begins that is said once before waiting.
WAITING: Final = "another render is under way in this folder"
#: How the line begins that is said where there can be no lock.
NO_LOCKS: Final = "this disk has no locks"
#: A site of many years renders in less.
PATIENCE: Final = 1_800.0
_PAUSE: Final = 0.2
_KEEPER: Final = "digest_lib.site.lock"


@contextmanager
def render_lock(
    home: Home, say: Callable[[str], None] | None = None, *, patience: float = PATIENCE
) -> Iterator[None]:
    """Holds the home's lock. Where another render has it, says so in a line and waits.

    Raises `RenderBusy` after `patience` seconds, `StorageError` where the home cannot be written.
    """
    handle = _acquired(home, say, patience)
    try:
        yield
    finally:
        os.close(handle)  # which gives the lock back


def _acquired(home: Home, say: Callable[[str], None] | None, patience: float) -> int:
    path = home.root / LOCK
    with storage(path):
        # Not inherited by programs that are started meanwhile: those may outlive this process.
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    begun = time.monotonic()
    told = False
    try:
        while not _taken(handle, say):
            if time.monotonic() - begun > patience:
                raise RenderBusy(home.root, patience)
            if say and not told:
                say(f"{WAITING}{_by(path)}; waiting for it")
                told = True
            time.sleep(_PAUSE)
        _write(handle, str(os.getpid()))
    except BaseException:
        os.close(handle)
        raise
    return handle


def _taken(handle: int, say: Callable[[str], None] | None) -> bool:
    if sys.platform == "win32":
        return True  # has no such locks
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # a shared disk that knows no locks: as it was before there was one
        if say:
            say(f"{NO_LOCKS} ({error.strerror}): let no other render run here at the same time")
    return True


def hold_for_quarto(home: Home, say: Callable[[str], None]) -> None:
    """Takes the lock in the name of the Quarto that runs this process as its pre-render step, until its
    post-render step gives it back or it dies. Errors as `render_lock`.

    The step itself ends long before the render, so a process of its own keeps the lock and watches Quarto.
    """
    quarto = os.getppid()
    if not inside_quarto() or _holder(home, quarto) or sys.platform == "win32":
        return  # a person's shell, which may live for days; or a preview, which renders again and again
    handle = _acquired(home, say, PATIENCE)
    try:
        keeper = subprocess.Popen(  # noqa: S603 - our own program and arguments
            [sys.executable, "-m", _KEEPER, str(quarto)],
            pass_fds=(handle,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _write(handle, f"{quarto} {keeper.pid}")
    finally:
        os.close(handle)


def release_for_quarto(home: Home) -> None:
    """Gives back what `hold_for_quarto` took for the Quarto that runs this process."""
    keeper = _holder(home, os.getppid())
    if keeper:
        keeper.terminate()
        with suppress(psutil.TimeoutExpired):
            keeper.wait(5)


def _holder(home: Home, quarto: int) -> psutil.Process | None:
    """The living process that keeps the lock for this Quarto."""
    try:
        named, number = (home.root / LOCK).read_text(encoding="utf-8").split()
        keeper = psutil.Process(int(number))
        found = int(named) == quarto and _KEEPER in keeper.cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return keeper if found else None


def _write(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{text}\n".encode(), 0)


def _by(path: Path) -> str:
    try:
        return f" (process {path.read_text(encoding='utf-8').split()[0]})"
    except (OSError, IndexError):
        return ""


if __name__ == "__main__":
    # The lock is open in this process, and given back when it ends.
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(sys.argv[1])).wait()
