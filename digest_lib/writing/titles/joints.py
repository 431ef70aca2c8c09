"""What a preposition hangs on a noun, and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest_lib.writing.titles.lexicon import table
from digest_lib.writing.titles.reading import Part, Reading

#: What a report, an effort or a talk is about stands behind these, whatever they are.
_ABOUT = ("about", "over", "regarding", "around")
#: Prepositions that say one thing: what stands before and behind the noun's Chinese.
_PLAIN = table("joint")
_OWNERS = ("我們的", "自家", "其", "他們的", "你的", "作者的")
#: What hangs on a verb rather than on a noun, where both can be.
_COSTS = {
    "for": 0.25,
    "in": 0.25,
    "on": 0.25,
    "across": 0.6,
    "from": 0.2,
    "during": 0.3,
    "at": 0.3,
}
#: Months in their order, and days of the week with their Chinese.
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
DAYS = dict(
    zip(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        "一二三四五六日",
        strict=True,
    )
)


def hung(reading: Reading, part: Part, word: str) -> Iterator[Part]:
    """The noun with what a preposition hangs on it."""
    at, entry = part.end + 1, part.entry
    if not word or word.isdigit():
        return
    if part.has("person", "o") and part.has("name") and word not in {"of", "at"}:
        return
    for other in reading.parts("np", at):
        if pattern := _pattern(part, word, other):
            own = part.entry is not None and word in part.entry.uses
            own = own or (word == "in" and part.has("loc"))
            cost = -1.1 if own and word == "to" else 0.05 if own else _COSTS.get(word, 0.05)
            yield part.but(other.end, around(pattern, other.zh, part.zh), score=other.score - cost)
    if (date := date_at(reading, at)) and word in {"for", "on", "of", "in"}:
        yield part.but(date[0], f"{date[1]}的{part.zh}")
    if word in {"in", "for", "of"} and (year := _year(reading, at)):
        yield part.but(at + 1, f"{year}的{part.zh}")
    if word in {"for", "of", "to"} and entry is not None and not entry.has("h"):
        for vp in reading.parts("vp", at, "ing"):
            own = word == "of" or entry.has("doc") or entry.has("inf") or word in entry.uses
            said = f"{vp.zh}的{part.zh}" if own else f"用於{vp.zh}的{part.zh}"
            yield part.but(vp.end, said, score=vp.score - 0.3)


def date_at(reading: Reading, at: int) -> tuple[int, str] | None:
    """A day of the week, or a date, that stands here: where it ends, and how it is said."""
    word = reading.word(at)
    if word in DAYS:
        return at + 1, f"週{DAYS[word]}"
    if word not in MONTHS:
        return None
    month, day = f"{MONTHS.index(word) + 1} 月", reading.word(at + 1)
    if not day.isdigit():
        return (at + 1, month) if word != "may" else None
    if len(day) == 4:  # noqa: PLR2004
        return at + 2, f"{day} 年 {month}"
    year = reading.word(at + 3)
    if reading.word(at + 2) == "," and year.isdigit() and len(year) == 4:  # noqa: PLR2004
        return at + 4, f"{year} 年 {month} {day} 日"
    return at + 2, f"{month} {day} 日"


def around(pattern: str, other: str, noun: str) -> str:
    """The noun with another: whose it is stands before all."""
    owner = next((o for o in _OWNERS if noun.startswith(o) and not noun.startswith("其他")), "")
    if owner and not pattern.startswith("{N}"):
        noun = noun.removeprefix(owner)
        if pattern.startswith(("與", "對", "關於", "針對")):
            owner = owner.removesuffix("的")
    else:
        owner = ""
    return owner + pattern.replace("{P}", f" {other} ").replace("{N}", noun)


def _year(reading: Reading, at: int) -> str:
    text = reading.tokens[at].text if at < len(reading.tokens) else ""
    return f" {text} 年" if text.isdigit() and len(text) == 4 and text[:2] in {"19", "20"} else ""  # noqa: PLR2004


def _pattern(part: Part, word: str, other: Part) -> str:  # noqa: PLR0911 - a preposition a case
    """How a preposition joins this noun with another; empty where that is not sure."""
    entry = part.entry
    if other.has("money", "share") and word != "of":
        return ""
    if other.has("deed") and word not in {"of", "for", "about", "in", "behind"}:
        return ""
    if entry and word in entry.uses:
        return re.sub("([NP])", r"{\1}", entry.uses[word])
    match word:
        case "of":
            return "{P}的{N}" if not part.has("name") else ""
        case "for":
            return _for(part, other)
        case "in":
            inside = "" if other.has("place", "t") else "領域" if other.has("field") else "中"
            return f"{{P}}{inside}的{{N}}"
        case "on":
            if part.has("name") and not part.has("known"):
                return ""
            return "關於{P}的{N}" if part.has("doc") else "{P}上的{N}" if other.has("name", "on") else ""
        case "at":
            return "{P}的{N}" if other.has("o", "name", "place") else ""
        case "by":
            return "{P}的{N}" if other.has("o", "name", "person", "h") and not part.has("share") else ""
        case "to":
            return ""
    if word in _ABOUT and part.has("doc", "e"):
        return "關於{P}的{N}"
    return _PLAIN.get(word, "")


def _for(part: Part, other: Part) -> str:
    # Rust For Linux Maintainer: a thing without an article has its name before it.
    if part.has("name") and other.entry and other.has("bare") and other.has("sg") and not other.has("m"):
        return ""
    if part.has("doc") and not other.has("h"):
        return "{P}的{N}"
    if other.has("e", "deed"):
        return "用於{P}的{N}"
    return "適用於{P}的{N}" if part.has("name") or other.has("name", "h", "o", "product") else "{P}的{N}"
