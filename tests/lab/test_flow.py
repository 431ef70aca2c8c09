"""Which cells come first: those that nothing that varies can reach, as far as can be seen."""

from __future__ import annotations

import pytest

from digest_lib.lab.flow import depends, unreached_first, without_unused

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


@pytest.mark.parametrize(("cells", "first"), [
    (["from digest_lib import (\n    gather,\n    infographic,\n)\n\n# 收集\nnews = gather(days)"],
     "from digest_lib import gather\n\n# 收集\nnews = gather(days)"),
    ([f"# 先\n{IMPORT}, section as s", "gather", "write"], "# 先\nfrom digest_lib import gather, write"),
    (["from digest_lib import infographic\nx = 1"], "x = 1"),
    (["from digest_lib import infographic, gather as g", "g(1)"], "from digest_lib import gather as g"),
    # what cannot be seen to be unused stays
    ([IMPORT, "globals()"], IMPORT),
    ([IMPORT, "%matplotlib inline"], IMPORT),
    ([IMPORT, "x = ("], IMPORT),
    (["from digest_lib import *"], "from digest_lib import *"),
    ([f"{IMPORT}; x = 1"], f"{IMPORT}; x = 1"),
    (["def f():\n    from digest_lib import write"], "def f():\n    from digest_lib import write"),
    (["from digest_lib.writing import write"], "from digest_lib.writing import write"),
    (["text = '''\nfrom digest_lib import write\n'''"], "text = '''\nfrom digest_lib import write\n'''"),
])  # fmt: skip
def test_of_the_vocabulary_only_what_is_used_is_imported(cells: list[str], first: str) -> None:
    assert without_unused(cells) == [first, *cells[1:]]
