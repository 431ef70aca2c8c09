"""The site before the last: most of it is what the next one will be, so the next one is made in its place.

A file that a site takes over from the one before is the same file under a second name. When a site has been
replaced twice, all that did not change since still lies in it: it need neither be named once more nor be
deleted, which is much of what a day costs where a site has years. What lies here has a name in the site that
is shown, too (but for `llms.txt` and the like), so it takes hardly more of the disk than its folders do. It
is safe to delete at any time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from digest_lib.settings import Home
from digest_lib.site.ledger import Sign, sign_of

_NAME: Final = "site"


def place(home: Home) -> Path:
    """Where it lies; there may be none."""
    return home.rendered / _NAME


def taken(home: Home, target: Path, known: Mapping[str, Sign]) -> dict[str, Sign]:
    """Moves it to the missing `target`, and removes all from it but files with one of the signs in `known`,
    by their paths: these are as they were made. Returns them. Where there is no such site, nothing is moved.

    Whoever is killed meanwhile leaves none, as if it had been deleted.
    """
    try:
        place(home).rename(target)
    except OSError:  # none, or on another disk
        return {}
    files: dict[str, Sign] = {}
    stale, empty = [], []
    top, folders = f"{target}/", [""]
    for folder in folders:
        here = 0
        with os.scandir(top + folder) as found:
            for here, entry in enumerate(found, start=1):  # noqa: B007
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                elif (sign := known.get(path)) and sign_of(entry.stat(follow_symlinks=False)) == sign:
                    files[path] = sign
                else:
                    stale.append(path)
        if not here:
            empty.append(folder[:-1])
    removed(target, stale, empty)
    return files


def files_in(folder: Path) -> list[str]:
    """All that lies below a folder, but folders."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def moved(paths: Iterable[str], source: Path, target: Path) -> None:
    """Moves files from one folder to the same places in another, over what is there."""
    for path in paths:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).replace(target / path)


def removed(site: Path, paths: Iterable[str], empty: Iterable[str] = ()) -> None:
    """Removes files, and the folders that are empty then, or were."""
    top, folders = str(site), set(empty)
    for path in paths:
        with suppress(FileNotFoundError):
            os.unlink(f"{top}/{path}")  # noqa: PTH108 - as all here: of what a site of years has
        folders.add(path.rpartition("/")[0])
    for folder in sorted(folders, key=len, reverse=True):
        while folder:
            try:
                os.rmdir(f"{top}/{folder}")  # noqa: PTH106
            except OSError:
                break  # something is left there
            folder = folder.rpartition("/")[0]  # noqa: PLW2901


def kept(home: Home, alone: Iterable[str], old: Path) -> None:
    """Puts a site there that has been replaced, without the files that the new one does not share, `alone`;
    deletes it where that cannot be."""
    shutil.rmtree(place(home), ignore_errors=True)
    try:
        old.rename(place(home))
        removed(place(home), alone)
    except OSError:  # another disk; or whatever is wrong there: the site is in its place, this is a saving
        shutil.rmtree(place(home), ignore_errors=True)
