"""Real notebooks through papermill and a real kernel: what a run that goes wrong says."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import nbformat
import psutil
import pytest

from digest_lib.errors import BlindDay, RunFailed
from digest_lib.running.execute import execute

pytestmark = pytest.mark.slow

DAY = date(2026, 7, 29)


KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def run(
    folder: Path, *sources: str, seconds: float = 120, kernel: object = KERNEL, **parameters: object
) -> Path:
    """Executes a notebook of these cells, the first being its parameters."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    notebook = nbformat.v4.new_notebook(cells=cells)
    if kernel:
        notebook.metadata["kernelspec"] = kernel
    path = folder / "family.ipynb"
    nbformat.write(notebook, path)
    out = folder / "out" / "run.ipynb"
    execute(path, out, "family", DAY, parameters, seconds)
    return out


def test_parameters_reach_the_notebook_and_its_folder_is_where_it_runs(tmp_path: Path) -> None:
    out = run(tmp_path, "date = None", "import os; print(date, os.path.basename(os.getcwd()))", date=str(DAY))
    outputs = [o for c in nbformat.read(out, 4).cells if c.cell_type == "code" for o in c.outputs]
    assert [o["text"] for o in outputs] == [f"2026-07-29 {tmp_path.name}\n"]


@pytest.mark.parametrize("kernel", [None, {"name": ".venv", "display_name": ".venv", "language": "python"}])
def test_the_kernel_is_this_python_whatever_an_editor_left_in_the_file(
    tmp_path: Path, kernel: object
) -> None:
    out = run(tmp_path, "date = None", "import sys; print(sys.executable)", kernel=kernel, date=20260729)
    cells = [c for c in nbformat.read(out, 4).cells if c.cell_type == "code"]
    assert cells[-1].outputs[0]["text"] == f"{sys.executable}\n"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("1 / 0", "family 2026-07-29: ZeroDivisionError: division by zero"),
        (
            "from digest_lib.errors import BadPrompt; raise BadPrompt('story_prompt', 'unknown {x}')",
            "family 2026-07-29: in the parameters cell, story_prompt: unknown {x}",
        ),
        ("import os; os._exit(1)", "its kernel died"),
    ],
)
def test_a_failure_is_one_line_that_names_the_family(tmp_path: Path, source: str, says: str) -> None:
    with pytest.raises(RunFailed) as caught:
        run(tmp_path, "date = None", source)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_kernels_file_with_its_key_goes_with_the_runs_folder(tmp_path: Path) -> None:
    out = run(
        tmp_path, "date = None", "from ipykernel import get_connection_file; print(get_connection_file())"
    )
    told = nbformat.read(out, 4).cells[-1].outputs[0]["text"].strip()
    assert Path(told).parent == out.parent / "runtime"


@pytest.mark.skipif(sys.platform != "linux", reason="names without files are Linux's")
def test_a_kernel_needs_no_port_that_another_may_take(tmp_path: Path) -> None:
    source = (
        "import psutil; print(*sorted({one.laddr[-2:] for one in psutil.Process().net_connections('unix')"
        " if one.laddr.startswith('@digest-')}))"
    )
    out = run(tmp_path, "date = None", source)
    assert nbformat.read(out, 4).cells[-1].outputs[0]["text"].strip() == "-1 -2 -3 -4 -5"


def test_a_blind_day_is_told_apart(tmp_path: Path) -> None:
    source = "import datetime\nfrom digest_lib.errors import BlindDay\nraise BlindDay(datetime.date.min)"
    with pytest.raises(BlindDay):
        run(tmp_path, "date = None", source)


def test_a_run_that_hangs_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"stopped after 6 s \(--max-seconds\)"):
        run(tmp_path, "date = None", "import time; time.sleep(600)", seconds=6)


HANGS = """
import os, subprocess, sys, time
sleep = "import time; time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", sleep])
start = "import subprocess as s, sys; print(s.Popen([sys.executable, '-c', "
start += f"'{sleep}'], stdout=s.DEVNULL, stderr=s.DEVNULL).pid)"
orphan = subprocess.run([sys.executable, "-c", start], stdout=subprocess.PIPE, text=True)
open("pids", "w").write(f"{os.getpid()} {child.pid} {orphan.stdout}")
time.sleep(600)
"""


def test_a_kernel_that_begins_when_the_time_is_up_is_stopped_as_well(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"stopped after 0 s \(--max-seconds\)"):
        run(tmp_path, "date = None", "import time; time.sleep(60)", seconds=0.01)


WAITS = """
import time
from digest_lib.running import kernels
kernels.LATE = 0.2
with kernels.guarded(0.1, 10_000):
    time.sleep(600)
"""


def test_what_waits_for_a_kernel_that_is_gone_ends() -> None:
    """Whatever it is that waits, the command that gave it the notebook waits for it."""
    done = subprocess.run(
        [sys.executable, "-c", WAITS], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    assert "its notebook was stopped (time)" in done.stderr


def test_a_kernel_that_hangs_takes_what_it_started_with_it_and_leaves_no_file(tmp_path: Path) -> None:
    """Also a process whose own parent is gone: nothing but the kernel's session leads to it."""
    with pytest.raises(RunFailed, match=r"--max-seconds"):
        run(tmp_path, "date = None", HANGS, seconds=25)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 3
    ends = time.monotonic() + 20
    while any(map(lives, pids)) and time.monotonic() < ends:
        time.sleep(0.1)
    assert not any(map(lives, pids))
    assert "JUPYTER_RUNTIME_DIR" not in os.environ
    assert {p.name for p in tmp_path.iterdir()} == {"family.ipynb", "out", "pids"}


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize(("source", "says"), [
    # Slowly: what grows faster than it is looked at meets the system's own limit, which is the other line.
    (
        "kept = []\nwhile True: kept.append(bytearray(10_000_000)); time.sleep(0.02)",
        "used more than 800 MB of memory",
    ),
    # and what a thread of the kernel has started is counted with it
    (
        "import subprocess, sys, threading\n"
        "eats = 'import time\\nkept = []\\nwhile 1: kept.append(bytearray(10_000_000)); time.sleep(0.02)'\n"
        "threading.Thread(target=subprocess.run, args=([sys.executable, '-c', eats],)).start()\n"
        "time.sleep(60)",
        "used more than 800 MB of memory",
    ),
    ("bytearray(8_000_000_000)", r"wanted more memory than a notebook may have \(800 MB"),
])  # fmt: skip
def test_a_notebook_that_eats_memory_ends_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, says: str
) -> None:
    monkeypatch.setenv("DIGEST_KERNEL_MB", "800")
    # The kernel is watched from its start; the system's own limit is told when it is seen first.
    with pytest.raises(RunFailed, match=says):
        run(tmp_path, "date = None", f"import time; time.sleep(2)\n{source}")
