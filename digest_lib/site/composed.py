"""A finished site out of what is new and what the old site has: a file that would be the same is given a
second name, which costs nothing; the old site stays as it is until the new one takes its place."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from digest_lib.files import storage
from digest_lib.settings import Home
from digest_lib.site.ledger import Ledger, sign_of


class Composed:
    """The new site of a home, in the folder `site`; `kept` are the paths of what the old one had."""

    def __init__(self, home: Home, site: Path, ledger: Ledger) -> None:
        # Paths are strings here: a site of years has tens of thousands of files, and each is asked for.
        self._site = site
        self._new, self._old = str(site), str(home.site.resolve())
        self._ledger = ledger
        self._folders: set[str] = set()
        self.kept: set[str] = set()

    def put(self, path: str, key: str, make: Callable[[], bytes]) -> None:
        """Puts a file there: the old site's if it was made under the same key, else what `make` makes."""
        if not self._keep(path, key):
            target = Path(self._new, path)
            with storage(target):
                target.write_bytes(make())
                self._ledger.made[path] = key, sign_of(target.stat())

    def put_folder(self, path: str, key: str, make: Callable[[], None]) -> None:
        """Puts a folder there: the old site's, when all of it was made under the same key and is as it was,
        else what `make` writes there."""
        before = self._ledger.below(path)
        if before and all(self._keep(name, key) for name in before):
            return
        folder = Path(self._new, path)
        with storage(folder):
            for name in before:
                Path(self._new, name).unlink(missing_ok=True)
                self.kept.discard(name)
                self._ledger.made.pop(name, None)
            make()
            for file in folder.rglob("*"):
                if file.is_file():
                    self._ledger.made[file.relative_to(self._new).as_posix()] = key, sign_of(file.stat())

    def _keep(self, path: str, key: str) -> bool:
        """Whether the old site's file is there now, too. If not, there is room for a new one."""
        target, old = f"{self._new}/{path}", f"{self._old}/{path}"
        folder = target.rpartition("/")[0]
        known = self._ledger.made_before(path, key)
        with storage(self._site):
            if folder not in self._folders:
                Path(folder).mkdir(parents=True, exist_ok=True)
                self._folders.add(folder)
            if known and _linked(old, target, known):
                self._ledger.made[path] = key, known
                self.kept.add(path)
                return True
            Path(target).unlink(missing_ok=True)
            return False


def _linked(old: str, new: str, sign: tuple[int, int, int]) -> bool:
    """Gives a file a second name, where it is the one with this sign; not on a disk without links."""
    with suppress(OSError):
        if sign_of(os.stat(old, follow_symlinks=False)) == sign:  # noqa: PTH116 - for every file of the site
            try:
                os.link(old, new)
            except FileExistsError:  # the renderer's
                Path(new).unlink()
                os.link(old, new)
            return True
    return False
