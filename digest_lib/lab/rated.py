"""People's ratings as a score of the runs that they were given for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from digest_lib.lab import keep
from digest_lib.lab.keep import Result
from digest_lib.lab.rate import Pair, agreement, ratings

#: The score's name: in what share of its ratings a run was the better one of its pair (a tie is half).
RATED: Final = "rated"
SAYS: Final = "share of its blind ratings in which a person preferred it (a tie is half)"


def votes(results: Sequence[Result], told: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """By the name of a run, what its ratings say of it. A rating of a run that was made anew since and
    says something else is none of this one's."""
    known = _rated_pairs(results, told)
    found: dict[str, list[float]] = {}
    for one in told:
        for result in known.get(one["pair"], ()):
            vote = float(one["better"] == result.variant) if one["better"] else 0.5
            found.setdefault(result.name, []).append(vote)
    return found


def rated(results: Sequence[Result], told: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The score of every run that was rated, by its name."""
    return {name: fmean(some) for name, some in votes(results, told).items()}


def said(results: Sequence[Result], told: Sequence[Mapping[str, Any]]) -> str:
    """How many ratings stand behind the score, whose, and how far they agree; empty where there are none."""
    known = _rated_pairs(results, told)
    mine = [one for one in told if one["pair"] in known]
    if not mine:
        return ""
    people, pairs = {one["rater"] for one in mine}, {one["pair"] for one in mine}
    agreed = agreement([dict(one) for one in mine])
    shared = f"; of {agreed[1]} given twice {agreed[0]:.0%} agree" if agreed else ""
    return f"{RATED}: {len(mine)} ratings of {len(pairs)} pairs by {len(people)} raters{shared}"


def _rated_pairs(
    results: Sequence[Result], told: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[Result, Result]]:
    """The pairs of runs that ratings were given for, by the pairs' names: of all the pairs that there are,
    only those are named whose variants were rated on that day."""
    wanted = {(one["family"], one["day"], *sorted(one["variants"])) for one in told}
    together: dict[tuple[str, str, int | None], list[Result]] = {}
    for result in results if wanted else ():
        together.setdefault((result.family, result.date, result.seed), []).append(result)
    return {
        Pair(a, b).key: (a, b)
        for (family, day, _), some in together.items()
        for a, b in combinations(some, 2)
        if (family, day, *sorted((a.variant, b.variant))) in wanted
    }


def about(folder: Path, variants: Sequence[str]) -> str:
    """See `said`, of an experiment's folder."""
    told = ratings(folder)
    return said(keep.read_all(folder, variants), told) if told else ""


def rated_runs(experiments: Path) -> Iterator[tuple[Result, float]]:
    """Every rated run of the experiments in a folder, with its score, in the order of their names."""
    for folder in sorted(path.parent for path in experiments.glob("*/ratings")):
        results = keep.read_all(folder)
        scores = rated(results, ratings(folder))
        yield from ((result, scores[result.name]) for result in results if result.name in scores)
