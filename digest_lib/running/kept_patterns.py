"""What Python makes of patterns, kept where it keeps bytecode.

A process that imports everything compiles more than a thousand regular expressions, which takes a quarter of
its time: Python keeps what it makes of modules, and of the patterns in them nothing. Here the arguments are
kept by which `re` makes each pattern, by its text and flags, in one file for each version of Python. A
pattern that is made of them is equal to one that is compiled, and Python checks it as any other. Where no
bytecode is written, neither is this; what is damaged is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import re
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from re import _compiler as compiler  # type: ignore[attr-defined]  # of `re`, once sre_compile
from types import SimpleNamespace
from typing import Any, Final, cast

from digest_lib.errors import StorageError
from digest_lib.files import write_atomic

#: Pattern and flags, as they are asked for -> what it is made of: flags, code, and its groups.
_Kept = dict[tuple[str | bytes, int], tuple[Any, ...]]

#: Where there would be more, those of before are not kept on: many of them are asked for no more.
_MOST: Final = 4000
#: What these are made of depends on more than the pattern, or is shown when it is made.
_OTHERS: Final = int(re.LOCALE | re.DEBUG)
#: How `array` calls the numbers that code is made of.
_NUMBER: Final = "I"


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Patterns that are compiled in here are made of what is kept of them; what is new is kept."""
    path = _path()
    known, new = _read(path), _Kept()
    with _compiling(known, new):
        yield
    if new and path and not sys.dont_write_bytecode:
        kept = new if len(known) + len(new) > _MOST else known | new
        with suppress(StorageError, ValueError):  # nobody may write there, or a pattern is of no plain kind
            written = marshal.dumps(kept)
            write_atomic(path, hashlib.sha256(written).digest() + written)


def _path() -> Path | None:
    """The file, beside this module's bytecode; None where Python keeps none."""
    with suppress(NotImplementedError):
        folder = Path(importlib.util.cache_from_source(__file__)).parent
        return folder / f"patterns.{sys.implementation.cache_tag}-{sys.hexversion:x}"
    return None


def _read(path: Path | None) -> _Kept:
    """What is kept; nothing of a file that is damaged."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        whole = path.read_bytes() if path else b""
        size = hashlib.sha256().digest_size
        if hashlib.sha256(whole[size:]).digest() == whole[:size]:
            return cast("_Kept", marshal.loads(whole[size:]))  # noqa: S302 - as Python does with bytecode
    return {}


@contextmanager
def _compiling(known: _Kept, new: _Kept) -> Iterator[None]:
    """In here `re` takes what is known, and what it compiles is noted as new."""
    compile_, sre = compiler.compile, compiler._sre

    def compiled(pattern: Any, flags: int = 0) -> Any:
        if not isinstance(pattern, str | bytes) or flags & _OTHERS:
            return compile_(pattern, flags)
        if made := known.get((pattern, flags)):
            own, code, *groups = made
            return sre.compile(pattern, own, array(_NUMBER, code).tolist(), *groups)
        made_of: list[Any] = []
        compiler._sre = SimpleNamespace(**vars(sre) | {"compile": _noting(sre.compile, made_of)})
        try:
            found = compile_(pattern, flags)
        finally:
            compiler._sre = sre
        _, own, code, *groups = made_of
        if not own & _OTHERS:
            new[pattern, flags] = (own, array(_NUMBER, code).tobytes(), *groups)
        return found

    compiler.compile = compiled
    try:
        yield
    finally:
        compiler.compile = compile_


def _noting(make: Any, made_of: list[Any]) -> Any:
    def noting(*given: Any) -> Any:
        made_of[:] = given
        return make(*given)

    return noting
