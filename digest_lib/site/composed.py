"""A finished site out of what is new and what the old site has: a file that would be the same is given a
second name, which costs nothing; the old site stays as it is until the new one takes its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from digest_lib.files import storage
from digest_lib.settings import Home
from digest_lib.site.ledger import Ledger, sign_of


class Composed:
    """The new site of a home, in the folder `site`; `kept` are the paths of what the old one had."""

    def __init__(self, home: Home, site: Path, ledger: Ledger) -> None:
        self.site = site
        self._old = home.site.resolve()
        self._ledger = ledger
        self._folders: set[Path] = set()
        self.kept: set[str] = set()

    def put(self, path: str, key: str, make: Callable[[], bytes]) -> None:
        """Puts a file there: the old site's if it was made under the same key, else what `make` makes."""
        target, old = self.site / path, self._old / path
        with storage(target):
            if target.parent not in self._folders:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(target.parent)
            target.unlink(missing_ok=True)
            sign = self._ledger.same(path, key, old)
            if sign is not None:
                with suppress(OSError):  # a disk without links
                    os.link(old, target)
                    self._ledger.made[path] = key, sign
                    self.kept.add(path)
                    return
            target.write_bytes(make())
            self._ledger.made[path] = key, sign_of(target.stat())

    def put_folder(self, path: str, key: str, make: Callable[[], None]) -> None:
        """Puts a folder there: the old site's, when that was made under the same key, else what `make` writes
        there."""
        target, old = self.site / path, self._old / path
        mark = f"{path}/"
        with storage(target):
            sign = self._ledger.same(mark, key, old)
            if sign is None or not _linked(old, target):
                make()
            else:
                self.kept.update(f"{path}/{p.relative_to(target).as_posix()}" for p in target.rglob("*"))
            self._ledger.made[mark] = key, sign_of(target.stat())


def _linked(old: Path, target: Path) -> bool:
    """Gives every file of a folder a second name; on a disk without links there is nothing then."""
    try:
        shutil.copytree(old, target, copy_function=os.link)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        return False
    return True
