"""Writing files so that a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from digest_lib import owners
from digest_lib.errors import NewerFile, StorageError


@contextmanager
def storage(path: Path) -> Iterator[None]:
    """Turns the operating system's refusals about `path` into a `StorageError` of one line."""
    try:
        yield
    except OSError as error:
        raise StorageError(error.filename or path, error.strerror or str(error)) from error


def write_atomic(path: Path, data: bytes | str) -> None:
    """Writes `data` to `path` whole or not at all (text as UTF-8, line ends as given).

    Raises `StorageError` when the disk is full or not writable; an existing file then stays as it was.
    """
    raw = data.encode() if isinstance(data, str) else data
    fill_atomic(path, lambda aside: aside.write_bytes(raw))


def fill_atomic(path: Path, fill: Callable[[Path], object]) -> None:
    """Lets `fill` write a file aside, then moves it to `path` in one step. Errors as `write_atomic`."""
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # In the same folder, since a move is atomic only within one file system; the dot hides it
        # from every glob of this library, and who made it is in its name: what a killed process leaves
        # behind can be told from what is being written.
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.{owners.mine()}.", dir=path.parent)
        os.close(handle)
        aside = Path(name)
        try:
            fill(aside)
            _sync(aside)
            aside.chmod(0o644)
            aside.replace(path)
            sync_folder(path.parent)
        finally:
            aside.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Has the disk keep what was moved into the folder: after a power cut, names are there that were."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a disk that knows nothing of it
            raise
    finally:
        os.close(handle)


def swap_folder(
    aside: Path, path: Path, *, durable: bool = False, done_with: Callable[[Path], None] | None = None
) -> None:
    """Puts the finished folder `aside` in the place of `path` (where that is a link: of what it links to);
    the old one is deleted after, or given to `done_with`.

    Both must lie on one file system. `durable`: the disk has all of it when this returns, whatever is written
    next. Raises `StorageError`; then `path` is what it was.
    """
    path = path.resolve()
    with storage(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if durable:
            _sync_tree(aside)
        restore_folder(path)
        old = _old(path)
        shutil.rmtree(old, ignore_errors=True)
        if path.exists():
            path.rename(old)
        try:
            aside.rename(path)
        except OSError:
            restore_folder(path)
            raise
        if durable:
            sync_folder(path.parent)
        if done_with and old.exists():
            done_with(old)
        shutil.rmtree(old, ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    for inner in [folder, *folder.rglob("*")]:
        sync_folder(inner) if inner.is_dir() else _sync(inner)


def restore_folder(path: Path) -> None:
    """Puts back the folder that a swap had moved away when it was killed before its end."""
    if not path.exists() and _old(path).exists():
        _old(path).rename(path)


def _old(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


#: How a file of a home says which form it is of; one that does not is of the first.
_FORM = ("version", "schema")
#: The one that this library writes and reads.
_KNOWN = 1


def refuse_newer(path: Path | str, value: object) -> None:
    """Raises `NewerFile` where the value, read from `path`, says that it is of a later form than today's."""
    said = [value.get(name) for name in _FORM] if isinstance(value, dict) else []
    for form in said:
        if isinstance(form, int) and form > _KNOWN:
            raise NewerFile(path, form, str(_KNOWN))


def read_json(path: Path) -> Any:
    """The value of a JSON file. Raises `NewerFile`; `OSError` or `ValueError` where there is none."""
    value = json.loads(path.read_bytes())
    refuse_newer(path, value)
    return value


def write_json(path: Path, value: Any) -> None:
    """Writes `value` as readable JSON with sorted keys, atomically; never over a file of a later form."""
    with suppress(OSError, ValueError, RecursionError):
        read_json(path)
    write_atomic(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def compact_json(value: object) -> str:
    """The value as JSON without a space, for files that readers download."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest_of(*parts: str | bytes) -> str:
    """A stable 64-bit name (16 hex digits) of the parts: `named`, but shorter."""
    return named(*parts)[:16]


def named(*parts: str | bytes) -> str:
    """A name of the parts, in order, that nobody can give to others: 64 hex digits; no two run together."""
    told: list[bytes] = []
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        told += len(raw).to_bytes(8, "big"), raw
    return hashlib.sha256(b"".join(told)).hexdigest()
