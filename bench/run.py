"""How long a notebook takes by each way of running it, beside its own work, and all families side by side.

    make bench

Everything is run for real on the sample newsroom, in a home of its own that is deleted again. Medians of
`--rounds`; machines are shared and noisy, so compare the shares and the ratio, not the seconds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import papermill

from digest_lib.day import Day
from digest_lib.gathering.gather import gather_day
from digest_lib.running.engine import registered
from digest_lib.running.families import load_all
from digest_lib.running.forking import Preloaded
from digest_lib.running.newsroom import Newsroom
from digest_lib.running.sample import FIRST, LAST, create_home, repository
from digest_lib.settings import Home
from digest_lib.site.build import build_site

FAMILY = "claude"
OWN_WORK = """
import json, os, sys, time
from digest_lib.running.preloaded import import_all
import_all()
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
cells = json.load(open({notebook!r}, encoding="utf-8"))["cells"]
began = time.perf_counter()
for cell in cells:
    if cell["cell_type"] == "code":
        shell.run_cell("".join(cell["source"]), silent=False).raise_error()
        if "parameters" in cell["metadata"].get("tags", []):
            shell.user_ns["date"] = {date!r}
spent = time.perf_counter() - began
print()
print(spent, flush=True)
os._exit(0)
"""


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def spent_by(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processors' time: a shared machine makes only the first longer."""
    before = os.times()
    seconds = timed(work)
    after = os.times()
    return seconds, sum(after[2:4]) - sum(before[2:4])


def digest(home: Home, *words: str) -> Callable[[], object]:
    """The command in a process of its own, as a scheduler calls it."""
    command = [sys.executable, "-m", "digest_lib", "--home", str(home.root), *words]
    return lambda: subprocess.run(command, check=True, capture_output=True)


def gathered(folder: Path) -> tuple[Home, list[float]]:
    """A home with the sample's ten days in its archive, and the seconds of each day's gathering."""
    data = repository() / "tests" / "data" / "newsroom"
    home = create_home(folder, data / "feeds.opml", repository())
    seconds = []
    with Newsroom(data, FIRST.cutoff) as newsroom:
        os.environ["DIGEST_PROXY"] = newsroom.proxy_url
        day = FIRST
        while day.date <= LAST.date:
            newsroom.now = day.cutoff
            moment = day
            seconds.append(timed(lambda: gather_day(home, moment.cutoff)))  # noqa: B023 - called at once
            day = day.shifted(1)
    return home, seconds


def _files(home: Home) -> tuple[Path, Path]:
    return home.notebooks / f"{FAMILY}.ipynb", home.archive / "work" / "bench.ipynb"


def command(home: Home, day: Day) -> None:
    """The notebook through the papermill command, cold."""
    notebook, out = map(str, _files(home))
    words = [notebook, out, "-p", "date", str(day), "-k", "python3", "--cwd", str(home.notebooks)]
    subprocess.run([sys.executable, "-m", "papermill", *words], check=True, capture_output=True)


def in_process(home: Home, day: Day, engine: str | None) -> None:
    """The same by a papermill that is imported, with its own engine (None) or another."""
    notebook, out = _files(home)
    papermill.execute_notebook(
        notebook,
        out,
        {"date": str(day)},
        engine_name=engine,
        cwd=home.notebooks,
        kernel_name="python3",
        progress_bar=False,
        shutdown_kernel="immediate",
    )


def own_work(home: Home, day: Day) -> float:
    """Seconds that the notebook's cells take in a plain Python that has imported all they need, shown as a
    kernel shows what their last lines give."""
    code = OWN_WORK.format(notebook=str(_files(home)[0]), date=str(day))
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=home.notebooks
    )
    return float(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = range(parser.parse_args().rounds)
    os.environ.update(DIGEST_LLM="offline", DIGEST_FETCH="no", DIGEST_NOW=LAST.cutoff.isoformat())
    with tempfile.TemporaryDirectory() as folder:
        home, gathering = gathered(Path(folder) / "home")
        os.environ["DIGEST_HOME"] = str(home.root)
        run = ["run", "--no-gather", "--again", "--date", str(LAST)]
        one = statistics.median(timed(digest(home, *run, "--families", FAMILY)) for _ in rounds)
        ways = {
            "the papermill command, cold": lambda: command(home, LAST),
            "papermill in process": lambda: in_process(home, LAST, None),
            "papermill in process, engine «digest»": lambda: in_process(home, LAST, engine),
        }
        engine = registered()
        in_process(home, LAST, engine)  # what forks kernels has its imports behind it
        # Turn by turn, so that a busy minute is everyone's.
        turns = [[*(timed(way) for way in ways.values()), own_work(home, LAST)] for _ in rounds]
        together = [[spent_by(digest(home, *run, "--workers", str(n))) for n in (1, 2)] for _ in rounds]
        rendering = statistics.median(timed(lambda: build_site(home)) for _ in rounds)
    Preloaded.stop()
    families = len(load_all(Home(repository()))[0])
    *spent, own = (statistics.median(column) for column in zip(*turns, strict=True))
    show("own work: the cells in a Python that has imported all", own)
    for way, seconds in zip(ways, spent, strict=True):
        show(f"one notebook: {way}", seconds)
        show("  overhead, and its share of the cold command's", seconds - own, spent[0] - own)
    show("one family: digest run", one)
    serial, two = (statistics.median(spent[0] for spent in column) for column in zip(*together, strict=True))
    cpu_serial, cpu_two = (statistics.median(s[1] for s in column) for column in zip(*together, strict=True))
    show(f"{families} families, one after another", serial)
    show(f"{families} families, two workers", two)
    ratio = statistics.median(one[0] / both[0] for one, both in together)
    busy = f"{cpu_serial:.1f} and {cpu_two:.1f} CPU s; load {os.getloadavg()[0]:.1f}"
    print(f"  {ratio:.2f} times as fast; {busy}")
    show("gathering one day (median of ten)", statistics.median(gathering))
    show(f"rendering the site ({families} posts)", rendering)


def show(what: str, seconds: float, whole: float | None = None) -> None:
    share = f"{seconds / whole:6.0%}" if whole else ""
    print(f"{what:<66} {seconds:7.2f} s {share}")


if __name__ == "__main__":
    main()
