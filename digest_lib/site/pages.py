"""Posts into the sources of the site's pages. Nothing is written that would not change."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from digest_lib.cells import parameters_of
from digest_lib.errors import BadNotebook
from digest_lib.files import storage, write_atomic
from digest_lib.publishing.clean import FAMILY
from digest_lib.publishing.set_aside import SetAside
from digest_lib.settings import Home
from digest_lib.site.adopted import read_reports
from digest_lib.site.config import read_config
from digest_lib.site.frame import TEMPLATE, write_frame
from digest_lib.site.leavings import clear_pages, remove
from digest_lib.site.ledger import Ledger
from digest_lib.site.newsroom import Newsroom
from digest_lib.site.outfit import outfit
from digest_lib.site.page import MARKER, Planned
from digest_lib.site.posts import Post, read_posts
from digest_lib.site.seen import characters
from digest_lib.site.site_pages import all_pages

#: How the names of pages end. Where they lie (see `_listed`): as `render:` in `_quarto.yml` has it.
_PAGE = ".qmd"
_HEAD = 2_000


def prepare(home: Home) -> tuple[list[Post], list[SetAside]]:
    """Writes the pages of all posts (and the page frame), removes stale ones, and returns the posts of the
    site, newest first, and those that had to be set aside. A page that a person wrote under the name of a
    generated one stays.

    Raises `BadInput` for a broken `_quarto.yml`, `UnsafePost` when one cannot be set aside, `StorageError`.
    """
    posts, aside = known_posts(home)
    write_pages(home, planned_pages(newsroom(home, posts)))
    return posts, aside


def known_posts(home: Home, ledger: Ledger | None = None) -> tuple[list[Post], list[SetAside]]:
    """The posts of a home that has all it needs for a site, as `read_posts`; errors as `prepare`."""
    outfit(home.root)
    write_frame(home)
    return read_posts(home, ledger)


def newsroom(home: Home, posts: Sequence[Post]) -> Newsroom:
    """What the pages of these posts, newest first, are made from in this home. Raises `BadInput`."""
    reports, misread = read_reports(home)
    return Newsroom(posts, families_of(home, posts), read_config(home), reports, _words(home), misread)


def _words(home: Home) -> dict[str, str]:
    """The characters that the page frame and its scripts write into every page (by no name), and other
    scripts, by the kind of page that they are for: `search` for `search.js` and `search-query.js`."""
    frame = home.root / TEMPLATE
    texts = {"": _text(frame) if frame.is_file() else ""}
    for script in sorted((home.root / "assets").glob("*.js")):
        name = "" if script.name in texts[""] else script.stem.partition("-")[0]
        texts[name] = texts.get(name, "") + _text(script)
    return {name: "".join(sorted(characters(text))) for name, text in texts.items()}


def planned_pages(room: Newsroom) -> dict[str, Planned]:
    """The generated pages by their paths in the home."""
    return {page.path: page for page in all_pages(room)}


def write_pages(home: Home, pages: Mapping[str, Planned], ledger: Ledger | None = None) -> set[str]:
    """Writes these generated pages, and removes other ones, which are stale, with what renderers left beside
    any of them. With a `ledger` a page that lies there as it was written is not made to be compared. Returns
    the paths of the pages that a person wrote."""
    there = set(_listed(home))
    same = {name for name in pages if ledger and name in there and _is_there(name, pages[name], ledger)}
    for name, page in pages.items():
        if name not in same:
            _write(home.root / name, page.source)
    own = {name for name in there if name not in same and not is_generated(home.root / name)}
    generated = sorted({*there, *pages} - own)
    clear_pages(home, generated)
    with storage(home.root):
        remove(home.root / name for name in generated if name not in pages)
    return own


def _is_there(name: str, page: Planned, ledger: Ledger) -> bool:
    return ledger.digest_of(name) == ledger.source(page)


def _write(path: Path, source: str) -> None:
    """Writes a generated page, unless it is there, or a person's is."""
    if not path.exists() or ((there := _text(path)) != source and _marked(there)):
        write_atomic(path, source)


def written_pages(home: Home) -> list[Path]:
    """The sources of all pages but posts that lie in the home, a person's and generated ones."""
    return [home.root / name for name in _listed(home)]


def _listed(home: Home) -> list[str]:
    """As `written_pages`, by their paths in the home. (Strings: a site of years has many thousands.)"""
    top = str(home.root)
    found = _names(top, "", deep=False) + _names(top, "families/", deep=True)
    return sorted(found + _names(top, "months/", deep=False) + _names(top, "stories/", deep=False))


def _names(top: str, folder: str, *, deep: bool) -> list[str]:
    """The files of pages in a folder of the home, whose path ends with a slash; not in those that renderers
    do not look into. What cannot be listed has none."""
    try:
        with os.scandir(f"{top}/{folder}") as entries:
            seen = [entry for entry in entries if not entry.name.startswith((".", "_"))]
    except OSError:
        return []
    found = [f"{folder}{entry.name}" for entry in seen if entry.name.endswith(_PAGE)]
    for entry in seen:
        if deep and entry.is_dir(follow_symlinks=False):
            found += _names(top, f"{folder}{entry.name}/", deep=True)
    return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def is_generated(path: Path) -> bool:
    """Whether the page was written by this library, not by a person."""
    try:
        with path.open("rb") as file:
            return _marked(file.read(_HEAD).decode(errors="replace"))
    except OSError:
        return False


def _marked(text: str) -> bool:
    return f"\n{MARKER}\n" in text[:_HEAD]


def families_of(home: Home, posts: Iterable[Post]) -> dict[str, str]:
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
        names.setdefault(post.brief.family, post.brief.name)
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
