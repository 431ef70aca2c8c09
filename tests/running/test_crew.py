"""Workers that one process has forked: what they are given, what they share, and what is left of them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from digest_lib.errors import RunFailed
from digest_lib.running.crew import Crew
from digest_lib.running.forking import Preloaded
from publishing.programs import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")]


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    os.environ["TOLD"] = "by the command"
    crew = Crew(2)
    try:
        yield crew
    finally:
        crew.shutdown()
        del os.environ["TOLD"]


class Odd(Exception):
    """An error that cannot be made anew from what it says."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def looked(here: str) -> tuple[int, str, str, bool]:
    return os.getpid(), os.environ.get("TOLD", ""), str(Path.cwd()), here in sys.path


def fails(error: Exception | None) -> None:
    raise error or Odd("one", "two")


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def places(moved: bool, mark: str, other: str) -> list[int]:
    """Where the files that the imports opened are read next; `moved`: each is moved on, and then the other
    worker looks."""
    files = [int(one.name) for one in Path("/proc/self/fd").iterdir() if int(one.name) > 2 and one.is_file()]
    if moved:
        for fd in files:
            os.lseek(fd, 7, os.SEEK_SET)
    Path(mark).touch()
    wait_until(Path(other).exists, "the other has looked")
    return [os.lseek(fd, 0, os.SEEK_CUR) for fd in files]


def open_in_forking() -> dict[str, str]:
    """What is open in this worker's child, which forks its kernels."""
    (child,) = psutil.Process().children()
    folder = Path(f"/proc/{child.pid}/fd")
    return {one.name: str(one.readlink()) for one in folder.iterdir() if int(one.name) > 2}


def waits(begun: str, tidied: str) -> None:
    try:  # before it says that it has begun: who reads that interrupts it at once
        Path(begun).write_text(json.dumps([os.getpid(), *(c.pid for c in psutil.Process().children())]))
        time.sleep(600)
    finally:
        Path(tidied).touch()


def test_a_worker_has_the_folder_the_environment_and_the_modules_of_its_command(crew: Crew) -> None:
    here = str(Path(__file__).parents[1])
    pid, told, folder, found = crew.submit(looked, here).result()
    assert pid != os.getpid()
    assert (told, folder, found) == ("by the command", str(Path.cwd()), True)


def test_errors_come_back_as_they_are_or_as_what_they_say(crew: Crew) -> None:
    with pytest.raises(RunFailed, match="no such letter"):
        crew.submit(fails, RunFailed("qwen", None, "no such letter")).result()
    with pytest.raises(RuntimeError, match="Odd: one and two"):
        crew.submit(fails, None).result()


def test_no_two_share_their_place_in_a_file(crew: Crew, tmp_path: Path) -> None:
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    moving = crew.submit(places, True, one, two)
    wait_until(Path(one).exists, "its files are moved")
    staying = crew.submit(places, False, two, one)
    assert set(moving.result()) == {7}
    assert len(staying.result()) == len(moving.result()) > 0 and 7 not in staying.result()


def test_what_forks_kernels_keeps_nothing_of_its_worker_open(crew: Crew) -> None:
    """Or a worker that is killed would not be seen to end."""
    found = crew.submit(open_in_forking).result()
    assert len([what for what in found.values() if what.startswith("socket:")]) == 1
    assert not [what for what in found.values() if not what.startswith(("socket:", "/"))]


def test_one_that_dies_takes_only_its_task_with_it(crew: Crew, tmp_path: Path) -> None:
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    other = crew.submit(places, False, one, two)
    with pytest.raises(BrokenExecutor):
        crew.submit(dies).result()
    Path(two).touch()
    assert other.result()
    assert crew.submit(looked, "").result()


def met(folder: str, of: int) -> int:
    """The worker's number, once so many of them are at work."""
    Path(folder, str(os.getpid())).touch()
    wait_until(lambda: len([*Path(folder).iterdir()]) >= of, "others are at work")
    return os.getpid()


def test_workers_that_nobody_wants_any_more_end_and_others_begin_where_that_was_wrong(tmp_path: Path) -> None:
    crew = Crew(3)
    try:
        first = [crew.submit(met, str(tmp_path), 3) for _ in range(3)]
        numbers = {future.result() for future in first}
        crew.spare(1)
        wait_until(lambda: sum(map(psutil.pid_exists, numbers)) == 1, "two have ended")
        again = [crew.submit(met, str(tmp_path), 5) for _ in range(3)]
        others = {future.result() for future in again}
        assert (len(others), len(others & numbers)) == (3, 1)
    finally:
        crew.shutdown()
    assert not any(map(psutil.pid_exists, numbers | others))


def test_given_up_a_worker_tidies_up_and_nothing_is_left(tmp_path: Path) -> None:
    """And before that: where the process is killed that forks workers, one does without."""
    crew = Crew(1)
    assert crew._preloaded is not None
    crew._preloaded.process.kill()
    crew.submit(waits, str(tmp_path / "begun"), str(tmp_path / "tidied"))
    wait_until(lambda: (tmp_path / "begun").is_file() and (tmp_path / "begun").read_text(), "it works", 60)
    pids = json.loads((tmp_path / "begun").read_text())
    crew.shutdown(wait=False, cancel_futures=True)
    assert (tmp_path / "tidied").exists()
    wait_until(lambda: not [pid for pid in pids if alive(pid)], "they end", 20)


def test_given_up_while_it_imports_it_ends_by_itself() -> None:
    crew = Crew(1)
    crew.shutdown(wait=False, cancel_futures=True)
    assert crew._preloaded is not None
    assert crew._preloaded.process.poll() in (0, -signal.SIGTERM)  # or it was waited for, and then killed


def test_workers_end_with_a_command_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from digest_lib.running.crew import Crew; from running.test_crew import waits\n"
        "Crew(1).submit(waits, *sys.argv[1:]).result()"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "begun"), str(tmp_path / "tidied")]
    paths = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    command = subprocess.Popen(words, env={**os.environ, "PYTHONPATH": paths})
    wait_until(lambda: (tmp_path / "begun").is_file() and (tmp_path / "begun").read_text(), "it works", 60)
    pids = json.loads((tmp_path / "begun").read_text())
    pids.append(psutil.Process(pids[0]).ppid())
    command.kill()
    command.wait()
    wait_until(lambda: not [pid for pid in pids if alive(pid)], "they end", 20)


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it may end between two looks
        return False


def test_what_is_imported_ahead_is_whose_it_is_first_and_goes_where_nobody_wants_it() -> None:
    with Preloaded.ahead("json"), Preloaded.ahead("csv"):
        others = Preloaded._ahead[("csv",)]
        mine, ahead = Preloaded.begun("json"), [*Preloaded._ahead]
        mine.end()
    assert ahead == [("csv",)]
    assert others.process.poll() is not None
    assert Preloaded._ahead == {}


def test_what_lasts_is_begun_once_and_again_where_it_has_died() -> None:
    with Preloaded.lasting():
        first = Preloaded.begun("json")
        first.done_with()
        assert Preloaded.begun("json") is first
        others = Preloaded.begun("csv")
        first.end()
        again = Preloaded.begun("json")
        assert again is not first
    assert [one.process.poll() is None for one in (again, others)] == [False, False]
    assert Preloaded._lasting is None


DIES = """
import os, signal
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_kernel_that_is_killed_as_it_is_forked_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dies_at_once.py").write_text(DIES)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    preloaded = Preloaded.begun("dies_at_once")
    waiting = ThreadPoolExecutor(1)
    try:
        kernel = waiting.submit(preloaded.kernel, ["kernel"], str(tmp_path), dict(os.environ))
        assert kernel.result(timeout=60) is None
    finally:
        preloaded.end()
        waiting.shutdown()
