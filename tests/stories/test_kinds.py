"""The kind of event that a headline tells, in three scripts, and what it does to the order of a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.stories.kinds import HARD, Kind, kind_of
from digest_lib.stories.rank import rank
from digest_lib.stories.story import Story
from digest_lib.text.names import Aliases

from .making import DAY, article

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("kinds.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
PARTS = [
    line.split("\t")
    for line in Path(__file__).with_name("headlines.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("part", "most_wrong"), [("dev", 0.02), ("held-out", 0.05)])
def test_most_headlines_tell_the_kind(part: str, most_wrong: float) -> None:
    rows = [(kind, title) for p, kind, title in PARTS if p == part]
    wrong = [(kind, kind_of([article(title)]), title) for kind, title in rows]
    wrong = [row for row in wrong if row[0] != row[1]]
    assert len(wrong) <= most_wrong * len(rows), wrong


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        # how: a customer's case where a customer is named, no case of the vendor's own people and products
        ("How Islandbank used Northstar to answer customers", Kind.PARTNERSHIP),
        ("How islandbank builds a retail agent", Kind.PARTNERSHIP),
        ("How Northstar 5 fuses intelligence with efficiency customers", None),
        ("How the designer who built Northstar Design uses it", None),
        # a remark of somebody with an office, whatever it is on
        ("北星執行長發文澄清：真正的威脅是算力流向", Kind.OPINION),
        ("北星執行長宣布推出新模型", Kind.LAUNCH),
        # a noun alone tells of nothing that happened
        ("Kayaking with an update", None),
    ],
)
def test_a_kind_needs_who_did_what(title: str, kind: Kind | None) -> None:
    assert kind_of([article(title)], Aliases(["Northstar", "北星"])) is kind


def test_the_vendor_is_not_its_own_customer() -> None:
    one = article("Northstar speeds up Maps using Northstar 5")
    assert kind_of([one], Aliases(["Northstar"])) is not Kind.PARTNERSHIP
    assert kind_of([one], Aliases(["Southstar"])) is Kind.PARTNERSHIP


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


def test_lessons_and_events_come_last() -> None:
    ranked = rank([told("a", Kind.EVENT, 30), told("b", Kind.OPINION, 1), told("c", None, 1)], DAY.cutoff, {})
    assert [s.kind for s in ranked] == [None, Kind.OPINION, Kind.EVENT]


def test_kinds_are_shown_at_the_desk_and_say_why() -> None:
    (one,) = rank([told("x", Kind.PRICE, 2)], DAY.cutoff, {})
    assert one.why_ranked.startswith("price, 2 independent publisher(s)")


def test_what_broke_in_leads_above_a_board_appointment_of_two_papers() -> None:
    board, break_in = told("board", Kind.PEOPLE, 2), told("break-in", Kind.SECURITY, 1)
    assert [s.kind for s in rank([board, break_in], DAY.cutoff, {})] == [Kind.SECURITY, Kind.PEOPLE]


def test_a_headline_on_somebody_else_ranks_below() -> None:
    titles = ["北星推出新模型", "微軟推出新模型，也能換用北星"]
    told_of = [
        Story(a.id, (a,), 1, a.published, a.published, False, "", "", 0.0, kind=Kind.LAUNCH)
        for a in map(article, titles)
    ]
    ranked = rank(told_of[::-1], DAY.cutoff, {}, Aliases(["北星"]))
    assert [s.lead.title for s in ranked] == titles
    assert "on somebody else" in ranked[1].why_ranked
