"""Kills at random moments: after one more run, is everything as if nothing had happened?

    python bench/kill.py [--kills 50] [--seed 1] [--what command,preloaded,worker,forking,kernel,gather,…]

Each time a copy of the sample does its work, and one of its processes is killed with -9 at a moment chosen by
chance within the time that the undisturbed one takes. Then the command is given once more. What must hold:
the posts, the site, the notebooks, the experiment and the records of the undisturbed home to the byte, no
stray file, no process left, all articles, each as it was dated.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import kills  # noqa: E402
from digest_lib.running.newsroom import Newsroom  # noqa: E402
from digest_lib.settings import Home  # noqa: E402
from homes import copy_home, gather_sample  # noqa: E402
from kills import VICTIMS, Victim  # noqa: E402


def state(home: Home) -> tuple[object, ...]:
    """What must be the same: posts, articles, and what the commands write."""
    trial = kills.content(home.root / "trial")
    return (
        kills.content(home.posts),
        kills.said(home),
        kills.content(home.site),
        kills.content(home.notebooks),
        {name: raw for name, raw in trial.items() if not name.startswith("timings")},
        kills.records_of(home),
        kills.read_json(home.archive / "feeds.json") if (home.archive / "damaged").is_dir() else {},
        {path.name for path in home.root.iterdir()},
    )


def differences(now: tuple[object, ...], expected: tuple[object, ...]) -> list[str]:
    names = (
        "posts", "articles", "a site", "notebooks", "an experiment", "records", "validators", "files",
    )  # fmt: skip
    return [
        f"other {name}{_which(one, other)}"
        for name, one, other in zip(names, now, expected, strict=True)
        if one != other
    ]


def _which(one: object, other: object) -> str:
    """The first of the files that differ, where these are files."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return ""
    return f" ({min(n for n in {*one, *other} if one.get(n) != other.get(n))})"


def of_victim(victim: Victim, before: Home, folder: Path, count: int, chance: random.Random) -> int:
    """Kills it so many times, says what came of each, and returns how many went wrong."""
    bad = 0
    with Newsroom(ROOT / "tests" / "data" / "newsroom", kills.NEXT.cutoff) as newsroom:
        proxy = newsroom.proxy_url if victim.name == "gather" else ""
        prepared = copy_home(before, folder / "prepared")
        victim.prepare(prepared)
        whole = copy_home(prepared, folder / "whole")
        began = time.monotonic()
        assert not kills.again(whole, victim, proxy)
        seconds, expected = time.monotonic() - began, state(whole)
        for number in range(count):
            home = copy_home(prepared, folder / "home")
            after = chance.uniform(0, seconds)
            hit, wrong = True, list[str]()
            try:
                hit = kills.kill(home, victim, after, proxy)
                wrong += filter(None, [kills.again(home, victim, proxy)])
            except kills.Hung as error:
                wrong.append(str(error))
            wrong += kills.wrong(home) + differences(state(home), expected)
            bad += bool(wrong)
            moment = (
                f"{victim.name} {number + 1}: {'killed' if hit else 'over'} at {after:.1f} of {seconds:.1f} s"
            )
            print(f"{moment}: {'; '.join(wrong) or 'fine'}", flush=True)
            shutil.rmtree(home.root)
        shutil.rmtree(whole.root)
        shutil.rmtree(prepared.root)
    print(f"{victim.name}: {bad} of {count} went wrong", flush=True)
    return bad


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--what", default=",".join(VICTIMS))
    asked = parser.parse_args(words)
    chance, bad = random.Random(asked.seed), 0
    with tempfile.TemporaryDirectory() as folder:
        gathered = gather_sample(Path(folder) / "gathered")
        written = copy_home(gathered, Path(folder) / "written")
        assert not kills.again(written, VICTIMS["command"])
        for name in asked.what.split(","):
            before = written if name == "render" else gathered
            bad += of_victim(VICTIMS[name], before, Path(folder), asked.kills, chance)
    print(f"in all: {bad} of {asked.kills * len(asked.what.split(','))} went wrong")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
