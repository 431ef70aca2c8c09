"""An experiment's runs as tasks of kernels, and in which order they are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest_lib.lab.experiment import Experiment
from digest_lib.lab.planned import Run
from digest_lib.lab.work import Task
from digest_lib.settings import Home

#: Days of a family that are looked at in one kernel where nothing is asked, at most; and so many kernels a
#: worker has at least.
_MOST_DAYS, _LEAST_KERNELS = 8, 2


def tasks_of(
    home: Home, experiment: Experiment, runs: Sequence[Run], at: Mapping[str, str], seconds: float, *,
    found: Mapping[tuple[str, str], int], dry: bool = False, days: int = 1,
) -> list[Task]:  # fmt: skip
    """The runs by kernels, earliest days first: those of a family's day and a server (which is `at` that
    address) share one, with all that their variants leave alone; and so many `days` of the family where they
    ask nothing, which is those of which no news was `found`, by (date, family)."""
    chains: dict[tuple[str, str, bool], dict[str, list[Run]]] = {}
    for run in runs:
        asks = found[run.date, run.family] > 0
        chains.setdefault((run.family, run.server, asks), {}).setdefault(run.date, []).append(run)
    tasks = []
    for (_, server, asks), by_day in chains.items():
        key = experiment.servers[server].key if server else ""
        dates, together = sorted(by_day), 1 if asks else days
        for n in range(0, len(dates), together):
            some = tuple(run for date in dates[n : n + together] for run in by_day[date])
            tasks.append(Task(home.root, experiment.folder, some, at.get(server, ""), key, seconds, dry=dry))
    return sorted(tasks, key=lambda task: (task.date, task.family, task.runs[0].server))


def in_order(tasks: Sequence[Task], found: Mapping[tuple[str, str], int], workers: int) -> list[Task]:
    """The tasks in an order in which much is under way from the beginning on: first, for half of the workers,
    what has most news and so most to ask side by side, then the others as they are. Those that ask nothing
    are spread among them: they are done while others wait for their llm."""
    sized = [(sum(found[run.date, run.family] for run in task.runs), task) for task in tasks]
    quiet = [task for size, task in sized if not size]
    asking = [(size, task) for size, task in sized if size]
    first = sorted(asking, key=lambda one: -one[0])[: (workers + 1) // 2]
    rest = [one[1] for one in asking if one not in first]
    spread = [((k + 0.5) / len(some), task) for some in (rest, quiet) for k, task in enumerate(some)]
    return [*(task for _, task in first), *(task for _, task in sorted(spread, key=lambda one: one[0]))]


def days_together(runs: Sequence[Run], workers: int) -> int:
    """How many days of a family one kernel looks at where nothing is asked or kept: to begin one costs more
    than several days do. Each worker has some to do, and something is to be told of now and then."""
    kernels = len({(run.date, run.family, run.server) for run in runs})
    return max(1, min(_MOST_DAYS, kernels // (workers * _LEAST_KERNELS)))
