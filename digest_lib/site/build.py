"""A home's posts into a site: pages, rendering, finish; built aside, then swapped."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from digest_lib.charts.raster import ENDINGS
from digest_lib.errors import PostChanged, RenderFailed
from digest_lib.files import named, storage, swap_folder
from digest_lib.publishing.guard import NOTEBOOK, check_post
from digest_lib.publishing.set_aside import SetAside, move_aside
from digest_lib.quick import few_collections
from digest_lib.sections.making import DOWNLOAD
from digest_lib.settings import Home
from digest_lib.site.advice import advice
from digest_lib.site.blame import MOST, guilty
from digest_lib.site.composed import Composed
from digest_lib.site.finish import Finishing, Touch, finish_pages, more_files, pages_of, write_lists
from digest_lib.site.kept import Kept
from digest_lib.site.leavings import BUILD_PREFIX, clear_builds
from digest_lib.site.ledger import Ledger
from digest_lib.site.lock import render_lock
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.page import Planned
from digest_lib.site.pages import known_posts, newsroom, planned_pages, write_pages
from digest_lib.site.posts import Post, seen
from digest_lib.site.renderers import Progress, Renderer, choose
from digest_lib.site.resources import read, resources_of
from digest_lib.site.search_built import put_search_index
from digest_lib.site.spare import kept
from digest_lib.site.workshop import add_trial, set_up

#: So often a build begins anew when a post has changed meanwhile; who publishes without end is told so.
_ANEW: Final = 2
#: A page that every site has.
_ALWAYS: Final = "404.qmd"


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


def build_site(
    home: Home, progress: Progress | None = None, *, renderer: Renderer | str | None = None
) -> SiteReport:
    """Builds the site of a home and puts it in the place of `home.site`; `renderer`, or its name, as in
    `choose`.

    A post that the guard refuses, or that the renderer cannot take, is set aside and reported. Where one is
    corrected or retracted meanwhile, the site is made of what stands there then. While another render of the
    home is under way, this one waits. Raises `RenderFailed`, `RenderBusy`, `PostChanged` (again and again),
    `UnsafePost` (a secret in the finished site), `BadInput`, `StorageError`; then the site that was there is
    untouched.
    """
    say = progress or (lambda _line: None)
    chosen = choose(renderer) if renderer is None or isinstance(renderer, str) else renderer
    with render_lock(home, say), few_collections():
        set_aside: list[SetAside] = []
        for _ in range(_ANEW):
            with suppress(PostChanged):
                return _built(home, chosen, say, set_aside)
        return _built(home, chosen, say, set_aside)


def _built(home: Home, chosen: Renderer, say: Progress, set_aside: list[SetAside]) -> SiteReport:
    """See `build_site`: once, for whoever holds the home's `render_lock`. Posts that are set aside are added
    to those that were in a build before."""
    begun = time.monotonic()
    clear_builds(home)
    ledger = Ledger(home)
    posts, refused = known_posts(home, ledger)
    set_aside += refused
    with storage(home.root):
        aside = Path(tempfile.mkdtemp(prefix=BUILD_PREFIX, dir=home.root))
    try:
        build = _Build(home, aside, chosen, ledger, say)
        room = build.render(posts)
        say("feeds, sitemap, search index")
        pages = build.finish(room)
        set_aside += build.set_aside()
        swap_folder(build.site, home.site, done_with=build.retire)
        build.close()
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    seconds = time.monotonic() - begun
    return SiteReport(chosen.name, pages, tuple(set_aside), seconds, home.site, tuple(advice(home, room)))


def try_in(home: Home, posts: Sequence[Post], renderer: Renderer, say: Progress) -> list[SetAside]:
    """Where there is a post that the renderer has not made before: has it made in a folder aside, with the
    pages that list it, and sets aside what the renderer cannot take. The home then has the others' pages.

    For whoever holds the home's `render_lock`. Raises as `build_site`; then no post is to blame.
    """
    clear_builds(home)
    with storage(home.root):
        aside = Path(tempfile.mkdtemp(prefix=BUILD_PREFIX, dir=home.root))
    try:
        return _Build(home, aside, renderer, Ledger(home), say).tried(posts)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


class _Build:
    """One build, in the folder `aside`. The renderer sees nothing but copies there of what it has to make.

    After `render`: what the renderer made is in `site`, and `faults` says of the posts that are not in it
    why the renderer cannot take them.
    """

    def __init__(self, home: Home, aside: Path, renderer: Renderer, ledger: Ledger, say: Progress) -> None:
        self._home = home
        self._aside = aside
        self._renderer = renderer
        self._ledger = ledger
        self._say = say
        self._kept = Kept(home, renderer, ledger)
        self._tries = 0
        self._posts: Sequence[Post] = ()
        self._keys: dict[str, str] = {}
        self.site = aside
        self.faults: dict[str, str] = {}
        self._composed: Composed | None = None

    def tried(self, posts: Sequence[Post]) -> list[SetAside]:
        """See `try_in`."""
        keys = self._page_keys(posts, {}, ())
        new = sum(not self._kept.has(key) for key in keys.values())
        if not new:
            return []
        self._say(f"trying first what {self._renderer.name} has not made before: posts: {new}")
        self.render(posts)
        self._kept.close()
        return self.set_aside()

    def render(self, posts: Sequence[Post]) -> Newsroom:
        """Makes the pages that are not kept, of a site with every post that the renderer can take; returns
        what that site is made from."""
        self._posts = posts
        while True:
            left = [post for post in posts if post.name not in self.faults]
            try:
                return self._render(left)
            except RenderFailed as error:
                if not left:
                    raise
                self._say(f"{error}: looking for the posts that it is about")
                self.faults |= self._guilty(left, error)
                if len(self.faults) > MOST:
                    raise RenderFailed(
                        self._renderer.name,
                        f"more than {MOST} posts fail; the last: {error.reason}",
                        error.place,
                    ) from None

    def _guilty(self, posts: Sequence[Post], error: RenderFailed) -> dict[str, str]:
        """See `guilty`: those that had to be rendered are suspected first."""
        names = [post.name for post in posts]
        due = [post.name for post in posts if not self._kept.has(self._keys.get(_source(post), ""))]
        if due and len(due) < len(names):
            with suppress(RenderFailed):
                return guilty(due, error, self._trial)
        return guilty(names, error, self._trial)

    def _render(self, posts: Sequence[Post]) -> Newsroom:
        """The pages of a site with these posts and no others, and what they are made from."""
        root, site = self._fresh()
        room = newsroom(self._home, posts)
        planned = planned_pages(room)
        own = write_pages(self._home, planned, self._ledger)
        there = own | planned.keys()
        planned = {path: page for path, page in planned.items() if path not in own}
        self._keys = self._page_keys(posts, planned, own)
        # One page is always made: what a renderer puts beside its pages belongs to the new site, too.
        missing = {path for path, key in self._keys.items() if not self._kept.has(key)} | {_ALWAYS}
        due = [post for post in posts if _source(post) in missing]
        copied_own = own if self._renderer.reads_beside else own & missing
        pages = {path: page for path, page in planned.items() if path in missing}
        copy, copies = set_up(self._home, root, due, pages, there - copied_own)
        for post in copies:
            self._take(post)
        self._renderer.render(copy, site, self._say)
        self.site = site
        for path in sorted(missing & self._keys.keys()):
            self._keep(path, site / _page(path))
        return room

    def _keep(self, path: str, made: Path) -> None:
        """Keeps what the renderer made of a source; nothing, where the home's settings leave that out."""
        if not made.is_file():
            del self._keys[path]
            return
        with storage(made):
            self._kept.add(self._keys[path], made.read_text(encoding="utf-8"))
            made.unlink()

    def _page_keys(
        self, posts: Sequence[Post], planned: Mapping[str, Planned], own: Iterable[str]
    ) -> dict[str, str]:
        """Of every page that may be kept: its key, by the path of its source. A person's pages (`own`) may
        not where the renderer reads other files for them."""
        keys = {path: self._kept.key(path, self._ledger.source(page)) for path, page in planned.items()}
        for post in posts:
            path = _source(post)
            # Posts that were read without a ledger do not know the names of their files.
            source = post.brief.files[NOTEBOOK] or self._ledger.digest(post.path / NOTEBOOK)
            keys[path] = self._kept.key(path, source)
        for path in () if self._renderer.reads_beside else own:
            keys[path] = self._kept.key(path, self._ledger.digest(self._home.root / path))
        return keys

    def _take(self, copied: Post) -> None:
        """Makes sure that what the renderer is given is what the guard has seen: the post may have been
        published again meanwhile. Raises `UnsafePost`."""
        path = _source(copied)
        key = self._kept.key(path, named((copied.path / NOTEBOOK).read_bytes()))
        if key != self._keys[path]:
            check_post(copied.path)
            self._keys[path] = key

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

    def finish(self, room: Newsroom) -> int:
        """Puts the finished site of `room` together in `site`; returns how many pages it has."""
        finishing = Finishing(room)
        with storage(self.site):
            finish_pages(self.site, finishing)
            pages = [path.relative_to(self.site).as_posix() for path in pages_of(self.site)]
            composed = Composed(self._home, self.site, self._ledger)
            self.site = composed.site
            for path, key in sorted(self._keys.items()):
                touch = finishing.of(page := _page(path))
                composed.put_all(page, named(key, touch.key), partial(self._finished, key, touch))
                pages.append(page)
            for post in room.posts:
                self._put_files(post, composed)
            known = set(pages)
            for path, key, make in more_files(room):
                if path not in known:
                    composed.put(path, key, make)
            for path in resources_of(self._home):
                if path not in known and not composed.is_rendered(path):
                    digest = self._ledger.digest(self._home.root / path)
                    composed.put(path, named("resource", digest), partial(read, self._home, path))
            write_lists(self.site, pages, room)
            put_search_index(composed, self._home, {p.name: self._keys[_source(p)] for p in room.posts})
            composed.close()
            self._ledger.scan(self.site, composed.kept)
            self._composed = composed
            os.sync()  # what is taken over in later builds must be on the disk when the site is
        return len(pages)

    def _finished(self, key: str, touch: Touch) -> Mapping[str, bytes]:
        return touch.applied(self._kept.text(key))

    def _put_files(self, post: Post, composed: Composed) -> None:
        """A post's images, and its notebook to download."""
        for source, digest in post.brief.files.items():
            if source == NOTEBOOK or source.endswith(ENDINGS):
                name = DOWNLOAD if source == NOTEBOOK else source
                composed.put(f"posts/{post.name}/{name}", digest, partial(seen, post.path, source, digest))

    def set_aside(self) -> list[SetAside]:
        """Sets the posts aside that the renderer cannot take, in the home itself."""
        if not self.faults:
            return []
        return [
            move_aside(post.path, f"{self._renderer.name} cannot render it: {self.faults[post.name]}")
            for post in self._posts
            if post.name in self.faults
        ]

    def retire(self, old: Path) -> None:
        """Keeps what the old site shares with the new one, which is in its place now. (Nothing on a disk
        without second names: everything would be there twice.)"""
        if self._composed and self._composed.kept:
            kept(self._home, self._composed.alone(), old)

    def close(self) -> None:
        """Keeps what the next build may take over; only for a site that is in its place."""
        self._kept.close()
        self._ledger.close()


def _source(post: Post) -> str:
    """The path of a post's source in its home."""
    return f"posts/{post.name}/{NOTEBOOK}"


def _page(source: str) -> str:
    """The path of a source's page in the site."""
    return f"{source.rpartition('.')[0]}.html"
