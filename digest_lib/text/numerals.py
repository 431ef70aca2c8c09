"""Numerals in words: 三十五, 一千六百億, 兩, three, twenty-five."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {w: i for i, w in enumerate(f"{_ONES} fifteen sixteen seventeen eighteen nineteen".split())}
WORDS |= {w: 20 + 10 * i for i, w in enumerate(_TENS.split())}
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth"
#: Ordinals, and who is next to the first, in words of their own.
ORDINALS = {w: i + 2 for i, w in enumerate(_ORDINALS.split())} | {"runner-up": 2}
HAN_PLACES = {"居次": 2, "亚军": 2, "季军": 3}
PLACES = ORDINALS | HAN_PLACES
#: So many of them together: a pair of policies are two.
GROUPS = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4, "dozen": 12}
GROUP_PATTERN = rf"\b(?i:(?:{'|'.join(GROUPS)})\b(?=\s(?:of\s)?[a-z]))"

#: A Chinese numeral below 10,000 that begins as one does; 百 and 千 alone are vague (百家, 千萬).
CHINESE_FIRST = "一二两三四五六七八九十"
CHINESE_PATTERN = (
    rf"(?<!唯)[{CHINESE_FIRST}]" + r"[零〇一二三四五六七八九十百千]{0,8}(?:点[零〇一二三四五六七八九]{1,8})?"
)
ENGLISH_PATTERN = (
    rf"\b(?i:(?:{'|'.join(_TENS.split())})(?:[- ](?:{'|'.join(_ONES.split()[1:10])}))?"
    rf"|{'|'.join(sorted(WORDS, key=len, reverse=True))})\b(?!\.[a-z])"
)


def chinese(text: str) -> Decimal:
    """The value of a folded Chinese numeral without 万 and above: 三百五十 is 350, 二〇二六 is 2026,
    三点五 is 3.5, 三百五 is 350."""
    whole, _, fraction = text.partition("点")
    tail = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{_whole(whole)}.{tail}" if tail else _whole(whole))


def _whole(text: str) -> int:
    if not any(c in _SMALL for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = digit = 0
    last, after_zero = 1, False
    for c in text:
        if c in _SMALL:
            last = _SMALL[c]
            total += (digit or 1) * last
            digit, after_zero = 0, False
        else:
            digit = _DIGITS[c]
            after_zero = after_zero or digit == 0
    # 三百五 says 350, 三百零五 says 305
    colloquial = last > _SMALL["十"] and digit and not after_zero
    return total + digit * (last // 10 if colloquial else 1)


def english(text: str) -> Decimal:
    """The value of an English numeral below a hundred: twenty-five is 25."""
    parts = text.lower().replace("-", " ").split()
    return Decimal(sum(WORDS[p] for p in parts))
