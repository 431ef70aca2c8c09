"""Every scorer on a digest that is known: facts in, number out."""

from __future__ import annotations

import pytest

from digest_lib.checking.digest import Sentence, Status, Verdict
from digest_lib.checking.reasons import reason, said, table
from digest_lib.lab.assertion import Assertion
from digest_lib.lab.case import Case, reason_key
from digest_lib.lab.checks import check_of, holds
from digest_lib.lab.scorers import SCORERS, better_of, scores_of
from digest_lib.sections.fact_finding import facts_of
from publishing.published_days import revised


def case() -> Case:
    """A draft of 13 sentences and 3 headlines, of which one sentence was repaired and one withheld."""
    digest = revised()
    draft = digest.digest.model_copy(deep=True)
    draft.stories[0].sentences.append(Sentence(text="已有 1600 家企業採用。", sources=["a000000000000001"]))
    draft.key_points[1].text = "API 降价 45%。"
    facts = facts_of(digest)
    facts.verdicts = [
        Verdict(place="stories[s1layered].sentences", text="已有 1600 家企業採用。", status=Status.WITHHELD,
                reasons=said(reason("absent", "1600"), "zh-TW")),
        Verdict(place="key_points", text="API 降價 40%。", status=Status.REPAIRED, before="API 降价 45%。",
                reasons=said([*reason("absent", "45%"), *reason("simplified", "价")], "zh-TW")),
    ]  # fmt: skip
    return Case(facts, draft, ["通義千問團隊開源了 Qwen-Image-Layered，能把單張圖片拆成多個語義圖層。"])


EXPECTED = {
    "supported": 14 / 16, "supported:fact": 7 / 9, "supported:analysis": 1, "supported:headline": 1,
    "kept": 15 / 16, "kept:fact": 8 / 9, "kept:analysis": 1, "kept:headline": 1,
    "withheld": 1 / 16, "withheld:absent": 1 / 16, "citations": 14 / 12, "cited": 1, "stories": 2,
    "stories_covered": 1, "official_cited": 1, "publishers": 4, "repeated": 4 / 12,
    "repeated_yesterday": 3 / 12, "sentences": 12, "pure": 15 / 16, "leaks": 0, "headline_names": 2,
    "headline_numbers": 1, "input_tokens": 0, "output_tokens": 0, "cost_usd": 0,
}  # fmt: skip


def test_every_scorer_gives_the_number_that_can_be_counted_by_hand() -> None:
    found = scores_of(case())
    assert found.pop("characters") == sum(map(len, case().published))
    assert found == {name: pytest.approx(value) for name, value in EXPECTED.items()}


def test_scorers_are_chosen_by_name_and_say_which_way_is_good() -> None:
    assert list(scores_of(case(), ["kept", "leaks"])) == [
        *(k for k in EXPECTED if k.startswith("kept")),
        "leaks",
    ]
    assert [better_of(n) for n in ("kept:fact", "withheld:absent", "characters", "contains:x@day")] == [
        1,
        -1,
        0,
        1,
    ]
    assert all(scorer.says for scorer in SCORERS.values())


def test_a_reason_is_known_by_how_it_is_said_in_every_language() -> None:
    for language in ("zh-TW", "en", "ja"):
        for key, told in table().items():
            words = ["甲", "乙", "丙"][: told["zh-TW"].count("{")]
            assert reason_key(said(reason(key, *words), language)[0], language) == key


@pytest.mark.parametrize(("type_", "value", "per", "score"), [
    ("contains", "Qwen", "story", 0.5), ("contains", "Qwen", "digest", 1), ("not-contains", "Qwen", "day", 0),
    ("regex", r"\d+%", "story", 0.5), ("not-regex", r"\d+%", "story", 0.5),
    ("max-chars", 60, "story", 0.5), ("min-chars", 60, "story", 0.5), ("max-chars", 0, "digest", 0),
])  # fmt: skip
def test_an_assertion_is_the_share_of_texts_of_which_it_holds(
    type_: str, value: str | int, per: str, score: float, tmp_path
) -> None:
    one = Assertion.model_validate({"type": type_, "value": value, "per": per})
    assert holds(one, case().facts.digest, check_of(one, tmp_path)) == score
