"""Which pairs of articles may report one event, and how likely each is to.

Only pairs that share a rare word, or that the encoder finds close, are looked at, and only within a few days
of each other: the work grows with the articles, not with their pairs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from digest_lib.stories.traits import Traits, rarity
from digest_lib.text.encoder import Vectors

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Days between two reports of one event.
WINDOW = 4.0
#: How many pairs of an article are looked at: its nearest by rare words, and by the encoder.
_NEAREST, _CLOSEST = 10, 4
#: Below this, no pair is worth a look.
_LEAST_WORDS, _LEAST_MEANING = 0.04, 0.4
#: A word in more articles of the window than this brings no two together by itself.
_COMMON = 60
_BLOCK = 2048
_PAIRS_AT_ONCE = 50_000

#: Years, and days of a month: what happens on one day is not one event.
_CALENDAR = re.compile(r"(?:19|20)\d\d|\d{1,2}")
#: A word this common tells nothing (its rarity is a logarithm).
_DULL = 1.5
#: Sums of rarity beyond these are certain enough.
_MOST_NAMES, _MOST_TITLE, _MOST_HAN = 25.0, 15.0, 30.0

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


@dataclass(frozen=True)
class Vectored:
    """The articles as matrices, one row an article, in order of time."""

    traits: Sequence[Traits]
    words: sparse.csr_matrix  #: TF-IDF, rows of length 1
    names: tuple[sparse.csr_matrix, sparse.csr_matrix]  #: in titles; anywhere
    han: tuple[sparse.csr_matrix, sparse.csr_matrix]
    days: Floats
    dense: tuple[Vectors, Vectors] | None  #: titles and leads, by the encoder


def vectored(
    traits: Sequence[Traits], background: Sequence[Sequence[str]], dense: tuple[Vectors, Vectors] | None
) -> Vectored:
    """Matrices of articles in order of time; `background` are the words of other articles of the window."""
    weights = rarity([t.words for t in traits], background)
    columns = {word: k for k, word in enumerate(weights)}
    rare = np.fromiter(weights.values(), dtype=float, count=len(weights))
    rare *= np.fromiter((not _CALENDAR.fullmatch(w) for w in columns), dtype=bool, count=len(columns))
    telling = np.sqrt(np.maximum(rare - _DULL, 0))
    named = np.fromiter((w[0].isascii() for w in columns), dtype=bool, count=len(columns))
    known = np.fromiter((w.startswith("name:") for w in columns), dtype=bool, count=len(columns))
    everywhere, titles = (
        _matrix([t.words for t in traits], columns),
        _matrix([t.title for t in traits], columns),
    )
    words = everywhere.copy()
    words.data = (1 + np.log(words.data)) * (np.maximum(rare, 0) * (1 + known))[words.indices]
    everywhere.data[:] = 1
    return Vectored(
        traits,
        _unit(words),
        (_scaled(titles, telling * named), _scaled(everywhere, telling * named)),
        (_scaled(titles, telling * ~named), _scaled(everywhere, telling * ~named)),
        np.array([t.day for t in traits]),
        dense,
    )


def _matrix(documents: Sequence[object], columns: dict[str, int]) -> sparse.csr_matrix:
    indices: list[int] = []
    counts: list[float] = []
    starts = [0]
    for document in documents:
        items = sorted(document.items()) if isinstance(document, dict) else [(w, 1) for w in sorted(document)]  # type: ignore[call-overload]
        indices += [columns[word] for word, _ in items]
        counts += [n for _, n in items]
        starts.append(len(indices))
    return sparse.csr_matrix(
        (np.asarray(counts, dtype=float), np.asarray(indices, dtype=np.int32), np.asarray(starts)),
        shape=(len(documents), len(columns)),
    )


def _scaled(matrix: sparse.csr_matrix, weights: Floats) -> sparse.csr_matrix:
    scaled = matrix.copy()
    scaled.data = scaled.data * weights[scaled.indices]
    scaled.eliminate_zeros()
    return scaled


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    matrix.data /= np.repeat(lengths, np.diff(matrix.indptr))
    return matrix


def candidates(news: Vectored) -> tuple[Ints, Ints]:
    """The pairs (i < j) worth a look."""
    n = len(news.traits)
    found = [np.zeros(0, dtype=np.int64)]
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        first = int(np.searchsorted(news.days, news.days[start] - WINDOW))
        rows, columns = _near(news, first, start, stop)
        low, high = np.minimum(rows, columns), np.maximum(rows, columns)
        near = (low != high) & (news.days[high] - news.days[low] <= WINDOW)
        found.append(low[near] * n + high[near])
    pairs = np.unique(np.concatenate(found))
    return pairs // n, pairs % n


def _near(news: Vectored, first: int, start: int, stop: int) -> tuple[Ints, Ints]:
    """For the articles from `start` to `stop`, the nearest ones from `first` on, before or beside them."""
    window = news.words[first:stop]
    uses = np.bincount(window.indices, minlength=window.shape[1])
    rare = _scaled(window, (uses <= _COMMON).astype(float))
    product = sparse.csr_matrix(rare[start - first :] @ rare.T)
    np.minimum(product.data, 1, out=product.data)
    rows, columns = _best_of_rows(product)
    pairs = [(rows + start, columns + first)]
    if news.dense is not None:
        leads = news.dense[1]
        rows, columns = _best_columns(leads[start:stop] @ leads[first:stop].T)
        pairs.append((rows + start, columns + first))
    return np.concatenate([r for r, _ in pairs]), np.concatenate([c for _, c in pairs])


def _best_of_rows(product: sparse.csr_matrix) -> tuple[Ints, Ints]:
    """(row, column) of the largest entries of each row, the row's own article among them."""
    rows = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
    keep = product.data >= _LEAST_WORDS
    rows, columns, values = rows[keep], product.indices[keep].astype(np.int64), product.data[keep]
    order = np.lexsort((columns, -np.round(values, 6), rows))
    rows, columns = rows[order], columns[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return rows[rank <= _NEAREST], columns[rank <= _NEAREST]


def _best_columns(cosines: Vectors) -> tuple[Ints, Ints]:
    k = min(_CLOSEST + 1, cosines.shape[1])
    columns = np.argpartition(-cosines, k - 1, axis=1)[:, :k]
    rows = np.repeat(np.arange(len(cosines)), k)
    flat = columns.ravel()
    keep = cosines[rows, flat] >= _LEAST_MEANING
    return rows[keep], flat[keep].astype(np.int64)


def signals(news: Vectored, i: Ints, j: Ints) -> Floats:
    """One row a pair, one column a signal of `SIGNALS` (the last three only with the encoder)."""
    rows = [
        _signals(news, i[k : k + _PAIRS_AT_ONCE], j[k : k + _PAIRS_AT_ONCE])
        for k in range(0, len(i), _PAIRS_AT_ONCE)
    ]
    return np.concatenate(rows) if rows else np.zeros((0, len(SIGNALS) - _BY_ENCODER * (news.dense is None)))


def _signals(news: Vectored, i: Ints, j: Ints) -> Floats:
    titles, everywhere = news.names
    han_titles, han = news.han
    chinese = np.array([t.chinese for t in news.traits])
    publishers = np.unique([t.publisher for t in news.traits], return_inverse=True)[1]
    columns = [
        _dots(news.words, news.words, i, j),
        np.minimum(_dots(everywhere, everywhere, i, j), _MOST_NAMES),
        np.minimum(_either_way(titles, everywhere, i, j), _MOST_TITLE),
        np.minimum(_either_way(han_titles, han, i, j), _MOST_HAN),
        _cosines(han, i, j),
        (chinese[i] != chinese[j]).astype(float),
        (publishers[i] == publishers[j]).astype(float),
        np.abs(news.days[i] - news.days[j]),
    ]
    if news.dense is not None:
        title, lead = news.dense
        crossed = np.maximum((title[i] * lead[j]).sum(1), (lead[i] * title[j]).sum(1))
        columns += [crossed, (title[i] * title[j]).sum(1), (lead[i] * lead[j]).sum(1)]
    return np.stack(columns, axis=1)


def _dots(a: sparse.csr_matrix, b: sparse.csr_matrix, i: Ints, j: Ints) -> Floats:
    return np.asarray(a[i].multiply(b[j]).sum(axis=1)).ravel()


def _cosines(matrix: sparse.csr_matrix, i: Ints, j: Ints) -> Floats:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return np.asarray(_dots(matrix, matrix, i, j) / np.maximum(lengths[i] * lengths[j], _DULL))


def _either_way(titles: sparse.csr_matrix, everywhere: sparse.csr_matrix, i: Ints, j: Ints) -> Floats:
    return np.maximum(_dots(titles, everywhere, i, j), _dots(everywhere, titles, i, j))


def likelihoods(news: Vectored, i: Ints, j: Ints) -> Floats:
    """How likely each pair reports one event, from 0 to 1."""
    weights = np.asarray(WITHOUT_ENCODER if news.dense is None else WITH_ENCODER)
    # Rounded: the last digits of a product depend on the machine's libraries.
    sums: Floats = signals(news, i, j) @ weights[:-1] + weights[-1]
    return np.asarray(np.round(1 / (1 + np.exp(-sums)), 4))
