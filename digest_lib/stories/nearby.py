"""Which pairs of articles are worth a look.

Only pairs that share a rare word, or that the encoder finds close, and only within a few days of each other:
the work grows with the articles, not with their pairs.
"""

from __future__ import annotations

import numpy as np

from digest_lib.stories.matrices import Ints, Matrices
from digest_lib.text.encoder import Vectors
from digest_lib.text.vectors import sparse

#: Days between two reports of one event.
WINDOW = 4.0
#: How many pairs of an article are looked at: its nearest by rare words, and by the encoder.
_NEAREST, _CLOSEST = 14, 8
#: Below this, no pair is worth a look.
_LEAST_WORDS, _LEAST_MEANING = 0.03, 0.35
#: A word in more articles of the window than this brings no two together by itself.
_COMMON = 60
_BLOCK = 1024


def candidates(news: Matrices) -> tuple[Ints, Ints]:
    """The pairs (i < j) worth a look."""
    n = len(news.traits)
    found = [np.zeros(0, dtype=np.int64)]
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        first = int(np.searchsorted(news.days, news.days[start] - WINDOW))
        rows, columns = _near(news, first, start, stop)
        low, high = np.minimum(rows, columns), np.maximum(rows, columns)
        near = (low != high) & (news.days[high] - news.days[low] <= WINDOW)
        found.append(np.unique(low[near] * n + high[near]))
    pairs = np.unique(np.concatenate(found))
    return pairs // n, pairs % n


def _near(news: Matrices, first: int, start: int, stop: int) -> tuple[Ints, Ints]:
    """For the articles from `start` to `stop`, the nearest ones from `first` on, before or beside them."""
    rare = _rare(news.words[first:stop])
    product = sparse.csr_matrix(rare[start - first :] @ rare.T)
    rows = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
    keep = product.data >= _LEAST_WORDS
    values = np.minimum(product.data[keep], 1)
    rows, columns = _best(rows[keep], product.indices[keep].astype(np.int64), values, _NEAREST)
    pairs = [(rows + start, columns + first)]
    if news.dense is not None:
        leads = news.dense[1]
        rows, columns = _close(leads[start:stop], leads[first:stop])
        pairs.append((rows + start, columns + first))
    return np.concatenate([r for r, _ in pairs]), np.concatenate([c for _, c in pairs])


def _rare(window: sparse.csr_matrix) -> sparse.csr_matrix:
    """The window's rows with the words that are rare in it."""
    uses = np.bincount(window.indices, minlength=window.shape[1])
    keep = (uses[window.indices] <= _COMMON) & (window.data > 0)
    before = np.concatenate([[0], np.cumsum(keep)])
    return sparse.csr_matrix(
        (window.data[keep], window.indices[keep], before[window.indptr]), shape=window.shape
    )


def _close(some: Vectors, others: Vectors) -> tuple[Ints, Ints]:
    cosines = some @ others.T
    flat = np.flatnonzero(cosines >= _LEAST_MEANING)
    rows, columns = flat // len(others), flat % len(others)
    return _best(rows, columns, cosines.ravel()[flat], _CLOSEST)


def _best(rows: Ints, columns: Ints, values: Vectors, most: int) -> tuple[Ints, Ints]:
    """(row, column) of the largest values of each row, the row's own article among them. Rounded, of equals
    the first: the last digits of a product depend on the machine's libraries."""
    order = np.lexsort((columns, -np.round(values, 4), rows))
    rows, columns = rows[order], columns[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return rows[rank <= most], columns[rank <= most]
