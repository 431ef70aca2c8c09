"""What an experiment asks at most: what several runs ask alike is counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

import pytest

from digest_lib.lab.planned import Run
from digest_lib.lab.showing import estimates, follow_plainly
from digest_lib.lab.work import Done
from digest_lib.stories.story import Stories
from digest_lib.writing.estimate import STORY_CLAIMS, Estimate, Part, estimate
from publishing.published_days import revised

PROMPTS = {
    "story_prompt": "{articles}", "day_prompt": "{stories}", "repair_prompt": "{sentences}{articles}",
    "doubt_prompt": "{sentences}{articles}",
}  # fmt: skip


@pytest.fixture(scope="module")
def stories() -> Stories:
    return revised("2026-07-29").draft.stories


def of(stories: Stories, manner: str = "", **prompts: str | None) -> Estimate:
    return estimate(
        stories, "m", **{**PROMPTS, **prompts}, own={"name": "Qwen", "language": "x", "date": "d"},  # type: ignore[arg-type]
        manner=manner, max_cost_usd=1.0, price=(1.0, 1.0),
    )  # fmt: skip


def keys(found: Estimate) -> tuple[set[str], set[str]]:
    """Of the stories, and of the day."""
    *told, day = (part.key for part in found.parts)
    return set(told), {day}


@pytest.mark.parametrize(("changed", "same_stories"), [
    ({"day_prompt": "短 {stories}"}, True),
    ({"story_prompt": "短 {articles}"}, False),
    ({"repair_prompt": "短 {sentences}"}, False),
    ({"doubt_prompt": None}, False),
    ({"manner": "0.2"}, False),
])  # fmt: skip
def test_stories_that_are_asked_alike_are_the_same_part(
    stories: Stories, changed: dict[str, str | None], *, same_stories: bool
) -> None:
    told, day = keys(of(stories))
    others, other_day = keys(of(stories, **changed))  # type: ignore[arg-type]
    assert (told == others) is same_stories
    assert not told & others or same_stories
    assert day != other_day
    assert keys(of(stories)) == (told, day)


@pytest.mark.parametrize(("prompts", "requests"), [
    ({}, 4),  # the story, doubt, repair, doubt of what was repaired
    ({"doubt_prompt": None}, 2),
    ({"repair_prompt": None}, 1),  # nothing is doubted that could not be mended
    ({"doubt_prompt": "{sentence}{articles}"}, 2 + 2 * STORY_CLAIMS),
])  # fmt: skip
def test_a_storys_requests_are_counted(
    stories: Stories, prompts: dict[str, str | None], requests: int
) -> None:
    assert of(stories, **prompts).parts[0].requests == requests


def done(variant: str, server: str, parts: Sequence[Part], most: float = 1.0) -> Done:
    run = Run(variant, "qwen", "2026-07-24", None, {}, server)
    return Done(run, estimate=asdict(Estimate(tuple(parts), most)))


def test_a_row_a_variant_and_one_for_what_all_of_them_ask() -> None:
    first, second = Part("a", 4, 100, 10, 0.3), Part("b", 9, 200, 20, 0.6)
    told = estimates([
        done("base", "s", [first, second]),
        done("day", "s", [first, replace(second, key="c")]),
        done("away", "t", [first]),  # another server is asked anew
        done("dear", "s", [Part("d", 1, 1, 1, 5.0)], most=0.5),
    ])  # fmt: skip
    assert told["requests"].to_dict() == {"base": 13, "day": 13, "away": 4, "dear": 1, "all": 13 + 9 + 4 + 1}
    assert told["usd"].round(3).to_dict() == {
        "base": 0.9, "day": 0.9, "away": 0.3, "dear": 0.5, "all": 0.9 + 0.6 + 0.3 + 0.5,
    }  # fmt: skip


@pytest.mark.parametrize(("lines", "told"), [
    (0, ["1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "7/7"]),
    (2, ["3/7", "4/7", "7/7"]),  # the third has failed
    (20, ["1/7", "2/7", "3/7", "4/7", "5/7", "6/7", "7/7"]),
])  # fmt: skip
def test_a_notebook_is_told_how_far_it_is(
    lines: int, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    came = [Done(Run("v", "qwen", f"2026-07-0{n}", None, {}), "no" * (n == 3)) for n in range(1, 8)]
    assert follow_plainly(iter(came), 7, lines) == came
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in said] == told
    assert "✗ 3/7 v/2026-07-03-qwen: no" in "\n".join(said)
