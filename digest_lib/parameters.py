"""What a notebook's parameters must be; a slip (`aliases = "GPT"`: each letter a name) is told in a line."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from digest_lib.errors import UserError
from digest_lib.secret_values import key_in

_MOST_DAYS: Final = 366
_HOTTEST: Final = 2


class _Shape(NamedTuple):
    fits: Callable[[object], bool]
    must_be: str


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(_text(v) for v in value)


def _some_texts(value: object) -> bool:
    return _texts(value) and bool(value)


def _table_of_texts(value: object) -> bool:
    return isinstance(value, Mapping) and all(_text(k) and _some_texts(v) for k, v in value.items())


def _couples(value: object) -> bool:
    """Couples of articles, or couples by day."""
    if isinstance(value, Mapping):
        return all(_text(day) and _couples(v) and not isinstance(v, Mapping) for day, v in value.items())
    two = 2
    return isinstance(value, list | tuple) and all(_texts(couple) and len(couple) == two for couple in value)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def _temperature(value: object) -> bool:
    return value is None or (_number(value) and isinstance(value, int | float) and value <= _HOTTEST)


def _price(value: object) -> bool:
    two = 2
    return value is None or (
        isinstance(value, list | tuple) and len(value) == two and all(map(_number, value))
    )


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _days(value: object) -> bool:
    return _count(value) and isinstance(value, int) and value <= _MOST_DAYS


def _date(value: object) -> bool:
    """A date's text, or the number that papermill makes of one without dashes."""
    return value is None or _text(value) or _count(value)


def _moment(value: object) -> bool:
    return value is None or _text(value)


_NAMES: Final = "a list of texts in quotation marks, such as"
_COUPLES: Final = 'couples of URLs by day, such as {"2026-07-29": [("https://…", "https://…")]}'
_SHAPES: Final[dict[str, _Shape]] = {
    "family": _Shape(_text, "a text in quotation marks"),
    "name": _Shape(_text, "a text in quotation marks"),
    "aliases": _Shape(_some_texts, f'{_NAMES} ["Qwen", "通義千問"]'),
    "exclude": _Shape(_texts, f'{_NAMES} ["GPT partition"], or []'),
    "queries": _Shape(_texts, f'{_NAMES} ["OpenAI", "ChatGPT"], or []'),
    "official": _Shape(_texts, f'{_NAMES} ["openai.com"], or []'),
    "rivals": _Shape(
        _table_of_texts, 'names with their aliases, such as {"Claude": ["Claude", "Anthropic"]}'
    ),
    "date": _Shape(_date, 'a date in quotation marks, such as "2026-07-29", or None'),
    **dict.fromkeys(
        ("cut_off", "since"), _Shape(_moment, 'a time with a zone, such as "2026-07-29T05:00+08:00", or None')
    ),
    "window_days": _Shape(_days, f"a whole number from 1 to {_MOST_DAYS}"),
    "language": _Shape(lambda value: value in ("zh-TW", "en", "ja"), '"zh-TW", "en" or "ja"'),
    "llm": _Shape(_text, 'the name of a model, or "offline"'),
    "max_stories": _Shape(_count, "a whole number from 1 on"),
    "together": _Shape(_couples, _COUPLES),
    "apart": _Shape(_couples, _COUPLES),
    "max_cost_usd": _Shape(_number, "a number, such as 0.5"),
    "max_seconds": _Shape(_number, "a number, such as 300"),
    "temperature": _Shape(_temperature, "a number from 0 to 2, or None"),
    "seed": _Shape(
        lambda v: v is None or (isinstance(v, int) and not isinstance(v, bool)), "a whole number, or None"
    ),
    "price": _Shape(_price, "dollars for a million tokens, in and out, such as (0.25, 2.0), or None"),
    **dict.fromkeys(
        ("story_prompt", "day_prompt", "repair_prompt"), _Shape(_text, "a text in quotation marks")
    ),
    "doubt_prompt": _Shape(lambda value: value is None or _text(value), "a text in quotation marks, or None"),
}

#: Every parameter of the desk.
KNOWN: Final = tuple(_SHAPES)
#: How much of a wrong value is repeated.
_SHOWN: Final = 40


def problem(name: str, value: object) -> str | None:
    """What is wrong with the value of a parameter, in a line; None where nothing is, or none is known. No
    parameter may hold a key, since all are published: a value with one is not repeated."""
    if key_in(repr(value), os.environ):
        return (
            f"`{name}` holds what looks like a key: parameters are published. Keep it in an environment "
            "variable (OPENAI_API_KEY), and make a new one if this has been shared"
        )
    shape = _SHAPES.get(name)
    if shape is None or shape.fits(value):
        return None
    said = repr(value)
    said = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    return f"`{name}` is {said}; it must be {shape.must_be}"


def check(**given: object) -> None:
    """Raises `UserError` for the first parameter that is not what it must be."""
    for name, value in given.items():
        wrong = problem(name, value)
        if wrong:
            raise UserError(f"{wrong} (see the notebook's parameters cell)")
