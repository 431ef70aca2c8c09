"""What the fake llm understands of a prompt: which fields are asked for, and how many sentences of each.

It reads «summary 寫二到三句», «tags: 3 to 8», «analysis 的 industry、rivals 各最多兩句», «why_it_matters
留空», and nothing more; of a range it gives the least, of «at most» as many as it has.
"""

from __future__ import annotations

import re

_HAN = {"零": 0, "一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WORDS = dict(zip(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), range(10),
                  strict=True))  # fmt: skip
_NUMBER = rf"(?:[{''.join(_HAN)}十]|\d{{1,2}}|\b(?:{'|'.join(_WORDS)})\b)"
_MANY = re.compile(
    rf"({_NUMBER})\s*(?:(?:到|至|to|[-–~～])\s*{_NUMBER}\s*)?(?:[句個点點條則]|sentences?\b|points?\b|tags?\b|items?\b)",
    re.IGNORECASE,
)
#: «write two sentences» names no field.
_SENTENCES = re.compile(rf"({_NUMBER})(?: (?:short|long))? sentences\b", re.IGNORECASE)
_NONE = re.compile(r"留空|不要寫|不寫|空清單|leave (?:it )?empty|\bno(?:ne| sentences?)\b", re.IGNORECASE)
#: What ends an instruction about one field.
_END = re.compile(r"[。；;\n]")


def wanted(prompt: str, field: str) -> int | None:
    """How many the prompt asks for of the field; None where it does not name the field, and -1 where it does
    not say how many."""
    told = prompt.split("<articles>", maxsplit=1)[0].split("<stories>", maxsplit=1)[0]
    if field == "sentences" and (plain := _SENTENCES.search(told)):
        return _number(plain[1])
    for match in re.finditer(rf"(?<![\w]){re.escape(field)}(?![A-Za-z0-9_])", told):
        rest = _END.split(told[match.end() :], maxsplit=1)[0]
        if many := _MANY.search(rest):
            return _number(many[1])
        if _NONE.search(rest):
            return 0
    return -1 if re.search(rf"(?<!\w){re.escape(field)}(?![A-Za-z0-9_])", told) else None


def _number(said: str) -> int:
    word = said.casefold()
    return 10 if word == "十" else _HAN.get(word, _WORDS.get(word, int(word) if word.isdecimal() else 0))
