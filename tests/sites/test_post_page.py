"""What a post's page gets that stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest_lib.publishing.post import publish
from digest_lib.site.events import Told
from digest_lib.site.post_page import Added, Around, Below, Turns, added_to, complete
from digest_lib.site.posts import Post, read_posts
from publishing.published_days import executed, make_home, revised, write


@pytest.fixture
def post(tmp_path: Path) -> Post:
    home = make_home(tmp_path / "home")
    publish(write(tmp_path / "work.ipynb", executed(revised())), home, provenance={})
    return read_posts(home)[0][0]


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
    post: Post, kind: str, *, alone: bool, leads: bool
) -> None:
    page = LexborHTMLParser(f'<main><article class="{kind}"><h3 id="story-s1">甲</h3></article></main>')
    below = Below("s1", '<p class="turn-nav"><a href="../../stories/s1.html">這個事件的經過</a></p>', alone)
    for _ in range(2):  # done again, it is there once
        complete(page, post, Added("", [below], ""))
        assert len(page.css("main p.turn-nav")) == leads


@pytest.mark.parametrize(("language", "marked"), [("en", True), ("zh-TW", False)])
def test_what_the_site_says_within_a_post_in_another_language_is_marked(
    post: Post, language: str, *, marked: bool
) -> None:
    own = Post.of(post.name, post.path, post.facts.model_copy(update={"language": language}))
    told = Turns(Told(own, own.brief.stories[0]), "stories/s1.html", None, None, [])
    added = added_to(own, Around(None, None, [], [told]), "")
    for html in (added.turns[0].html, added.made_with):
        [around, *_] = LexborHTMLParser(html).css("p, dl")
        assert ("lang" in around.attributes) is marked
        assert around.attributes.get("lang", "zh-TW") == "zh-TW"
