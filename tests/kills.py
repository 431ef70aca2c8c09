"""Killing processes of the newsroom with -9 at moments chosen by chance, and what must hold afterwards.

The bench kills many (`bench/kill.py`), the tests a few.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psutil

from digest_lib.articles.archive import Archive
from digest_lib.day import Day
from digest_lib.files import write_json
from digest_lib.running import claims
from digest_lib.running.kernels import PRELOADED
from digest_lib.settings import Home
from homes import REPOSITORY, line

#: The day that is run, and seconds in which what a killed command had started must be gone.
DATE, GRACE = "2026-07-22", 20.0
#: In so many seconds a command ends that lasts some ten, on a busy machine, too.
PATIENCE = 600.0
NEXT = Day.of("2026-07-25")  # a day that the gathered sample has not gathered
FAMILY = "qwen"


class Hung(Exception):
    """A command that did not end."""


@dataclass(frozen=True)
class Victim:
    """What is killed: a command itself, or the process below it that is a `part`. `words` are the command."""

    name: str
    words: tuple[str, ...]
    part: str = ""
    environment: tuple[tuple[str, str], ...] = field(default=())
    #: makes of a copied home one in which the command has something to do
    prepare: Callable[[Home], None] = lambda home: None


#: The processes below a command on Linux, each forked from the one before.
WORKER, FORKING, KERNEL = "worker", "forking", "kernel"
GENERATIONS = ("", PRELOADED, WORKER, FORKING, KERNEL)
#: What is written into a home for a command to read: articles from elsewhere, an experiment.
GIVEN, EXPERIMENT = "given.jsonl", "trial.yml"
OWN_LLM = (("DIGEST_LLM", ""),)  # the experiment says who writes
LATER = (("DIGEST_NOW", "2026-12-01T00:00:00Z"),)


def given(home: Home) -> None:
    """Articles of another newsroom, in a file."""
    lines = [
        {"url": f"https://elsewhere.example/{number}", "title": f"Qwen 3.{number} is out",
         "published": f"2026-07-{16 + number % 8}T05:00:00Z", "text": f"Story {number}. " * 40}
        for number in range(300)
    ]  # fmt: skip
    (home.root / GIVEN).write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")


def damaged(home: Home) -> None:
    """Three files of the archive are cut short, and one is damaged inside; a report of a gather is, too."""
    for table in ("articles", "texts"):
        files = sorted((home.archive / table).glob("day=*/*.parquet"))
        for path in files[:1]:
            path.write_bytes(path.read_bytes()[:-20])
        for path in files[2:3]:
            raw = bytearray(path.read_bytes())
            raw[len(raw) // 3 : len(raw) // 3 + 40] = bytes(40)
            path.write_bytes(raw)
    report = sorted((home.archive / "gathers").glob("day=*/*.json"))[1]
    report.write_bytes(report.read_bytes()[:50])


def of_before(home: Home) -> None:
    """Notebooks and records as an earlier version left them."""
    for path in home.notebooks.glob("*.ipynb"):
        notebook = json.loads(path.read_text("utf-8"))
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] != "markdown"]
        path.write_text(json.dumps(notebook), "utf-8")
    for number in range(12):
        record = {"family": FAMILY, "date": f"2026-07-{number + 10}", "status": "failed",
                  "started": "2026-07-22T00:00:00+00:00", "seconds": 1.0}  # fmt: skip
        write_json(home.runs / f"{record['date']}-{FAMILY}.json", record)


def experiment(home: Home) -> None:
    """An experiment of two variants on two days."""
    said = {
        "name": "trial", "parameters": {"llm": "offline"},
        "dataset": {"families": [FAMILY], "from": "2026-07-21", "to": DATE},
        "variants": [{"name": "baseline"}, {"name": "few", "parameters": {"max_stories": 2}}],
    }  # fmt: skip
    (home.root / EXPERIMENT).write_text(json.dumps(said), "utf-8")  # JSON is YAML


def tried(home: Home) -> None:
    """The experiment with its runs."""
    experiment(home)
    said = again(home, VICTIMS["lab"])
    assert not said, said


RUN = ("run", "--date", DATE, "--families", FAMILY, "--workers", "2")
LAB = ("lab", "run", EXPERIMENT, "--workers", "2")
VICTIMS = {
    one.name: one
    for one in (
        Victim("command", RUN),
        Victim("worker", RUN, WORKER),
        Victim("preloaded", RUN, PRELOADED),
        Victim("forking", RUN, FORKING),
        Victim("kernel", RUN, KERNEL),
        Victim("gather", ("gather",), environment=(("DIGEST_NOW", NEXT.cutoff.isoformat()),)),
        Victim("render", ("render", "--renderer", "embedded")),
        Victim("tidy", ("tidy",), environment=LATER),
        Victim("import", ("import", GIVEN), prepare=given),
        Victim("repair", ("archive", "repair"), environment=LATER, prepare=damaged),
        Victim("upgrade", ("upgrade", "--yes"), environment=LATER, prepare=of_before),
        Victim("lab", LAB, environment=OWN_LLM, prepare=experiment),
        Victim("trial", LAB, WORKER, environment=OWN_LLM, prepare=experiment),
        Victim("adopt", ("lab", "adopt", EXPERIMENT, "few"), environment=OWN_LLM, prepare=tried),
    )
}


def begin(home: Home, victim: Victim, proxy: str = "") -> subprocess.Popen[bytes]:
    """Starts the victim's command."""
    own = {**os.environ, "DIGEST_LLM": "offline", "DIGEST_FETCH": "no", "PYTHONPATH": str(REPOSITORY)}
    own |= {"DIGEST_KILL": str(os.getpid()), **dict(victim.environment)}
    if proxy:
        own |= {"DIGEST_PROXY": proxy, "DIGEST_FETCH": "yes"}
    return subprocess.Popen(
        line(home, *victim.words), cwd=home.root, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def kill(home: Home, victim: Victim, after: float, proxy: str = "") -> bool:
    """Starts the command and kills its victim `after` so many seconds, or once it is there; waits for the
    command's end, and tells whether anything was killed."""
    running = begin(home, victim, proxy)
    ends = time.monotonic() + after
    found: psutil.Process | None = None
    while running.poll() is None and not found:
        if time.monotonic() >= ends:  # to look costs what the command should have
            found = _found(running.pid, victim)
        time.sleep(0.02)
    if found and running.poll() is None:
        with suppress(psutil.Error):
            found.send_signal(signal.SIGKILL)
    _said(running)
    return found is not None


def _said(running: subprocess.Popen[bytes]) -> bytes:
    """What a command said of its troubles, once it has ended. Raises `Hung`."""
    try:
        return running.communicate(timeout=PATIENCE)[1]
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
        raise Hung(f"it hung: no end after {PATIENCE:.0f} s") from None


def _found(command: int, victim: Victim) -> psutil.Process | None:
    with suppress(psutil.Error):
        process = psutil.Process(command)
        if not victim.part:
            return process
        for one in process.children(recursive=True):
            with suppress(psutil.Error):
                if kind(one) == victim.part:
                    return one
    return None


def kind(process: psutil.Process) -> str:
    """What a process below a command is: the one that all workers are forked from, a worker, what forks its
    kernels, or a kernel. Each has the command line of the first."""
    if "ipykernel" in " ".join(process.cmdline()):
        return KERNEL
    line = [one for one in (process, *process.parents()) if PRELOADED in one.cmdline()]
    return GENERATIONS[min(len(line), len(GENERATIONS) - 1)]


def again(home: Home, victim: Victim, proxy: str = "") -> str:
    """Runs the command once more; what it said where it failed."""
    running = begin(home, victim, proxy)
    said = _said(running)
    return "" if running.returncode in {0, 4} else said.decode(errors="replace").strip()[-300:] or "failed"


def wrong(home: Home) -> list[str]:
    """What a kill has left that must not be there: processes, files, states without an outcome."""
    ends = time.monotonic() + GRACE
    while orphans() and time.monotonic() < ends:
        time.sleep(0.1)
    found = [f"process {p.pid} is left" for p in orphans()]
    names = [
        p for p in [*home.root.rglob(".*")] if p.name not in {".lock", ".rendered"} and ".lock" not in p.name
    ]
    names += [*(home.archive / "work").glob("*")]
    found += [f"stray {p.relative_to(home.root)}" for p in names]
    return [*found, *(f"state {state.name}" for state in claims.states(home))]


def orphans() -> list[psutil.Process]:
    """Processes that commands of this process's have started and that are still there."""
    found = []
    for one in psutil.process_iter(["pid"]):
        with suppress(psutil.Error):
            if one.environ().get("DIGEST_KILL") == str(os.getpid()) and one.status() != psutil.STATUS_ZOMBIE:
                found.append(one)
    return found


def content(folder: Path) -> dict[str, bytes]:
    """Every file below the folder that a reader would find."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def said(home: Home) -> list[str]:
    """What the archive says: every article, with its words and when it was fetched."""
    return [repr(one) for one in Archive(home.archive).everything(until=NEXT.cutoff + timedelta(days=1))]


def records_of(home: Home) -> dict[str, object]:
    """What the records say, but for when it was and how long it took. A post that stood already when the
    command was given once more (it had outlived its worker, say) is as good as a new one."""
    found = {}
    for path in home.runs.glob("*.json"):
        told = read_json(path)
        told["post"] = "new" if told.get("post") == "unchanged" else told.get("post")
        found[path.name] = {n: v for n, v in told.items() if n not in {"started", "seconds", "run"}}
    return found


def read_json(path: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads(path.read_text("utf-8"))
    return told
