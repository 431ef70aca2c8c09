"""What is adopted of an experiment as the site's readers get it: figures and differences, no article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from digest_lib.day import TAIPEI
from digest_lib.lab.board import Board
from digest_lib.lab.changed import Ran, changes_of
from digest_lib.lab.compare import ENOUGH_DAYS
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.scorers import better_of, says_of
from digest_lib.secrets import Scanner
from digest_lib.site.adopted import Change, Report, Score, Tried


def report_of(
    experiment: Experiment, runs: Iterable[Ran], variant: str, board: Board, changes: Sequence[Change],
    now: datetime,
) -> Report:  # fmt: skip
    """The report of an experiment, of which the `variant` was adopted (empty: none was). Raises `UnsafePost`
    where it would show a secret."""
    runs = list(runs)
    tried = changes_of([one.name for one in experiment.variants], runs)
    report = Report(
        experiment=experiment.name, note=experiment.note, adopted=variant, on=now.astimezone(TAIPEI).date(),
        families=tuple(dict.fromkeys(run.family for run in runs)), days=tuple(experiment.dataset.dates()),  # type: ignore[arg-type]
        variants=tuple(
            Tried(name=one.name, note=one.note, changes=tuple(tried.get(one.name, ())))
            for one in experiment.variants
        ),
        changes=tuple(changes), scores=tuple(_score(row) for row in _rows(board)),
        enough_days=ENOUGH_DAYS, rated=board.rated,
    )  # fmt: skip
    Scanner().scan(report.model_dump_json().encode(), f"the report {report.name}")
    return report


def _rows(board: Board) -> list[Mapping[str, Any]]:
    return board.frame.astype(object).where(board.frame.notna(), None).to_dict("records")  # type: ignore[return-value]


def _score(row: Mapping[str, Any]) -> Score:
    name = str(row["scorer"])
    return Score(**{**row, "says": says_of(name), "better": better_of(name)})
