"""What killed processes leave behind in a home: found by the mark of its maker, and removed by the next
command that gathers, runs or renders.

A file or folder that is being written has its maker's mark in its name (`owners.py`). One whose maker is gone
is removed; one of another machine, or of an older version, when nothing has touched it for a day.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from digest_lib import owners
from digest_lib.files import restore_folder
from digest_lib.running import claims
from digest_lib.settings import Home

#: Seconds after which what has no living maker on this machine is nobody's.
OLD = 86_400.0
#: What `files.py` calls a file that it writes: the target's name, its maker's mark, and chance.
_WRITTEN = re.compile(rf"\..+\.(?P<mark>{owners.MARK.pattern})\.\w+")
#: Folders of the archive in which no name begins with a dot for long.
_SKIPPED = ("damaged",)


def sweep(home: Home) -> list[Path]:
    """Removes what killed processes left in the home, puts back a post that was being replaced, and returns
    what was removed."""
    return _removed([*_replaced(home), *(path for path in _candidates(home) if _is_nobodys(path))])


def sweep_experiment(folder: Path) -> list[Path]:
    """The same in the folder of an experiment, which may lie anywhere."""
    found = [*folder.glob("work/*"), *(path for inner in folder.rglob("*/") for path in _written(inner))]
    return _removed([path for path in [*found, *_written(folder)] if _is_nobodys(path)])


def _removed(gone: list[Path]) -> list[Path]:
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return [path for path in gone if not path.exists()]


def _replaced(home: Home) -> Iterator[Path]:
    """The posts that were replaced and not yet deleted; one whose successor never came is put back."""
    busy = {state.name for state in claims.states(home) if state.state == claims.RUNNING}
    for old in home.posts.glob(".*.old"):
        name = old.name[1 : -len(".old")]
        if name not in busy:
            restore_folder(home.posts / name)
            yield from filter(Path.exists, [old])


def _candidates(home: Home) -> Iterator[Path]:
    yield from home.posts.glob(".new-*")
    yield from (home.archive / "work").glob("*")
    yield from (home.archive / "corrections").glob("*/.*")
    for folder in (home.root, home.archive, *_own(home)):
        yield from _written(folder)
    for folder in home.archive.glob("*"):
        if folder.is_dir() and folder.name not in _SKIPPED:
            yield from _written(folder)
            for inner in folder.glob("day=*"):
                yield from _written(inner)


def _own(home: Home) -> Iterator[Path]:
    """The folders that commands write single files into, the archive's apart. Posts, whose folders are many,
    and the site are made aside as wholes; those that were set aside get a reason."""
    for folder in (*home.root.glob("[!.]*/"), home.rendered):
        if folder not in (home.archive, home.site):
            yield folder
            yield from folder.glob("_*/" if folder == home.posts else "*/")


def _written(folder: Path) -> Iterator[Path]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - of a hundred thousand answers, only names are wanted
    except OSError:
        return
    yield from (folder / name for name in names if name.startswith(".") and _WRITTEN.fullmatch(name))


def _is_nobodys(path: Path) -> bool:
    found = owners.MARK.search(path.name)
    gone = owners.is_gone(found[0]) if found else None
    if gone is not None:
        return gone
    try:
        return time.time() - path.lstat().st_mtime > OLD
    except OSError:
        return False
