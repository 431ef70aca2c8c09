"""Imports, and a care for memory, that cost much more than they give."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any, Final, cast

#: By what jsonschema would check formats («iri», «duration» and so on), where it is installed, which Jupyter
#: sees to: nearly all of `import nbformat`, and no notebook's schema has a format.
_FORMATS: Final = (
    "fqdn", "isoduration", "jsonpointer", "rfc3339_validator", "rfc3986_validator", "rfc3987",
    "rfc3987_syntax", "uri_template", "webcolors",
)  # fmt: skip


@contextmanager
def no_formats() -> Iterator[None]:
    """nbformat, and what imports it, are imported in here without what checks formats. Changes nothing where
    that or jsonschema is imported already."""
    if "jsonschema" in sys.modules:
        yield
        return
    with hidden(*_FORMATS):
        yield


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """What is imported in here finds no modules of these names, unless they are imported already."""
    modules = cast("dict[str, Any]", sys.modules)
    hiding = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hiding))  # None is how Python is told that there is no such module
    try:
        yield
    finally:
        for name in hiding:
            del modules[name]


def later(*names: str) -> None:
    """Modules that others import and hardly ever use: from here on, each is executed when something of it is
    asked for. A package's own modules are there before it is. Changes nothing of one that is imported
    already, or is not there."""
    for name in names:
        if name in sys.modules or (spec := _spec_of(name)) is None:
            continue
        module = sys.modules[name] = _Later(spec)
        parent, _, own = name.rpartition(".")
        if parent in sys.modules:  # as an import does
            setattr(sys.modules[parent], own, module)


def _spec_of(name: str) -> ModuleSpec | None:
    """How the module is to be imported, found without executing the packages that it is in."""
    spec, whole = None, ""
    for part in name.split("."):
        whole = f"{whole}.{part}".lstrip(".")
        spec = PathFinder.find_spec(whole, spec.submodule_search_locations if spec else None)
        if spec is None:
            return None
    return spec


class _Later(ModuleType):
    """A module that is not executed yet."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(spec.name)
        self.__dict__.update(vars(module_from_spec(spec)))
        self._lock, self._is_executed = RLock(), False

    def __getattr__(self, name: str) -> Any:
        # What begins so is asked of any module, by what looks through all of them.
        if not name.startswith("__"):
            with self._lock:  # whoever else asks meanwhile waits; what is executed may ask itself
                if not self._is_executed:
                    self._execute()
            if name in vars(self):
                return vars(self)[name]
            if own := vars(self).get("__getattr__"):
                return own(name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def _execute(self) -> None:
        self._is_executed = True
        try:
            cast("ModuleSpec", self.__spec__).loader.exec_module(self)  # type: ignore[union-attr]
        except BaseException:
            self._is_executed = False
            raise


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
