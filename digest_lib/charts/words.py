"""Filling the charts' phrases: numbers, dates and the names of languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digest_lib.charts.phrases import TABLES
from digest_lib.language_names import language_name
from digest_lib.text.filled import filled
from digest_lib.text.plural import for_number

#: Said where a notebook asks for a language that the charts do not speak.
FALLBACK = "zh-TW"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_NAMED = frozenset({"zh-Hant", "zh-Hans", "en", "ja", "ko", "und"})


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language. `words("seen line", n=3)` fills a template."""

    language: str

    @classmethod
    def of(cls, language: str) -> Words:
        """The words of `language` (a code such as `zh-TW` or `en-GB`), else those of `zh-TW`."""
        code = language.replace("_", "-").split("-")[0].lower()
        return cls(code if code in TABLES else FALLBACK)

    def __call__(self, key: str, n: int = 0, **values: str | int) -> str:
        """The phrase, with numbers grouped by thousands; `n` also chooses between one and many."""
        shown = {k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()}
        return filled(for_number(TABLES[self.language][key], n), n=f"{n:,}", **shown)

    def date(self, day: date, form: str = "date") -> str:
        """The day as `date`, `full date` (with year and weekday) or `tick` (short, for an axis)."""
        weekdays = TABLES[self.language]["weekdays"]
        names = weekdays.split() if " " in weekdays else list(weekdays)
        month = _MONTHS[day.month - 1]
        return TABLES[self.language][form].format(
            y=day.year,
            m=day.month,
            d=day.day,
            month=month,
            mon=month[:3],
            weekday=names[day.weekday()],
        )

    def tongue(self, lang: str) -> str:
        """The name of an article's language; a code that has no name is its own name."""
        if not lang or lang in _NAMED:
            return self(lang or "und")
        return language_name(lang, self.language) or lang

    def listed(self, parts: list[str]) -> str:
        """The parts as a list in a sentence."""
        return self("comma").join(parts)
