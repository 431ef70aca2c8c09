"""Vectors that were worked out before, kept in a folder so that no run encodes a text twice.

One file for each time that something new was encoded: written whole or not at all, so many processes may
write, and one that is damaged or gone is a text encoded again. Files that are two months older than the
newest are deleted: news is compared with the news of its days.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digest_lib.errors import StorageError
from digest_lib.files import write_atomic

Rows = npt.NDArray[np.float16]

_KEPT = 60 * 86400.0  # seconds


class VectorStore:
    """A text's vector of `width` by a hash of the text and of what encoded it (`encoder`)."""

    def __init__(self, folder: Path, encoder: str, width: int) -> None:
        self._folder, self._encoder, self._width = folder, encoder, width
        self._known: dict[bytes, Rows] | None = None

    def find(self, texts: Sequence[str]) -> dict[str, Rows]:
        """The vectors that are known."""
        if self._known is None:
            self._known = dict(_everything(self._folder, self._width))
        found = ((text, self._known.get(self._key(text))) for text in texts)
        return {text: row for text, row in found if row is not None}

    def keep(self, texts: Sequence[str], rows: Rows) -> None:
        """Keeps the vectors of new texts. A folder that cannot be written costs time, not the run."""
        keys = [self._key(text) for text in texts]
        if self._known is not None:
            self._known.update(zip(keys, rows, strict=True))
        buffer = io.BytesIO()
        np.savez(buffer, keys=np.frombuffer(b"".join(keys), dtype="V16"), rows=rows)
        name = blake2b(b"".join(sorted(keys)), digest_size=12).hexdigest()
        try:
            write_atomic(self._folder / f"{name}.npz", buffer.getvalue())
            _forget(self._folder)
        except (StorageError, OSError):
            return

    def _key(self, text: str) -> bytes:
        return blake2b(f"{self._encoder}\n{text}".encode("utf-8", "replace"), digest_size=16).digest()


def _everything(folder: Path, width: int) -> list[tuple[bytes, Rows]]:
    found: list[tuple[bytes, Rows]] = []
    for path in sorted(folder.glob("*.npz")):
        try:
            with np.load(path, allow_pickle=False) as file:
                keys, rows = file["keys"], file["rows"]
        except Exception:  # noqa: S112 - there is no end to how a damaged archive can fail
            continue
        whole = rows.dtype == np.float16 and keys.dtype == "V16" and rows.shape == (len(keys), width)
        if whole and np.isfinite(rows).all():
            found += zip((key.tobytes() for key in keys), rows, strict=True)
    return found


def _forget(folder: Path) -> None:
    """Deletes what is long out of date."""
    ages = {path: path.stat().st_mtime for path in folder.glob("*.npz")}
    newest = max(ages.values(), default=0.0)
    for path, age in ages.items():
        if age < newest - _KEPT:
            path.unlink(missing_ok=True)
