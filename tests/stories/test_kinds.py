"""The kind of event that a headline tells, in three scripts, and what it does to the order of a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.stories.kinds import HARD, Kind, kind_of
from digest_lib.stories.rank import rank
from digest_lib.stories.story import Story

from .making import DAY, article

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("kinds.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("kind", "title"), ROWS)
def test_a_headline_tells_the_kind(kind: str, title: str) -> None:
    assert kind_of([article(title)]) == kind


def test_no_word_no_kind() -> None:
    assert kind_of([article("北星")]) is None


def test_the_articles_of_a_story_outvote_one_headline() -> None:
    titles = ["北星的新時代？", "北星推出新模型", "北星正式發布新模型"]
    assert kind_of([article(t) for t in titles]) is Kind.LAUNCH


def told(name: str, kind: Kind | None, publishers: int) -> Story:
    one = article("北星", publisher=name)
    return Story(one.id, (one,), publishers, one.published, one.published, False, "", "", 0.0, kind=kind)


@pytest.mark.parametrize("kind", [Kind.LAUNCH, Kind.PRICE, Kind.INCIDENT])
def test_a_customers_story_never_leads_a_day_on_which_something_happened(kind: Kind) -> None:
    soft = [told(k, k, 9) for k in (Kind.PARTNERSHIP, Kind.EVENT, Kind.OPINION)]
    ranked = rank([*soft, told("hard", kind, 1)], DAY.cutoff, {})
    assert ranked[0].kind is kind
    assert {s.kind for s in ranked[1:]}.isdisjoint(HARD)


def test_kinds_are_shown_at_the_desk_and_say_why() -> None:
    (one,) = rank([told("x", Kind.PRICE, 2)], DAY.cutoff, {})
    assert one.why_ranked.startswith("price, 2 independent publisher(s)")
