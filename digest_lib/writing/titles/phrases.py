"""What hangs on a noun: owners, prepositions, clauses and other nouns beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest_lib.writing.titles.lexicon import table
from digest_lib.writing.titles.reading import Part, Reading, rule

#: What a report, an effort or a talk is about stands behind these, whatever they are.
_ABOUT = ("about", "over", "regarding", "around")
#: Prepositions that say one thing: what stands before and behind the noun's Chinese.
_PLAIN = table("joint")
_MONTHS = [
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
_DAYS = dict(
    zip(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        "一二三四五六日",
        strict=True,
    )
)


@rule("np")
def _np(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A noun phrase, or several joined by commas and «and»."""
    for first in reading.parts("unit", at):
        yield first
        yield from _joined(reading, first, [first])


def _joined(reading: Reading, last: Part, parts: list[Part]) -> Iterator[Part]:
    """More units behind the last, up to the one behind «and»."""
    for end in reading.any_of(last.end, "and", "&", ", and", ", &", "or", "as well as", "+"):
        for unit in reading.parts("unit", end):
            if unit.has("money", "share") == last.has("money", "share") and not _is_bare(parts[0]):
                listed = "、".join(p.zh for p in parts)
                word = "或" if reading.word(end - 1) == "or" else "與"
                score = sum(p.score for p in (*parts, unit)) - 0.2 * (
                    unit.has("name") != parts[0].has("name")
                )
                yield Part(unit.end, f"{listed} {word} {unit.zh}", _together(parts[0], unit), None, score)
    if reading.word(last.end) == "," and len(parts) < 5:  # noqa: PLR2004
        for unit in reading.parts("unit", last.end + 1):
            yield from _joined(reading, unit, [*parts, unit])


def _is_bare(part: Part) -> bool:
    """A countable noun in the singular without an article is no phrase: agent of «agent and model tests»."""
    return bool(part.has("bare") and part.has("sg") and not part.has("m", "pl", "name"))


def _together(first: Part, last: Part) -> frozenset[str]:
    return (first.tags & last.tags) - {"sg"} | {"pl"}


@rule("unit")
def _unit(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A noun with what hangs on it."""
    for core in reading.parts("cores", at):
        yield from _tails(reading, core, 0)
    for vp in reading.parts("vp", at, "ing"):
        yield Part(vp.end, vp.zh, frozenset({"e", "deed", "sg"}), None, vp.score - 1)


@rule("cores")
def _cores(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A noun with its modifiers, or two that share what follows: advantages and drawbacks of it."""
    for first in reading.parts("core", at):
        yield first
        if first.entry is None or first.has("money", "share"):
            continue
        for end in reading.any_of(first.end, "and", "&"):
            for second in reading.parts("core", end):
                if second.entry and first.has("pl", "m") and second.has("pl", "m"):
                    tags = first.tags & second.tags | {"pl"}
                    yield Part(
                        second.end,
                        f"{first.zh}與{second.zh}",
                        tags,
                        second.entry,
                        first.score + second.score + 0.2,
                    )


def _tails(reading: Reading, part: Part, depth: int) -> Iterator[Part]:
    yield part
    if depth > 3:  # noqa: PLR2004
        return
    for told in _once(reading, part):
        yield from _tails(reading, told, depth + 1)


def _once(reading: Reading, part: Part) -> Iterator[Part]:
    """The noun with one more thing on it."""
    at, word = part.end, reading.word(part.end)
    if word == "'s":
        for owned in reading.parts("core", at + 1):
            if not owned.has("money", "share"):
                yield Part(
                    owned.end, f"{part.zh}的{owned.zh}", owned.tags, owned.entry, part.score + owned.score
                )
        return
    if part.has("money", "share"):
        return
    if word in {"that", "who", "which"}:
        for form in ("s", "base", "past"):
            for vp in reading.parts("vp", at + 1, form):
                yield part.but(vp.end, f"{vp.zh}的{part.zh}", score=vp.score - 0.3)
    if word == "to" and part.entry and (part.entry.has("inf") or not part.has("h", "o", "e", "m", "place")):
        for vp in reading.parts("vp", at + 1, "base"):
            yield part.but(vp.end, f"{vp.zh}的{part.zh}", score=vp.score)
    if part.has("pl") and part.has("h"):
        for vp in reading.parts("vp", at, "ing"):
            yield part.but(vp.end, f"{vp.zh}的{part.zh}", score=vp.score - 0.6)
    yield from _prepositions(reading, part, word)


def _prepositions(reading: Reading, part: Part, word: str) -> Iterator[Part]:
    at, entry = part.end + 1, part.entry
    if not word or word.isdigit():
        return
    for other in reading.parts("unit" if word in {"in", "on", "from"} else "np", at):
        if pattern := _pattern(part, word, other):
            said = pattern.replace("{P}", f" {other.zh} ").replace("{N}", part.zh)
            yield part.but(other.end, said, score=other.score - 0.05)
    if (date := date_at(reading, at)) and word in {"for", "on", "of", "in"}:
        yield part.but(date[0], f"{date[1]}的{part.zh}")
    if word == "in" and (year := _year(reading, at)):
        yield part.but(at + 1, f"{year}的{part.zh}")
    if word in {"for", "of", "to"} and entry is not None and not entry.has("h"):
        for vp in reading.parts("vp", at, "ing"):
            said = (
                f"{vp.zh}的{part.zh}"
                if word == "of" or entry.has("doc") or entry.has("inf")
                else f"用於{vp.zh}的{part.zh}"
            )
            yield part.but(vp.end, said, score=vp.score - 0.3)


def date_at(reading: Reading, at: int) -> tuple[int, str] | None:
    """A day of the week, or a date, that stands here: where it ends, and how it is said."""
    word = reading.word(at)
    if word in _DAYS:
        return at + 1, f"週{_DAYS[word]}"
    if word not in _MONTHS:
        return None
    month, day = f"{_MONTHS.index(word) + 1} 月", reading.word(at + 1)
    if not day.isdigit():
        return (at + 1, month) if word != "may" else None
    if len(day) == 4:  # noqa: PLR2004
        return at + 2, f"{day} 年 {month}"
    year = reading.word(at + 3)
    if reading.word(at + 2) == "," and year.isdigit() and len(year) == 4:  # noqa: PLR2004
        return at + 4, f"{year} 年 {month} {day} 日"
    return at + 2, f"{month} {day} 日"


def _year(reading: Reading, at: int) -> str:
    text = reading.tokens[at].text if at < len(reading.tokens) else ""
    return f" {text} 年" if text.isdigit() and len(text) == 4 and text[:2] in {"19", "20"} else ""  # noqa: PLR2004


def _pattern(part: Part, word: str, other: Part) -> str:  # noqa: PLR0911 - a preposition a case
    """How a preposition joins this noun with another; empty where that is not sure."""
    entry = part.entry
    if other.has("money", "share") and word != "of":
        return ""
    if entry and word in entry.uses:
        return re.sub("([NP])", r"{\1}", entry.uses[word])
    match word:
        case "of":
            return "{P}的{N}" if not part.has("name") else ""
        case "for":
            return _for(part, other)
        case "with":
            return _with(part, other)
        case "in":
            return "{P}的{N}" if other.has("place", "t") else "{P}中的{N}"
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


def _with(part: Part, other: Part) -> str:
    if part.has("w"):
        return "與{P}的{N}"
    if part.has("h", "person", "deed"):
        return ""
    if other.has("name"):
        return "以{P}進行的{N}" if part.has("e") else "使用{P}的{N}"
    return "" if part.has("e") else "具備{P}的{N}"


def _for(part: Part, other: Part) -> str:
    if part.has("doc") and not other.has("h"):
        return "{P}的{N}"
    if other.has("e", "deed"):
        return "用於{P}的{N}"
    return "適用於{P}的{N}" if part.has("name") or other.has("name", "h", "o", "product") else "{P}的{N}"
