"""A home's posts into a site: pages, rendering, finish; built aside, then swapped."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest_lib.errors import RenderFailed
from digest_lib.files import storage, swap_folder
from digest_lib.publishing.set_aside import SetAside, move_aside
from digest_lib.settings import Home
from digest_lib.site.blame import MOST, guilty
from digest_lib.site.config import read_config
from digest_lib.site.finish import finish
from digest_lib.site.leavings import BUILD_PREFIX, clear_builds
from digest_lib.site.lock import render_lock
from digest_lib.site.pages import prepare, write_pages
from digest_lib.site.posts import Post
from digest_lib.site.renderers import Progress, Renderer, choose
from digest_lib.site.workshop import add_trial, set_up, share_kept


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build made: by which renderer, how many pages, in how many seconds, where; the posts that it set
    aside; and what whoever runs the site should know."""

    renderer: str
    pages: int
    set_aside: tuple[SetAside, ...]
    seconds: float
    path: Path
    warnings: tuple[str, ...] = ()


def build_site(home: Home, progress: Progress | None = None, *, renderer: str | None = None) -> SiteReport:
    """Builds the site of a home and puts it in the place of `home.site`; `renderer` as in `choose`.

    A post that the guard refuses, or that the renderer cannot take, is set aside and reported. While
    another render of the home is under way, this one waits. Raises `RenderFailed`, `RenderBusy`,
    `UnsafePost` (a secret in the finished site), `BadInput`, `StorageError`; then the site that was there is
    untouched.
    """
    say = progress or (lambda _line: None)
    chosen = choose(renderer)
    with render_lock(home, say):
        begun = time.monotonic()
        clear_builds(home)
        posts, set_aside = prepare(home)
        with storage(home.root):
            aside = Path(tempfile.mkdtemp(prefix=BUILD_PREFIX, dir=home.root))
        try:
            build = _Build(home, aside, chosen, say)
            pages = build.render(posts)
            say("feeds, sitemap, search index")
            finish(build.site, home, build.shown)
            set_aside += build.set_aside()
            swap_folder(build.site, home.site)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        seconds = time.monotonic() - begun
    return SiteReport(chosen.name, pages, tuple(set_aside), seconds, home.site, tuple(_warnings(home)))


class _Build:
    """One build, in the folder `aside`. The renderer sees nothing but copies of the home there.

    After `render`: the site is in `site`, `shown` are its posts, and `faults` says of the others why the
    renderer cannot take them.
    """

    def __init__(self, home: Home, aside: Path, renderer: Renderer, say: Progress) -> None:
        self._home = home
        self._aside = aside
        self._renderer = renderer
        self._say = say
        self._tries = 0
        self._copy = home
        self._posts: Sequence[Post] = ()
        self.site = aside
        self.shown: Sequence[Post] = ()
        self.faults: dict[str, str] = {}

    def render(self, posts: Sequence[Post]) -> int:
        """Renders the site with every post that the renderer can take; returns how many pages it has."""
        self._posts = posts
        while True:
            left = [post for post in posts if post.name not in self.faults]
            try:
                return self._render(left)
            except RenderFailed as error:
                if not left:
                    raise
                self._say(f"{error}: looking for the posts that it is about")
                self.faults |= guilty([post.name for post in left], error, self._trial)
                if len(self.faults) > MOST:
                    raise RenderFailed(
                        self._renderer.name,
                        f"more than {MOST} posts fail; the last: {error.reason}",
                        error.place,
                    ) from None

    def _render(self, posts: Sequence[Post]) -> int:
        """The site with these posts and no others."""
        root, site = self._fresh()
        self._copy, self.shown = set_up(self._home, root, posts)
        self.site = site
        share_kept(self._home, self._copy)
        return self._renderer.render(self._copy, site, self._say)

    def _trial(self, names: Sequence[str]) -> RenderFailed | None:
        """See `blame.Trial`."""
        root, site = self._fresh()
        copy, _ = set_up(self._home, root, [post for post in self._posts if post.name in set(names)])
        if not names:
            add_trial(copy)
        try:
            self._renderer.render(copy, site)
        except RenderFailed as error:
            return error
        finally:
            shutil.rmtree(root.parent, ignore_errors=True)
        return None

    def _fresh(self) -> tuple[Path, Path]:
        self._tries += 1
        return self._aside / str(self._tries) / "home", self._aside / str(self._tries) / "site"

    def set_aside(self) -> list[SetAside]:
        """Sets the posts aside that the renderer cannot take, in the home itself."""
        if not self.faults:
            return []
        moved = [
            move_aside(post.path, f"{self._renderer.name} cannot render it: {self.faults[post.name]}")
            for post in self._posts
            if post.name in self.faults
        ]
        write_pages(self._home, [post for post in self._posts if post.name not in self.faults])
        return moved


def _warnings(home: Home) -> Iterator[str]:
    if not read_config(home).placed:
        yield "site-url is not set in _quarto.yml: links in the feed point to this machine"
