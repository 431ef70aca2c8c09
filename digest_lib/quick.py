"""Imports, and a care for memory, that cost much more than they give."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

#: jsonschema imports it where it is installed, which Jupyter sees to: it then compiles 38 grammars, which is
#: 1.3 of the 1.5 CPU seconds of `import nbformat`, for a format («iri») that no notebook's schema has.
_GRAMMARS: Final = "rfc3987_syntax"


@contextmanager
def no_grammars() -> Iterator[None]:
    """nbformat, and what imports it, are imported in here without that module. Changes nothing where it or
    jsonschema is imported already."""
    if "jsonschema" in sys.modules:
        yield
        return
    with hidden(_GRAMMARS):
        yield


@contextmanager
def hidden(name: str) -> Iterator[None]:
    """What is imported in here finds no module of that name, unless it is imported already."""
    if name in sys.modules:
        yield
        return
    modules = cast("dict[str, Any]", sys.modules)
    modules[name] = None  # how Python is told that there is no such module
    try:
        yield
    finally:
        del modules[name]


#: Python looks for circles of dead objects after so many new ones; it does so after 700 by itself.
_NEW_OBJECTS: Final = 50_000


@contextmanager
def few_collections() -> Iterator[None]:
    """In here dead circles are looked for more rarely. Each look passes over what is alive, again and again
    where much is kept: of all posts of a site, nearly all of it lives until the end."""
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
