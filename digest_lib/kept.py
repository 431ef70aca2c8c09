"""What takes long to work out and comes out the same again, kept in files where Python keeps bytecode.

Where no bytecode is written, neither is this; what is damaged, or was made of other files, is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from digest_lib.errors import StorageError
from digest_lib.files import write_atomic

Value = TypeVar("Value")


def kept(*packages: str) -> Callable[[Callable[[], Value]], Callable[[], Value]]:
    """For a function that gives a table (of dictionaries, lists, tuples, sets, texts and numbers): what it
    gives is kept, and made anew when a file of its folder is changed, or one of the `packages` is another
    version: as Python does with bytecode, a file's size and time tell."""

    def keeping(make: Callable[[], Value]) -> Callable[[], Value]:
        @wraps(make)
        def known() -> Value:
            source = sys.modules[make.__module__].__file__ or ""
            path = beside(source, f"{Path(source).stem}.{make.__name__}")
            made_of = (*_files(Path(source).parent), *map(_version, packages))
            match read(path):
                case (found_of, value) if found_of == made_of:
                    return value  # type: ignore[no-any-return]
            value = make()
            write(path, (made_of, value))
            return value

        return known

    return keeping


@cache
def _files(folder: Path) -> tuple[str, ...]:
    return tuple(as_it_is(path) for path in sorted(folder.glob("*.*")) if path.is_file())


def as_it_is(path: Path) -> str:
    """The name of a file with its size and time: another once somebody has written it."""
    at = path.stat()
    return f"{path.name} {at.st_size} {at.st_mtime_ns}"


@cache
def _version(package: str) -> str:
    with suppress(PackageNotFoundError):
        return f"{package} {version(package)}"
    return package


def beside(source: str, name: str) -> Path | None:
    """The file of that name beside a module's bytecode; None where Python keeps none."""
    with suppress(NotImplementedError):
        folder = Path(importlib.util.cache_from_source(source)).parent
        return folder / f"{name}.{sys.implementation.cache_tag}-{sys.hexversion:x}"
    return None


def read(path: Path | None) -> Any:
    """What is kept there; None where nothing is, or it is damaged."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        whole = path.read_bytes() if path else b""
        size = hashlib.sha256().digest_size
        if hashlib.sha256(whole[size:]).digest() == whole[:size]:
            return marshal.loads(whole[size:])  # noqa: S302 - as Python does with bytecode
    return None


def write(path: Path | None, value: Any) -> None:
    """Keeps it, where it is of plain kinds and somebody may write there."""
    if path and not sys.dont_write_bytecode:
        with suppress(StorageError, ValueError):
            written = marshal.dumps(value)
            write_atomic(path, hashlib.sha256(written).digest() + written)
