"""What a page is given when it is finished: nothing that changes every day, on a page that no day changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from digest_lib.publishing.front import COVER
from digest_lib.site.finish import Finishing
from digest_lib.site.posts import Post
from sites.posts_made import Row, post, room

FIRST = date(2026, 5, 1)


def pictured(number: int) -> Post:
    """The post of a day, which goes on with one event, with an image that stands for it."""
    made = post(str(FIRST + timedelta(days=number)), "qwen", [Row("long", "a")])
    return replace(made, brief=made.brief.model_copy(update={"files": {f"{COVER}.webp": ""}}))


@pytest.mark.parametrize(("page", "stays"), [
    ("families/qwen/2026-05.html", True), ("months/2026-05.html", True), ("stories/2026-05.html", True),
    ("stories/long-1.html", True), ("stories/long.html", False), ("families/qwen/index.html", False),
    ("months/2026-07.html", False), ("index.html", False),
])  # fmt: skip
def test_a_page_that_a_day_does_not_change_is_not_given_its_image(page: str, stays: bool) -> None:
    posts = [pictured(number) for number in range(71)]
    before, after = (Finishing(room(*own)).of(page).image for own in (posts[:-1], posts))
    assert before and after
    assert (before == after) is stays
