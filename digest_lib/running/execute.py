"""One notebook, executed by papermill in this process, and what it came to."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date as Date
from pathlib import Path
from typing import Any

import psutil

from digest_lib.errors import BadNotebook, BlindDay, RunFailed
from digest_lib.files import storage
from digest_lib.running.families import read_notebook

#: Seconds a kernel may take to start on a busy machine.
START_SECONDS = 120


def execute(
    notebook: Path, out: Path, family: str, date: Date | None, parameters: Mapping[str, Any], seconds: float
) -> None:
    """Runs `notebook` with `parameters` into the file `out`, its working folder being the notebook's own.

    Must be called in a process of its own, since papermill changes the working folder of the whole process.
    Raises `RunFailed` with a one-line reason (a time limit on the whole run among them), `BlindDay`, or
    `StorageError`. The file `out` is no sign of success, and may hold a half-finished run.
    """
    import papermill

    with storage(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    expired = threading.Event()
    try:
        with _limit(seconds, expired):
            papermill.execute_notebook(
                # Read here: what other tools save (a byte order mark, an older format) stops papermill.
                read_notebook(notebook),
                out,
                parameters=dict(parameters),
                cwd=notebook.parent,
                # This Python's own kernel, whatever kernel's name the last editor left in the file.
                kernel_name="python3",
                language="python",
                progress_bar=False,
                log_output=False,
                start_timeout=START_SECONDS,
                request_save_on_cell_execute=False,
                # What the kernel says of itself is no part of what a run says.
                extra_arguments=["--IPKernelApp.log_level=50"],
                shutdown_kernel="immediate",
            )
    except BadNotebook as error:
        raise RunFailed(family, date, error.problem) from None
    except Exception as error:
        raise _reason(error, family, date, seconds if expired.is_set() else None) from error


@contextmanager
def _limit(seconds: float, expired: threading.Event) -> Iterator[None]:
    """Kills this process's kernels when the time is up; papermill then raises a dead kernel."""

    def expire() -> None:
        expired.set()
        kill_kernels()

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        kill_kernels()  # one that an error left behind


def kill_kernels() -> None:
    """Kills the kernels that this process has started."""
    for child in psutil.Process(os.getpid()).children(recursive=True):
        with suppress(psutil.Error):
            if any("ipykernel" in part for part in child.cmdline()):
                child.send_signal(signal.SIGKILL)


def _reason(error: Exception, family: str, date: Date | None, limit: float | None) -> Exception:
    """What went wrong, in a line that says what to do."""
    if limit is not None:
        return RunFailed(family, date, f"stopped after {limit:.0f} s (--max-seconds)")
    name, text = getattr(error, "ename", ""), getattr(error, "evalue", "")
    if name == "BlindDay" and date is not None:
        return BlindDay(date)
    if name:
        first = str(text).strip().splitlines()[0] if str(text).strip() else ""
        return RunFailed(family, date, f"{first or name}" if _is_ours(name) else f"{name}: {first}")
    kind = type(error).__name__
    if kind == "DeadKernelError":
        return RunFailed(family, date, "its kernel died (out of memory, or killed); run it again")
    if kind == "NoSuchKernel":
        return RunFailed(family, date, "there is no Jupyter kernel «python3» here; run: make setup")
    first = (str(error).strip().splitlines() or [""])[0]
    return RunFailed(family, date, f"{kind}: {first}"[:300])


def _is_ours(name: str) -> bool:
    from digest_lib import errors

    kind = getattr(errors, name, None)
    return isinstance(kind, type) and issubclass(kind, errors.DigestError)
