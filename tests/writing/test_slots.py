"""Turns of several processes: no more at once than there are, and none is lost with who held it."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

from digest_lib.writing.slots import Slots

#: Takes a turn, says so, and keeps it.
HOLDS = """
import sys, time
from pathlib import Path
from digest_lib.writing.slots import Slots
with Slots(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def folder_of(path: Path, turns: int) -> Path:
    for number in range(turns):
        (path / str(number)).touch()
    return path


def test_no_more_turns_are_taken_than_there_are(tmp_path: Path) -> None:
    slots, lock, meet = Slots(folder_of(tmp_path, 2)), threading.Lock(), threading.Barrier(2)
    under_way, most = 0, 0

    def take() -> None:
        nonlocal under_way, most
        with slots:
            with lock:
                under_way += 1
                most = max(most, under_way)
            meet.wait(30)  # two at a time, or this never ends
            with lock:
                under_way -= 1

    threads = [threading.Thread(target=take) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == 2


#: Goes in alone, leaves a mark while it is there, and says whether it met another one's.
ALONE = """
import sys, time
from pathlib import Path
from digest_lib.writing.slots import Slots
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
    assert [one.wait() for one in begun] == [0, 0, 0]


def test_a_killed_process_gives_its_turn_back(tmp_path: Path) -> None:
    slots = Slots(folder_of(tmp_path, 1))
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE) as holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == b"held\n"
        assert slots._taken() is None
        holding.send_signal(signal.SIGKILL)
        holding.wait()
    with slots:
        pass
