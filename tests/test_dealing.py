"""How tests are dealt to workers."""

from __future__ import annotations

import pytest

from dealing import dealt


@pytest.mark.parametrize(("items", "dear", "hands", "order"), [
    ("a1 a2 b1 c1 c2 d1 d2 e1", "", 2, "a1 a2 b1 c1 c2 d1 d2 e1"),
    ("a1 a2 b1 c1 c2 d1 d2 e1", "c", 2, "c1 c2 a1 a2 b1 d1 d2 e1"),
    ("a1 a2 b1 c1 c2 d1 d2 e1", "ce", 2, "c1 c2 a1 a2 e1 b1 d1 d2"),
    ("a1 a2 b1 c1 c2 d1 d2 e1", "ace", 2, "a1 a2 e1 b1 c1 c2 d1 d2"),
    ("a1 a2 b1 c1 c2 d1 d2", "d", 3, "d1 d2 a1 a2 b1 c1 c2"),  # 2, 2 and 3
    ("a1 a2 a3 a4 b1", "a", 2, "a1 a2 a3 a4 b1"),  # more than a worker's share
    ("a1 b1", "ab", 4, "a1 b1"),
    ("", "", 4, ""),
])  # fmt: skip
def test_what_is_dear_comes_first_in_each_workers_stretch(
    items: str, dear: str, hands: int, order: str
) -> None:
    assert dealt(items.split(), lambda item: item[0], set(dear), hands) == order.split()
