"""An experiment, run: what is kept is taken as it is, the rest is run side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from pathlib import Path

from digest_lib.lab import keep
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.plan import Run
from digest_lib.lab.work import Done, Task, work
from digest_lib.running.run import Workers
from digest_lib.settings import Home

#: What a run is told to have failed of whose process died twice.
_KILLED = "its process was killed twice (out of memory?); run it again"


def missing(folder: Path, runs: Sequence[Run]) -> list[Run]:
    """The runs that are not kept yet, or were of other inputs."""
    return [run for run in runs if keep.load(folder, run) is None]


def tasks_of(
    home: Home, experiment: Experiment, runs: Sequence[Run], at: Mapping[str, str], seconds: float, *,
    dry: bool = False,
) -> list[Task]:  # fmt: skip
    """The runs by kernels, earliest days first: those of a family's day and a server (which is `at` that
    address) share one, with all that their variants leave alone."""
    days: dict[tuple[str, str, str], list[Run]] = {}
    for run in runs:
        days.setdefault((run.date, run.family, run.server), []).append(run)
    tasks = []
    for (_, _, server), some in sorted(days.items()):
        key = experiment.servers[server].key if server else ""
        tasks.append(Task(home.root, experiment.folder, tuple(some), at.get(server, ""), key, seconds, dry))
    return tasks


def run_tasks(tasks: Sequence[Task], workers: Workers) -> Iterator[Done]:
    """What came of every run, as it comes. A worker that dies takes its pool with it: the tasks that were
    under way run once more, each alone, and one that dies there too has failed."""
    waiting, running = list(tasks), dict[Future[list[Done]], Task]()
    pool = workers.make()
    try:
        while waiting or running:
            suspects: list[Task] = []
            while waiting and len(running) < workers.at_once:
                try:
                    future = pool.submit(work, waiting[0])
                except BrokenExecutor:
                    break
                running[future] = waiting.pop(0)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                result = _result(future, task)
                if result is None:
                    suspects.append(task)
                else:
                    yield from result
            if suspects:
                suspects += running.values()
                running.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                for task in suspects:
                    yield from _alone(task, workers)
                pool = workers.make()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(task: Task, workers: Workers) -> list[Done]:
    pool = workers.make()
    try:
        return _result(pool.submit(work, task), task) or [Done(run, _KILLED) for run in task.runs]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _result(future: Future[list[Done]], task: Task) -> list[Done] | None:
    """What came of the task; None where its process died."""
    try:
        return future.result()
    except BrokenExecutor:
        return None
    except Exception as error:
        line = (str(error).splitlines() or [type(error).__name__])[0]
        return [Done(run, line) for run in task.runs]
