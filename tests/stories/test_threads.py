"""What goes on with a told story, and what only shares its product: days written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.stories.continuity import CONTINUES
from digest_lib.stories.novelty import tells, what_is_new
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


@pytest.mark.parametrize(
    ("title", "told", "new"),
    [
        # an abbreviation of what was told is no other name, in whatever words it was told
        ("英國 AISI 揭露 Claude 作弊", "英國 AI 安全研究院實測 Claude", ()),
        ("英國 AISI 揭露 Claude 作弊", "The AI Security Institute tests Claude", ()),
        ("Claude 入侵案：NDSA 出面", "Claude 入侵案，National Data Safety Agency 調查", ()),
        ("Claude 入侵案：NDSA 出面", "Claude 入侵案，National Data Agency 調查", ("NDSA",)),
        # a kind of model is no turn, what a maker does with one is
        ("Anthropic 談中國開源模型", "Claude 談模型", ()),
        ("Anthropic 宣布開源 Claude", "Claude 談模型", ("開源",)),
    ],
)
def test_what_was_told_in_other_words_is_not_new(title: str, told: str, new: tuple[str, ...]) -> None:
    before = Told(told, "", "https://a.example/1", "甲報", "zh-Hant")
    assert what_is_new([article(title)], [before], Aliases(["Claude", "Anthropic"])) == new


@pytest.mark.parametrize(
    ("fact", "telling"),
    [("一半", False), ("half", False), ("Fable", False), ("Claude Opus 5", False), ("50%", True),
     ("Modal Labs", True), ("延後", True)],
)  # fmt: skip
def test_a_familys_own_names_and_shares_in_words_are_no_news(fact: str, telling: bool) -> None:
    assert tells(fact, Aliases(["Claude", "Fable 5"])) is telling
