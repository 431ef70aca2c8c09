"""Kills at random moments: after one more run, is everything as if nothing had happened?

    python bench/kill.py [--kills 50] [--seed 1] [--what command,worker,kernel] [--families qwen]

Each time, a copy of the gathered sample runs a day, and one of its processes is killed with -9 at a moment
chosen by chance within the time that an undisturbed run takes. Then the command is given once more. What
must hold: the posts of the undisturbed run to the byte, no stray file, no process left, every article there.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from digest_lib.articles.archive import Archive  # noqa: E402
from digest_lib.running import claims  # noqa: E402
from digest_lib.settings import Home  # noqa: E402
from homes import copy_home, gather_sample  # noqa: E402

DATE = "2026-07-22"
#: Seconds in which what a killed command had started must be gone.
GRACE = 15.0


def begin(home: Home, families: str) -> subprocess.Popen[bytes]:
    own = {**os.environ, "DIGEST_LLM": "offline", "DIGEST_FETCH": "no", "PYTHONPATH": str(ROOT)}
    words = ["--home", str(home.root), "run", "--date", DATE, "--families", families, "--workers", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "digest_lib", *words],
        env=own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def posts(home: Home) -> dict[str, bytes]:
    return {str(p.relative_to(home.posts)): p.read_bytes() for p in home.posts.rglob("*") if p.is_file()}


def ids(home: Home) -> set[str]:
    return {article.id for article in Archive(home.archive).everything()}


def victim(command: int, what: str) -> psutil.Process | None:
    """The process to kill, of those that are there now."""
    with suppress(psutil.Error):
        process = psutil.Process(command)
        if what == "command":
            return process
        for one in process.children(recursive=True):
            line = " ".join(one.cmdline())
            if ("ipykernel" in line) if what == "kernel" else ("spawn_main" in line):
                return one
    return None


def left(before: set[int]) -> list[psutil.Process]:
    """Processes of ours that outlived their command."""
    found = []
    for one in psutil.process_iter(["pid", "cmdline"]):
        line = " ".join(one.info["cmdline"] or ())
        if one.info["pid"] not in before and ("ipykernel" in line or "spawn_main" in line):
            with suppress(psutil.Error):
                if one.environ().get("DIGEST_KILL") == str(os.getpid()):
                    found.append(one)
    return found


def disturbed(home: Home, families: str, what: str, after: float) -> list[str]:
    """What is wrong after a kill and one more run; empty for nothing."""
    running = begin(home, families)
    time.sleep(after)
    target = victim(running.pid, what)
    if target:
        with suppress(psutil.Error):
            target.send_signal(signal.SIGKILL)
    running.wait()
    ends = time.monotonic() + GRACE
    while left(set()) and time.monotonic() < ends:
        time.sleep(0.2)
    wrong = [f"process {p.pid} is left" for p in left(set())]
    if begin(home, families).wait() != 0:
        wrong.append("the second run failed")
    names = [p for p in [*home.posts.rglob(".*"), *home.archive.rglob(".*")] if p.name != ".lock"]
    wrong += [f"stray {p.relative_to(home.root)}" for p in names]
    wrong += [f"stray {p.relative_to(home.root)}" for p in (home.archive / "work").glob("*")]
    wrong += [f"state {state.name}" for state in claims.states(home)]
    return wrong


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--what", default="command,worker,kernel")
    parser.add_argument("--families", default="qwen")
    asked = parser.parse_args(words)
    os.environ["DIGEST_KILL"] = str(os.getpid())
    chance, bad = random.Random(asked.seed), 0
    with tempfile.TemporaryDirectory() as folder:
        gathered = gather_sample(Path(folder) / "gathered")
        whole = copy_home(gathered, Path(folder) / "whole")
        began = time.monotonic()
        assert begin(whole, asked.families).wait() == 0
        seconds = time.monotonic() - began
        for what in asked.what.split(","):
            for number in range(asked.kills):
                home = copy_home(gathered, Path(folder) / "home")
                after = chance.uniform(0, seconds)
                wrong = disturbed(home, asked.families, what, after)
                wrong += ["other posts"] if posts(home) != posts(whole) else []
                wrong += ["other articles"] if ids(home) != ids(gathered) else []
                bad += bool(wrong)
                moment = f"{what} {number + 1}: killed at {after:.1f} of {seconds:.1f} s"
                print(f"{moment}: {'; '.join(wrong) or 'fine'}", flush=True)
                shutil.rmtree(home.root)
    print(f"{bad} of {asked.kills * len(asked.what.split(','))} went wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
