"""What an experiment's runs come to: scored, and written into its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from digest_lib.lab import keep, table
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.keep import Result
from digest_lib.lab.planned import Run

if TYPE_CHECKING:
    import pandas as pd


def report(
    experiment: Experiment, runs: Sequence[Run], known: Mapping[str, Result] | None = None
) -> pd.DataFrame | None:
    """The scoreboard of those of the runs that are kept (None: of none), with its tables written. Those that
    are `known` by their names are not read again."""
    found = ((known or {}).get(run.name) or keep.load(experiment.folder, run) for run in runs)
    return reported(experiment, [result for result in found if result])


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
