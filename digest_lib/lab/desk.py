"""The lab in a notebook: an experiment opened, run, looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from digest_lib.errors import UserError
from digest_lib.files import write_atomic
from digest_lib.lab import keep
from digest_lib.lab.beside import Comparison, beside
from digest_lib.lab.experiment import read_experiment
from digest_lib.lab.keep import Result
from digest_lib.lab.looked import Looked
from digest_lib.lab.meanwhile import looked_at
from digest_lib.lab.planned import Run
from digest_lib.lab.rate import Rating, open_rating
from digest_lib.lab.report import report
from digest_lib.lab.run import missing, run_all, to_run
from digest_lib.lab.showing import estimates, follow_plainly, told
from digest_lib.settings import Home

if TYPE_CHECKING:
    import pandas as pd

#: Lines that tell of a dry run as it goes.
_DRY_LINES = 8


def open_lab(experiment: str, name: str = "example", *, home: Home | None = None) -> Lab:
    """The experiment of a YAML text, kept as `experiments/NAME.yaml` beside the notebooks; or of a file that
    is there, where `experiment` is empty. Raises `UserError` in a line for whatever is wrong with it."""
    home = home or Home.find()
    path = home.experiments / f"{name}.yaml"
    if experiment.strip():
        write_atomic(path, experiment.strip() + "\n")
    read = read_experiment(path)
    return Lab(read, home, tuple(to_run(home, read)[0]))


@dataclass(frozen=True)
class Lab(Looked):
    """An experiment at the desk: `dry_run()`, `run()`, then `scoreboard`, `plot()`, `side_by_side()`,
    `diff()`, and `scores`, which is the tidy table."""

    home: Home
    runs: tuple[Run, ...]

    def __repr__(self) -> str:
        wanted = missing(self.experiment.folder, self.runs)
        return told(self.experiment, self.runs, wanted)

    def dry_run(self, workers: int | None = None) -> pd.DataFrame:
        """How many requests, tokens and dollars at most, by variant; nothing is asked."""
        wanted = missing(self.experiment.folder, self.runs)
        came = run_all(self.home, self.experiment, wanted, workers, 900.0, dry=True)
        done = follow_plainly(came, len(wanted), _DRY_LINES)
        failed = [one for one in done if one.error]
        if failed:
            raise UserError(f"{failed[0].run.name}: {failed[0].error}")
        return estimates(done)

    def run(self, workers: int | None = None, max_seconds: float = 900.0) -> Lab:
        """Runs what is missing, telling of each run as it ends and of how long the rest may take. What fails
        is told with its variant, family and day, and left out of the scores."""
        wanted = missing(self.experiment.folder, self.runs)
        print(told(self.experiment, self.runs, wanted))
        came = run_all(self.home, self.experiment, wanted, workers, max_seconds)
        known: dict[str, Result] = {}
        follow_plainly(looked_at(self.experiment, came, known), len(wanted))
        report(self.experiment, self.runs, known)
        return Lab(self.experiment, self.home, self.runs)

    @cached_property
    def results(self) -> list[Result]:
        """What is kept of these very runs."""
        return self._some(keep.load_all(self.experiment.folder, self.runs))

    def diff(self, variant: str, family: str, day: str, seed: int | None = None) -> Comparison:
        """The digest of a run beside the one that was published of its family and day."""
        mine = [r for r in self.results if (r.variant, r.family, r.date) == (variant, family, day)]
        found = next((r for r in mine if r.seed == seed or seed is None), None)
        if found is None:
            raise UserError(f"no run of variant «{variant}», {family}, {day} is kept; call run()")
        return beside(self.home, found.facts, found.requests)

    def rate(self, one: str, other: str, rater: str) -> Rating:
        """Two variants, rated blind: their digests of each day beside each other, without names."""
        return open_rating(self.experiment.folder, self.results, one, other, rater)

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>"
