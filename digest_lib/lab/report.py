"""What an experiment's runs come to: scored, and written into its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from digest_lib.lab import keep, table
from digest_lib.lab.case import Case
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.keep import Result
from digest_lib.lab.plan import Run
from digest_lib.lab.scorers import scores_of
from digest_lib.lab.work import Done

if TYPE_CHECKING:
    import pandas as pd


def looked_at(experiment: Experiment, came: Iterable[Done]) -> Iterator[Done]:
    """Passes on what came of runs. Scorers look at each that is kept while others wait for their llm: at the
    end they know what they found of a text."""
    for one in came:
        yield one
        if not one.error and (found := keep.load(experiment.folder, one.run)):
            scores_of(Case(found.facts, found.draft, found.before), experiment.scorers)


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
