"""Kernels that are forked: what they compute is what a cold kernel computes, and nothing is left of them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest

from digest_lib.running.engine import _launcher, registered
from digest_lib.running.forking import Preloaded
from digest_lib.running.kernels import kill_kernels
from digest_lib.running.logs import ID
from digest_lib.turns import BEGINNING, Beginning
from publishing.programs import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")]

#: What a notebook may look at or leave behind, in cells.
CELLS = [
    "import os, sys, signal, threading\nprint(os.path.basename(os.getcwd()), __name__, sys.argv[0])",
    "os.environ['TOLD'], 'JPY_PARENT_PID' in os.environ, sys.path[0], os.getpgid(0) == os.getpid()",
    "signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL, signal.getsignal(signal.SIGINT).__name__",
    "import subprocess; subprocess.run(['false']).returncode, subprocess.check_output(['echo', 'out'])",
    "!echo from a shell",
    "import matplotlib.pyplot as plt\nprint(plt.get_backend())\nplt.figure(figsize=(1, 1))\nplt.plot([1]);",
    "from IPython.display import HTML\nHTML('<b>shown</b>')",
    "from digest_lib.text.traditional import in_words\nin_words('谷歌发布智能体')",
    "import duckdb; duckdb.sql('SELECT 42').fetchall()",
    "import numpy as np; np.ones((300, 300)) @ np.ones((300, 300)) / 300",
    "import digest_lib; print(getattr(digest_lib, 'left_behind', None)); digest_lib.left_behind = 1",
    "sys.stderr.write('to the other stream')",
]


@pytest.fixture(autouse=True)
def _no_kernels() -> Iterator[None]:
    yield
    kill_kernels()


@pytest.fixture(autouse=True, scope="module")
def _stopped() -> Iterator[None]:
    """What forks kernels is begun by the test that first wants it: its imports take seconds."""
    yield
    Preloaded.stop()


def notebook(folder: Path, *cells: str) -> Path:
    path = folder / "some.ipynb"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, path)
    return path


def outputs(path: Path, engine: str | None) -> list[list[Any]]:
    out = path.with_name(f"{engine}.ipynb")
    made = papermill.execute_notebook(
        path, out, engine_name=engine, cwd=path.parent, progress_bar=False, shutdown_kernel="immediate"
    )
    return [_joined(cell.outputs) for cell in made.cells]


def _joined(told: list[Any]) -> list[Any]:
    """Outputs, with what one stream said in one: when a busy kernel sends it is chance."""
    joined: list[Any] = []
    for output in told:
        before = joined[-1] if joined else {}
        if output.get("name") and output.get("name") == before.get("name"):
            before["text"] += output["text"]
        else:
            joined.append(dict(output))
    return joined


def test_a_forked_kernel_computes_what_a_cold_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLD", "of this run")
    path = notebook(tmp_path, *CELLS)
    cold = outputs(path, None)
    Preloaded.stop()  # one that was begun in this environment
    Preloaded.started()
    monkeypatch.setenv("TOLD", "of the next run")
    first = outputs(path, registered())
    assert "of the next run" in str(first[1])
    monkeypatch.setenv("TOLD", "of this run")
    again = outputs(path, registered())
    assert again == cold  # and what the run before left behind is not there
    assert [repr(o)[:5] for o in cold].count("[]") == 0


def test_it_runs_where_jupyter_never_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "never" / "made"
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder))
    assert outputs(notebook(tmp_path, "40 + 2"), registered())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not list(folder.iterdir())  # its file, with its key, is gone with the kernel


def test_a_kernel_has_the_turn_that_its_process_took(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / BEGINNING).mkdir()
    (tmp_path / BEGINNING / "0").touch()
    monkeypatch.setenv("DIGEST_LLM_SLOTS", str(tmp_path))
    cells = (
        "from digest_lib.turns import Beginning, Slots\nfrom pathlib import Path",
        f"turns = Slots(Path({str(tmp_path / BEGINNING)!r}))",
        "turns._taken() is None",  # though the process that took it has it no more
        "Beginning.take()",  # it would wait for ever for another
        "Beginning.over()\nturns._taken() is None",
    )
    Beginning.take()
    told = outputs(notebook(tmp_path, *cells), registered())
    assert [cell[0]["data"]["text/plain"] for cell in told if cell] == ["True", "False"]


def test_what_draws_at_random_draws_anew(tmp_path: Path) -> None:
    cells = (
        "import random; random.random()",
        "import numpy; numpy.random.rand()",
        "import os; os.urandom(4)",
    )
    path = notebook(tmp_path, *cells)
    first, second = outputs(path, registered()), outputs(path, registered())
    assert [cell for cell, one, other in zip(cells, first, second, strict=True) if one == other] == []


def test_another_process_takes_the_place_of_one_that_was_killed(tmp_path: Path) -> None:
    path = notebook(tmp_path, "1 + 1")
    first = outputs(path, registered())
    forking = Preloaded.started()
    assert forking is not None
    forking.process.kill()
    time.sleep(0.2)
    assert outputs(path, registered()) == first


def test_what_dies_before_it_has_begun_is_not_waited_for() -> None:
    """As when it is killed at that moment: whoever had ordered it would wait for its answer for ever."""
    forking = Preloaded.started()
    assert forking is not None
    nothing: Any = {}
    assert forking._ask(nothing, []) is None
    order = [_launcher(), "--help"]
    assert forking.kernel(order, str(Path.cwd()), dict(os.environ)) is not None


def test_a_cold_kernel_writes_no_line_that_is_not_of_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """As where nothing can be forked; what it says for itself stands in the log."""
    monkeypatch.setenv(ID, "of this command")
    path = notebook(
        tmp_path, "import os, sys\nos.write(1, b'a line\\n'); os.write(2, b'no end')\nsys.argv[0]"
    )
    forked = outputs(path, registered())
    monkeypatch.setattr(Preloaded, "started", lambda: None)
    assert outputs(path, registered()) == forked
    time.sleep(0.2)
    out, err = capfd.readouterr()
    assert out == ""
    assert {json.loads(line)["log"] for line in err.splitlines()} <= {"of this command"}


@pytest.mark.parametrize(
    "first", ["papermill", "digest_lib.running.engine", "digest_lib.running.engine as e; e.PreloadedEngine"]
)
def test_papermill_knows_the_engine_whichever_is_imported_first(first: str) -> None:
    """papermill imports the engine itself, by its entry point."""
    code = (
        f"import {first}\nimport papermill.engines, digest_lib.running.engine as e\n"
        "print(papermill.engines.papermill_engines.get_engine('digest') is e.PreloadedEngine)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr


def test_only_one_thread_is_there_to_be_forked() -> None:
    code = (
        "import os, sys, threading\nfrom digest_lib.running.preloaded import import_all\nimport_all()\n"
        "print(threading.active_count(), len(os.listdir('/proc/self/task')), flush=True)\nos._exit(0)"
    )
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # it sees to its own threads when it is forked
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.stdout == "1 1\n", done.stderr


def test_kernels_end_with_the_process_that_ran_the_notebook(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    path = notebook(
        tmp_path, f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    )
    code = "import papermill, sys; from digest_lib.running.engine import registered\n"
    code += "papermill.execute_notebook(sys.argv[1], sys.argv[1] + '.out', engine_name=registered())"
    running = subprocess.Popen([sys.executable, "-c", code, str(path)], stderr=subprocess.DEVNULL)
    wait_until(lambda: told.is_file() and told.read_text(), "the kernel tells its number", 90)
    kernel = psutil.Process(int(told.read_text()))
    forking = kernel.parent()
    assert forking is not None and forking.ppid() == running.pid
    running.send_signal(signal.SIGKILL)
    running.wait()
    wait_until(lambda: not kernel.is_running() and not forking.is_running(), "they end", 30)
