"""Which posts a renderer cannot take: named by it or found by halves; guilty only if they fail alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from digest_lib.errors import RenderFailed

#: With more posts that fail, it is the renderer that is wrong, or something that all posts have.
MOST: Final = 10
#: Posts that fail together and of which one is to blame. With more, the site may just be too large.
_FEW: Final = 3

#: Renders a site with these posts alone, by name; with none: with the plainest post there can be. The error,
#: where that fails.
Trial = Callable[[Sequence[str]], RenderFailed | None]


def guilty(posts: Sequence[str], error: RenderFailed, trial: Trial) -> dict[str, str]:
    """The posts, given newest first, that are to blame for `error`, which all of them together raised, each
    with the reason.

    Nobody is blamed on suspicion: a post is guilty when the site fails with it as the only one, or with it
    and at most two earlier ones whose pages it is on, and does not fail without any. Raises the error that
    is no post's fault: the renderer's, a page's that a person wrote, or one of many posts together.
    """
    without = trial([])
    if without:
        raise without
    named = [post for post in posts if f"posts/{post}/" in error.place]
    for post in named:
        alone = trial([post])
        if alone:
            return {post: alone.reason}
    found = _by_halves(posts, error, trial) or _together(posts, trial)
    if not found:
        raise error
    return found


def _by_halves(posts: Sequence[str], error: RenderFailed, trial: Trial) -> dict[str, str]:
    """Those that fail alone."""
    if len(posts) == 1:
        return {posts[0]: error.reason}
    middle = len(posts) // 2
    found: dict[str, str] = {}
    for half in (posts[:middle], posts[middle:]):
        failed = trial(half) if half and len(found) <= MOST else None
        if failed:
            found |= _by_halves(half, failed, trial)
    return found


def _together(posts: Sequence[str], trial: Trial) -> dict[str, str]:
    """The post with which it began, where a few posts fail together and none alone: a page that all of them
    are on."""
    few: list[str] = []
    rest = [*reversed(posts)]
    while len(few) < _FEW:
        # With all of `rest` the site fails; its shortest beginning that does ends in one that is needed.
        low, high = 0, len(rest)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if trial([*few, *rest[:middle]]) else (middle + 1, high)
        if high == 0:
            break
        few.append(rest[high - 1])
        rest = rest[: high - 1]
        failed = trial(few)
        if failed:
            return {few[0]: failed.reason}
    return {}
