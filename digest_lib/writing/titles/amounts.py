"""Amounts, numbers and dates as Taiwan writes them."""

from __future__ import annotations

import re

from digest_lib.text.units import SCALES

_CURRENCIES = {"$": "美元", "€": "歐元", "£": "英鎊"}
_SIZES = ((10**12, " 兆"), (10**8, " 億"), (10**4, " 萬"))


def money(amount: str) -> str | None:
    """An amount as Taiwan writes it: `$15M` is 1,500 萬美元, `€2bn` 20 億歐元."""
    match = re.fullmatch(r"(?:US)?([$€£]) ?([\d,.]*\d)\s*([a-z]*)", amount.strip(), re.IGNORECASE)
    if match is None or (value := _value(match[2], match[3])) is None:
        return None
    said = _sized(value)
    return f"{said}{'' if said[-1] > 'z' else ' '}{_CURRENCIES[match[1]]}"


def number(text: str) -> str | None:
    """A number: `10 million` is 1,000 萬, `276,000` 27.6 萬."""
    match = re.fullmatch(r"([\d,.]*\d)\s*([a-z]*)", text.strip(), re.IGNORECASE)
    value = _value(match[1], match[2]) if match else None
    return None if value is None else _sized(value)


def counted(count: str, classifier: str, what: str) -> str:
    """A count with its classifier: `# ` of the count is where that stands."""
    return count.replace(" #", f" {classifier}").replace("#", classifier) + what


def _value(digits: str, unit: str) -> float | None:
    try:
        return float(digits.replace(",", "")) * (SCALES[unit.lower()] if unit else 1)
    except (ValueError, KeyError):
        return None


def _sized(value: float) -> str:
    for size, unit in _SIZES:
        if value >= size:
            return f"{_plain(value / size)}{unit}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")
