"""Posts into the sources of the site's pages. Nothing is written that would not change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from digest_lib.cells import parameters_of
from digest_lib.errors import BadNotebook
from digest_lib.files import storage, write_atomic
from digest_lib.publishing.clean import FAMILY
from digest_lib.publishing.set_aside import SetAside
from digest_lib.settings import Home
from digest_lib.site.config import read_config
from digest_lib.site.frame import write_frame
from digest_lib.site.leavings import clear_pages, remove
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.outfit import outfit
from digest_lib.site.page import MARKER
from digest_lib.site.posts import Post, read_posts
from digest_lib.site.renderers import inside_build
from digest_lib.site.site_pages import all_pages

_GENERATED = ("*.qmd", "families/**/*.qmd", "months/*.qmd", "stories/*.qmd")
_HEAD = 2_000


def generate(home: Home) -> list[SetAside]:
    """Writes the pages of all posts (and the page frame), removes stale ones, and returns the posts that
    had to be set aside. A page that a person wrote under the name of a generated one stays.

    Raises `BadInput` for a broken `_quarto.yml`, `UnsafePost` when one cannot be set aside, `StorageError`.
    """
    return [] if inside_build() else prepare(home)[1]


def prepare(home: Home) -> tuple[list[Post], list[SetAside]]:
    """As `generate`; returns the posts of the site, newest first, too."""
    outfit(home.root)
    write_frame(home)
    posts, aside = read_posts(home)
    write_pages(home, posts)
    return posts, aside


def write_pages(home: Home, posts: Sequence[Post]) -> None:
    """Writes the pages of these posts, newest first, and removes the generated ones that are stale, with
    what renderers left beside any of them."""
    room = Newsroom(posts, _families(home, posts), read_config(home))
    written = {home.root / page.path: page.source for page in all_pages(room)}
    for path, source in written.items():
        if not path.exists() or (_is_generated(path) and _text(path) != source):
            write_atomic(path, source)
    generated = [path for path in _existing(home.root) if _is_generated(path)]
    clear_pages(generated)
    with storage(home.root):
        remove(path for path in generated if path not in written)


def _existing(root: Path) -> Iterable[Path]:
    return sorted(path for pattern in _GENERATED for path in root.glob(pattern))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _is_generated(path: Path) -> bool:
    return f"\n{MARKER}\n" in _text(path)[:_HEAD]


def _families(home: Home, posts: Iterable[Post]) -> dict[str, str]:
    """The name of every family that has a notebook or a post, in alphabetical order."""
    names: dict[str, str] = {}
    for path in sorted(home.notebooks.glob("*.ipynb")) if home.notebooks.is_dir() else []:
        try:
            told = parameters_of(json.loads(_text(path)), path.name)
        except (BadNotebook, ValueError):
            continue  # a notebook that is no family's, or one that `digest run` complains about
        family = told.get("family")
        if isinstance(family, str) and family == path.stem and re.fullmatch(FAMILY, family):
            names[family] = str(told.get("name") or family)
    for post in posts:  # newest first, so that the newest name counts
        names.setdefault(post.facts.family, post.facts.name)
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
