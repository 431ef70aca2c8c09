"""What a site costs as it grows: rendered whole, again with nothing changed, and with one day added.

    python bench/render.py HOME [--posts 60 600 2400] [--renderers embedded quarto] [--rounds 3]

HOME is a home with a few days of posts (`make site` makes one: build/sample). Its posts are copied with
shifted dates into homes of their own, which are deleted again. Each render is the command in a process of its
own. CPU seconds are those of it and all it started; memory is the largest of these processes. Machines are
shared and noisy: compare ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from many_posts import add_day, fill

from digest_lib.settings import Home
from digest_lib.site.renderers import find_quarto


@dataclass(frozen=True)
class Cost:
    """Of one render: seconds on the clock, of CPU, and the megabytes of its largest process."""

    wall: float
    cpu: float
    memory: float


def render(home: Home, renderer: str) -> Cost:
    """The command, as a scheduler calls it."""
    program = (
        "import resource,subprocess,sys;"
        "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(u.ru_utime+u.ru_stime,u.ru_maxrss);sys.exit(code)"
    )
    command = [sys.executable, "-m", "digest_lib", "--home", str(home.root), "render"]
    environment = os.environ | {"DIGEST_RENDERER": renderer}
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, *command], env=environment, capture_output=True, text=True, check=True
    )
    cpu, memory = map(float, done.stdout.split())
    return Cost(time.perf_counter() - begin, cpu, memory / 1024)


def size(site: Path) -> float:
    """Megabytes of a site."""
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6


def measured(source: Home, count: int, renderer: str, rounds: int) -> Iterator[tuple[str, list[Cost]]]:
    """By what was done: the cost of each round. The first is done once."""
    with tempfile.TemporaryDirectory(prefix="bench-render-") as folder:
        home = Home(Path(folder) / "home")
        fill(home, source, count)
        yield "whole", [render(home, renderer)]
        yield "again", [render(home, renderer) for _ in range(rounds)]
        added = []
        for _ in range(rounds):
            newest = max(path.name for path in home.posts.glob("2*"))[:10]
            before = Home(Path(folder) / "before")
            if not before.posts.exists():
                before.posts.mkdir(parents=True)
            for path in home.posts.glob(f"{newest}-*"):
                (before.posts / path.name).symlink_to(path)
            add_day(home, before)
            for path in before.posts.iterdir():
                path.unlink()
            added.append(render(home, renderer))
        yield "a day added", added
        print(f"  {size(home.site):.1f} MB of site")


def shown(what: str, costs: list[Cost], whole: float) -> str:
    """A line about the medians of these renders, beside the CPU seconds of a whole one."""
    wall, cpu, memory = (
        statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "memory")
    )
    share = f"1/{(whole or cpu) / cpu:.1f} of whole"
    return f"  {what:12} {wall:7.1f} s, {cpu:7.1f} s CPU, {memory:5.0f} MB, {share}"


def main() -> None:
    renderers = ["embedded", *(["quarto"] if find_quarto() else [])]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("home", type=Path)
    parser.add_argument("--posts", type=int, nargs="+", default=[60, 600, 2400])
    parser.add_argument("--renderers", nargs="+", default=renderers)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    days: dict[str, list[float]] = {}
    for renderer in args.renderers:
        for count in args.posts:
            print(f"{renderer}, {count} posts")
            whole = 0.0
            for what, costs in measured(Home(args.home.resolve()), count, renderer, args.rounds):
                print(shown(what, costs, whole), flush=True)
                whole = whole or costs[0].cpu
                if what == "a day added":
                    days.setdefault(renderer, []).append(statistics.median(cost.cpu for cost in costs))
    for renderer, seconds in days.items():
        ratio = f"{seconds[-1] / seconds[0]:.2f} of one at {args.posts[0]}"
        print(f"{renderer}: a day at {args.posts[-1]} posts is {ratio}")


if __name__ == "__main__":
    main()
