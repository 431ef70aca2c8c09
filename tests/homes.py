"""What tests share that is no fixture: where things are, homes, and the command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import warm
from digest_lib.gathering.gather import gather_day
from digest_lib.running.newsroom import Newsroom
from digest_lib.running.sample import FIRST, LAST, create_home
from digest_lib.settings import Home

REPOSITORY = Path(__file__).resolve().parents[1]
#: Homes as earlier versions left them, by name.
FORMATS = REPOSITORY / "tests" / "data" / "formats"

#: Names under which Chromium is installed.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """The path of a Chromium, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def gather_sample(folder: Path) -> Home:
    data = REPOSITORY / "tests" / "data" / "newsroom"
    home = create_home(folder, data / "feeds.opml", REPOSITORY)
    day = FIRST
    with Newsroom(data, day.cutoff) as newsroom, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGEST_PROXY", newsroom.proxy_url)
        while day.date <= LAST.date:
            newsroom.now = day.cutoff
            gather_day(home, day.cutoff)
            day = day.shifted(1)
    return home


def copy_home(home: Home, folder: Path) -> Home:
    shutil.copytree(home.root, folder)
    return Home(folder)


def line(home: Home, *words: str) -> list[str]:
    """The command `digest` on the home, as a process is begun with it."""
    return [sys.executable, "-m", "digest_lib", "--home", str(home.root), *words]


def command(home: Home, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command `digest`, in a process of its own, as a person or a scheduler calls it."""
    return subprocess.run(
        line(home, *words), capture_output=True, text=True, env=own(environment), check=False, timeout=600
    )


def quickly(
    home: Home, *words: str, kernels: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The same command, without the seconds that its imports take: see `warm`. One that runs a notebook
    in its own process, and not in a worker's, wants `kernels`."""
    if sys.platform != "linux":
        return command(home, *words, **environment)
    return warm.run("digest_lib", ["--home", str(home.root), *words], own(environment), kernels=kernels)


def own(environment: dict[str, str]) -> dict[str, str]:
    """What a command is given: no llm and no network, unless it is told to."""
    return {**os.environ, "DIGEST_LLM": "offline", "DIGEST_FETCH": "no", **environment}
