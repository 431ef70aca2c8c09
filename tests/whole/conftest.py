"""Homes in which days of the sample were run, once for all tests that look at them or go on from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.settings import Home
from homes import copy_home, quickly
from shared import once

DATE, NEXT = "2026-07-22", "2026-07-23"


def run(home: Home, *words: str) -> Home:
    """Runs a day, as somebody in Taipei does."""
    done = quickly(home, "run", *words, TZ="Asia/Taipei")
    assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture(scope="session")
def ran(gathered: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which the day of all six was run. Copy it before changing it."""

    def make(folder: Path) -> None:
        run(copy_home(gathered, folder / "home"), "--date", DATE)

    return Home(once(tmp_path_factory, "ran", make) / "home")


@pytest.fixture(scope="session")
def two_days(gathered: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which that day and the next were run of two families. Copy it before changing it."""

    def make(folder: Path) -> None:
        home = copy_home(gathered, folder / "home")
        for date in (DATE, NEXT):
            run(home, "--date", date, "--families", "claude,qwen")

    return Home(once(tmp_path_factory, "two-days", make) / "home")
