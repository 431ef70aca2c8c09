"""Turns of several processes: no more at once than there are, and none is lost with who held it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digest_lib.turns import BEGINNING, TURN, Beginning, Slots
from digest_lib.writing.together import shared

#: Takes a turn, says so, and keeps it.
HOLDS = """
import sys, time
from pathlib import Path
from digest_lib.turns import Slots
with Slots(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
#: Seconds after which what should have come does not come any more.
LONG = 20


def folder_of(path: Path, turns: int) -> Path:
    for number in range(turns):
        (path / str(number)).touch()
    return path


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + LONG
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_no_more_turns_are_taken_than_there_are(tmp_path: Path) -> None:
    slots, lock, meet = Slots(folder_of(tmp_path, 2)), threading.Lock(), threading.Barrier(2)
    under_way, most = 0, 0

    def take() -> None:
        nonlocal under_way, most
        with slots:
            with lock:
                under_way += 1
                most = max(most, under_way)
            meet.wait(LONG)  # two at a time, or this fails
            with lock:
                under_way -= 1

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(take) for _ in range(6)]
    assert [one.exception() for one in done] == [None] * 6
    assert most == 2


#: Goes in alone, leaves a mark while it is there, and says whether it met another one's.
ALONE = """
import sys, time
from pathlib import Path
from digest_lib.turns import Slots
folder = Path(sys.argv[1])
for _ in range(20):
    with Slots(folder).alone(sys.argv[2]):
        (folder / "names" / f"in-{sys.argv[2]}").touch(exist_ok=False)
        time.sleep(0.001)
        (folder / "names" / f"in-{sys.argv[2]}").unlink()
"""


def test_of_one_name_one_process_is_in_at_a_time(tmp_path: Path) -> None:
    folder_of(tmp_path, 1)
    begun = [subprocess.Popen([sys.executable, "-c", ALONE, str(tmp_path), "a"]) for _ in range(3)]
    try:
        assert [one.wait(3 * LONG) for one in begun] == [0, 0, 0]
    finally:
        for one in begun:
            one.kill()


def test_a_killed_process_gives_its_turn_back(tmp_path: Path) -> None:
    slots = Slots(folder_of(tmp_path, 1))
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holding.stdout is not None
        assert holding.stdout.readline() == "held\n"
        assert slots._taken() is None
    finally:  # also where the turn was none: it would be waited for as long as it is held
        holding.kill()
        holding.communicate()
    returned = threading.Event()

    def take() -> None:
        with slots:
            returned.set()

    threading.Thread(target=take, daemon=True).start()
    assert returned.wait(LONG)


def test_who_runs_alone_in_its_process_takes_turns_with_other_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_LLM_SLOTS", str(folder_of(tmp_path, 1)))
    with shared(4).turn:
        assert Slots(tmp_path)._taken() is None


def test_a_turn_to_make_ready_is_over_with_the_first_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / BEGINNING).mkdir()
    folder_of(tmp_path / BEGINNING, 1)
    monkeypatch.setenv("DIGEST_LLM_SLOTS", str(folder_of(tmp_path, 1)))
    Beginning.take()
    assert Slots(tmp_path / BEGINNING)._taken() is None
    with shared(4).under_way("an answer"):
        assert Slots(tmp_path / BEGINNING)._taken()
    Beginning.take()
    Beginning.over()  # nothing was asked
    assert Slots(tmp_path / BEGINNING)._taken()


def test_who_began_first_is_served_first(tmp_path: Path) -> None:
    folder_of(tmp_path, 1)
    by_age = [Slots(tmp_path) for _ in range(6)]
    served = list[int]()

    def take(age: int) -> None:
        with by_age[age]:
            served.append(age)

    with ThreadPoolExecutor(6) as pool, Slots(tmp_path):
        for number, age in enumerate((3, 5, 1, 4, 0, 2), 1):
            pool.submit(take, age)
            until(lambda waiting=number: len([*(tmp_path / "waiting").iterdir()]) == waiting)
    assert served == [0, 1, 2, 3, 4, 5]
    assert not [*(tmp_path / "waiting").iterdir()]


def test_nobody_waits_for_one_that_was_killed_while_it_waited(tmp_path: Path) -> None:
    slots = Slots(folder_of(tmp_path, 1))
    (tmp_path / "waiting").mkdir()
    (tmp_path / "waiting" / "0").touch()  # as old as can be
    threading.Thread(target=lambda: slots.wait().close(), daemon=True).start()
    until(lambda: not [*(tmp_path / "waiting").iterdir()])


def test_a_turn_that_is_handed_on_ends_with_who_has_it_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / BEGINNING).mkdir()
    slots = Slots(folder_of(tmp_path / BEGINNING, 1))
    monkeypatch.setenv("DIGEST_LLM_SLOTS", str(tmp_path))
    Beginning.take()
    with Beginning.handed_on() as turn:
        assert turn is not None
        monkeypatch.setenv(TURN, str(os.dup(turn.fileno())))
    assert slots._taken() is None
    Beginning.take()  # as the kernel does
    assert TURN not in os.environ and slots._taken() is None
    Beginning.over()
    assert slots._taken()
