"""What an experiment's runs come to: scored, and written into its folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest_lib.lab import keep, table
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.plan import Run
from digest_lib.settings import Home

if TYPE_CHECKING:
    import pandas as pd


def report(experiment: Experiment, runs: Sequence[Run], home: Home | None) -> pd.DataFrame | None:
    """The scoreboard of those of the runs that are kept (None: of none), with its tables written."""
    results = [result for run in runs if (result := keep.load(experiment.folder, run))]
    if not results:
        return None
    scores = table.scored(experiment, results, home)
    told = table.sentences(results, table.cases(results, home))
    table.write(experiment.folder, scores, told, table.timings(results))
    return scoreboard(scores)
