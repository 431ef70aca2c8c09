"""What of an experiment's report is done while its runs wait for their llm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping

from digest_lib.lab import keep
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.keep import Result
from digest_lib.lab.work import Done


def looked_at(
    experiment: Experiment, came: Iterable[Done], known: MutableMapping[str, Result]
) -> Iterator[Done]:
    """Passes on what came of runs. Each that is kept becomes `known` by its run's name, and scorers look at
    it, while others wait for their llm: at the end they know what they found of a text."""
    for one in came:
        yield one
        # Slow to import: before the first has come it would hold up what is to ask.
        import pandas as pd  # noqa: F401

        import digest_lib.lab.report  # noqa: F401
        from digest_lib.lab.scorers import scores_of

        if not one.error and (found := keep.load(experiment.folder, one.run)):
            known[one.run.name] = found
            scores_of(found.case(), experiment.scorers)
