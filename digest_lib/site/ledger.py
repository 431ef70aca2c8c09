"""What is known of a home's files and its site since the last build, so that only what changed is made again.

Everything in it can be made again: the folder is safe to delete at any time, and is emptied where the library
that wrote it was another.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Collection, Mapping
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from stat import S_ISREG
from typing import Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from digest_lib.files import named, storage, write_atomic
from digest_lib.publishing.guard import check_post, hidden
from digest_lib.secrets import Scanner
from digest_lib.settings import Home
from digest_lib.site.brief import Brief
from digest_lib.site.page import Planned

#: Those whose version changes what a page or a verdict on a post is.
_LIBRARIES: Final = ("nbconvert", "markdown-it-py", "jinja2", "selectolax", "nh3", "pyyaml")
_CODE: Final = frozenset({".py", ".tsv", ".txt", ".toml", ".json", ".j2", ".ipynb"})
#: A file that has just been changed may change again within the grain of the clock (as git has it).
_SETTLED_NS: Final = 2_000_000_000

#: When a file was changed last (ns), its size, and its number on the disk: other contents have another.
Sign = tuple[int, int, int]

# What is kept, each in a file of its name: tens of thousands of rows, read and written at every build.
#: A name of what a file of the home holds, and its sign then.
_FILES: Final = TypeAdapter(dict[str, tuple[Sign, str]])
#: Of a post by its name: a name of all that it holds, and what is told of it.
_POSTS: Final = TypeAdapter(dict[str, tuple[str, Brief]])
#: Of a file of the site: what it was made from, and its sign.
_SITE: Final = TypeAdapter(dict[str, tuple[str, Sign]])
#: Of a generated page: what it is made from, and a name of its source.
_WRITTEN: Final = TypeAdapter(dict[str, tuple[str, str]])
#: A salt, and the secrets that were looked for, under it.
_SCANNED: Final = TypeAdapter(tuple[str, str])
_Known = TypeVar("_Known")


def sign_of(stat: os.stat_result) -> Sign:
    """A file's sign."""
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


@cache
def library() -> str:
    """A name for this library as it is: another one may read, guard, render or finish in another way."""
    top = Path(__file__).parents[1]
    files = sorted(path for path in top.rglob("*") if path.suffix in _CODE and path.is_file())
    told = [part for path in files for part in (path.name, path.read_bytes())]
    return named(*told, *(version(name) for name in _LIBRARIES))


class Ledger:
    """For one build of a home: `close` writes what the next one may know."""

    def __init__(self, home: Home) -> None:
        self._root = home.root
        self._top = str(home.root)
        self._folder = home.rendered
        self._files = self._read("files", _FILES, {})
        self._briefs = self._read("posts", _POSTS, {})
        self._site = self._read("site", _SITE, {})
        self._pages = self._read("written", _WRITTEN, {})
        self._seen: dict[str, tuple[Sign, str]] = {}
        self._written: dict[str, tuple[str, str]] = {}
        self._told: dict[str, tuple[str, Brief]] = {}
        self._scanned = ("", "")
        #: By its path in the site: what a file was made from, and its sign.
        self.made: dict[str, tuple[str, Sign]] = {}

    def digest(self, path: Path) -> str:
        """The name of what the file holds; it is read only when it is not the one that was read before."""
        return self._digest(path.relative_to(self._root).as_posix(), path, path.stat())

    def digest_of(self, name: str) -> str:
        """As `digest`, of a file by its path in the home; empty where that is no file. (Asked for every page,
        however many there are: without the objects that paths are.)"""
        path = f"{self._top}/{name}"
        try:
            stat = os.stat(path)  # noqa: PTH116
        except OSError:
            return ""
        return self._digest(name, path, stat) if S_ISREG(stat.st_mode) else ""

    def _digest(self, key: str, path: str | Path, stat: os.stat_result) -> str:
        sign = sign_of(stat)
        known = self._files.get(key) or self._seen.get(key)
        if not known or known[0] != sign:
            known = sign, named(Path(path).read_bytes())
        self._seen[key] = known
        return known[1]

    def post(self, folder: Path) -> tuple[Brief, str]:
        """What every build must know of a post that the guard has seen as it is now, and the name of all that
        it holds.

        Raises `UnsafePost` as `check_post`.
        """
        files, plain = self._post_files(folder)
        if not plain:
            return Brief.of(check_post(folder), files), ""
        digest = _name_of_files(files)
        if known := self._known_post(folder.name, digest):
            return known, digest
        brief = Brief.of(check_post(folder), files)
        self._told[folder.name] = digest, brief
        return brief, digest

    def post_before(self, folder: Path) -> tuple[Brief, str] | None:
        """As `post`, where all that lies there is what the guard has seen; else None."""
        files, plain = self._post_files(folder, all_=True)
        digest = _name_of_files(files) if plain else ""
        known = self._known_post(folder.name, digest)
        return (known, digest) if known else None

    def _known_post(self, name: str, digest: str) -> Brief | None:
        known = self._told.get(name) or self._briefs.get(name)
        if not known or known[0] != digest:
            return None
        self._told[name] = known
        return known[1]

    def _post_files(self, folder: Path, *, all_: bool = False) -> tuple[dict[str, str], bool]:
        """The files of a post with the names of what they hold, and whether these are all that there is."""
        place = str(folder).removeprefix(f"{self._top}/")
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
        shown = entries if all_ else [entry for entry in entries if not hidden(entry.name)]
        if os.path.islink(folder) or not all(e.is_file(follow_symlinks=False) for e in shown):  # noqa: PTH114
            return {entry.name: "" for entry in shown}, False
        return {e.name: self._digest(f"{place}/{e.name}", e.path, e.stat()) for e in shown}, True

    def source(self, page: Planned) -> str:
        """The name of what the source of a generated page says; it is made only when what it is made from is
        not what it was."""
        known = self._written.get(page.path) or self._pages.get(page.path)
        digest = known[1] if known and known[0] == page.key else named(page.source)
        self._written[page.path] = page.key, digest
        return digest

    def made_before(self, path: str, key: str) -> Sign | None:
        """The sign that the file of the site had, where it was made under this key."""
        known = self._site.get(path)
        return known[1] if known and known[0] == key else None

    def made_under(self, key: str) -> list[str]:
        """The files that the site had, made under this key."""
        return self._under.get(key, [])

    @cached_property
    def _under(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path, (key, _) in self._site.items():
            found.setdefault(key, []).append(path)
        return found

    def signs(self) -> dict[str, Sign]:
        """The signs of all files that the site had."""
        return {path: sign for path, (_, sign) in self._site.items()}

    def below(self, folder: str) -> list[str]:
        """The files that the site had in a folder, by their paths in the site."""
        return [path for path in self._site if path.startswith(f"{folder}/")]

    def scan(self, site: Path, kept: Collection[str]) -> None:
        """Looks for the values of secrets in a site; in what it has `kept` from the one before only when
        there are others than then. Raises `UnsafePost`."""
        scanner = Scanner()
        before = self._read("scanned", _SCANNED, ("", ""))
        salt = before[0] or secrets.token_hex(16)
        self._scanned = salt, scanner.stamp(salt)
        known = kept if self._scanned[1] == before[1] else ()
        scanner.scan_folder(site, "_site", known)

    def close(self) -> None:
        """Writes what was asked for since, and forgets the rest. Raises `StorageError`."""
        limit = time.time_ns() - _SETTLED_NS
        with storage(self._folder):
            self._folder.mkdir(exist_ok=True)
        settled = {path: known for path, known in self._seen.items() if known[0][0] < limit}
        self._write("files", _FILES, settled)
        self._write("posts", _POSTS, self._told)
        self._write("written", _WRITTEN, self._written)
        self._write("scanned", _SCANNED, self._scanned)
        self._write("site", _SITE, self.made)
        for old in self._folder.glob("*.tsv"):  # what earlier versions kept
            old.unlink(missing_ok=True)

    def _read(self, name: str, kind: TypeAdapter[_Known], nothing: _Known) -> _Known:
        """What is kept under that name; `nothing` where that is not whole, or not this library's."""
        try:
            head, _, body = (self._folder / f"{name}.json").read_bytes().partition(b"\n")
            return kind.validate_json(body) if head == _head(body) else nothing
        except (OSError, ValidationError):
            return nothing

    def _write(self, name: str, kind: TypeAdapter[_Known], known: _Known) -> None:
        body = kind.dump_json(known)
        write_atomic(self._folder / f"{name}.json", b"\n".join((_head(body), body)))


def _name_of_files(files: Mapping[str, str]) -> str:
    return named("\0".join([part for file in files.items() for part in file]))


def _head(body: bytes) -> bytes:
    """The first line of a file: whole, and written by this library, or it counts for nothing."""
    return f"{library()} {named(body)}".encode()
