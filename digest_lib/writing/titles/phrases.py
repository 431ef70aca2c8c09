"""Noun phrases with what hangs on them: owners, clauses, other nouns beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest_lib.writing.titles.joints import around, hung
from digest_lib.writing.titles.lexicon import table
from digest_lib.writing.titles.reading import Part, Reading, rule

#: What was done to a thing, behind it: built for, based on.
_TAILS = table("tail")
_BEHIND = table("behind")


@rule("np")
def _np(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A noun phrase, or several joined by commas and «and»."""
    for first in reading.parts("unit", at):
        yield first
        yield from _joined(reading, first, [first])


def _joined(reading: Reading, last: Part, parts: list[Part]) -> Iterator[Part]:
    """More units behind the last, up to the one behind «and»."""
    for end in reading.any_of(last.end, "and", "&", ", and", ", &", "+"):
        for unit in reading.parts("unit", end):
            if unit.has("deed") or any(p.has("deed") for p in parts):
                continue
            # GUI, New Options & Fixes: a list of three is of one kind.
            if len(parts) > 1 and len({p.has("name", "on") for p in (*parts, unit)}) > 1:
                continue
            if unit.has("money", "share") == last.has("money", "share") and not _is_bare(parts[0]):
                listed = "、".join(p.zh for p in parts)
                score = sum(p.score for p in (*parts, unit)) - 0.2 * (
                    unit.has("name") != parts[0].has("name")
                )
                yield Part(unit.end, f"{listed} 與 {unit.zh}", _together(parts[0], unit), None, score)
    if reading.word(last.end) == "," and len(parts) < 5:  # noqa: PLR2004
        for unit in reading.parts("unit", last.end + 1):
            alike = unit.has("name") == last.has("name") and not unit.has("money", "share", "deed")
            if reading.tokens[last.end].raised and alike and not _is_bare(parts[0]):
                listed = "、".join(p.zh for p in (*parts, unit))
                score = sum(p.score for p in (*parts, unit)) - 0.6
                yield Part(unit.end, listed, _together(parts[0], unit), None, score)
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
                if second.entry and second.has("bare") and first.has("pl", "m") and second.has("pl", "m"):
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
        yield from _tails(reading, told.but(told.end, told.zh, score=-0.2 * depth), depth + 1)


def _once(reading: Reading, part: Part) -> Iterator[Part]:
    """The noun with one more thing on it."""
    word = reading.word(part.end)
    if word == "'s":
        yield from _owned(reading, part)
    elif not part.has("money", "share"):
        yield from _related(reading, part, word)
        yield from _done(reading, part)
        yield from hung(reading, part, word)


def _owned(reading: Reading, owner: Part) -> Iterator[Part]:
    """What is somebody's."""
    for owned in reading.parts("unit", owner.end + 1):
        if not owned.has("money", "share", "deed"):
            said = re.sub("的 *(?=對|與)", "", f"{owner.zh}的{owned.zh}")
            tags = owned.tags - {"bare"}
            yield Part(owned.end, said, tags, owned.entry, owner.score + owned.score)


def _related(reading: Reading, part: Part, word: str) -> Iterator[Part]:
    """What does something, what something is for, what is doing it."""
    entry, at = part.entry, part.end
    if word in {"that", "who", "which"}:
        for form in ("s", "base", "past"):
            for vp in reading.parts("vp", at + 1, form):
                yield part.but(vp.end, f"{vp.zh}的{part.zh}", score=vp.score - 0.3)
    if word == "to" and entry and (entry.has("inf") or not part.has("h", "o", "e", "m", "place")):
        for vp in reading.parts("vp", at + 1, "base"):
            yield part.but(vp.end, f"{vp.zh}的{part.zh}", score=vp.score)
    # AI labeling rules are rules: of a bare mass nothing is said so.
    if entry and not part.has("deed") and (part.has("pl") or not part.has("bare")):
        for vp in reading.parts("vp", at, "ing"):
            yield part.but(vp.end, f"{vp.zh}的{part.zh}", score=vp.score - 0.6)


def _done(reading: Reading, part: Part) -> Iterator[Part]:
    """What was done to it: built for, based on; what is true of it: you need it, it is at scale."""
    for en, pattern in _BEHIND.items():
        for end in reading.any_of(part.end, en):
            yield part.but(end, around(pattern, "", part.zh), score=-0.1)
    for en, pattern in _TAILS.items():
        for end in reading.any_of(part.end, en):
            for other in reading.parts("np", end):
                if not other.has("money", "share", "deed"):
                    yield part.but(other.end, around(pattern, other.zh, part.zh), score=other.score - 0.1)
