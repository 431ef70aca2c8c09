"""Variants compared: means with intervals, and paired differences over days.

A day is what is drawn anew: its families and seeds share its news, and are no independent trials of a prompt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from digest_lib.lab.scorers import place_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_DRAWS, _SEED = 4_000, 20_260_729
_CONFIDENCE = 0.95
#: With fewer days no interval is told; with fewer than enough, none is called a difference.
_LEAST_DAYS, ENOUGH_DAYS = 2, 6


#: A number by (day, family, seed).
Values: TypeAlias = dict[tuple[str, str, int], float]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over days with the bounds of its bootstrap interval; None where there are too few days."""

    mean: float
    low: float | None
    high: float | None
    days: int


def interval(by_day: Sequence[float]) -> Interval:
    """The mean of one number a day, its days drawn anew (percentiles, seeded: the same again)."""
    mean = float(np.mean(by_day))
    if len(by_day) < _LEAST_DAYS:
        return Interval(mean, None, None, len(by_day))
    values = np.asarray(by_day, dtype=float)
    tail = (1 - _CONFIDENCE) / 2 * 100
    low, high = np.percentile(values[_draws(len(values))].mean(axis=1), [tail, 100 - tail])
    return Interval(mean, float(low), float(high), len(values))


@lru_cache(maxsize=8)  # a scoreboard draws for each of its numbers, and hardly ever for another count of days
def _draws(days: int) -> NDArray[np.int64]:
    """Which of so many days each draw takes: shape (draws, days)."""
    return np.random.default_rng(_SEED).integers(0, days, (_DRAWS, days))


def by_run(scores: pd.DataFrame) -> dict[tuple[str, str], Values]:
    """The scores by variant and scorer, each by (day, family, seed)."""
    found: dict[tuple[str, str], Values] = {}
    columns = (scores[name] for name in ("variant", "scorer", "day", "family", "seed", "score"))
    for variant, scorer, day, family, seed, score in zip(*columns, strict=True):
        found.setdefault((variant, scorer), {})[str(day), str(family), int(seed)] = float(score)
    return found


def daily(values: Values) -> list[float]:
    """The mean of each day, in order: its families and seeds together."""
    days = sorted({key[0] for key in values})
    return [float(np.mean([v for key, v in sorted(values.items()) if key[0] == day])) for day in days]


def paired(known: Mapping[tuple[str, str], Values], variant: str, baseline: str, scorer: str) -> Values:
    """How much higher the variant scores than the baseline, by the (day, family, seed) that both have."""
    own, base = known.get((variant, scorer), {}), known.get((baseline, scorer), {})
    return {key: own[key] - base[key] for key in own.keys() & base.keys()}


def difference(
    known: Mapping[tuple[str, str], Values], variant: str, baseline: str, scorer: str
) -> Interval | None:
    """The mean of what is paired, with its interval; None where they have nothing in common."""
    apart = paired(known, variant, baseline, scorer)
    return interval(daily(apart)) if apart else None


def scoreboard(scores: pd.DataFrame) -> pd.DataFrame:
    """A row a scorer and variant, in the order of both: mean and interval, and the difference to the first
    variant with its interval."""
    import pandas as pd

    variants, known = list(dict.fromkeys(scores["variant"])), by_run(scores)
    scorers = sorted(dict.fromkeys(scores["scorer"]), key=place_of)
    rows = []
    for scorer in scorers:
        for variant in variants:
            values = known.get((variant, scorer))
            if not values:
                continue
            own = interval(daily(values))
            row = {
                "scorer": scorer, "variant": variant, "mean": own.mean, "low": own.low, "high": own.high,
                "runs": len(values), "days": own.days,
            }  # fmt: skip
            apart = difference(known, variant, variants[0], scorer) if variant != variants[0] else None
            row |= {"difference": apart and apart.mean, "difference_low": apart and apart.low,
                    "difference_high": apart and apart.high}  # fmt: skip
            rows.append(row)
    return pd.DataFrame(rows)
