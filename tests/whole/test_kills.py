"""Real processes, killed with -9 at moments chosen by chance: after one more run nothing shows of it.

`bench/kill.py` kills fifty of each.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import kills
from digest_lib.running.newsroom import Newsroom
from digest_lib.settings import Home
from homes import REPOSITORY, copy_home
from kills import VICTIMS

pytestmark = pytest.mark.slow

#: About what a run takes on a quiet machine, from its command to its record; more is no harm.
SECONDS = 6.0


def test_what_is_killed_in_a_run_leaves_the_posts_of_an_undisturbed_one(home: Home, ran: Home) -> None:
    """The command, its worker and the kernel, one after the other in one home."""
    chance = random.Random(14)
    for name in ("command", "worker", "kernel"):
        kills.kill(home, VICTIMS[name], chance.uniform(0, SECONDS))
        assert not kills.orphans() or not [p for p in kills.wrong(home) if p.startswith("process")]
    assert not kills.again(home, VICTIMS["command"])
    assert kills.wrong(home) == []
    name = f"{kills.DATE}-{kills.FAMILY}"  # of the posts of all six
    assert [path.name for path in home.posts.iterdir()] == [name]
    assert kills.content(home.posts / name) == kills.content(ran.posts / name)
    assert kills.said(home) == kills.said(ran)


def test_a_gather_that_is_killed_has_its_articles_the_next_time(home: Home, tmp_path: Path) -> None:
    victim, chance = VICTIMS["gather"], random.Random(14)
    with Newsroom(REPOSITORY / "tests" / "data" / "newsroom", kills.NEXT.cutoff) as newsroom:
        undisturbed = copy_home(home, tmp_path / "undisturbed")
        assert not kills.again(undisturbed, victim, newsroom.proxy_url)
        for _ in range(3):
            kills.kill(home, victim, chance.uniform(0.3, 1.5), newsroom.proxy_url)
        assert not kills.again(home, victim, newsroom.proxy_url)
    assert kills.said(home) == kills.said(undisturbed)
    assert [one for one in kills.wrong(home) if "stray" not in one] == []  # the next run sweeps
