"""How well articles were put into stories: B-cubed, pairs, and intervals by resampling the stories."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

Labels = Sequence[int]
T = TypeVar("T")


@dataclass(frozen=True)
class Unit:
    """What one story (or one single article that was put with others) adds to the sums."""

    precision: float
    recall: float
    articles: int
    hits: float
    wrong: float
    missed: float
    crossing: int
    crossed: int


def units(
    labels: Labels,
    truth: Mapping[int, str],
    langs: Sequence[str],
    chosen: Callable[[int], bool] = lambda _: True,
) -> list[Unit]:
    """One unit a true story, one a single that was put with others; `labels` gives each article's group."""
    groups: dict[int, set[int]] = defaultdict(set)
    stories: dict[str, set[int]] = defaultdict(set)
    for article, label in enumerate(labels):
        groups[label].add(article)
        stories[truth.get(article, f"single {article}")].add(article)
    made = []
    for members in stories.values():
        if not chosen(min(members)):
            continue
        if len(members) == 1 and len(groups[labels[min(members)]]) == 1:
            continue
        made.append(_unit(members, groups, labels, langs))
    return made


def _unit(members: set[int], groups: Mapping[int, set[int]], labels: Labels, langs: Sequence[str]) -> Unit:
    shared = {a: len(groups[labels[a]] & members) for a in members}
    pairs = list(combinations(sorted(members), 2))
    together = [(a, b) for a, b in pairs if labels[a] == labels[b]]
    across = [(a, b) for a, b in pairs if langs[a] != langs[b]]
    return Unit(
        precision=sum(shared[a] / len(groups[labels[a]]) for a in members),
        recall=sum(shared[a] / len(members) for a in members),
        articles=len(members),
        hits=len(together),
        # a wrong pair has two sides: each carries half
        wrong=sum(len(groups[labels[a]] - members) for a in members) / 2,
        missed=len(pairs) - len(together),
        crossing=len(across),
        crossed=sum(labels[a] == labels[b] for a, b in across),
    )


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def bcubed(rows: Sequence[Unit]) -> float:
    n = sum(u.articles for u in rows) or 1
    return f1(sum(u.precision for u in rows) / n, sum(u.recall for u in rows) / n)


def pair_f1(rows: Sequence[Unit]) -> float:
    hits = sum(u.hits for u in rows)
    whole = 2 * hits + sum(u.wrong + u.missed for u in rows)
    return 2 * hits / whole if whole else 0.0


def cross_recall(rows: Sequence[Unit]) -> float:
    whole = sum(u.crossing for u in rows)
    return sum(u.crossed for u in rows) / whole if whole else float("nan")


def interval(
    rows: Sequence[T], figure: Callable[[Sequence[T]], float], rounds: int = 1000
) -> tuple[float, float]:
    """The middle 95% of the figure over resampled rows; the same at every run."""
    chance = random.Random(20260729)
    values = sorted(figure(chance.choices(rows, k=len(rows))) for _ in range(rounds)) if rows else [0.0]
    values = [v for v in values if not math.isnan(v)]
    return (values[int(0.025 * len(values))], values[int(0.975 * len(values))]) if values else (0.0, 0.0)


def counted(rows: Sequence[tuple[int, int, int]]) -> float:
    """Micro F1 of (hits, wrong, missed)."""
    hits, wrong, missed = (sum(r[k] for r in rows) for k in range(3))
    return 2 * hits / (2 * hits + wrong + missed) if hits else 0.0
