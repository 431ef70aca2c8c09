"""The weights of the signals, fitted to labelled pairs: logistic regression with a small penalty."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from story_data import Labelled
from story_scores import Unit, units

from digest_lib.stories import alike, grouping
from digest_lib.stories.matrices import matrices
from digest_lib.stories.meaning import centred
from digest_lib.stories.nearby import candidates
from digest_lib.stories.traits import ids_in, traits
from digest_lib.text.encoder import Encoder

PENALTY = 10.0


class Pairs:
    """The candidate pairs of labelled articles with their signals, and whether they are one story."""

    def __init__(self, labels: Labelled, meaning: Encoder | None) -> None:
        compared = [traits(a) for a in labels.articles]
        background = [ids_in(t) for t in labels.background]
        news = matrices(compared, background, centred(compared, meaning))
        self.labels = labels
        self.i, self.j = candidates(news)
        pairs = list(zip(self.i, self.j, strict=True))
        self.signals = alike.signals(news, self.i, self.j)
        self.never = np.array([bool(grouping.conflict(compared[a], compared[b])) for a, b in pairs])
        names = [labels.stories.get(k, f"single {k}") for k in range(len(compared))]
        self.same = np.array([names[a] == names[b] for a, b in pairs])

    def units(self, weights: np.ndarray) -> list[Unit]:
        """How well these weights put the articles into stories, at the thresholds that are shipped."""
        likely = np.round(1 / (1 + np.exp(-(self.signals @ weights[:-1] + weights[-1]))), 4)
        likely[self.never] = grouping.NEVER
        size = len(self.labels.articles)
        found = [0] * size
        pairs = zip(self.i.tolist(), self.j.tolist(), likely.tolist(), strict=True)
        for number, members in enumerate(grouping.merged(size, pairs)):
            for k in members:
                found[k] = number
        return units(found, self.labels.stories, self.labels.langs)


def fitted(sets: Sequence[Pairs]) -> np.ndarray:
    """One weight a signal and the intercept, from all the pairs of these sets that do not conflict."""
    rows = np.concatenate([s.signals[~s.never] for s in sets])
    return logistic(rows, np.concatenate([s.same[~s.never] for s in sets]), PENALTY)


def logistic(rows: np.ndarray, same: np.ndarray, penalty: float) -> np.ndarray:
    """Logistic regression with a small penalty: one weight a column, then the intercept."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]

    def loss(b: np.ndarray) -> tuple[float, np.ndarray]:
        sums = scaled @ b
        off = 1 / (1 + np.exp(-sums)) - same
        value = (np.logaddexp(0, sums) - same * sums).sum() + penalty * (b[:-1] ** 2).sum() / 2
        return value, scaled.T @ off + penalty * np.r_[b[:-1], 0]

    b = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    return np.r_[b[:-1] / spread, b[-1] - (b[:-1] * mean / spread).sum()]


def held_out(sets: Sequence[Pairs]) -> list[list[Unit]]:
    """Of each set, its units with the weights of the other ones."""
    return [s.units(fitted([o for o in sets if o is not s])) for s in sets]
