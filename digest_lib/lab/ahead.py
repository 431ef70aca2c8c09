"""What an experiment's kernels import, imported while it is found out what is to be run.

It takes longer than all else before the first request, and on a processor that has nothing to do yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from digest_lib.lab.experiment import Experiment
from digest_lib.running.forking import Preloaded
from digest_lib.settings import environment_of
from digest_lib.writing.server import ASKING
from digest_lib.writing.usage import OFFLINE

#: What a worker is to do, and a kernel: it and what it imports are there before there is one.
_TASK: Final = ("digest_lib.lab.work", "digest_lib.sections.trial")


@contextmanager
def ahead(experiment: Experiment) -> Iterator[None]:
    """Has it imported meanwhile, where something seems to be left to run."""
    kept = sum(1 for _ in (experiment.folder / "runs").glob("*/*.json"))
    each = len(experiment.variants) * len(experiment.dataset.dates()) * experiment.seeds
    if kept >= each * max(1, len(experiment.dataset.families)):
        yield
        return
    with ExitStack() as stack:
        with environment_of({"DIGEST_FETCH": "no"}):  # nor will a kernel
            stack.enter_context(
                Preloaded.ahead(*imports(v.parameters.get("llm", "") for v in experiment.variants))
            )
        yield


def imports(llms: Iterable[str]) -> tuple[str, ...]:
    """What workers and kernels import beside what all do, by who writes."""
    return (*_TASK, *ASKING) if any(llm != OFFLINE for llm in llms) else _TASK
