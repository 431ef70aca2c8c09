"""What the lab costs beside its llm, and whether a killed experiment comes out the same.

An experiment on the sample's days, by a fake llm that takes a fixed time for each answer: cold, again from
what is kept, and killed with -9 at random moments and resumed, with the same tables to the byte each time.
First it is only said what would be asked; what is made of the articles alone is kept from then on.

The library's modules are compiled, as they are where it is installed (`PYTHONDONTWRITEBYTECODE` may be set
where this runs, and each of dozens of processes would compile them anew).

No schedule takes less than the answers do with as many under way as may be, nor less than the processors
need for the rest: on a machine that others use, what is printed of both tells them apart.

    python bench/lab.py [--delay 1.0] [--families 6] [--days 7] [--kills 0] [--workers 2]
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from digest_lib.running.families import load_all  # noqa: E402
from digest_lib.running.sample import LAST  # noqa: E402
from digest_lib.settings import Home, llm_at_once  # noqa: E402
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
    #: when each request came, and when its answer was ready
    spans: ClassVar[list[tuple[float, float]]] = []

    def seen(self, body: dict[str, Any]) -> None:
        super().seen(body)
        came = time.monotonic()
        time.sleep(self.delay)
        self.spans.append((came, time.monotonic()))


def environment() -> dict[str, str]:
    """What the command is given."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return given | {"DIGEST_LLM": ""}


def start(home: Home, experiment: Path, workers: int) -> subprocess.Popen[bytes]:
    begun = line(home, "lab", "run", str(experiment), "--workers", str(workers))
    return subprocess.Popen(begun, env=environment(), stdout=subprocess.DEVNULL, start_new_session=True)


@dataclass(frozen=True)
class Took:
    """Seconds of an experiment, as a clock has them and as processors do, and when each answer was waited
    for."""

    wall: float
    cpu: float
    #: seconds that processors worked for whatever else runs on this machine
    others: float
    spans: list[tuple[float, float]]

    @property
    def under_way(self) -> float:
        """Answers that were waited for at once, from the first to the last, on average."""
        whole = max(end for _, end in self.spans) - self.spans[0][0]
        return sum(end - began for began, end in self.spans) / whole


def timed(home: Home, experiment: Path, workers: int) -> Took:
    SlowLlm.spans.clear()
    before, began = _cpu(), time.monotonic()
    if start(home, experiment, workers).wait():
        raise SystemExit("the experiment failed")
    spans = sorted((came - began, ready - began) for came, ready in SlowLlm.spans)
    took, (cpu, own, busy) = time.monotonic() - began, (a - b for a, b in zip(_cpu(), before, strict=True))
    return Took(took, cpu, max(0.0, busy - cpu - own), spans)


def _cpu() -> tuple[float, float, float]:
    """Seconds of processors: of every process that was begun here and has ended, of this one, of all."""
    ended, own = (resource.getrusage(who) for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    stat = Path("/proc/stat")
    told = [int(n) for n in stat.read_text().split()[1:8]] if stat.exists() else [0] * 7
    busy = sum(told) - told[3] - told[4]  # without what was idle, or waited for a disk
    return (
        ended.ru_utime + ended.ru_stime,
        own.ru_utime + own.ru_stime,
        busy / os.sysconf("SC_CLK_TCK"),
    )


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
        env=environment(),
    )
    print(f"{said.stdout.strip()}\n({time.monotonic() - began:.1f} s)", flush=True)
    cold = timed(home, experiment, given.workers)
    want = tables(experiment)
    again = timed(home, experiment, given.workers)
    tell(runs, given, cold, again)
    same = again_killed(home, experiment, given, cold.wall, want)
    if given.kills:
        print(f"killed with -9 at {given.kills} random moments and resumed: {same} came out the same")


def tell(runs: int, given: argparse.Namespace, cold: Took, again: Took) -> None:
    """What came of it, told apart."""
    cores, limit = len(os.sched_getaffinity(0)), given.workers * llm_at_once()
    ideal = len(cold.spans) * given.delay / limit
    first, last = cold.spans[0][0], cold.wall - max(end for _, end in cold.spans)
    print(f"{runs} runs, {len(cold.spans)} answers of {given.delay} s, at most {limit} at once")
    print(
        f"cold {cold.wall:.1f} s; again, from what is kept, {again.wall:.1f} s ({again.wall / cold.wall:.1%})"
    )
    print(f"the answers alone, always {limit} at once: {ideal:.1f} s; cold is {cold.wall / ideal:.2f} of it")
    print(f"beside them {(cold.wall - ideal) / runs:.2f} s a run (variant, family, day)")
    each = cold.cpu / cores
    print(f"processors: {cold.cpu:.1f} s, {cold.cpu / runs:.2f} s a run; all {cores} {each:.1f} s")
    print(f"for others they worked {cold.others:.1f} s of {cold.wall * cores:.1f}")
    asking = cold.wall - first - last
    print(f"from the first request to the last {asking:.1f} s: {asking / ideal:.2f} of it")
    print(f"before the first request {first:.1f} s, after the last {last:.1f} s")
    print(f"{cold.under_way:.1f} requests under way on average between them", flush=True)


def again_killed(
    home: Home, experiment: Path, given: argparse.Namespace, cold: float, want: list[bytes]
) -> int:
    """How many of the killed experiments are the same after they were resumed."""
    same, hits, chance = 0, 0, random.Random(1)
    while hits < given.kills:
        shutil.rmtree(experiment.with_suffix(""))
        after = chance.uniform(0.0, cold)
        if not killed(home, experiment, given.workers, after):
            cold = after  # the machine has more time for it now: later than that there is nothing to kill
            continue
        hits += 1
        kept = len([*(experiment.with_suffix("") / "runs").glob("*/*.json")])
        timed(home, experiment, given.workers)
        is_same = tables(experiment) == want
        came = f"{kept} runs were kept: {'the same' if is_same else 'OTHER TABLES'}"
        print(f"{hits}: killed at {after:.1f} s, {came}", flush=True)
        same += is_same
    return same


if __name__ == "__main__":
    main()
