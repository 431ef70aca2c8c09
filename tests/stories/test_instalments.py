"""Titles of one publisher that count are parts of a series, each an event of its own."""

from collections import Counter
from pathlib import Path

import pytest

from digest_lib.stories.grouping import conflict
from digest_lib.stories.traits import traits
from stories.making import article


def test_titles_of_the_table() -> None:
    wrong, judged = [], Counter[str]()
    for line in (Path(__file__).parent / "instalments.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        part, two, *titles = line.split("\t")
        judged[part] += 1
        one, other = (traits(article(title, publisher="甲報")) for title in titles)
        if bool(conflict(one, other)) is not (two == "yes"):
            wrong.append((part, two, titles))
    assert not wrong
    assert judged == {"dev": 15, "held-out": 16}


def test_two_publishers_count_on_their_own() -> None:
    one = traits(article("讀論文之五：注意力", publisher="甲報"))
    other = traits(article("讀論文之六：混合專家", publisher="乙報"))
    assert conflict(one, other) == ""


@pytest.mark.parametrize(
    "one, other, apart",
    [
        ("GPT-5.6 與 GPT-5.7 實測：快了多少", "GPT-5.7 上線", False),
        ("GPT-5.7 上線", "GPT-5.7 beats GPT-5.6 and GPT-5.5 on maths", False),
        ("GPT-5.6 and GPT-5.5 retire in August", "GPT-5.7 上線", True),
        ("vLLM 0.20.0 released", "vLLM 0.20.1 released", True),
    ],
)
def test_a_title_may_compare_two_versions(one: str, other: str, apart: bool) -> None:
    told = [traits(article(title, publisher=p)) for title, p in ((one, "甲報"), (other, "乙報"))]
    assert conflict(*told) == ("other versions" if apart else "")
