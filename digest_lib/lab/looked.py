"""An experiment's folder, looked at: its scores and sentences, from what is kept of its runs alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from digest_lib.errors import UserError
from digest_lib.lab import keep, table
from digest_lib.lab.board import Board
from digest_lib.lab.changed import Changed, changed
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import Experiment, read_experiment
from digest_lib.lab.inputs import code_version
from digest_lib.lab.keep import Result
from digest_lib.lab.plot import Picture, plot
from digest_lib.lab.rate import agreement, preferred, ratings
from digest_lib.lab.rated import about
from digest_lib.lab.sidebyside import SideBySide, side_by_side
from digest_lib.version import __version__

if TYPE_CHECKING:
    import pandas as pd

#: What a plot shows where nothing is chosen.
_PLOTTED = ("supported", "kept", "withheld", "characters")


def open_report(path: str | Path) -> Looked:
    """What is kept of the experiment of a YAML file; also of one that was shared, without its home. Raises
    `UserError`."""
    return Looked(read_experiment(Path(path)))


@dataclass(frozen=True)
class Looked:
    """An experiment's runs: `scoreboard`, `plot()`, `changes`, `side_by_side()`, and `scores`, which is the
    tidy table."""

    experiment: Experiment

    def __repr__(self) -> str:
        return "\n".join(self._about())

    def _repr_html_(self) -> str:
        said, *variants = map(escape, self._about())
        return f"<p>{said}</p><ul>{''.join(f'<li>{one}</li>' for one in variants)}</ul>"

    def _about(self) -> list[str]:
        """What was compared, in a line, and each variant in one."""
        runs = self.results
        families, days = (
            list(dict.fromkeys(some)) for some in zip(*((r.family, r.date) for r in runs), strict=True)
        )
        said = f"{self.experiment.name}{f'：{self.experiment.note}' if self.experiment.note else ''}"
        over = f"{min(days)}–{max(days)}" if len(days) > 1 else days[0]
        seeds = f" × {self.experiment.seeds} seeds" if self.experiment.seeds > 1 else ""
        size = f"{'、'.join(sorted(families))} × {over}{seeds} = {len(runs)} runs"
        told = (f"{v.name}{f'：{v.note}' if v.note else ''}" for v in self.experiment.variants)
        return [f"{said}（{size}；{__version__}，code {code_version()}）", *told]

    @cached_property
    def results(self) -> list[Result]:
        """What is kept of the runs."""
        names = [variant.name for variant in self.experiment.variants]
        return self._some(keep.read_all(self.experiment.folder, names))

    def _some(self, found: list[Result]) -> list[Result]:
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

    @cached_property
    def changes(self) -> Changed:
        """In what each variant is other than the first one."""
        return changed([variant.name for variant in self.experiment.variants], self.results)

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
