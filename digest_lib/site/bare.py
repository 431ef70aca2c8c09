"""What a bare `quarto render` does before and after: the same pages, guard and finish as `digest render`.

Quarto then renders in the home itself, with the environment that it was started in. So what it may read is
made safe first: posts that the guard refuses are moved away, and what an interrupted render left is removed.
It stops at the first post that it cannot take, and then there is no site at all: so posts that it has never
made are tried first, in a folder aside, and those that it cannot take are moved away as well.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from digest_lib.errors import PostChanged, RenderFailed
from digest_lib.publishing.set_aside import SetAside
from digest_lib.settings import Home
from digest_lib.site.build import try_in
from digest_lib.site.finish import finish
from digest_lib.site.lock import hold_for_quarto, release_for_quarto
from digest_lib.site.pages import prepare
from digest_lib.site.renderers import choose, inside_build, renders_all


def before(home: Home, say: Callable[[str], None]) -> list[SetAside]:
    """The pre-render step: waits for another render of the home, then writes the pages. Returns the posts
    that had to be set aside.

    Raises what stops Quarto: `BadInput`, `RenderBusy`, `StorageError`, `UnsafePost` for a post that cannot be
    moved away.
    """
    if inside_build():
        return []
    hold_for_quarto(home, say)
    posts, aside = prepare(home)
    if renders_all():
        try:
            aside += try_in(home, posts, choose("quarto"), say)
        except (RenderFailed, PostChanged) as error:  # no post's fault: Quarto will say so
            say(str(error))
    return aside


def after(home: Home, site: Path) -> None:
    """The post-render step; errors as `site.finish`."""
    if inside_build():
        return
    try:
        finish(site, home)
    finally:
        release_for_quarto(home)
