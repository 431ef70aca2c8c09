"""Which tellings are of one event, and which events come first."""

from __future__ import annotations

from datetime import date

import pytest

from digest_lib.site.events import events_of
from digest_lib.site.importance import ranked
from digest_lib.site.posts import Post
from sites.posts_made import Row, post

ONE, TWO = "2026-07-27", "2026-07-28"
FIRST = ("2026-07-27-gpt", "x")


@pytest.mark.parametrize(
    ("posts", "events"),
    [
        pytest.param(
            [post(ONE, "gpt", [Row("x", "ab")]), post(ONE, "qwen", [Row("x", "ab")])],
            {"x": ["2026-07-27-gpt", "2026-07-27-qwen"]},
            id="the same id in two families",
        ),
        pytest.param(
            [post(ONE, "gpt", [Row("x", "a")]), post(TWO, "gpt", [Row("y", "b", follows=FIRST)])],
            {"x": ["2026-07-27-gpt", "2026-07-28-gpt"]},
            id="a follow-up with an id of its own",
        ),
        pytest.param(
            [post(ONE, "gpt", [Row("x", "abcd")]), post(ONE, "qwen", [Row("y", "cde")])],
            {"x": ["2026-07-27-gpt", "2026-07-27-qwen"]},
            id="most of the smaller one's articles",
        ),
        pytest.param(
            [post(ONE, "gpt", [Row("x", "abcd")]), post(ONE, "qwen", [Row("y", "cef")])],
            {"x": ["2026-07-27-gpt"], "y": ["2026-07-27-qwen"]},
            id="one article of three is a page on several things",
        ),
        pytest.param(
            [post(ONE, "gpt", [Row("x", "ab"), Row("z", "ac")])],
            {"x": ["2026-07-27-gpt"], "z": ["2026-07-27-gpt"]},
            id="two stories of one post are two events",
        ),
        pytest.param(
            [post(TWO, "gpt", [Row("y", "b", follows=("2026-07-28-gpt", "y"))])],
            {"y": ["2026-07-28-gpt"]},
            id="what says that it follows itself",
        ),
        pytest.param(
            [post(TWO, "gpt", [Row("y", "b", follows=("2026-01-01-gpt", "gone"))])],
            {"y": ["2026-07-28-gpt"]},
            id="what it follows is gone",
        ),
    ],
)  # fmt: skip
def test_the_tellings_of_an_event(posts: list[Post], events: dict[str, list[str]]) -> None:
    for order in (posts, posts[::-1]):
        assert {e.id: [told.post.name for told in e.told] for e in events_of(order)} == events


def test_an_event_over_days_has_one_address_and_its_newest_title() -> None:
    first = post(ONE, "gpt", [Row("x", "a", "駭客闖入")])
    second = post(TWO, "gpt", [Row("y", "bc", "是誰", follows=FIRST)])
    other = post(TWO, "qwen", [Row("x", "b", "也提到")])
    [event] = events_of([second, other, first])
    assert (event.path, event.title, event.other_ids) == ("stories/x.html", "是誰", ["y"])
    assert [str(day) for day in event.days] == [ONE, TWO]
    assert event.publishers == ["a 報", "b 報", "c 報"]


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ({"gpt": [Row("few", "a"), Row("many", "bcdef")]}, ["many", "few"]),
        ({"gpt": [Row("a", "a", score=2.0)], "qwen": [Row("b", "b", score=3.0)]}, ["b", "a"]),
        # What happened leads before what is said of it.
        ({"gpt": [Row("talk", "a", "", "opinion", 3.0)], "qwen": [Row("deal", "b", "", "deal", 1.0)]},
         ["deal", "talk"]),
        # Told by two families.
        ({"gpt": [Row("one", "a", score=2.0), Row("both", "b", score=1.9)], "qwen": [Row("both", "b")]},
         ["both", "one"]),
    ],
)  # fmt: skip
def test_what_comes_first_on_a_day(rows: dict[str, list[Row]], order: list[str]) -> None:
    events = events_of([post(ONE, family, told) for family, told in rows.items()])
    assert [event.id for event in ranked(events, date.fromisoformat(ONE))] == order
