"""What the lab costs beside its llm, and whether a killed experiment comes out the same.

An experiment on the sample's days, by a fake llm that takes a fixed time for each answer: cold, again from
what is kept, and killed with -9 at random moments and resumed, with the same tables to the byte each time.
First it is only said what would be asked; what is made of the articles alone is kept from then on. The same
by an llm that answers at once tells what the lab takes itself; the rest is waiting, and no schedule waits
less than the requests take, so many at a time.

    python bench/lab.py [--delay 1.0] [--families 6] [--days 7] [--kills 0] [--workers 2]
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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from digest_lib.running.families import load_all  # noqa: E402
from digest_lib.running.sample import LAST  # noqa: E402
from digest_lib.settings import Home  # noqa: E402
from digest_lib.writing.fake_llm import FakeLlm  # noqa: E402
from homes import gather_sample, line  # noqa: E402

EXPERIMENT = """
name: bench
dataset: {{families: [{families}], from: {first}, to: {last}}}
servers: {{fake: {{base_url: "{url}"}}}}
parameters: {{llm: fake-llm}}
variants:
  - {{name: baseline, server: fake}}
  - {{name: one, server: fake, replace: {{story_prompt: {{"sentences 寫二到五句": "sentences 寫一句"}}}}}}
  - {{name: few, server: fake, parameters: {{max_stories: 3}}}}
  - {{name: plain, server: fake, replace: {{day_prompt: {{"summary 寫二到三句": "summary 寫一句"}}}}}}
"""
TABLES = ("scores.csv", "scores.parquet", "scoreboard.csv", "sentences.csv")


class SlowLlm(FakeLlm):
    """A fake llm that takes a fixed time for each answer."""

    delay = 0.0

    def seen(self, body: dict[str, Any]) -> None:
        super().seen(body)
        time.sleep(self.delay)


def start(home: Home, experiment: Path, workers: int) -> subprocess.Popen[bytes]:
    begun = line(home, "lab", "run", str(experiment), "--workers", str(workers))
    environment = {**os.environ, "DIGEST_LLM": ""}
    return subprocess.Popen(begun, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)


def timed(home: Home, experiment: Path, workers: int) -> float:
    began = time.monotonic()
    if start(home, experiment, workers).wait():
        raise SystemExit("the experiment failed")
    return time.monotonic() - began


def tables(experiment: Path) -> list[bytes]:
    return [(experiment.with_suffix("") / name).read_bytes() for name in TABLES]


def killed(home: Home, experiment: Path, workers: int, seconds: float) -> bool:
    """Kills a run of the experiment after so many seconds; whether it was still under way."""
    running = start(home, experiment, workers)
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--families", type=int, default=6)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = gather_sample(Path(folder) / "home")
        with SlowLlm().serving() as llm:
            SlowLlm.delay = given.delay
            measure(home, llm, given)


def measure(home: Home, llm: FakeLlm, given: argparse.Namespace) -> None:
    """Runs it all, and prints what came of it."""
    names = list(load_all(home)[0])[: given.families]
    text = EXPERIMENT.format(
        families=", ".join(names), first=LAST.shifted(1 - given.days), last=LAST, url=llm.url
    )
    experiment = home.root / "experiments" / "bench.yaml"
    experiment.parent.mkdir()
    experiment.write_text(text, "utf-8")
    runs = 4 * len(names) * given.days
    began = time.monotonic()
    said = subprocess.run(
        line(home, "lab", "run", str(experiment), "--dry-run"),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DIGEST_LLM": ""},
    )
    print(f"{said.stdout.strip()}\n({time.monotonic() - began:.1f} s)", flush=True)
    cold = timed(home, experiment, given.workers)
    answers, want = len(llm.requests), tables(experiment)
    again = timed(home, experiment, given.workers)
    print(f"{runs} runs, {answers} answers of {given.delay} s, {given.workers} kernels at once")
    print(f"cold {cold:.1f} s; again, from what is kept, {again:.1f} s ({again / cold:.1%})", flush=True)
    own, ideal = undelayed(home, experiment, given), answers * given.delay / (given.workers * 4)
    print(
        f"by an llm that answers at once {own:.1f} s, {own / runs:.2f} s a run; so {cold - own:.1f} s waiting"
    )
    print(f"the answers alone, 4 at once in each kernel: {ideal:.1f} s")
    print(f"cold is {cold / (own + ideal):.2f} of both one after another")
    same = again_killed(home, experiment, given, cold, want)
    if given.kills:
        print(f"killed with -9 at {given.kills} random moments and resumed: {same} came out the same")


def undelayed(home: Home, experiment: Path, given: argparse.Namespace) -> float:
    """Seconds that the same experiment takes by an llm that answers at once."""
    same = shutil.copy(experiment, experiment.with_name("undelayed.yaml"))
    SlowLlm.delay = 0.0
    try:
        return timed(home, same, given.workers)
    finally:
        SlowLlm.delay = given.delay


def again_killed(
    home: Home, experiment: Path, given: argparse.Namespace, cold: float, want: list[bytes]
) -> int:
    """How many of the killed experiments are the same after they were resumed."""
    same, chance = 0, random.Random(1)
    for _ in range(given.kills):
        shutil.rmtree(experiment.with_suffix(""))
        after = chance.uniform(0.0, cold)
        hit = killed(home, experiment, given.workers, after)
        kept = len([*(experiment.with_suffix("") / "runs").glob("*/*.json")])
        timed(home, experiment, given.workers)
        is_same = tables(experiment) == want
        came = f"{kept} runs were kept: {'the same' if is_same else 'OTHER TABLES'}"
        print(f"{'killed' if hit else 'over'} at {after:.1f} of {cold:.1f} s, {came}", flush=True)
        same += is_same
    return same


if __name__ == "__main__":
    main()
