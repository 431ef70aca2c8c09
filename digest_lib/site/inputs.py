"""Names of what a page is made from, so that it is known to be the same before any of it is made.

A page is a function of its arguments. What knows its own name among these (posts, events) has it as
`made_of`; anything else is named by what it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from digest_lib.files import named

#: What tells all of itself.
_PLAIN: Final = frozenset({str, int, float, bool, date})
#: What most often holds other things.
_HOLDING: Final = frozenset({dict, list, tuple})


def name_of(*arguments: object) -> str:
    """A name that other arguments do not have. Raises `TypeError` for what may change unseen."""
    return named("\n".join(map(told, arguments)))


def told(value: Any) -> str:
    """What one argument holds, in a line. (Asked tens of thousands of times a build: what is most often asked
    comes first, and what is asked of a class is asked once.)"""
    kind: type = type(value)
    if value is None or kind in _PLAIN:
        return repr(value)
    if kind not in _HOLDING:
        own = getattr(value, "made_of", None)
        if isinstance(own, str):
            return own
        if isinstance(value, str | int | float | date):
            return repr(value)
    if kind is dict or isinstance(value, Mapping):
        return f"{{{','.join([f'{told(key)}:{told(one)}' for key, one in value.items()])}}}"
    if kind in _HOLDING or isinstance(value, Sequence):
        return f"[{','.join([repr(one) if type(one) in _PLAIN else told(one) for one in value])}]"
    names = _fields(kind)
    if names is not None:
        inner = ",".join([told(getattr(value, name)) for name in names])
        return f"{kind.__name__}({inner})"
    raise TypeError(f"no page can be made from a {kind.__name__}: it may change unseen")


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """The names of a dataclass's fields; None for any other class."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None
