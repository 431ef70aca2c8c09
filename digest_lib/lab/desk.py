"""The lab in a notebook: an experiment opened, run, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from digest_lib.errors import UserError
from digest_lib.files import write_atomic
from digest_lib.lab import keep, table
from digest_lib.lab.beside import Comparison, beside
from digest_lib.lab.board import Board
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import Experiment, read_experiment
from digest_lib.lab.keep import Result
from digest_lib.lab.plan import Run, plan
from digest_lib.lab.plot import Picture, plot
from digest_lib.lab.rate import Rating, agreement, open_rating, preferred, ratings
from digest_lib.lab.rated import about
from digest_lib.lab.report import report
from digest_lib.lab.run import missing, run_all
from digest_lib.lab.showing import estimates, told
from digest_lib.lab.sidebyside import SideBySide, side_by_side
from digest_lib.settings import Home

if TYPE_CHECKING:
    import pandas as pd

#: What a plot shows where nothing is chosen.
_PLOTTED = ("supported", "kept", "withheld", "characters")


def open_lab(experiment: str, name: str = "example", *, home: Home | None = None) -> Lab:
    """The experiment of a YAML text, kept as `experiments/NAME.yaml` in the home; or of a file that is there,
    where `experiment` is empty. Raises `UserError` in a line for whatever is wrong with it."""
    home = home or Home.find()
    path = home.root / "experiments" / f"{name}.yaml"
    if experiment.strip():
        write_atomic(path, experiment.strip() + "\n")
    read = read_experiment(path)
    return Lab(home, read, tuple(plan(home, read)))


@dataclass(frozen=True)
class Lab:
    """An experiment at the desk: `dry_run()`, `run()`, then `scoreboard`, `plot()`, `side_by_side()`,
    `diff()`, and `scores`, which is the tidy table."""

    home: Home
    experiment: Experiment
    runs: tuple[Run, ...]

    def __repr__(self) -> str:
        wanted = missing(self.experiment.folder, self.runs)
        return told(self.experiment, self.runs, wanted)

    def dry_run(self, workers: int | None = None) -> pd.DataFrame:
        """How many requests, tokens and dollars at most, by variant; nothing is asked."""
        wanted = missing(self.experiment.folder, self.runs)
        done = list(run_all(self.home, self.experiment, wanted, workers, 900.0, dry=True))
        failed = [one for one in done if one.error]
        if failed:
            raise UserError(f"{failed[0].run.name}: {failed[0].error}")
        return estimates(done)

    def run(self, workers: int | None = None, max_seconds: float = 900.0) -> Lab:
        """Runs what is missing, telling of each run as it ends and of how long the rest may take. What fails
        is told with its variant, family and day, and left out of the scores."""
        from digest_lib.lab.showing import follow_plainly

        wanted = missing(self.experiment.folder, self.runs)
        print(told(self.experiment, self.runs, wanted))
        follow_plainly(run_all(self.home, self.experiment, wanted, workers, max_seconds), len(wanted))
        report(self.experiment, self.runs)
        return Lab(self.home, self.experiment, self.runs)

    @cached_property
    def results(self) -> list[Result]:
        """What is kept of the runs."""
        found = keep.load_all(self.experiment.folder, self.runs)
        if not found:
            raise UserError(f"{self.experiment.name}: nothing has been run yet; call run()")
        return found

    @cached_property
    def scores(self) -> pd.DataFrame:
        """The tidy table: experiment, variant, family, day, seed, scorer, score."""
        return table.scored(self.experiment, self.results)

    @cached_property
    def scoreboard(self) -> Board:
        """A row a score, a column a variant, with what is beyond its interval marked."""
        names = tuple(v.name for v in self.experiment.variants)
        return Board(scoreboard(self.scores), names, about(self.experiment.folder, names))

    def plot(self, *scorers: str) -> Picture:
        """The scores (default: some of them) as a dot and an interval a variant."""
        board = self.scoreboard.frame
        unknown = [name for name in scorers if name not in set(board["scorer"])]
        if unknown:
            raise UserError(
                f"no score «{unknown[0]}»; there are: {', '.join(dict.fromkeys(board['scorer']))}"
            )
        return plot(board, scorers or _PLOTTED)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """Every text that was written, those withheld first; filter it as any table."""
        return table.sentences(table.in_order(self.experiment, self.results), table.cases(self.results))

    def side_by_side(
        self,
        *,
        family: str = "",
        day: str = "",
        contains: str = "",
        variants: Sequence[str] = (),
        most: int = 12,
    ) -> SideBySide:
        """What the variants wrote of the same story or section, side by side, worst first."""
        return side_by_side(
            self.sentences, family=family, day=day, contains=contains,
            variants=tuple(variants) or tuple(v.name for v in self.experiment.variants), most=most,
        )  # fmt: skip

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

    @property
    def ratings(self) -> pd.DataFrame:
        """What raters preferred: a row a variant, with how far raters agree on the pairs that two of them
        rated."""
        import pandas as pd

        told = ratings(self.experiment.folder)
        agreed = agreement(told)
        rows = [
            (variant, share, n, agreed and agreed[0], agreed[1] if agreed else 0)
            for variant, (share, n) in preferred(told).items()
        ]
        return pd.DataFrame(
            rows, columns=["variant", "preferred", "ratings", "agreement", "pairs rated twice"]
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>"
