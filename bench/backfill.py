"""Many days without anyone looking: a backfill on this machine, on a Dask cluster, and with workers killed.

    python bench/backfill.py [--days 20] [--families claude,qwen] [--ways plain,dask,dask-killed,killed]

The news are those of the sample, again and again, each time of another family, so that none was told before.
Every way must give the posts of the first to the byte. Of each: seconds by the clock, jobs, the most memory
that all its processes used together in the first and in the last third, and the time of each third.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import kills  # noqa: E402
from digest_lib.running.sample import FIRST, LAST  # noqa: E402
from digest_lib.settings import Home  # noqa: E402
from homes import copy_home, gather_sample, line  # noqa: E402

#: So many days has the sample; what comes after them is theirs again.
PERIOD = 10
NAMES = ("Claude", "Gemini", "GPT", "Grok", "Mistral", "Qwen")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def lengthen(home: Home, days: int) -> None:
    """Puts the sample's days behind themselves until there are so many."""
    archive = home.archive
    for folder in sorted([*archive.glob("articles/day=*"), *archive.glob("gathers/day=*")]):
        for cycle in range(1, -(-days // PERIOD)):
            later = folder.with_name(_later(folder.name, cycle))
            later.mkdir(exist_ok=True)
            for file in folder.iterdir():
                if file.suffix == ".parquet":
                    _articles(file, later / f"{cycle:02}{file.name[2:]}", cycle)
                else:
                    text = _later(file.read_text("utf-8"), cycle)
                    (later / f"{file.stem[:-2]}{cycle:02}.json").write_text(text, "utf-8")


def _later(text: str, cycle: int) -> str:
    return _DAY.sub(lambda d: str(date(*map(int, d.groups())) + timedelta(days=PERIOD * cycle)), text)


def _articles(file: Path, to: Path, cycle: int) -> None:
    def told(name: str) -> str:
        """The column, with every family's name turned on to another's."""
        turned = name
        for number, old in enumerate(NAMES):
            turned = f"replace({turned}, '{old}', '<{number}>')"
        for number in range(len(NAMES)):
            turned = f"replace({turned}, '<{number}>', '{NAMES[(number + cycle) % len(NAMES)]}')"
        return f"{turned} AS {name}"

    moved = f"to_days({PERIOD * cycle})"
    asked = (
        f"SELECT * REPLACE (md5(id || {cycle}) AS id, url || '?{cycle}' AS url, {told('title')},"
        f" {told('summary')}, {told('text')}, published + {moved} AS published, fetched + {moved} AS fetched)"
        f" FROM read_parquet('{file}', hive_partitioning = false)"
    )
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"COPY ({asked}) TO '{to}'"
            " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {schema_version: '1'})"
        )


@contextmanager
def cluster() -> Iterator[Any]:
    """Two worker processes of Dask on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def _used(pids: Sequence[int]) -> int:
    """Bytes of all these processes and theirs, what they share divided among them."""
    used = 0
    for pid in pids:
        with suppress(psutil.Error):
            root = psutil.Process(pid)
            for one in [root, *root.children(recursive=True)]:
                with suppress(psutil.Error):
                    used += one.memory_full_info().pss
    return used


def run(home: Home, words: Sequence[str], made: Any, kill: random.Random | None) -> list[tuple[float, int]]:
    """Runs the command; of each moment that was looked at, when it was and the bytes in use. With `kill` one
    worker is killed after a while, and then every half minute one more until three are."""
    env = {**os.environ, "DIGEST_LLM": "offline", "DIGEST_FETCH": "no", "DIGEST_HOME": str(home.root)}
    env["PYTHONPATH"] = str(ROOT)
    with subprocess.Popen(
        line(home, *words), env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as it:
        said: list[bytes] = []
        reading = threading.Thread(target=lambda: said.extend(it.stdout or ()))
        reading.start()
        began, looked, killed = time.monotonic(), list[tuple[float, int]](), 0
        while it.poll() is None:
            workers = [w.process.pid for w in made.workers.values()] if made else []
            looked.append((time.monotonic() - began, _used([it.pid, *workers])))
            if kill and killed < 3 and looked[-1][0] > 20 + 30 * killed:
                killed += _kill(it.pid, workers, kill)
            time.sleep(1)
        reading.join()
    if it.returncode:
        told = [one for one in b"".join(said).decode().splitlines() if not one.startswith(("✓", "·"))]
        print("\n".join(told[-40:]), f"exit code {it.returncode}", sep="\n")
    if kill:
        print(f"  {killed} workers killed")
    return looked


def _kill(command: int, workers: Sequence[int], chance: random.Random) -> bool:
    victims = list(workers)
    if not victims:
        with suppress(psutil.Error):
            below = psutil.Process(command).children(recursive=True)
            victims = [one.pid for one in below if kills.kind(one) == kills.WORKER]
    if victims:
        with suppress(psutil.Error):
            psutil.Process(chance.choice(victims)).kill()
            return True
    return False


def show(way: str, home: Home, looked: Sequence[tuple[float, int]]) -> None:
    wall = looked[-1][0]
    posts = sorted((p / "index.ipynb").stat().st_mtime for p in home.posts.iterdir())
    third = len(posts) // 3
    marks = [posts[0], posts[third], posts[2 * third], posts[-1]]
    took = " ".join(f"{b - a:.0f}" for a, b in pairwise(marks))
    first, last = (max(u for t, u in looked if a <= t / wall <= b) for a, b in ((0, 1 / 3), (2 / 3, 1)))
    print(
        f"{way:<12} {wall:6.0f} s, {len(posts)} posts, thirds {took} s; memory {first / 2**20:.0f} and"
        f" {last / 2**20:.0f} MB at most; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--families", default="claude,qwen")
    parser.add_argument("--ways", default="plain,dask,dask-killed,killed")
    asked = parser.parse_args(words)
    last = LAST.shifted(asked.days - PERIOD)
    os.environ["DIGEST_NOW"] = last.cutoff.isoformat()
    bad, first = 0, None
    with tempfile.TemporaryDirectory() as folder:
        gathered = gather_sample(Path(folder) / "gathered")
        lengthen(gathered, asked.days)
        for way in asked.ways.split(","):
            home = copy_home(gathered, Path(folder) / way)
            backfill = ["backfill", "--from", str(FIRST), "--to", str(last), "--families", asked.families]
            chance = random.Random(14) if "killed" in way else None
            if way.startswith("dask"):
                with cluster() as made:
                    words_of_way = [*backfill, "--dask", made.scheduler_address]
                    looked = run(home, words_of_way, made, chance)
            else:
                looked = run(home, [*backfill, "--workers", "2"], None, chance)
            show(way, home, looked)
            posts = kills.content(home.posts)
            first = first or posts
            if posts != first:
                bad += 1
                names = {n.split("/")[0] for n in {*posts, *first} if posts.get(n) != first.get(n)}
                print(f"  other posts: {sorted(names)[:5]} and so on, {len(names)}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
