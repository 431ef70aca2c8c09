"""Work given to an executor's workers, some at a time; what a killed worker took with it is done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, runtime_checkable

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Killed so often, a task is suspected of it, and runs with nothing else under way; so often like that, it is
#: given up.
SUSPECT, ENOUGH = 2, 2


class KilledOften(BrokenExecutor):
    """For an executor that tries by itself: so many `times` the worker died that had the task."""

    def __init__(self, times: int) -> None:
        super().__init__(times)
        self.times = times


@runtime_checkable
class Sparing(Protocol):
    """An executor that may be told how many workers are still wanted; it begins others if need be."""

    def spare(self, wanted: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Workers:
    """How runs are executed: `make` makes an executor of `concurrent.futures`' kind (Dask's client gives one
    too), which is given `at_once` tasks at a time."""

    make: Callable[[], Executor]
    at_once: int


def told_killed(times: int) -> str:
    """What a task has failed of that was given up."""
    often = "once" if times == 1 else f"{times} times"
    return f"its process was killed {often} (out of memory?); give it more memory, and run it again"


@dataclass(eq=False, slots=True)
class _Tried(Generic[Task]):
    """A task, how often it was killed, and how often of these it was alone."""

    task: Task
    killed: int = 0
    alone: int = 0

    @property
    def suspected(self) -> bool:
        return self.killed >= SUSPECT

    def note(self, times: int) -> None:
        self.alone += times if self.suspected else 0
        self.killed += times


@dataclass(frozen=True)
class Pool(Generic[Task, Result]):
    """What workers do: `take` gives at most so many tasks as may start now, a worker does `work` with one;
    `failed` says what came of one that raised (with its line), `killed` of one that is given up since its
    process died so often. Before that it is done `again` as that says, unless it says None."""

    workers: Workers
    take: Callable[[int], list[Task]]
    work: Callable[[Task], Result]
    failed: Callable[[Task, str], Result]
    killed: Callable[[Task, int], Result]
    again: Callable[[Task], Task | None] = lambda task: task

    def run(self) -> Iterator[tuple[Task, Result]]:
        """What came of every task, as it comes, until none is under way and none may start.

        A process may be killed for what its task does, for what others do beside it, or by chance. So a task
        is done again at once, and after its second time where nothing else can be the cause.
        """
        pool = self.workers.make()
        running: dict[Future[Result], _Tried[Task]] = {}
        waiting: list[_Tried[Task]] = []
        try:
            while True:
                for tried in self._next([*running.values()], waiting):
                    pool, future = self._submitted(pool, tried.task)
                    running[future] = tried
                if isinstance(pool, Sparing) and len(running) < self.workers.at_once:
                    pool.spare(len(running))
                if not running:
                    pool.shutdown()
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    tried = running.pop(future)
                    try:
                        result = self._result(future, tried)
                    except BrokenExecutor:
                        waiting.append(tried)
                        continue
                    yield tried.task, result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _next(self, running: list[_Tried[Task]], waiting: list[_Tried[Task]]) -> list[_Tried[Task]]:
        """What starts now, and waits no more: first what was killed; a suspect with nothing beside it."""
        suspects = [tried for tried in (*running, *waiting) if tried.suspected]
        if suspects and running:
            return []
        room = 1 if suspects else self.workers.at_once - len(running)
        first = (suspects or waiting)[:room]
        waiting[:] = [tried for tried in waiting if tried not in first]
        return first + [_Tried(task) for task in self.take(room - len(first))]

    def _submitted(self, pool: Executor, task: Task) -> tuple[Executor, Future[Result]]:
        """The task given to the pool, or to a new one where a killed worker has taken all of it along."""
        try:
            return pool, pool.submit(self.work, task)
        except BrokenExecutor:
            pool.shutdown(wait=False, cancel_futures=True)
            pool = self.workers.make()
            return pool, pool.submit(self.work, task)

    def _result(self, future: Future[Result], tried: _Tried[Task]) -> Result:
        """Raises `BrokenExecutor` when its process died, and it is to be done again."""
        try:
            return future.result()
        except BrokenExecutor as error:
            tried.note(error.times if isinstance(error, KilledOften) else 1)
            again = None if tried.alone >= ENOUGH else self.again(tried.task)
            if again is None:
                return self.killed(tried.task, tried.killed)
            tried.task = again
            raise
        except Exception as error:
            return self.failed(tried.task, (str(error).splitlines() or [type(error).__name__])[0])
