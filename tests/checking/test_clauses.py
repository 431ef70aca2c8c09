"""Which clauses may hold a claim's words: looked up in all at once, as if each were taken to pieces."""

from __future__ import annotations

import pytest

from digest_lib.checking.clauses import Compared, Standing, alike, clauses, features
from digest_lib.text.scripts import fold

SOURCE = """Qwen3.8 的價格降了一半，每月 1,600 元的方案不變。模型已經開放給了所有的開發者
Firms said open-source models cost 1,600 dollars, and API-based tools were cut, too.
降價的方案，只限企業"""


@pytest.mark.parametrize(
    ("claim", "closest"),
    [
        ("每月 1600 元的方案沒有改變", "每月 1,600 元的方案不變"),
        ("模型開放給所有開發者", "模型已經開放給了所有的開發者"),
        ("open-source models cost 1,600 dollars now", "said open-source models cost 1,600 dollars"),
        ("天氣晴朗的早晨有人散步", None),
    ],
)
def test_the_closest_clause_is_found_by_the_words_that_it_may_have(claim: str, closest: str | None) -> None:
    found = alike(clauses(claim)[0], [Compared(SOURCE, fold(SOURCE))], 0.4)

    assert (found[0][1].text.strip().removeprefix("Firms ") if found else None) == closest


@pytest.mark.parametrize("claim", ["方案只限企業的開發者", "API-based tools cost 1,600", "模型價格降了一半"])
def test_no_clause_with_a_word_is_left_out(claim: str) -> None:
    lines = [clause.folded for clause in clauses(SOURCE)]
    words = features(fold(claim))

    most = Standing(lines).most(words)

    shared = [len(words & features(line)) for line in lines]
    assert any(shared)
    assert all(most[i] >= shares for i, shares in enumerate(shared))
