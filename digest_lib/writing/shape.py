"""Fits what an llm answered to the schema that it was asked for, as far as nothing has to be invented.

Servers that do not keep to a schema leave lists out, write `null` for an empty one, wrap the object in
another, add keys, write a sentence as a plain string. What is taken from such an answer is checked as every
answer is; a value whose form cannot be told is left out, and never made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from digest_lib.writing.references import parted
from digest_lib.writing.unwrap import opened

Answer = TypeVar("Answer", bound=BaseModel)

#: An answer is looked for so deep in what is wrapped around it, and in so many of its values.
_DEEPEST, _WIDEST = 6, 400
#: What a sentence is known by: it may be written as a plain string.
_IS_SENTENCE = {"text", "sources"}
_NO_LETTER = re.compile(r"[\W_]+")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_TRUE = {"true", "yes", "y", "1", "supported", "是", "對", "支持", "真"}
_KINDS = {"事實": "fact", "事实": "fact", "分析": "analysis"}


class _Absent:
    pass


_ABSENT = _Absent()


def shaped(values: Iterable[Any], schema: type[Answer]) -> Answer | None:
    """The best of the values, or of what they are wrapped around, as `schema`; None where none is like it."""
    best: tuple[int, Answer] | None = None
    for value in values:
        for depth, inner in _within(value):
            found = _fitted(inner, schema, alone=depth == 0)
            # What fills most of the schema is the answer; of equals the outer one, the last that was said.
            if found and (best is None or found[0] > best[0] or (found[0] == best[0] and depth == 0)):
                best = found
    return best[1] if best else None


def _within(value: Any) -> Iterator[tuple[int, Any]]:
    """The value and what is in it with its depth, the outer ones first."""
    level = [opened(value)]
    for depth in range(_DEEPEST):
        yield from ((depth, one) for one in level)
        level = [opened(v) for one in level for v in _parts(one)][:_WIDEST]


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _fitted(value: Any, schema: type[Answer], *, alone: bool) -> tuple[int, Answer] | None:
    """The value as `schema`, with how many of its fields it fills. `alone`: it stands in nothing else."""
    given = _as_object(value, schema, alone=alone)
    values = {} if given is None else _fields(given, schema)
    fields = schema.model_fields
    needed = [name for name, field in fields.items() if field.is_required()]
    filled = [name for name in values if values[name] or name in needed]
    if not filled:
        return None
    if any(_has_parts(field.annotation) for field in fields.values()):
        # Of a text in several parts some may be left out: a headline is found elsewhere.
        values = {**{name: _empty(fields[name].annotation) for name in needed}, **values}
    try:
        return len(filled), schema.model_validate(values)
    except ValidationError:
        return None


def _as_object(value: Any, schema: type[BaseModel], *, alone: bool) -> dict[str, Any] | None:
    if isinstance(value, dict):
        return {_folded(str(k)): v for k, v in value.items()}
    fields = schema.model_fields
    needed = [name for name, field in fields.items() if field.is_required()]
    if isinstance(value, bool) and alone and [fields[name].annotation for name in needed] == [bool]:
        return {_folded(needed[0]): value}
    if isinstance(value, str) and set(fields) >= _IS_SENTENCE and alone:
        return {"text": value}
    lists = [name for name, f in fields.items() if f.is_required() and _has_parts(f.annotation)]
    if isinstance(value, list) and len(lists) == 1 and any(isinstance(v, dict) for v in value):
        return {_folded(lists[0]): value}  # the sentences alone
    return None


def _has_parts(kind: Any) -> bool:
    """Is it a list of objects?"""
    return get_origin(kind) is list and get_args(kind)[0] is not str


def _fields(given: dict[str, Any], kind: type[BaseModel]) -> dict[str, Any]:
    """Of what is given, that which is a field and has a form that can be read as the field's."""
    fields = kind.model_fields
    given = _renamed(given, fields) if _is_sentence(kind) else given
    found = {n: v for n, f in fields.items() if (v := _value(_named(given, n), f.annotation)) is not _ABSENT}
    if found.get("text") and "sources" in fields and not found.get("sources"):  # cited in the text instead
        found["text"], found["sources"] = parted(found["text"])
    return found


def _is_sentence(kind: type[BaseModel]) -> bool:
    return set(kind.model_fields) >= _IS_SENTENCE


def _renamed(given: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """What a sentence is given, its text and its sources under their own names: without one of them, the one
    text or the one list is meant that is under no name of a field. A schema that is said again is none."""
    if "type" in given:
        return given
    other = {k: v for k, v in given.items() if all(k not in _keys(name) for name in fields)}
    for name, form in (("text", str), ("sources", list)):
        meant = [key for key, value in other.items() if isinstance(value, form)]
        if _named(given, name) is _ABSENT and len(meant) == 1:
            given = {**given, name: other[meant[0]]}
    return given


def _folded(name: str) -> str:
    return _NO_LETTER.sub("", name).casefold()


def _named(given: dict[str, Any], name: str) -> Any:
    """The value under the name, however it is written; under its singular where the list has one thing."""
    return next((given[key] for key in _keys(name) if key in given), _ABSENT)


def _keys(name: str) -> tuple[str, str]:
    key = _folded(name)
    return key, key.removesuffix("s")


def _value(value: Any, kind: Any) -> Any:
    """The value as the annotation `kind` has it, or absent."""
    if isinstance(value, (_Absent, NoneType)):
        return _ABSENT
    if get_origin(kind) is list:
        return _list(value, get_args(kind)[0])
    if get_origin(kind) is Literal:
        return _one_of(value, get_args(kind))
    if kind is str:
        return clean(value) if isinstance(value, str) else _ABSENT
    if kind is bool:
        return _is_true(value)
    return _object(opened(value), kind)


def _list(value: Any, kind: Any) -> Any:
    value = opened(value) if isinstance(value, str) else value
    items = value if isinstance(value, list) else [value]
    if kind is str:
        return [text for item in items if (text := _string(item))]
    fitted = [one for item in items if (one := _object(opened(item), kind)) is not _ABSENT]
    if not fitted and isinstance(value, dict):  # by their numbers, or by names of their own
        inner = [item for item in value.values() if isinstance(item, dict)]
        fitted = [one for item in inner if (one := _object(item, kind)) is not _ABSENT]
    return fitted if fitted or value == [] else _ABSENT


def _string(item: Any) -> str:
    if isinstance(item, (dict, list)):
        return " ".join(filter(None, map(_string, _parts(item))))
    return "" if item is None or isinstance(item, bool) else clean(str(item))


def _object(value: Any, kind: type[BaseModel]) -> Any:
    if isinstance(value, str) and _is_sentence(kind):
        value = {"text": value}
    if not isinstance(value, dict):
        return _ABSENT
    found = _fields({_folded(str(k)): v for k, v in value.items()}, kind)
    missing = any(field.is_required() and name not in found for name, field in kind.model_fields.items())
    return _ABSENT if missing else found


def _one_of(value: Any, members: tuple[str, ...]) -> str:
    """The member that is meant; the first, which is the strictest, where none is."""
    said = _KINDS.get(str(value).strip(), str(value).strip().casefold())
    return said if said in members else members[0]


def _is_true(value: Any) -> bool:
    """Only a clear yes is one."""
    return value is True or (not isinstance(value, bool) and str(value).strip(" .。!").casefold() in _TRUE)


def _empty(kind: Any) -> Any:
    return [] if get_origin(kind) is list else ""


def clean(text: str) -> str:
    """The text without marks of its encoding: what was escaped twice is read, half a character replaced."""
    text = _ESCAPED.sub(lambda m: m.group().encode().decode("unicode-escape"), text)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.strip("\ufeff\u200b").strip()
