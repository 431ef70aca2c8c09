"""Tasks whose processes are killed, by their own doing or not: which are done again, and which given up."""

import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from digest_lib.running.crew import Crew
from digest_lib.running.pool import KilledOften, Pool, Workers, told_killed


@dataclass(frozen=True)
class Task:
    """One that kills its process so many `times` before it is done; `long`: in which others are killed."""

    folder: Path
    name: str
    times: int = 0
    long: bool = False

    @property
    def attempts(self) -> int:
        return len(list(self.folder.glob(f"{self.name}-*")))


def work(task: Task) -> str:
    number = task.attempts + 1
    others = {path.name for path in task.folder.glob("*.now")}
    (task.folder / f"{task.name}-{number}").write_text(" ".join(sorted(others)))
    mark = task.folder / f"{task.name}.now"
    mark.touch()
    ends = time.monotonic() + 60
    while task.long and not [*task.folder.glob("b-2")] and time.monotonic() < ends:
        time.sleep(0.02)
    mark.unlink()
    if number <= task.times:
        os.kill(os.getpid(), 9)
    return f"done in {number}"


def came_of(
    tasks: list[Task], make: Callable[[], Executor], at_once: int = 2, **others: object
) -> dict[str, str]:
    waiting = list(tasks)

    def take(most: int) -> list[Task]:
        taken, waiting[:] = waiting[:most], waiting[most:]
        return taken

    pool = Pool(
        Workers(make, at_once), take, work, lambda _, says: says, lambda _, n: f"killed {n}", **others
    )  # type: ignore[arg-type]
    return {task.name: result for task, result in pool.run()}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_a_kill_costs_one_task_one_attempt_and_who_is_killed_alone_too_is_given_up(tmp_path: Path) -> None:
    tasks = [
        Task(tmp_path, "a", long=True),
        Task(tmp_path, "b", 1),
        Task(tmp_path, "c", 3),
        Task(tmp_path, "d", 9),
    ]
    assert came_of(tasks, lambda: Crew(2)) == {
        "a": "done in 1", "b": "done in 2", "c": "done in 4", "d": "killed 4",
    }  # fmt: skip
    alone = [tmp_path / f"{name}-{number}" for name in "cd" for number in (3, 4)]
    assert [path.read_text() for path in alone] == [""] * 4


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_where_a_pool_breaks_as_a_whole_nobody_is_given_up_for_another(tmp_path: Path) -> None:
    made = []

    def make() -> Executor:
        made.append(ProcessPoolExecutor(2, multiprocessing.get_context("fork")))
        return made[-1]

    tasks = [Task(tmp_path, "a", 9), *(Task(tmp_path, name, long=name == "e") for name in "fghe")]
    (tmp_path / "b-2").touch()
    found = came_of(tasks, make)
    assert found.pop("a") == "killed 4"
    assert {name: told[:4] for name, told in found.items()} == dict.fromkeys("fghe", "done")
    assert len(made) <= 5


class Trying(Executor):
    """An executor that tries by itself before it says that a task's workers died."""

    def __init__(self, times: int) -> None:
        self.times, self.asked = times, Counter[str]()

    def submit(self, fn: object, task: Task) -> Future[str]:  # type: ignore[override]
        self.asked[task.name] += 1
        told: Future[str] = Future()
        told.set_exception(KilledOften(self.times))
        return told


@pytest.mark.parametrize(
    ("times", "given", "says"), [(1, 4, "killed 4"), (4, 2, "killed 8"), (2, 2, "killed 4")]
)
def test_what_an_executor_has_tried_by_itself_counts(
    tmp_path: Path, times: int, given: int, says: str
) -> None:
    executor = Trying(times)
    assert came_of([Task(tmp_path, "a")], lambda: executor) == {"a": says}
    assert executor.asked == {"a": given}


def test_where_no_time_is_left_nothing_is_done_again(tmp_path: Path) -> None:
    def once() -> Iterator[Task | None]:
        yield Task(tmp_path, "again")
        yield None

    left = once()
    assert came_of([Task(tmp_path, "a")], lambda: Trying(1), again=lambda _: next(left)) == {
        "again": "killed 2"
    }


def test_how_often_is_said() -> None:
    assert "killed once (" in told_killed(1)
    assert "killed 4 times (" in told_killed(4)
