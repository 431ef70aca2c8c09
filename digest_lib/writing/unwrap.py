"""Takes the JSON out of what an llm wrote around it: thoughts, fences, prose, slips of notation.

What it cannot do without guessing it does not do: an object that was cut off is not closed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

#: What thinks aloud before it answers marks it so; some servers leave the opening mark out.
_THOUGHT = re.compile(
    r"^.*</\s*(?:think|thinking|thought|reasoning|reflection)\s*>", re.DOTALL | re.IGNORECASE
)
_UNENDED = re.compile(
    r"<\s*(?:think|thinking|thought|reasoning|reflection)\s*>.*$", re.DOTALL | re.IGNORECASE
)
#: An object or a list, and no sign in a sentence.
_BEGINS = re.compile(r"[{\[]\s*[\"'{\[]")
#: A string of JSON, and what may stand between two.
_STRING = re.compile(r'("(?:[^"\\]|\\.)*")', re.DOTALL)
_WIDE = str.maketrans("：，｛｝［］", ":,{}[]")
_CLOSES = {"{": "}", "[": "]"}
#: The marks of a quoted block of Markdown, on every line but the first of what it quotes.
_QUOTED = re.compile(r"\n[ \t]*>(?:[ \t]*>)*[ \t]?")
#: Longer is no digest; what mends notation takes its time.
_LONGEST = 400_000
#: So many signs that open nothing may stand before an object.
_TRIES = 20
#: JSON in a string of JSON in a string.
_DEEPEST = 3


def values_in(text: str) -> Iterator[Any]:
    """The JSON values that the text may hold, the outermost and earliest first; none where there is none."""
    text = text[:_LONGEST].strip("\ufeff\u200b \t\r\n")
    whole = _loaded(text)
    if whole is not _NONE:
        yield whole
        return
    text = _UNENDED.sub("", _THOUGHT.sub("", text))
    for chunk in _chunks(text):
        value = _read(chunk)
        if value is not _NONE:
            yield value


def is_json(text: str) -> bool:
    """Is the text JSON as it is, from its beginning to its end?"""
    return _loaded(text.strip("\ufeff\u200b \t\r\n")) is not _NONE


def opened(value: Any) -> Any:
    """The value, or the JSON that a string of it holds."""
    for _ in range(_DEEPEST):
        if not (isinstance(value, str) and value.lstrip("\ufeff \n")[:1] in set('{["')):
            break
        inner = _loaded(value.strip("\ufeff \n"))
        if inner is _NONE:
            break
        value = inner
    return value


class _Nothing:
    pass


_NONE = _Nothing()
_FAILS = (ValueError, SyntaxError, RecursionError, MemoryError, TypeError)


def _loaded(text: str) -> Any:
    with suppress(*_FAILS):
        return json.loads(text, strict=False)
    return _NONE


def _read(chunk: str) -> Any:
    """The value of a chunk that begins and ends as an object or a list does, its notation mended."""
    chunk = _unescaped(_unquoted(chunk))
    value = _loaded(chunk)
    if value is _NONE:
        value = _loaded(_narrowed(chunk))
    if value is _NONE and '\\"' in chunk:
        value = opened(_loaded(f'"{chunk}"'))
        value = _NONE if isinstance(value, str) else value
    return _mended(chunk) if value is _NONE else value


def _unquoted(chunk: str) -> str:
    """The chunk without the marks of a quoted block, where each of its lines after the first has one."""
    lines = chunk.count("\n")
    return _QUOTED.sub("\n", chunk) if lines and len(_QUOTED.findall(chunk)) == lines else chunk


def _unescaped(chunk: str) -> str:
    """The chunk as it was before it was escaped for HTML: JSON that has no quote of its own was."""
    return chunk if '"' in chunk else html.unescape(chunk)


def _narrowed(chunk: str) -> str:
    """The chunk with what separates its strings in the width that JSON has."""
    return "".join(part if part.startswith('"') else part.translate(_WIDE) for part in _STRING.split(chunk))


def _mended(chunk: str) -> Any:
    from json_repair import repair_json  # only where a server's answers need it

    with suppress(*_FAILS):
        value: Any = repair_json(chunk, return_objects=True, skip_json_loads=True)
        return value if isinstance(value, (dict, list)) and value else _NONE
    return _NONE


def _chunks(text: str) -> Iterator[str]:
    """The outermost objects and lists of the text that are closed."""
    at, unclosed = 0, 0
    while (begin := _next(text, at)) >= 0 and unclosed < _TRIES:
        end = _end(text, begin)
        if end < 0 and (chunk := _to_last(text, begin)) is not None:
            yield chunk
            return
        if end < 0 and _BEGINS.match(text, begin):
            return  # cut off: what is whole in it is not the answer
        if end >= 0:
            yield text[begin:end]
        unclosed += end < 0
        at = begin + 1 if end < 0 else end


def _next(text: str, at: int) -> int:
    places = [place for sign in _CLOSES if (place := text.find(sign, at)) >= 0]
    return min(places, default=-1)


def _end(text: str, begin: int) -> int:
    """Where the object or list that begins here ends; -1 where it does not, as JSON has it."""
    closers, quoted, at = [], False, begin
    while at < len(text):
        sign = text[at]
        if quoted:
            at += sign == "\\"
            quoted = sign != '"'
        elif sign == '"':
            quoted = True
        elif sign in _CLOSES:
            closers.append(_CLOSES[sign])
        elif closers and sign == closers[-1]:
            closers.pop()
            if not closers:
                return at + 1
        at += 1
    return -1


def _to_last(text: str, begin: int) -> str | None:
    """The text up to its last closing sign, where quotes that JSON does not know hide the end from `_end`;
    None where it was cut off."""
    closer = _CLOSES[text[begin]]
    end = text.rfind(closer) + 1
    chunk = text[begin:end]
    whole = chunk.count("{") == chunk.count("}") and chunk.count("[") == chunk.count("]")
    return chunk if end > begin and whole else None
