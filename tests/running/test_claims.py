"""Of any number of schedulers one gets a pair; what a dead one held can be had again at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from digest_lib import owners
from digest_lib.running import claims, records
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home

PAIR = ("qwen", "2026-07-29")
DIES = """
import os, sys
from pathlib import Path
from digest_lib.running import claims
from digest_lib.settings import Home
assert claims.claim(Home(Path(sys.argv[1])), "qwen", "2026-07-29") == ""
os.kill(os.getpid(), 9)
"""


def record(home: Home, run: str) -> None:
    records.save(home, Record(*PAIR, Outcome.PUBLISHED, "2026-07-28T21:00:00+00:00", 1.0, run=run))


def of_another_machine(home: Home, age: float) -> None:
    """The pair is run by a process that nobody here can look at."""
    path = claims.folder(home) / "2026-07-29-qwen.json"
    state = json.loads(path.read_text())
    path.write_text(json.dumps({**state, "owner": "0123abcd-7-7"}))
    os.utime(path, (time.time() - age,) * 2)


def take(folder: Path) -> str:
    why = claims.claim(Home(folder), *PAIR, last="")
    if not why:
        time.sleep(0.3)
        record(Home(folder), "done")
        claims.settle(Home(folder), *PAIR)
    return why


def test_one_of_many_gets_it_and_it_is_done_once(tmp_path: Path) -> None:
    claims.want(Home(tmp_path), [PAIR])
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        told = Counter(pool.map(take, [tmp_path] * 8))
    assert told[""] == 1
    assert all("is running it" in why or "has run it meanwhile" in why for why in told if why)
    assert claims.states(Home(tmp_path)) == []


def test_what_a_killed_process_held_is_pending_and_can_be_had(tmp_path: Path) -> None:
    home = Home(tmp_path)
    done = subprocess.run([sys.executable, "-c", DIES, str(tmp_path)], check=False)
    assert done.returncode == -9
    (state,) = claims.states(home)
    assert (state.state, state.name) == (claims.PENDING, "2026-07-29-qwen")
    assert "stopped while it ran" in state.reason
    assert claims.claim(home, *PAIR) == ""


@pytest.mark.parametrize(("age", "lives"), [(5, True), (claims.DEAD + 60, False)])
def test_another_machine_is_believed_as_long_as_its_heart_beats(
    tmp_path: Path, age: float, lives: bool
) -> None:
    home = Home(tmp_path)
    claims.claim(home, *PAIR)
    of_another_machine(home, age)
    assert claims.states(home)[0].state == (claims.RUNNING if lives else claims.PENDING)
    assert claims.claim(home, *PAIR) == ("process 7 of another machine is running it" if lives else "")


def test_what_was_run_since_it_was_wanted_is_not_run_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    record(home, "first")
    last = claims.want(home, [PAIR])[PAIR]
    assert claims.claim(home, *PAIR, last) == ""
    claims.settle(home, *PAIR)
    record(home, "second")
    assert claims.claim(home, *PAIR, last) == "another process has run it meanwhile"
    assert claims.states(home) == []


def test_a_heart_beats_while_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    monkeypatch.setattr(claims, "BEAT", 0.02)
    claims.claim(home, *PAIR)
    path = claims.folder(home) / "2026-07-29-qwen.json"
    os.utime(path, (0, 0))
    with claims.held(home, *PAIR):
        ends = time.monotonic() + 10
        while path.stat().st_mtime == 0 and time.monotonic() < ends:
            time.sleep(0.01)
        assert path.stat().st_mtime > 0
    assert claims.states(home) == []


def test_a_run_whose_record_could_not_be_written_is_not_lost(tmp_path: Path) -> None:
    home = Home(tmp_path)
    claims.claim(home, *PAIR)
    with pytest.raises(OSError), claims.held(home, *PAIR):
        raise OSError("No space left on device")
    assert [state.name for state in claims.states(home)] == ["2026-07-29-qwen"]


def test_who_waits_for_what(tmp_path: Path) -> None:
    home = Home(tmp_path)
    claims.want(home, [PAIR, ("gpt", "2026-07-29")])
    claims.skip(home, "gpt", "2026-07-29", "the time was up")
    gpt, qwen = claims.states(home)
    assert (gpt.state, gpt.reason, claims.is_waiting(gpt)) == (claims.SKIPPED, "the time was up", False)
    assert (qwen.state, qwen.owner, claims.is_waiting(qwen)) == (claims.PENDING, owners.mine(), True)
