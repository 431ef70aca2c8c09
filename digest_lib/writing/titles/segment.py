"""One segment of a title, between colons and dashes, in Chinese: where the grammar reads all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest_lib.text.english import is_common
from digest_lib.writing.titles import clauses, naming, nouns, phrases, questions, verbs  # noqa: F401 - they are the grammar's rules
from digest_lib.writing.titles.behind import HANGS
from digest_lib.writing.titles.joints import date_at
from digest_lib.writing.titles.lexicon import forms
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.tokens import BODIES, Token, is_known, is_name, spelled

#: What hangs on what is open in a title that holds one of these: by what means, together with what, or what
#: each part of a list belongs to. A quarter of what was told of such titles was read as wrong.
_OPEN = frozenset(["with", "using", "via", "while", "as", "through", "and", "&", "or", "between"])
_JOINS = frozenset({"and", "&"})
#: Gerunds with which a vendor tells what it did, not how it is done.
_NEWS = frozenset(
    [
        "coming",
        "introducing",
        "announcing",
        "launching",
        "releasing",
        "unveiling",
        "expanding",
        "bringing",
        "updating",
    ]
)
#: A title of fewer words in capitals is a name: Slash Pages.
_BID = 4
#: A person has so many names at most.
_NAMED = 5
#: What is introduced under capitals has a name of its own, unless it begins like this.
_INTRODUCES = frozenset(["introducing", "announcing", "launching", "unveiling", "meet"])
_UNNAMED = frozenset(
    ["a", "an", "first", "next", "new", "our", "more", "support", "updates", "changes", "improvements"]
)
#: A reading is as good as another one whose score is so near.
_NEAR = 1.0
#: What says where something is done, in Chinese, and what denies.
_PLACED = re.compile("[ 的在中內上]")
_NO = ("不", "未", "無", "沒")
#: Told is what somebody writes about, and not who does. Of two words, as no noun of the tags is.
_TOPIC = frozenset({"a topic"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a title says in Chinese; of a topic without who writes about it: 談如何評估代理."""

    text: str
    is_topic: bool = False
    is_event: bool = False  #: it is what somebody does, or what is
    is_told: bool = False  #: it is put together of what is sure
    is_name: bool = False  #: it is what came out, with its given name, or who is quoted


def segment(
    tokens: Sequence[Token], vendor: str, *, inner: bool = False, events: bool = False
) -> Told | None:
    """One segment, where the grammar covers all of it; None where two readings differ in what is done. With
    `events` only a clause counts."""
    lists = [at for at in range(len(tokens)) if _is_open(tokens, at)]
    if any(tokens[at].low not in _JOINS or _hangs_behind(tokens, at) for at in lists):
        return None
    tokens, dated = _undated(tokens)
    reading = Reading(tokens, vendor)
    if (name := _christened(tokens, vendor)) is not None:
        return Told(_introduced(reading, name) + dated, is_name=True) if name else None
    asks = bool(tokens) and tokens[-1].text == "?"
    end = len(tokens) - asks
    found = list(_readings(reading, end, asks, inner))
    if events:
        found = [(p, said) for p, said in found if p.has("clause")]
    # A word that begins a title may be what is done or what it is about: build, support, research.
    if len({kind for part, _ in found if (kind := _kind(part))}) > 1:
        return None
    best = max(found, key=lambda p: p[0].score, default=None)
    if best is None:
        return None
    part, said = best
    sure = not any(_differ(other, said) for p, other in found if p.score > part.score - _NEAR)
    # What is listed is sure where there is no other way to read it, and is told with one 的.
    listed = {spaced(other).replace("的", "") for _, other in found} if lists else set()
    if not sure or len(listed) > 1 or (lists and said.count("的") > 1):
        return None
    return Told(
        said + dated,
        part.has(*_TOPIC),
        is_event=part.has("clause") or (part.has("how") and not part.has("howto")),
        is_name=part.has("quoting"),
    )


def _differ(one: str, other: str) -> bool:
    """Do two readings say different things? Where something is done may stand at the deed or at the thing,
    but not beside a denial: what is not protected in one place is in another."""
    if any(no in one for no in _NO):
        return spaced(one) != spaced(other)
    return sorted(_PLACED.sub("", one)) != sorted(_PLACED.sub("", other))


def _christened(tokens: Sequence[Token], vendor: str) -> str | None:
    """What somebody introduces in capitals was given a name, maybe of common words (Computer, Privacy
    Snapshot): the name as it stands; empty where it is not sure how far it goes, None where there is none."""
    if len(tokens) < 2 or tokens[0].low not in _INTRODUCES:  # noqa: PLR2004
        return None
    # Whom one meets may be a person.
    if tokens[0].low == "meet" and not vendor:
        return None
    name = tokens[2:] if tokens[1].low == "the" else tokens[1:]
    # OpenAI for Singapore is no vendor.
    if len(name) > 1 and name[0].text == vendor and name[1].low == "for":
        return spelled(name) if all(t.text[:1].isupper() for t in name[2:]) else ""
    if not name or not name[0].text[:1].isupper() or name[0].low in _UNNAMED:
        return None
    if len(name) <= _NAMED and all(t.kind == "word" and (t.text[:1].isupper() or t.is_marked) for t in name):
        return spelled(name)
    return None if is_name(name[0]) else ""


def _introduced(reading: Reading, name: str) -> str:
    """What is introduced, told: people and bodies are presented, all else comes out."""
    if reading.tokens[-1].low in BODIES:
        return f"{reading.vendor} 介紹 {name}" if reading.vendor else f"介紹 {name}"
    return f"{reading.vendor} 推出 {name}" if reading.vendor else f"{name} 推出"


def _is_open(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word there leaves open what hangs on what; two names, and what one is kept from, do not."""
    word, sides = tokens[at].low, [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    if word not in _OPEN or (word == "with" and _wants_with(tokens[:at])):
        return False
    joins = word in {"and", "&"} and all(t.raised and not is_known(t.text) for t in sides)
    joins = joins or (word == "and" and all(map(_is_called, sides)))
    # Create and edit files.
    joins = joins or (word == "and" and len(sides) > 1 and all(_may_do(t) for t in sides))
    return not joins and not (word == "using" and at > 0 and tokens[at - 1].low == "from")


def _wants_with(tokens: Sequence[Token]) -> bool:
    """Is there a verb that something is done with: fuses one with another?"""
    acts = [f.entry for t in tokens for f in forms().get(t.low, ()) if f.entry.pos == "v"]
    return any("P" in entry.uses.get("with", "") for entry in acts)


def _is_called(token: Token) -> bool:
    """Is it surely a name?"""
    return is_name(token) and (is_known(token.text) or not is_common(token.low))


def _hangs_behind(tokens: Sequence[Token], at: int) -> bool:
    """Does something stand behind a list that may hang on each part of it, or on the last?"""
    return any(t.low in HANGS for t in tokens[at:])


def _may_do(token: Token) -> bool:
    """Is it a verb as it stands behind «to», and nothing else?"""
    known = [form for form in forms().get(token.low, ()) if len(form.words) == 1]
    return any(f.form == "base" for f in known) and all(f.entry.pos == "v" for f in known)


def _undated(tokens: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """The tokens without the date behind a comma at their end, and that date."""
    for at in range(max(1, len(tokens) - 5), len(tokens) - 1):
        if tokens[at].text == "," and (date := date_at(Reading(tokens), at + 1)) and date[0] == len(tokens):
            return tokens[:at], f"（{date[1]}）"
    return tokens, ""


def _topic(part: Part) -> Part:
    return part.but(part.end, part.zh, tags=part.tags | _TOPIC)


def _kind(part: Part) -> str:
    return next((kind for kind in ("bids", "names") if part.has(kind)), "")


def _readings(reading: Reading, end: int, asks: bool, inner: bool) -> Iterator[tuple[Part, str]]:
    def whole(name: str, at: int = 0, how: str = "") -> Iterator[Part]:
        return (p for p in reading.parts(name, at, how) if p.end == end)

    if asks:
        yield from ((_topic(p), f"探討{p.zh}") for p in (*whole("whether"), *whole("how")))
        return
    for part in whole("clause"):
        yield part, part.zh
    for part in whole("how"):
        yield (_topic(part), f"教學：{part.zh}") if part.has("howto") and not inner else (part, part.zh)
    for at in reading.any_of(0, "meet", "meet the new"):
        yield from ((p, f"{_who(reading)}推出 {p.zh}") for p in whole("np", at) if not p.has("h"))
    yield from _patterns(reading, end)
    # What stands alone is what somebody talks about: the vendor, or who published it.
    alone = _TOPIC if not (inner or reading.vendor) else frozenset[str]()
    for part in whole("vp", 0, "ing"):
        if said := _gerund(reading, part.zh, inner=inner):
            tags = part.tags | (alone if reading.word(0) not in _NEWS else frozenset())
            yield part.but(end, part.zh, score=-1, tags=tags), said
    # Debugging information is a noun of two words, not what is debugged.
    known = any(len(form.words) > 1 for _, form in reading.entries(0, "n"))
    for part in whole("np"):
        # Discovery Loop: one thing without an article, under capitals, is a name.
        named = reading.tokens[0].raised and end < _BID and part.has("bare") and not part.has("m", "pl")
        if not part.has("deed") and (inner or not named or part.has("name")):
            told = part.zh if inner else f"{_who(reading)}談 {part.zh}"
            yield part.but(end, part.zh, score=0.0 if known else -2.0, tags=alone | {"names"}), told
    short = reading.tokens[0].raised and end < _BID
    for part in whole("vp", 0, "base") if not short else ():
        yield (
            part.but(end, part.zh, score=-3, tags=alone | {"bids"}),
            part.zh if inner else f"{_who(reading)}談如何{part.zh}",
        )


def _gerund(reading: Reading, said: str, *, inner: bool) -> str:
    """A title that begins with what is done: a vendor's news of its own, or what is written about."""
    if reading.word(0) == "coming":
        return ""
    if reading.word(0) not in _NEWS:
        return said if inner else f"{_who(reading)}談{said}"
    if reading.vendor:
        return f"{reading.vendor} {said}"
    # Without who did it, what came out is told.
    return f"{said.removeprefix('推出')} 推出" if said.startswith("推出") and "，" not in said else ""


def _patterns(reading: Reading, end: int) -> Iterator[tuple[Part, str]]:
    """What titles of blogs are built like: a quotation, a person on a matter, a matter explained."""
    tokens = reading.tokens
    if (
        reading.word(0) == "quoting"
        and 1 < end <= _NAMED
        and all(t.text[:1].isupper() for t in tokens[1:end])
    ):
        yield Part(end, "", _TOPIC | {"quoting"}), f"引述 {spelled(tokens[1:end])} 的說法"
    for name in reading.parts("name", 0):
        if reading.word(name.end) == "on" and _is_person(tokens[: name.end]):
            for what in reading.parts("np", name.end + 1):
                if what.end == end and not what.has("name", "on", "product"):
                    yield Part(end, ""), f"{name.zh} 談 {what.zh}"
            for what in reading.parts("how", name.end + 1):
                if what.end == end:
                    yield Part(end, ""), f"{name.zh} 談 {what.zh}"
    if reading.word(end - 1) == "explained":
        yield from ((_topic(p), f"解析 {p.zh}") for p in reading.parts("np", 0) if p.end == end - 1)


def _is_person(tokens: Sequence[Token]) -> bool:
    """May these words be a person's names?"""
    alone = all(
        t.text.replace(".", "").isalpha() and not is_known(t.text) and t.text[1:].islower() for t in tokens
    )
    return 1 < len(tokens) < _NAMED and alone


def _who(reading: Reading) -> str:
    return f"{reading.vendor} " if reading.vendor else ""
