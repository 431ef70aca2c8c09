"""Who is to blame when a site cannot be rendered: a post that fails alone, and nobody on suspicion."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digest_lib.errors import RenderFailed
from digest_lib.site.blame import guilty

POSTS = [f"2026-07-{day:02}-qwen" for day in range(1, 17)]


class Renderer:
    """Cannot take some posts; stops at the first of them, and may say at which."""

    def __init__(self, bad: Sequence[str], *, tells: bool, together: Sequence[str] = ()) -> None:
        self.bad, self.tells, self.together = set(bad), tells, set(together)
        self.rounds = 0

    def __call__(self, posts: Sequence[str]) -> RenderFailed | None:
        self.rounds += 1
        for post in posts:
            if post in self.bad:
                place = f"posts/{post}/index.ipynb" if self.tells else ""
                return RenderFailed("quarto", f"cannot read {post}", place)
        if self.together and self.together <= set(posts):
            return RenderFailed("quarto", "too many", f"posts/{posts[-1]}/index.ipynb")
        return None


@pytest.mark.parametrize("bad", [POSTS[:1], POSTS[-1:], POSTS[7:8], [POSTS[2], POSTS[11]], POSTS[3:6]])
def test_bad_posts_are_found_by_halves(bad: list[str]) -> None:
    renderer = Renderer(bad, tells=False)
    error = renderer(POSTS)
    assert error
    assert guilty(POSTS, error, renderer) == {post: f"cannot read {post}" for post in bad}


def test_a_post_that_is_named_is_tried_first() -> None:
    renderer = Renderer(POSTS[9:10], tells=True)
    error = renderer(POSTS)
    assert error
    renderer.rounds = 0
    assert guilty(POSTS, error, renderer) == {POSTS[9]: f"cannot read {POSTS[9]}"}
    assert renderer.rounds == 2  # without any post, and with that one alone


def test_a_post_that_is_named_and_innocent_is_not_blamed() -> None:
    """The renderer says where it was when something else failed."""
    renderer = Renderer(POSTS[3:4], tells=False)
    error = RenderFailed("quarto", "stopped", f"posts/{POSTS[9]}/index.ipynb")
    assert list(guilty(POSTS, error, renderer)) == POSTS[3:4]


def test_what_fails_without_posts_is_no_posts_fault() -> None:
    page = RenderFailed("quarto", "no such filter", "about.qmd")
    with pytest.raises(RenderFailed, match=r"about\.qmd: no such filter"):
        guilty(POSTS, RenderFailed("quarto", "x", f"posts/{POSTS[0]}/index.ipynb"), lambda _posts: page)


@pytest.mark.parametrize(
    "together", [[POSTS[0], POSTS[1]], [POSTS[2], POSTS[13]], [POSTS[15], POSTS[14]], POSTS[4:7]]
)
def test_posts_that_fail_only_together_cost_the_one_with_which_it_began(together: list[str]) -> None:
    """A page that lists them all; POSTS are oldest first here, posts are given newest first."""
    posts = POSTS[::-1]
    renderer = Renderer([], tells=False, together=together)
    error = renderer(posts)
    assert error
    assert guilty(posts, error, renderer) == {max(together): "too many"}


def test_what_fails_with_all_posts_together_is_no_posts_fault() -> None:
    renderer = Renderer([], tells=False, together=POSTS)
    error = renderer(POSTS)
    assert error
    with pytest.raises(RenderFailed, match="too many"):
        guilty(POSTS, error, renderer)
