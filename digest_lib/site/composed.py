"""A finished site out of what is new and what the old site has: a file that would be the same is given a
second name, where it has none from the site before (see `spare`). The old site stays as it is until the new
one takes its place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from digest_lib.files import storage
from digest_lib.settings import Home
from digest_lib.site.ledger import Ledger, Sign, sign_of
from digest_lib.site.spare import files_in, moved, removed, taken


class Composed:
    """The new site of a home, in the folder `site`, where all is that lay in the folder `rendered`; `kept`
    are the paths of what the old one had. `close` leaves nothing there that was not asked for."""

    def __init__(self, home: Home, rendered: Path, ledger: Ledger) -> None:
        # Paths are strings here: a site of years has tens of thousands of files, and each is asked for.
        spare = rendered.with_name("spare")
        with storage(rendered):
            #: what the renderer put beside the pages that are asked for
            self._beside = files_in(rendered)
            #: what lies there of the site before the old one, is as the old one has it, and was not asked for
            self._there = taken(home, spare, ledger.signs())
            if spare.exists():
                moved(self._beside, rendered, spare)
        for path in self._beside:
            self._there.pop(path, None)
        self.site = spare if spare.exists() else rendered
        self._new, self._old = str(self.site), str(home.site.resolve())
        self._ledger = ledger
        self._folders: set[str] = set()
        self.kept: set[str] = set()

    def is_rendered(self, path: str) -> bool:
        """Did the renderer put it there?"""
        return path in self._beside

    def put(self, path: str, key: str, make: Callable[[], bytes]) -> None:
        """Puts a file there: the old site's if it was made under the same key, else what `make` makes."""
        if not self._keep(path, key):
            self._write(path, key, make())

    def put_all(self, path: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> None:
        """Puts a file there with those that are made together with it, under a key that nothing else is made
        under: the old site's if it has all of them, else what `make` makes, by their paths."""
        before = self._ledger.made_under(key)
        if path in before and all(self._keep(name, key) for name in before):
            return
        for name in before:
            self._drop(name)
        for name, data in make().items():
            self._room_for(name)
            self._write(name, key, data)

    def _write(self, path: str, key: str, data: bytes) -> None:
        target = Path(self._new, path)
        with storage(target):
            target.write_bytes(data)
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
                self._drop(name)
            make()
            for file in folder.rglob("*"):
                if file.is_file():
                    self._ledger.made[file.relative_to(self._new).as_posix()] = key, sign_of(file.stat())

    def _keep(self, path: str, key: str) -> bool:
        """Whether the old site's file is there now, too. If not, there is room for a new one."""
        known = self._ledger.made_before(path, key)
        if known and (self._there.pop(path, None) == known or self._linked(path, known)):
            self._ledger.made[path] = key, known
            self.kept.add(path)
            return True
        self._room_for(path)
        return False

    def _linked(self, path: str, sign: Sign) -> bool:
        return _linked(f"{self._old}/{path}", self._folder_for(path), sign)

    def _folder_for(self, path: str) -> str:
        """Makes the folder of a file, which it returns by its full path."""
        target = f"{self._new}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            with storage(self.site):
                _made(folder)
            self._folders.add(folder)
        return target

    def _room_for(self, path: str) -> None:
        """Whatever lies there is not written into: it may be the old site's file under a second name."""
        target = self._folder_for(path)
        self._there.pop(path, None)
        with storage(self.site):
            Path(target).unlink(missing_ok=True)

    def _drop(self, path: str) -> None:
        """Leaves a file out that was kept, or is there."""
        self._room_for(path)
        self.kept.discard(path)
        self._ledger.made.pop(path, None)

    def alone(self) -> Iterator[str]:
        """What the old site may have that the new one does not share with it."""
        yield from (path for path in self._ledger.signs() if path not in self.kept)
        yield from (path for path in self._beside if path not in self.kept)

    def close(self) -> None:
        """Removes what nobody has asked for."""
        with storage(self.site):
            removed(self.site, self._there)
        self._there.clear()


def _made(folder: str) -> None:
    """Makes a folder that may be there, and those that it lies in."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - nearly always that is all; for every folder of the site
    except OSError:
        Path(folder).mkdir(parents=True, exist_ok=True)


def _linked(old: str, new: str, sign: Sign) -> bool:
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
