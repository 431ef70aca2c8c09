"""What Python makes of patterns, kept where it keeps bytecode.

A process that imports everything compiles more than a thousand regular expressions, which takes a quarter of
its time: Python keeps what it makes of modules, and of the patterns in them nothing. Here the arguments are
kept by which `re` makes each pattern, by its text and flags, in one file for each version of Python. A
pattern that is made of them is equal to one that is compiled, and Python checks it as any other. Where no
bytecode is written, neither is this; what is damaged is made anew.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from re import _compiler as compiler  # type: ignore[attr-defined]  # of `re`, once sre_compile
from types import SimpleNamespace
from typing import Any, Final, cast

from digest_lib.kept import beside, read, write

#: Pattern and flags, as they are asked for -> what it is made of: flags, code, and its groups.
_Kept = dict[tuple[str | bytes, int], tuple[Any, ...]]

#: Fewer new ones are not worth that the file is written. Python's own tokenizer has one that is spelled
#: otherwise in every process, by the order of a set.
_FEW: Final = 8
#: Where there would be more, those of before are not kept on: many of them are asked for no more.
_MOST: Final = 4000
#: What these are made of depends on more than the pattern, or is shown when it is made.
_OTHERS: Final = int(re.LOCALE | re.DEBUG)
#: How `array` calls the numbers that code is made of.
_NUMBER: Final = "I"


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Patterns that are compiled in here are made of what is kept of them; what is new is kept."""
    path = beside(__file__, "patterns")
    known, new = cast("_Kept", read(path) or {}), _Kept()
    with _compiling(known, new):
        yield
    if len(new) > _FEW:
        write(path, new if len(known) + len(new) > _MOST else known | new)


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
