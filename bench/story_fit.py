"""The weights of the signals, fitted to labelled pairs: logistic regression with a small penalty."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize
from story_data import Labelled
from story_scores import Unit, bcubed, pair_f1, units

from digest_lib.stories import alike, grouping
from digest_lib.stories.matrices import encoded, matrices
from digest_lib.stories.nearby import candidates
from digest_lib.stories.traits import Ids, Traits
from digest_lib.text.encoder import Encoder

PENALTY = 10.0
FOLDS = 5
THRESHOLDS = (0.16, 0.18, 0.20, 0.22, 0.25, 0.28, 0.31)


class Pairs:
    """The candidate pairs of the labelled articles with their signals, and whether they are one story."""

    def __init__(
        self,
        compared: Sequence[Traits],
        background: Sequence[Ids],
        meaning: Encoder | None,
        labels: Labelled,
    ) -> None:
        news = matrices(compared, background, encoded(compared, meaning))
        self.i, self.j = candidates(news)
        self.signals = alike.signals(news, self.i, self.j)
        pairs = zip(self.i, self.j, strict=True)
        self.never = np.array([bool(grouping.conflict(compared[a], compared[b])) for a, b in pairs])
        names = [labels.stories.get(k, f"single {k}") for k in range(len(compared))]
        self.story = names
        self.same = np.array([names[a] == names[b] for a, b in zip(self.i, self.j, strict=True)])

    def weights(self, chosen: np.ndarray) -> np.ndarray:
        """One weight a signal and the intercept, from the chosen pairs."""
        rows, same = self.signals[chosen], self.same[chosen]
        mean, spread = rows.mean(0), rows.std(0) + 1e-9
        scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]

        def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
            sums = scaled @ b
            off = 1 / (1 + np.exp(-sums)) - same
            value = (np.logaddexp(0, sums) - same * sums).sum() + PENALTY * (b[:-1] ** 2).sum() / 2
            return value, scaled.T @ off + PENALTY * np.r_[b[:-1], 0]

        b = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
        return np.r_[b[:-1] / spread, b[-1] - (b[:-1] * mean / spread).sum()]

    def grouped(self, weights: np.ndarray, threshold: float) -> list[int]:
        likely = np.round(1 / (1 + np.exp(-(self.signals @ weights[:-1] + weights[-1]))), 4)
        likely[self.never] = grouping.NEVER
        pairs = zip(self.i.tolist(), self.j.tolist(), likely.tolist(), strict=True)
        labels = [0] * len(self.story)
        for number, members in enumerate(grouping.merged(len(labels), pairs, threshold)):
            for k in members:
                labels[k] = number
        return labels


def fitted(
    compared: Sequence[Traits],
    background: Sequence[Ids],
    meaning: Encoder | None,
    labels: Labelled,
) -> np.ndarray:
    """The weights on all the labels."""
    pairs = Pairs(compared, background, meaning, labels)
    return pairs.weights(~pairs.never)


def cross_validated(
    compared: Sequence[Traits],
    background: Sequence[Ids],
    meaning: Encoder | None,
    labels: Labelled,
) -> tuple[list[Unit], list[float]]:
    """What the stories that were held out add, with the weights and the threshold of the others."""
    pairs = Pairs(compared, background, meaning, labels)
    rows: list[Unit] = []
    thresholds = []
    for seed in range(3):
        names = sorted(set(pairs.story))
        random.Random(seed).shuffle(names)
        fold = {name: k % FOLDS for k, name in enumerate(names)}
        where = np.array([fold[s] for s in pairs.story])
        for held in range(FOLDS):
            inside = (where[pairs.i] != held) & (where[pairs.j] != held) & ~pairs.never
            weights = pairs.weights(inside)
            tried = []
            for threshold in THRESHOLDS:
                found = pairs.grouped(weights, threshold)
                train = _of(found, labels, lambda k: where[k] != held)  # noqa: B023 - called at once
                tried.append((bcubed(train) + pair_f1(train), threshold, found))
            _, threshold, found = max(tried, key=lambda t: (t[0], t[1]))
            thresholds.append(threshold)
            rows += _of(found, labels, lambda k: where[k] == held)  # noqa: B023 - called at once
    return rows, thresholds


def _of(found: Sequence[int], labels: Labelled, chosen: Callable[[int], bool]) -> list[Unit]:
    """The units of the chosen articles, measured among all."""
    return units(found, labels.stories, labels.langs, chosen)
