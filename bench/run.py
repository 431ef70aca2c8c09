"""How long a family takes, cold, and all of them side by side; and what the time goes into.

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

import nbformat

from digest_lib.articles.gather import gather_day
from digest_lib.day import Day
from digest_lib.running.execute import execute
from digest_lib.running.families import load_all
from digest_lib.running.newsroom import Newsroom
from digest_lib.running.sample import FIRST, LAST, create_home, repository
from digest_lib.settings import Home
from digest_lib.site.build import build_site

FAMILY = "claude"
IMPORTS = "import digest_lib; [getattr(digest_lib, name) for name in digest_lib.__all__]"


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


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


def kernel() -> None:
    """A kernel started until it answers, and shut down."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(extra_arguments=["--IPKernelApp.log_level=50"])
    client.stop_channels()
    manager.shutdown_kernel()


def cells(home: Home, day: Day) -> float:
    """Seconds spent in the cells of one run, as papermill measured them."""
    out = home.archive / "work" / "bench.ipynb"
    notebook = home.notebooks / f"{FAMILY}.ipynb"
    execute(notebook, out, FAMILY, day.date, {"date": str(day)}, 300)
    executed = nbformat.read(out, as_version=4)
    spent = [c.metadata.get("papermill", {}).get("duration") or 0.0 for c in executed.cells]
    return float(sum(spent))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = range(parser.parse_args().rounds)
    os.environ.update(DIGEST_LLM="offline", DIGEST_FETCH="no", DIGEST_NOW=LAST.cutoff.isoformat())
    with tempfile.TemporaryDirectory() as folder:
        home, gathering = gathered(Path(folder) / "home")
        os.environ["DIGEST_HOME"] = str(home.root)
        run = ["run", "--no-gather", "--date", str(LAST)]
        one = statistics.median(timed(digest(home, *run, "--families", FAMILY)) for _ in rounds)
        six = statistics.median(timed(digest(home, *run)) for _ in rounds)
        nothing = statistics.median(timed(lambda: run_python("pass")) for _ in rounds)
        imports = statistics.median(timed(lambda: run_python(IMPORTS)) for _ in rounds) - nothing
        started = statistics.median(timed(kernel) for _ in rounds)
        inside = statistics.median(cells(home, LAST) for _ in rounds)
        rendering = statistics.median(timed(lambda: build_site(home)) for _ in rounds)
    families = len(load_all(Home(repository()))[0])
    show("one family, cold (digest run)", one)
    show("  kernel: started and shut down", started, one)
    show("  imports in the kernel", imports, one)
    show("  own work in the cells", inside - imports, one)
    show("  the rest: the command, its worker process, papermill, publishing", one - started - inside, one)
    show(f"{families} families in parallel on {os.cpu_count()} cores", six)
    print(f"  ratio to {families} times one: {six / (families * one):.2f}")
    show("gathering one day (median of ten)", statistics.median(gathering))
    show(f"rendering the site ({families} posts)", rendering)


def run_python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def show(what: str, seconds: float, whole: float | None = None) -> None:
    share = f"{seconds / whole:6.0%}" if whole else ""
    print(f"{what:<66} {seconds:7.2f} s {share}")


if __name__ == "__main__":
    main()
