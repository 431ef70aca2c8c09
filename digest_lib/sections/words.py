"""The words of a post, by language; a language without words of its own has those of Traditional Chinese."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from digest_lib.text.filled import filled

FALLBACK: Final = "zh-TW"
_WEEKDAYS: Final = "一二三四五六日"


@cache
def phrases(language: str) -> Mapping[str, str]:
    """The words of one language as `languages/` keeps them; none for a language that has no file."""
    known = {
        path.name.removesuffix(".toml"): path for path in files(__package__).joinpath("languages").iterdir()
    }
    return tomllib.loads(known[language].read_text("utf-8")) if language in known else {}


class Words:
    """The strings of one language: `words("articles", n=3)`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._own = phrases(language)

    def __call__(self, key: str, **values: object) -> str:
        return filled((self._own or phrases(FALLBACK))[key], **values)

    def window(self, days: int) -> str:
        """How a heading names the window: today, this week, or the last days."""
        named = {1: "today", 7: "this_week"}.get(days)
        return self(named) if named else self("last_days", days=days)


def short_day(day: date) -> str:
    """A day of a year that is known: 7 月 23 日."""
    return f"{day.month} 月 {day.day} 日"


def day_text(day: date) -> str:
    """A date as readers write it: 2026 年 7 月 29 日（三）."""
    weekday = _WEEKDAYS[day.weekday()]
    return f"{day.year} 年 {day.month} 月 {day.day} 日（{weekday}）"
