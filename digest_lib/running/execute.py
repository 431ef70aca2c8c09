"""One notebook, executed by papermill in this process, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from typing import Any

from digest_lib import settings
from digest_lib.errors import BadNotebook, BlindDay, RunFailed
from digest_lib.files import storage
from digest_lib.running.families import read_notebook
from digest_lib.running.kernels import Guard, guarded, runtime_in

#: Seconds a kernel may take to start on a busy machine.
START_SECONDS = 120


def execute(
    notebook: Path, out: Path, family: str, date: Date | None, parameters: Mapping[str, Any], seconds: float,
    cwd: Path | None = None,
) -> None:  # fmt: skip
    """Runs `notebook` with `parameters` into the file `out`, in the working folder `cwd` (default: the
    notebook's own).

    Must be called in a process of its own, since papermill changes the working folder of the whole process.
    Raises `RunFailed` with a one-line reason (its limits of time and memory among them), `BlindDay`, or
    `StorageError`. The file `out` is no sign of success, and may hold a half-finished run.
    """
    import papermill

    from digest_lib.running import engine

    with storage(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    guard, most = Guard(), settings.kernel_megabytes()
    try:
        with runtime_in(out.parent / "runtime"), guarded(seconds, most) as guard:
            papermill.execute_notebook(
                # Read here: what other tools save (a byte order mark, an older format) stops papermill.
                read_notebook(notebook),
                out,
                parameters=dict(parameters),
                engine_name=engine.registered(),
                cwd=cwd or notebook.parent,
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
        stops = {
            "time": f"stopped after {seconds:.0f} s (--max-seconds)",
            "memory": f"stopped: it used more than {most:.0f} MB of memory (DIGEST_KERNEL_MB)",
        }
        raise _reason(error, family, date, stops.get(guard.stopped, "")) from error


def _reason(error: Exception, family: str, date: Date | None, stopped: str) -> Exception:
    """What went wrong, in a line that says what to do; `stopped` is why we stopped it, where we did."""
    if stopped:
        return RunFailed(family, date, stopped)
    if name := getattr(error, "ename", ""):
        return _of_cell(str(name), str(getattr(error, "evalue", "")), family, date)
    kind = type(error).__name__
    first = (str(error).strip().splitlines() or [""])[0]
    says = {
        "DeadKernelError": "its kernel died (out of memory, or killed); run it again",
        "NoSuchKernel": "there is no Jupyter kernel «python3» here; run: make setup",
    }.get(kind, f"{kind}: {first}"[:300])
    return RunFailed(family, date, says)


def _of_cell(name: str, text: str, family: str, date: Date | None) -> Exception:
    """The same, of an error that a cell raised."""
    if name == "BlindDay" and date is not None:
        return BlindDay(date)
    first = text.strip().splitlines()[0] if text.strip() else ""
    if name == "MemoryError":
        most = f"{settings.kernel_megabytes():.0f} MB: DIGEST_KERNEL_MB"
        return RunFailed(family, date, f"a cell wanted more memory than a notebook may have ({most})")
    return RunFailed(family, date, f"{first or name}" if _is_ours(name) else f"{name}: {first}")


def _is_ours(name: str) -> bool:
    from digest_lib import errors

    kind = getattr(errors, name, None)
    return isinstance(kind, type) and issubclass(kind, errors.DigestError)
