"""What a post's page gets that stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest_lib.publishing.post import publish
from digest_lib.site.post_page import Added, Below, complete
from digest_lib.site.posts import read_posts
from publishing.published_days import executed, make_home, revised, write


@pytest.mark.parametrize(
    ("kind", "alone", "leads"),
    [
        ("story", True, True),
        ("story", False, True),
        ("story minor", True, False),
        ("story minor", False, True),
    ],
)
def test_a_story_that_stands_back_leads_on_where_there_is_more(
    tmp_path: Path, kind: str, *, alone: bool, leads: bool
) -> None:
    home = make_home(tmp_path / "home")
    publish(write(tmp_path / "work.ipynb", executed(revised())), home, provenance={})
    [post] = read_posts(home)[0]
    page = LexborHTMLParser(f'<main><article class="{kind}"><h3 id="story-s1">甲</h3></article></main>')
    below = Below("s1", '<p class="turn-nav"><a href="../../stories/s1.html">這個事件的經過</a></p>', alone)
    for _ in range(2):  # done again, it is there once
        complete(page, post, Added("", [below], ""))
        assert len(page.css("main p.turn-nav")) == leads
