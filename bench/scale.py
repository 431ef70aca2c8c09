"""What years cost: `digest status` and `digest run` in an old home, beside one of 30 days.

    python bench/scale.py [--days 2000] [--articles 500] [--young 30] [--times 3]

Both homes are the gathered sample with generated days before it. Of each: `digest status`, `digest run` where
there is nothing to do (its start), and where one family's post is missing (all of it), medians in seconds, of
the clock and of the processors: other work on the machine lengthens the first.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from old_home import age  # noqa: E402

from digest_lib.running.sample import LAST  # noqa: E402
from digest_lib.settings import Home  # noqa: E402
from homes import command, copy_home, gather_sample  # noqa: E402

NOW = LAST.cutoff.isoformat()
FAMILY = "qwen"


def timed(home: Home, *words: str) -> tuple[float, float]:
    began, before = time.monotonic(), os.times()
    done = command(home, *words, DIGEST_NOW=NOW, DIGEST_HOME=str(home.root))
    seconds, after = time.monotonic() - began, os.times()
    if done.returncode not in {0, 1, 4}:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return seconds, sum(after[2:4]) - sum(before[2:4])


def measured(home: Home, times: int) -> dict[str, tuple[float, float]]:
    found: dict[str, list[tuple[float, float]]] = {
        "status": [],
        "run, nothing to do": [],
        "run of a family": [],
    }
    for _ in range(times):
        shutil.rmtree(home.posts / f"{LAST}-{FAMILY}", ignore_errors=True)
        found["run of a family"].append(timed(home, "run", "--families", FAMILY))
        found["run, nothing to do"].append(timed(home, "run", "--families", FAMILY))
        found["status"].append(timed(home, "status"))
    return {
        what: (statistics.median(wall), statistics.median(busy))
        for what, took in found.items()
        for wall, busy in [zip(*took, strict=True)]
    }


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--days", type=int, default=2000)
    parser.add_argument("--young", type=int, default=30)
    parser.add_argument("--articles", type=int, default=500, help="a day")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--into", type=Path, help="Keep the homes there, and use those that are there.")
    parser.add_argument("--tidy", action="store_true", help="Run `digest tidy` first.")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        into = asked.into or Path(folder)
        homes = {}
        for name, days in (("young", asked.young), ("old", asked.days)):
            homes[name] = Home(into / name)
            if not homes[name].root.is_dir():
                gathered = gather_sample(into / f"{name}-sample")
                command(gathered, "run", "--families", FAMILY, DIGEST_NOW=NOW)
                age(copy_home(gathered, into / name), days, asked.articles)
                shutil.rmtree(gathered.root)
            if asked.tidy:
                print(f"{name}: tidied in {timed(homes[name], 'tidy')[0]:.1f} s")
        took = {name: measured(home, asked.times) for name, home in homes.items()}
    for what in took["old"]:
        young, old = took["young"][what], took["old"][what]
        print(
            f"{what:<20} {young[0]:6.2f} s young, {old[0]:6.2f} s old: {old[0] - young[0]:+.2f}"
            f"; of the processors {young[1]:.2f}, {old[1]:.2f}: {old[1] - young[1]:+.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
