"""What goes on with a told story, and what only shares its product: days written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.stories.continuity import CONTINUES
from digest_lib.stories.novelty import what_is_new
from digest_lib.stories.topics import topics_in
from digest_lib.stories.traits import Told
from digest_lib.text.encoder import Encoder, encoder
from digest_lib.text.names import Aliases

from .making import article

BENCH = Path(__file__).parents[2] / "bench"


@pytest.mark.parametrize(
    ("part", "meaning", "least"),
    [("dev", encoder(), 14), ("held-out", encoder(), 14), ("dev", None, 14), ("held-out", None, 12)],
    ids=["dev", "held out", "dev, by words", "held out, by words"],
)
def test_what_goes_on_is_found_and_what_does_not_is_not(
    part: str, meaning: Encoder | None, least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    import thread_fit

    right, _, false, wrong = thread_fit.scored(thread_fit.written(part, meaning), CONTINUES)
    assert false == 0, wrong
    assert right >= least, wrong


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("Discovering cryptographic weaknesses", "密碼演算法弱點", {"topic:cipher", "topic:flaw"}),
        (
            "Our position on open-weights models",
            "开放权重：我们的立场",
            {"topic:open-weights", "topic:position"},
        ),
        ("Two voice models", "一個新的影像模型", set()),
        ("不正アクセスで流出", "break-in and leak", {"topic:intrusion", "topic:leak"}),
    ],
)
def test_a_topic_is_one_in_all_scripts(one: str, other: str, shared: set[str]) -> None:
    assert set(topics_in(one)) & set(topics_in(other)) == shared


@pytest.mark.parametrize(
    ("title", "new"),
    [
        # none: the family and its maker, what it is measured by, a place, a paper that is cited
        ("新進展：Claude", ()),
        ("Anthropic 的 Claude 表現直追 OpenAI 與 Google", ()),
        ("美國：Claude 入侵案", ()),
        ("路透社：Claude 入侵案", ()),
        ("《Lantern》報導 Claude 入侵案", ()),
        # a number, an actor, a turn
        ("Claude 入侵案求償 3 億元", ("求償", "3 億元")),
        ("Claude 入侵案：Brightloom 也受害", ("Brightloom",)),
        ("Claude 入侵案：國會提案設關機鍵", ("提案",)),
    ],
)
def test_what_is_new_is_a_number_an_actor_or_a_turn(title: str, new: tuple[str, ...]) -> None:
    told = Told("Claude 測試入侵 Quayside", "", "https://a.example/1", "甲報", "zh-Hant")
    found = what_is_new([article(title)], [told], Aliases(["Claude", "Anthropic"]))
    assert found == new
