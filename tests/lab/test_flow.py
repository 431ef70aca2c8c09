"""Which cells come first: those that nothing that varies can reach, as far as can be seen."""

from __future__ import annotations

import pytest

from digest_lib.lab.flow import depends, unreached_first

IMPORT = "from digest_lib import cluster, gather, history, write"
NEWS, GROUPS, PAST, DRAFT = (
    "news = gather(days)\nnews", "groups = cluster(news, limit)", "past = history(news)\npast",
    "draft = write(groups, past)",
)  # fmt: skip


@pytest.mark.parametrize("moved", ["past = history(news)", "past = history(sorted(news), n=len(names))"])
def test_what_is_made_of_nothing_that_varies_comes_first(moved: str) -> None:
    assert unreached_first([IMPORT, NEWS, GROUPS, moved, DRAFT], {"limit"}) == [
        IMPORT, NEWS, moved, GROUPS, DRAFT,
    ]  # fmt: skip


@pytest.mark.parametrize(("between", "after", "why"), [
    (GROUPS, "past = history(groups)", "it uses what varies"),
    (GROUPS, "past = limit", "it is what varies"),
    ("groups = cluster(news, limit)\ngroups.sort()", PAST, "a method may change anything"),
    ("groups = mine(news, limit)", PAST, "a function of one's own may, too"),
    ("news.items = cluster(news, limit)", PAST, "so does an attribute that is set"),
    ("news[0] = limit", PAST, "and what something holds"),
    (GROUPS, "past = mine(news)", "what it is made by may read anything"),
    (GROUPS, "for past in news:\n    break", "it is more than a call"),
    (GROUPS, "news = history(news)", "it gives another to a name that was used before"),
    (GROUPS, "groups = history(news)", "it gives another to a name that was made before"),
    ("%matplotlib inline\ngroups = cluster(news, limit)", PAST, "a magic may do anything"),
    ("if limit:\n    history = cluster", PAST, "the vocabulary is no more what it was"),
    ("import history\ngroups = cluster(news, limit)", PAST, "nor here"),
])  # fmt: skip
def test_what_may_be_reached_stays_where_it_is(between: str, after: str, why: str) -> None:
    cells = [IMPORT, NEWS, between, after, DRAFT]
    assert unreached_first(cells, {"limit"}) == cells, why


def test_a_cell_that_cannot_be_read_depends_on_everything() -> None:
    assert depends("x = (", {"limit"})
    assert depends("eval('limit')", {"limit"})
    assert not depends("x = 1", {"limit"})
