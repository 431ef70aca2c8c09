"""An experiment, run: what is kept is taken as it is, the rest is run side by side."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from digest_lib import owners
from digest_lib.errors import BadInput
from digest_lib.lab import keep
from digest_lib.lab.ahead import imports
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.news import news
from digest_lib.lab.plan import check_servers, plan
from digest_lib.lab.planned import OFFLINE, Run
from digest_lib.lab.servers import served
from digest_lib.lab.tasks import days_together, in_order, tasks_of
from digest_lib.lab.work import Done, Task, work
from digest_lib.running.leftovers import sweep_experiment
from digest_lib.running.pool import Pool, Workers, told_killed
from digest_lib.running.run import processes
from digest_lib.settings import Home, llm_at_once
from digest_lib.turns import BEGINNING
from digest_lib.writing.together import KERNELS


def missing(folder: Path, runs: Sequence[Run]) -> list[Run]:
    """The runs that are not kept yet, or were of other inputs."""
    return [run for run in runs if keep.load(folder, run) is None]


def to_run(home: Home, experiment: Experiment) -> tuple[list[Run], list[Run]]:
    """The experiment's runs, and those of them that are not kept, which an llm is asked for. Raises
    `UserError`, also where it cannot be asked; of what is kept, nobody is asked again."""
    runs = plan(home, experiment, asks=False)
    wanted = missing(experiment.folder, runs)
    check_servers(experiment, wanted)
    return runs, wanted


def run_all(
    home: Home, experiment: Experiment, runs: Sequence[Run], workers: int | None, seconds: float, *,
    dry: bool = False, dask: str = "",
) -> Iterator[Done]:  # fmt: skip
    """What came of every run, as it comes; the experiment's servers are there meanwhile. `dry`: only what
    would be asked. `dask`: a scheduler's address, whose workers run them in place of this machine's; each has
    as much under way as if it were alone, or all of them as much as so many `workers` where that is said."""
    sweep_experiment(experiment.folder)
    if not runs:  # neither servers nor workers are begun for nothing
        return
    with served(experiment) as at, slots(experiment.folder, workers, beginning=not dask) as turns:
        there = _cluster(dask, home, experiment) if dask else _processes(runs, workers, dry=dry)
        found = {(run.date, run.family): 0 for run in runs} if dry else news(home, runs)
        days = days_together(runs, there.at_once)
        tasks = tasks_of(home, experiment, runs, at, seconds, dry=dry, days=days, found=found)
        tasks = in_order(tasks, found, there.at_once)
        taken = "" if dask and workers is None else turns
        yield from run_tasks([replace(task, slots=taken) for task in tasks], there)


def _processes(runs: Sequence[Run], workers: int | None, *, dry: bool) -> Workers:
    """Processes on this machine. While a kernel waits for its llm, another one may read and check: there are
    as many more of them as share the turns of one."""
    count = workers or os.cpu_count() or 1
    waits = not dry and any(run.parameters.get("llm", OFFLINE) != OFFLINE for run in runs)
    return processes(count * KERNELS if waits else count, *imports(asks=not dry))


@contextmanager
def slots(folder: Path, workers: int | None, *, beginning: bool) -> Iterator[str]:
    """A folder with an empty file for each request that may be under way in all kernels together; and where
    they are all of this machine, for each that may be `beginning`: the first would wait for all others."""
    (folder / "work").mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f"slots.{owners.mine()}.", dir=folder / "work") as made:
        count = workers or os.cpu_count() or 1
        for number in range(count * llm_at_once()):
            (Path(made) / str(number)).touch()
        if beginning:
            (Path(made) / BEGINNING).mkdir()
            for number in range(count):
                (Path(made) / BEGINNING / str(number)).touch()
        yield made


def _cluster(address: str, home: Home, experiment: Experiment) -> Workers:
    """The workers at the address. Raises `UserError` where they could not run the experiment."""
    if home.root.resolve() not in experiment.folder.parents:
        raise BadInput(experiment.path, f"with --dask an experiment lies in its home, {home.root}")
    from digest_lib.running.cluster import on_cluster

    return on_cluster(address, home)


def run_tasks(tasks: Sequence[Task], workers: Workers) -> Iterator[Done]:
    """What came of every run, as it comes; that of a worker that is killed is run again, see `Pool`."""
    waiting = deque(tasks)

    def take(most: int) -> list[Task]:
        return [waiting.popleft() for _ in range(min(most, len(waiting)))]

    def killed(task: Task, times: int) -> list[Done]:
        return _failed(task, told_killed(times))

    for _, done in Pool(workers, take, work, _failed, killed).run():
        yield from done


def _failed(task: Task, why: str) -> list[Done]:
    return [Done(run, why) for run in task.runs]
