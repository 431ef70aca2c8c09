"""What a site costs as it grows: rendered whole, again with nothing changed, and with one day added.

    python bench/render.py HOME [--posts 60 600 2400] [--renderers embedded quarto] [--rounds 3]
        [--primed]

HOME is a home with a few days of posts (`make site` makes one: build/sample). Its posts are copied with
shifted dates into homes of their own, which are deleted again. Each render is the command in a process of its
own. CPU seconds are those of it and all it started; memory is the largest of these processes. Machines are
shared and noisy: compare ratios. `--primed` leaves out the whole render, which takes Quarto an hour at
2,400 posts: the pages that are there before the day is added are made by the embedded renderer. Where there
is a Chromium: the bytes that a reader downloads for the home, the newest post and a first search.
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
from reading import browser, downloaded

from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.renderers import Progress, choose, find_quarto


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


class Primed:
    """The pages of the embedded renderer, kept as those of another: what a day added to them costs is the
    same."""

    def __init__(self, renderer: str) -> None:
        own = choose(renderer)
        self.name, self.reads_beside, self.made_with = own.name, own.reads_beside, own.made_with
        self.describe = own.describe

    def render(self, home: Home, out: Path, progress: Progress | None = None) -> int:
        return choose("embedded").render(home, out, progress)


def size(site: Path) -> float:
    """Megabytes of a site."""
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6


def measured(
    source: Home, count: int, renderer: str, rounds: int, *, primed: bool
) -> Iterator[tuple[str, list[Cost]]]:
    """By what was done: the cost of each round. The first is done once, or not at all."""
    program = browser()
    with tempfile.TemporaryDirectory(prefix="bench-render-") as folder:
        home = Home(Path(folder) / "home")
        fill(home, source, count)
        if primed:
            build_site(home, renderer=Primed(renderer))
            render(home, renderer)
        else:
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
        for what, (size_, requests) in (downloaded(home.site, program) if program else {}).items():
            print(f"  a reader of {what:7} {size_ / 1e3:7.0f} kB, {requests} requests", flush=True)


def shown(what: str, costs: list[Cost], whole: float) -> str:
    """A line about the medians of these renders, beside the CPU seconds of a whole one."""
    wall, cpu, memory = (
        statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "memory")
    )
    share = f", 1/{whole / cpu:.1f} of whole" if whole else ""
    return f"  {what:12} {wall:7.1f} s, {cpu:7.1f} s CPU, {memory:5.0f} MB{share}"


def main() -> None:
    renderers = ["embedded", *(["quarto"] if find_quarto() else [])]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("home", type=Path)
    parser.add_argument("--posts", type=int, nargs="+", default=[60, 600, 2400])
    parser.add_argument("--renderers", nargs="+", default=renderers)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--primed", action="store_true", help="without the whole render")
    args = parser.parse_args()
    days: dict[str, list[float]] = {}
    for renderer in args.renderers:
        for count in args.posts:
            print(f"{renderer}, {count} posts")
            whole = 0.0
            home = Home(args.home.resolve())
            for what, costs in measured(home, count, renderer, args.rounds, primed=args.primed):
                whole = costs[0].cpu if what == "whole" else whole
                print(shown(what, costs, whole), flush=True)
                if what == "a day added":
                    days.setdefault(renderer, []).append(statistics.median(cost.cpu for cost in costs))
    for renderer, seconds in days.items():
        ratio = f"{seconds[-1] / seconds[0]:.2f} of one at {args.posts[0]}"
        print(f"{renderer}: a day at {args.posts[-1]} posts is {ratio}")


if __name__ == "__main__":
    main()
