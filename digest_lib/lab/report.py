"""What an experiment's runs come to: scored, and written into its folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest_lib.lab import keep, table
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.keep import Result
from digest_lib.lab.plan import Run

if TYPE_CHECKING:
    import pandas as pd


def report(experiment: Experiment, runs: Sequence[Run]) -> pd.DataFrame | None:
    """The scoreboard of those of the runs that are kept (None: of none), with its tables written."""
    return reported(experiment, keep.load_all(experiment.folder, runs))


def reported(experiment: Experiment, results: Sequence[Result]) -> pd.DataFrame | None:
    """The same of results, wherever they come from."""
    if not results:
        return None
    results = table.in_order(experiment, results)
    scores = table.scored(experiment, results)
    told = table.sentences(results, table.cases(results))
    board = scoreboard(scores)
    table.write(experiment.folder, scores, board, told, table.timings(results))
    return board
