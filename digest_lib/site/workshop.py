"""A copy of a home to render in: a renderer that is killed, or fails, leaves the home as it was."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from digest_lib.charts.raster import ENDINGS
from digest_lib.files import storage
from digest_lib.publishing.guard import NOTEBOOK
from digest_lib.settings import Home
from digest_lib.site.lock import LOCK
from digest_lib.site.page import Planned
from digest_lib.site.pages import newsroom, planned_pages, write_pages
from digest_lib.site.posts import Post

#: What of a home no page is made from, beside hidden folders. Posts are copied one by one.
_NOT_COPIED: Final = frozenset({"archive", "build", "posts", LOCK})
#: Sources are copied, since a renderer may write to them. Anything else may be large, and is only read.
_SOURCES: Final = frozenset({".qmd", ".md", ".ipynb", ".yml", ".yaml", ".html"})
#: The folder of a post that only the renderer is tried with.
_TRIAL: Final = "2000-01-01-trial"


def set_up(
    home: Home,
    root: Path,
    posts: Sequence[Post],
    pages: Mapping[str, Planned] | None = None,
    left_out: Collection[str] = (),
) -> tuple[Home, list[Post]]:
    """Copies into the missing folder `root` what the pages of these posts are made from, as it is now, with
    the generated pages that `pages` are by their paths (where it is not given: all that list these posts
    and no others). Pages of the home whose paths are `left_out` are not copied. Returns the copy, and the
    posts as they lie there.

    Raises `StorageError`.
    """
    copy = Home(root)
    with storage(root):
        root.mkdir(parents=True)
        copy.posts.mkdir()
        omitted = {f"{home.root}/{path}" for path in left_out}
        for path in sorted(home.root.iterdir()):
            if not _left_out(path, home):
                _copy(path, root / path.name, omitted)
        there = [replace(post, path=_copy_post(post, copy)) for post in posts]
    write_pages(copy, planned_pages(newsroom(copy, there)) if pages is None else pages)
    return copy, there


def add_trial(copy: Home) -> None:
    """Adds the plainest post there can be: a renderer that cannot take this one can take none."""
    cells = [
        {"cell_type": "raw", "id": "front", "metadata": {}, "source": "---\ntitle: Trial\n---\n"},
        {
            "cell_type": "code",
            "id": "shown",
            "metadata": {},
            "source": "",
            "execution_count": None,
            "outputs": [
                {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<p>Trial</p>"}}
            ],
        },
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    with storage(copy.posts):
        (copy.posts / _TRIAL).mkdir()
        (copy.posts / _TRIAL / NOTEBOOK).write_text(json.dumps(notebook), encoding="utf-8")


def _left_out(path: Path, home: Home) -> bool:
    return path.name in _NOT_COPIED or path.name == home.site.name or _private(path)


def _private(path: Path) -> bool:
    """Folders such as `.git`, and keys. Other hidden files may be part of a site (`.nojekyll`)."""
    return path.name.startswith(".env") or (path.name.startswith(".") and path.is_dir())


def _copy(source: Path, target: Path, omitted: Collection[str]) -> None:
    """A file, or a folder with all in it but what is omitted. What lies at a home's top is copied even where
    it is a link, since pages are written there; further down a link stays one, to the same place."""
    if str(source) in omitted:
        return
    if source.is_dir():
        target.mkdir()
        # Paths are compared as strings: of a site of years nearly all are left out.
        with os.scandir(source) as found:
            paths = sorted(entry.path for entry in found if entry.path not in omitted)
        for path in map(Path, paths):
            if path.is_symlink() and path.exists():
                (target / path.name).symlink_to(path.resolve())
            elif not path.is_symlink() and not _private(path):
                _copy(path, target / path.name, omitted)
    elif source.is_file():
        _link_or_copy(source, target)


def _link_or_copy(source: Path, target: Path) -> None:
    """Copies a source; gives anything else a second name, where the disk can do that."""
    if source.suffix not in _SOURCES:
        with suppress(OSError):  # another disk, or one without links
            os.link(source.resolve(), target)
            return
    shutil.copyfile(source, target)


def _copy_post(post: Post, copy: Home) -> Path:
    """Only what belongs to a post; the guard has seen it."""
    target = copy.posts / post.name
    target.mkdir()
    for path in sorted(post.path.iterdir()):
        if path.name == NOTEBOOK or path.suffix in ENDINGS:
            shutil.copyfile(path, target / path.name)
    return target
