"""A home's posts into a site: pages, rendering, finish; built aside, then swapped."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest_lib.files import storage, swap_folder
from digest_lib.publishing.config import read_config
from digest_lib.publishing.pages import prepare
from digest_lib.publishing.posts import SetAside
from digest_lib.publishing.renderers import Progress, choose
from digest_lib.publishing.site import finish
from digest_lib.settings import Home


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build made: by which renderer, how many pages, in how many seconds, where; and what whoever runs
    the site should know."""

    renderer: str
    pages: int
    set_aside: tuple[SetAside, ...]
    seconds: float
    path: Path
    warnings: tuple[str, ...] = ()


def build_site(home: Home, progress: Progress | None = None, *, renderer: str | None = None) -> SiteReport:
    """Builds the site of a home and puts it in the place of `home.site`; `renderer` as in `choose`.

    A post that the guard refuses is set aside and reported. Raises `RenderFailed`, `UnsafePost` (a secret
    in the finished site), `BadInput`, `StorageError`; then the site that was there is untouched.
    """
    begun = time.monotonic()
    say = progress or (lambda _line: None)
    chosen = choose(renderer)
    posts, set_aside = prepare(home)
    with storage(home.root):
        aside = Path(tempfile.mkdtemp(prefix=".site-", dir=home.root))
    try:
        site = aside / "site"
        pages = chosen.render(home, site, progress)
        say("feeds, sitemap, search index")
        finish(site, home, posts)
        swap_folder(site, home.site)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    seconds = time.monotonic() - begun
    return SiteReport(chosen.name, pages, tuple(set_aside), seconds, home.site, tuple(_warnings(home)))


def _warnings(home: Home) -> Iterator[str]:
    if not read_config(home).placed:
        yield "site-url is not set in _quarto.yml: links in the feed point to this machine"
