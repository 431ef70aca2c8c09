"""Work given to an executor's workers, some at a time; what a killed worker took with it is done again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Workers:
    """How runs are executed: `make` makes an executor of `concurrent.futures`' kind (Dask's client gives one
    too), which is given `at_once` tasks at a time."""

    make: Callable[[], Executor]
    at_once: int


@dataclass(frozen=True)
class Pool(Generic[Task, Result]):
    """What workers do: `take` gives at most so many tasks as may start now, a worker does `work` with one;
    `failed` says what came of one that raised (with its line), `killed` of one whose process died twice."""

    workers: Workers
    take: Callable[[int], list[Task]]
    work: Callable[[Task], Result]
    failed: Callable[[Task, str], Result]
    killed: Callable[[Task], Result]

    def run(self) -> Iterator[tuple[Task, Result]]:
        """What came of every task, as it comes, until none is under way and none may start.

        A worker that is killed takes its pool with it, and nothing tells which task killed it: each that was
        under way runs once more in a pool of its own, and one that dies there too was killed.
        """
        pool = self.workers.make()
        running: dict[Future[Result], Task] = {}
        try:
            while True:
                suspects = self._submit(pool, self.take(self.workers.at_once - len(running)), running)
                if not running and not suspects:
                    pool.shutdown()
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    try:
                        result = self._result(future, task)
                    except BrokenExecutor:
                        suspects.append(task)
                        continue
                    yield task, result
                if suspects:
                    suspects += running.values()
                    running.clear()
                    pool.shutdown(wait=False, cancel_futures=True)
                    yield from ((task, self._alone(task)) for task in suspects)
                    pool = self.workers.make()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, pool: Executor, tasks: list[Task], running: dict[Future[Result], Task]) -> list[Task]:
        """Hands the tasks to the pool; those that a broken pool does not take come back."""
        left = deque(tasks)
        while left:
            try:
                running[pool.submit(self.work, left[0])] = left[0]
            except BrokenExecutor:
                return list(left)
            left.popleft()
        return []

    def _alone(self, task: Task) -> Result:
        """What comes of the task where it can take nobody with it."""
        pool = self.workers.make()
        try:
            return self._result(pool.submit(self.work, task), task)
        except BrokenExecutor:
            return self.killed(task)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _result(self, future: Future[Result], task: Task) -> Result:
        """Raises `BrokenExecutor` when its process died."""
        try:
            return future.result()
        except BrokenExecutor:
            raise
        except Exception as error:
            return self.failed(task, (str(error).splitlines() or [type(error).__name__])[0])
