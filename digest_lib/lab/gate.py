"""The gate: does a variant lower a score beyond what chance does?

Where two variants are as good as each other, a day's difference is as likely to be the one way as the other.
So the signs of the days' differences are flipped in every way there is (with many days: in many, seeded), and
the gate asks how often chance alone lowers the mean as much as was seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from digest_lib.charts.scale import in_digits
from digest_lib.errors import UserError
from digest_lib.lab.compare import by_run, daily, paired
from digest_lib.lab.scorers import better_of

if TYPE_CHECKING:
    import pandas as pd

#: With more days than that, flips are drawn instead of counted out.
_ALL_FLIPS = 14
_DRAWS, _SEED = 20_000, 20_260_729


@dataclass(frozen=True, slots=True)
class Judged:
    """A score of a variant beside the baseline's: `worse` is how much worse it is, `p` how often chance alone
    does as much."""

    variant: str
    scorer: str
    worse: float
    p: float
    days: int
    is_lowered: bool

    def __str__(self) -> str:
        says = "is worse" if self.is_lowered else "holds"
        way = "better" if self.worse < 0 else "worse"
        over = f"{way} by {in_digits(abs(self.worse))} over {self.days} days, p = {self.p:.3f}"
        return f"{self.variant}: {self.scorer} {says} ({over})"


def judge(
    scores: pd.DataFrame, scorers: Sequence[str], variants: Sequence[str], level: float
) -> list[Judged]:
    """Each score of each variant but the first beside the first one's, at a chance of `level` for any false
    alarm of a variant. Raises `UserError` for a score that is not there, of which neither way is good, or
    with too few days for any alarm at this level."""
    (baseline, *others), known = variants, by_run(scores)
    at = level / len(scorers)
    needed = math.ceil(-math.log2(at))
    found = []
    for variant in others:
        for scorer in scorers:
            if not (way := better_of(scorer)):
                raise UserError(f"{scorer}: neither more nor less of it is better, so nothing can be lowered")
            apart = paired(known, variant, baseline, scorer)
            if not apart:
                there = ", ".join(dict.fromkeys(scores["scorer"]))
                raise UserError(f"variant «{variant}»: no score «{scorer}» to compare; there are: {there}")
            worse = [-way * higher for higher in daily(apart)]
            if len(worse) < needed:
                raise UserError(
                    f"{scorer}: {len(worse)} days cannot tell at a level of {level:g}; {needed} are needed"
                )
            p = chance(worse)
            found.append(Judged(variant, scorer, float(np.mean(worse)), p, len(worse), p <= at))
    return found


def chance(worse: Sequence[float]) -> float:
    """How often the mean is as high as this where each number's sign is a matter of chance."""
    values = np.asarray(worse, dtype=float)
    seen = values.mean()
    if len(values) <= _ALL_FLIPS:
        bits = np.arange(2 ** len(values))[:, None] >> np.arange(len(values)) & 1
        signs = 1 - 2 * bits
    else:
        signs = np.random.default_rng(_SEED).choice((1, -1), (_DRAWS, len(values)))
        signs[0] = 1  # what was seen is one of the ways
    return float(np.mean((signs * np.abs(values)).mean(axis=1) >= seen - 1e-12))
