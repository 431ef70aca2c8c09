"""What the fake llm understands of a prompt: which fields are asked for, and how many sentences of each.

It reads «summary 寫二到三句», «tags: 3 to 8», «analysis 的 industry、rivals 各最多兩句», «why_it_matters
留空», «不要寫 trend», «用兩句話寫», and nothing more; of a range it gives the least, of «at most» as many as
it has. What is said of a field last holds, as where somebody adds a line to a prompt.
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
#: «write two sentences» and 「用兩句話」 name no field, and mean a story's.
_PLAIN = re.compile(
    rf"({_NUMBER})(?: (?:short|long))? sentences?\b"
    rf"|(?:寫|用|限|共)(?:最多|至多|不超過|恰好|約)?\s*({_NUMBER})\s*句",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"[^，,、]{0,6}?(?<!就)(?:留空|不要寫|不寫|空清單|leave (?:it )?empty|\bnone\b|no sentences?\b)"
    r"(?=$|[\s，,、)）])",
    re.IGNORECASE,
)
#: What is said before a field that is not to be written.
_LEFT_OUT = re.compile(
    r"(?:(?:不要|不用|不必|別)寫|不寫|不需要|省略|略去|略過|去掉|拿掉|刪去"
    r"|\b(?:omit|skip|drop|without|leave out|no)\b"
    r"|\b(?:do not|don't|never) (?:write|fill in|include|give)\b)\s*(?:the |any |\w+ 的 ?)?[`'\"「]?$",
    re.IGNORECASE,
)
#: What only holds for some stories says nothing of all.
_ONLY_IF = re.compile(r"若|如果|的話|時，|\b(?:if|when|unless)\b", re.IGNORECASE)
#: What ends an instruction.
_END = re.compile(r"[。；;\n]|\.(?=\s|$)")
_FIELDS = (
    "why_it_matters", "summary", "trend", "industry", "rivals", "market", "key_points", "developers", "users",
    "tags",
)  # fmt: skip


def wanted(prompt: str, field: str) -> int | None:
    """How many the prompt asks for of the field, in its last word on it; None where it does not name the
    field, and -1 where it does not say how many."""
    told = prompt.split("<articles>", maxsplit=1)[0].split("<stories>", maxsplit=1)[0]
    found = [n for part in _END.split(told) if (n := _asked(part, field)) is not None]
    said = [n for n in found if n >= 0]
    return said[-1] if said else found[-1] if found else None


def _asked(part: str, field: str) -> int | None:
    """The same of one instruction."""
    if field == "sentences" and any(_named(other).search(part) for other in _FIELDS):
        return None  # of another field's
    plain = _PLAIN.search(part) if field == "sentences" and not _ONLY_IF.search(part) else None
    match = _named(field).search(part)
    if match is None:
        return _number(plain[1] or plain[2]) if plain else None
    before, rest = part[: match.start()], part[match.end() :]
    if many := _MANY.search(rest):
        return _number(many[1])
    if _NONE.match(rest) or _LEFT_OUT.search(before):
        return 0
    return _number(plain[1] or plain[2]) if plain else -1


def _named(field: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){field}(?![A-Za-z0-9_])")


def _number(said: str) -> int:
    word = said.casefold()
    return 10 if word == "十" else _HAN.get(word, _WORDS.get(word, int(word) if word.isdecimal() else 0))
