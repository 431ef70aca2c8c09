"""How likely two articles report one event, from what they share."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digest_lib.stories.matrices import Ints, Matrices

Floats = npt.NDArray[np.float64]

_PAIRS_AT_ONCE = 50_000

#: Sums of rarity beyond these are certain enough.
_MOST_NAMES, _MOST_TITLE, _MOST_HAN = 25.0, 15.0, 30.0
#: A text with less than this of Han says nothing by it.
_LEAST_HAN = 1.5

SIGNALS = (
    "words", "names", "names in titles", "characters", "characters' cosine", "across languages",
    "one publisher", "days", "meaning", "titles' meaning", "leads' meaning",
)  # fmt: skip
#: The last ones need the encoder.
_BY_ENCODER = 3

#: Logistic regression on labelled pairs, as `bench/stories.py --fit` prints it: one weight a signal, then the
#: intercept; without the encoder its signals are missing and the others weigh more.
WITH_ENCODER = (4.76, 0.087, 0.096, 0.085, 4.53, 1.33, -0.65, -0.35, 4.77, 2.67, 1.09, -6.86)
WITHOUT_ENCODER = (8.5, 0.096, 0.134, 0.111, 6.6, 1.1, -0.51, -0.38, -5.58)


def signals(news: Matrices, i: Ints, j: Ints) -> Floats:
    """One row a pair, one column a signal of `SIGNALS` (the last three only with the encoder)."""
    fixed = _Fixed(news)
    rows = [
        _signals(news, fixed, i[k : k + _PAIRS_AT_ONCE], j[k : k + _PAIRS_AT_ONCE])
        for k in range(0, len(i), _PAIRS_AT_ONCE)
    ]
    return np.concatenate(rows) if rows else np.zeros((0, len(SIGNALS) - _BY_ENCODER * (news.dense is None)))


class _Fixed:
    """What is worked out once for all pairs."""

    def __init__(self, news: Matrices) -> None:
        self.chinese = np.array([t.chinese for t in news.traits])
        self.publisher = np.unique([t.publisher for t in news.traits], return_inverse=True)[1]
        # 1 and 2 on the left, 1 and 3 on the right: the product tells in which titles a shared word stands
        self.right = news.titled.copy()
        self.right.data = np.where(self.right.data > 1, 3, 1).astype(np.float32)
        weights = (news.telling * ~news.named)[news.titled.indices]
        rows = np.repeat(np.arange(len(news.traits)), np.diff(news.titled.indptr))
        self.han = np.sqrt(np.bincount(rows, weights, len(news.traits)))


def _signals(news: Matrices, fixed: _Fixed, i: Ints, j: Ints) -> Floats:
    shared = news.titled[i].multiply(fixed.right[j]).tocsr()
    rows = np.repeat(np.arange(len(i)), np.diff(shared.indptr))
    telling, named = news.telling[shared.indices], news.named[shared.indices]

    def total(chosen: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(rows[chosen], telling[chosen], len(i)).astype(np.float64)

    in_first, in_second = shared.data % 2 == 0, shared.data % 3 == 0
    han = total(~named)
    columns = [
        np.asarray(news.words[i].multiply(news.words[j]).sum(axis=1)).ravel(),
        np.minimum(total(named), _MOST_NAMES),
        np.minimum(np.maximum(total(named & in_first), total(named & in_second)), _MOST_TITLE),
        np.minimum(np.maximum(total(~named & in_first), total(~named & in_second)), _MOST_HAN),
        han / np.maximum(fixed.han[i] * fixed.han[j], _LEAST_HAN),
        (fixed.chinese[i] != fixed.chinese[j]).astype(float),
        (fixed.publisher[i] == fixed.publisher[j]).astype(float),
        np.abs(news.days[i] - news.days[j]),
    ]
    if news.dense is not None:
        title, lead = news.dense
        crossed = np.maximum((title[i] * lead[j]).sum(1), (lead[i] * title[j]).sum(1))
        columns += [crossed, (title[i] * title[j]).sum(1), (lead[i] * lead[j]).sum(1)]
    return np.stack(columns, axis=1)


def likelihoods(news: Matrices, i: Ints, j: Ints) -> Floats:
    """How likely each pair reports one event, from 0 to 1."""
    weights = np.asarray(WITHOUT_ENCODER if news.dense is None else WITH_ENCODER)
    # Rounded: the last digits of a product depend on the machine's libraries.
    sums: Floats = signals(news, i, j) @ weights[:-1] + weights[-1]
    return np.asarray(np.round(1 / (1 + np.exp(-sums)), 4))
