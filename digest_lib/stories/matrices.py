"""Articles as matrices, one row an article in order of time, to be compared by thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest_lib.stories.traits import KIND_BITS, KNOWN, LATIN, ON_TOPIC, Ids, Traits, ids_of
from digest_lib.text.encoder import Vectors
from digest_lib.text.vectors import sparse, tokens

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: On a quiet day, counts say little: a word in both of two articles is not a common word.
_FEW = 100
#: A well-known name counts twice: across scripts it is what one event's headlines share.
_NAME_WEIGHT = 2.0
#: A word this common tells nothing (its rarity is a logarithm).
_DULL = 1.5


@dataclass(frozen=True)
class Matrices:
    """What articles are compared by. Sparse rows are articles, columns words."""

    traits: Sequence[Traits]
    words: sparse.csr_matrix  #: TF-IDF, rows of length 1
    titled: sparse.csr_matrix  #: 2 for a word of the title, 1 for another; the columns are those of `words`
    telling: Floats  #: what a shared word says, a column: its rarity beyond the dull
    named: npt.NDArray[np.bool_]  #: is it a name, a number or another Latin word? a column
    topical: npt.NDArray[np.bool_]  #: is it a topic? a column; no word of `words` is
    days: npt.NDArray[np.float64]
    dense: tuple[Vectors, Vectors] | None  #: titles and leads, by the encoder
    one_family: bool = False  #: are all about one family, whose names are left out?


def matrices(
    traits: Sequence[Traits],
    background: Sequence[Ids] = (),
    dense: tuple[Vectors, Vectors] | None = None,
    names: Sequence[str] = (),
) -> Matrices:
    """The articles (in order of time) as matrices; `background` are the words of other news of the window,
    `names` those of the family that all of the articles are about, which tell none from another."""
    bags = [t.bag for t in traits]
    ids = np.concatenate([b.ids for b in bags]) if bags else np.zeros(0, np.uint64)
    known, columns = np.unique(ids, return_inverse=True)
    starts = np.concatenate([[0], np.cumsum([len(b.ids) for b in bags])]).astype(np.int32)
    shape = (len(bags), len(known))
    columns = columns.astype(np.int32)
    rare = _rarity(known, columns, len(bags), background)
    rare[np.isin(known, ids_of(word for name in names for word in tokens(name)))] = 0
    kinds = known & KIND_BITS
    counts = np.concatenate([b.counts for b in bags]) if bags else np.zeros(0, np.uint8)
    weights = rare * np.select([kinds == KNOWN, kinds == ON_TOPIC], [_NAME_WEIGHT, 0], 1).astype(np.float32)
    values = (1 + np.log(counts.astype(np.float32))) * weights[columns]
    in_title = np.concatenate([b.titled for b in bags]) if bags else np.zeros(0, np.bool_)
    return Matrices(
        traits,
        _unit(sparse.csr_matrix((values, columns, starts), shape=shape)),
        sparse.csr_matrix((in_title.astype(np.float32) + 1, columns, starts), shape=shape),
        np.maximum(rare - _DULL, 0).astype(np.float32),
        (kinds == LATIN) | (kinds == KNOWN),
        kinds == ON_TOPIC,
        np.array([t.day for t in traits], dtype=np.float64),
        dense,
        bool(names),
    )


def _rarity(known: Ids, columns: npt.NDArray[np.int32], documents: int, background: Sequence[Ids]) -> Floats:
    """How much a shared word says: the logarithm of how rare it is in all news of the window, so that two
    articles are as much alike for one family as for another."""
    everywhere = np.bincount(columns, minlength=len(known)) + _counted(known, background)
    total = max(documents + len(background), _FEW)
    return np.maximum(np.log((total + 1) / (everywhere + 1)), 0).astype(np.float32)


def _counted(known: Ids, background: Sequence[Ids]) -> npt.NDArray[np.float64]:
    """In how many of the background's texts each known word stands."""
    if not background or not len(known):
        return np.zeros(len(known))
    words = np.concatenate(list(background))
    place = np.minimum(np.searchsorted(known, words), len(known) - 1)
    return np.bincount(place[known[place] == words], minlength=len(known)).astype(np.float64)


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    matrix.data = (matrix.data / np.repeat(lengths, np.diff(matrix.indptr))).astype(np.float32)
    return matrix
