"""Vectors: one event's headlines are near each other across scripts; odd texts do no harm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest_lib.text.vectors import tfidf, tokens


@pytest.mark.parametrize(("text", "held"), [
    ("GPT-5.6 發布", {"gpt5.6", "gpt", "5.6", "发布", "name:GPT"}),
    ("輝達1,600億", {"辉达", "1600", "亿", "name:NVIDIA"}),
    ("Nvidia’s chips", {"nvidia", "chips", "name:NVIDIA"}),
    ("日", {"日"}),
    ("the of", set()),
    ("", set()),
    ("🚀", set()),
])  # fmt: skip
def test_tokens(text: str, held: set[str]) -> None:
    assert set(tokens(text)) == held


def test_the_same_event_is_nearer_than_another() -> None:
    rows = tfidf(["輝達推出 Rubin 晶片", "英伟达发布 Rubin 芯片", "Nvidia unveils Rubin", "蘋果秋季發表會"])
    near = (rows @ rows.T).toarray()
    assert near[0, 1] > near[0, 3]
    assert near[0, 2] > near[0, 3]
    assert near[1, 2] > near[1, 3]


def test_odd_collections() -> None:
    assert tfidf([]).shape[0] == 0
    rows = tfidf(["", "🚀", "مرحبا بالعالم", "GPT"])
    assert np.linalg.norm(rows.toarray(), axis=1) == pytest.approx([0, 0, 1, 1])
    copies = tfidf(["同一則標題 GPT-5.6"] * 5_000)
    assert copies.shape[0] == 5_000
    assert (copies[0] @ copies[4_999].T).toarray()[0, 0] == pytest.approx(1)


@given(st.lists(st.text(), max_size=5))
def test_rows_have_length_one_or_none(texts: list[str]) -> None:
    rows = tfidf(texts).toarray()
    for text, row in zip(texts, rows, strict=True):
        assert np.linalg.norm(row) == pytest.approx(1 if tokens(text) else 0)
