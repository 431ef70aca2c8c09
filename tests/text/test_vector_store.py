"""Vectors that are kept: found again, and whatever happens to their files, never wrong and never a crash."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from digest_lib.text.vector_store import VectorStore

TEXTS = ["甲", "乙", "丙"]
ROWS = np.arange(12, dtype=np.float16).reshape(3, 4)


def kept(folder: Path) -> Path:
    VectorStore(folder, "encoder", 4).keep(TEXTS, ROWS)
    return next(folder.glob("*.npz"))


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    kept(tmp_path)
    found = VectorStore(tmp_path, "encoder", 4).find([*TEXTS, "丁"])
    assert list(found) == TEXTS
    assert np.array_equal(np.stack(list(found.values())), ROWS)


@pytest.mark.parametrize(("encoder", "width"), [("another", 4), ("encoder", 8)])
def test_another_encoders_are_not(tmp_path: Path, encoder: str, width: int) -> None:
    kept(tmp_path)
    assert VectorStore(tmp_path, encoder, width).find(TEXTS) == {}


def test_rows_that_are_no_numbers_are_not(tmp_path: Path) -> None:
    VectorStore(tmp_path, "encoder", 4).keep(TEXTS, np.full((3, 4), np.nan, dtype=np.float16))
    assert VectorStore(tmp_path, "encoder", 4).find(TEXTS) == {}


def test_a_damaged_file_is_a_text_encoded_again(tmp_path: Path) -> None:
    path = kept(tmp_path)
    whole, rng = path.read_bytes(), random.Random(7)
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged[: rng.choice([len(damaged), rng.randrange(len(damaged))])])
        for text, row in VectorStore(tmp_path, "encoder", 4).find(TEXTS).items():
            assert np.array_equal(row, ROWS[TEXTS.index(text)])


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    VectorStore(tmp_path / "file" / "vectors", "encoder", 4).keep(TEXTS, ROWS)
