"""Verb phrases of titles: what is done, to what, with what, how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest_lib.writing.titles.lexicon import Entry, table
from digest_lib.writing.titles.reading import Part, Reading, rule
from digest_lib.writing.titles.tokens import is_known

#: Prepositions behind a verb that say how, where or when, and add to what is done: its Chinese around it.
_ADJUNCTS = table("adjunct")
_FIXED = table("fixed")
#: What stands between two deeds: the second in {}, the first in {V}.
_DOING = {"by": "藉由{}{V}", "after": "在{}後{V}", "before": "在{}前{V}"}
_DEED = frozenset({"deed"})
#: What is longer has a comma.
_LONG = 14


@rule("vp")
def _vp(reading: Reading, at: int, form: str) -> Iterator[Part]:
    """A verb in this form, with its objects and adjuncts; and a second verb beside it."""
    for first in reading.parts("deed", at, form):
        yield first
        for end in reading.any_of(first.end, "and", ", and", ", then", "and then"):
            for second in reading.parts("deed", end, form):
                yield Part(
                    second.end,
                    f"{first.zh}並{second.zh}",
                    second.tags,
                    None,
                    first.score + second.score - 0.1,
                )


@rule("deed")
def _deed(reading: Reading, at: int, form: str) -> Iterator[Part]:
    """One verb with its objects and adjuncts."""
    for end, adverb in reading.entries(at, "d"):
        for part in reading.parts("deed", end, form):
            yield part.but(part.end, adverb.entry.zh + part.zh)
    for end, found in reading.entries(at, "v"):
        # Claude Managed Agents: what is an adjective, too, is no verb of the past.
        adjective = form == "past" and any(True for _ in reading.entries(at, "a"))
        if found.form == form and not adjective:
            coming = frozenset({"coming"}) if found.entry.has("fut") else frozenset()
            for part in _objects(reading, end, found.entry):
                told = part.but(part.end, part.zh, tags=part.tags | coming)
                yield from _adjuncts(reading, told, found.entry, 0)
    yield from _shared(reading, at, form)


def _shared(reading: Reading, at: int, form: str) -> Iterator[Part]:
    """Two verbs with one object: find and fix bugs."""
    for end, one in reading.entries(at, "v"):
        if one.form != form or not one.entry.has("t"):
            continue
        for behind in reading.any_of(end, "and"):
            for stop, two in reading.entries(behind, "v"):
                if (
                    two.form == form
                    and two.entry.has("t")
                    and not (one.entry.uses.keys() | two.entry.uses.keys()) & {"o"}
                ):
                    both = f"{one.entry.zh}並{two.entry.zh}"
                    for obj in reading.parts("np", stop):
                        part = Part(obj.end, both + _object(obj), frozenset({"deed"}), None, obj.score)
                        yield from _adjuncts(reading, part, two.entry, 0)


def _object(obj: Part) -> str:
    """An object: of their own (the actor's) Chinese says nothing."""
    return obj.zh.removeprefix("其") if obj.zh.startswith("其") and not obj.zh.startswith("其他") else obj.zh


def _objects(reading: Reading, at: int, entry: Entry) -> Iterator[Part]:
    """The verb with what it wants behind it."""
    if entry.has("i"):
        yield Part(at, entry.zh, _DEED, entry)
    yield from _deeds(reading, at, entry)
    if entry.has("that"):
        for start in (at, *reading.any_of(at, "that", ":")):
            for said in reading.parts("clause", start):
                comma = "，" if entry.has("say") else ""
                yield Part(said.end, f"{entry.zh}{comma}{said.zh}", _DEED, None, said.score)
    if entry.has("how"):
        for said in reading.parts("how", at):
            yield Part(said.end, entry.zh + said.zh, _DEED, None, said.score)
    if entry.has("ac"):
        for end, form in reading.entries(at, "a"):
            yield Part(end, entry.zh + form.entry.zh.removesuffix("的"), _DEED, entry)
    to = entry.uses.get("to", "")
    if entry.has("i") and "P" in to and "O" not in to:
        yield from _from_to_alone(reading, at, entry)
    if {"t", "vo", "oc", "dat", "ving"} & entry.uses.keys():
        for obj in reading.parts("np", at):
            yield from _with_object(reading, obj, entry)


def _deeds(reading: Reading, at: int, entry: Entry) -> Iterator[Part]:
    """A verb with another verb behind it: plans to build, keeps building."""
    if entry.has("inf"):
        for start in reading.any_of(at, "to"):
            for vp in reading.parts("vp", start, "base"):
                yield Part(vp.end, entry.zh + vp.zh, _DEED, None, vp.score + 0.2)
    if entry.has("ing"):
        for vp in reading.parts("vp", at, "ing"):
            yield Part(vp.end, entry.zh + vp.zh, _DEED, None, vp.score)


def _with_object(reading: Reading, obj: Part, entry: Entry) -> Iterator[Part]:
    if not _is_of_kind(obj, entry) or obj.has("deed") or _is_named(obj, entry):
        return
    said = _object(obj)
    if entry.has("t"):
        core = entry.zh.replace("O", said) if "O" in entry.zh else entry.zh + said
        if not entry.has("x"):
            yield Part(obj.end, core, _DEED, entry, obj.score + 0.15 * entry.has("o"))
        for word, pattern in _own(entry):
            if reading.word(obj.end) == word:
                for other in reading.parts("np", obj.end + 1):
                    if not _is_means(pattern, other):
                        continue
                    # People are given it.
                    given = pattern.replace("帶到", "帶給") if other.has("h") else pattern
                    core = filled(given, O=said, V=entry.zh, P=other.zh)
                    yield Part(other.end, core, _DEED, None, obj.score + other.score + 1)
        yield from _from_to(reading, obj, entry, said)
    if entry.has("ving") and reading.word(obj.end) == "from":
        for vp in reading.parts("vp", obj.end + 1, "ing"):
            yield Part(vp.end, entry.zh + said + vp.zh, _DEED, None, obj.score + vp.score + 0.5)
    yield from _made_so(reading, obj, entry, said)
    if entry.has("vo"):
        starts = [*reading.any_of(obj.end, "to"), *([obj.end] if entry.has("bare") else [])]
        for start in starts:
            for vp in reading.parts("vp", start, "base"):
                yield Part(vp.end, f"{entry.zh}{said}{vp.zh}", _DEED, None, obj.score + vp.score + 0.5)


def _made_so(reading: Reading, obj: Part, entry: Entry, said: str) -> Iterator[Part]:
    """Fined somebody so much; made something so."""
    if entry.has("dat"):
        for amount in reading.parts("np", obj.end):
            if amount.has("money"):
                told = filled(entry.zh, O=said) + amount.zh
                yield Part(amount.end, told, _DEED, None, obj.score + 0.5)
    if entry.has("oc"):
        for end, form in reading.entries(obj.end, "a"):
            # Ready for what, is said of how it is made; told of the verb, it would be for whom.
            if not form.entry.zh.endswith("的") or reading.word(end) in {"for", "to"}:
                continue
            made = form.entry.zh.removesuffix("的")
            told = f"{entry.zh}{said}{'' if made.startswith('更') else '變得'}{made}"
            yield Part(end, told, _DEED, None, obj.score)


def _from_to(reading: Reading, obj: Part, entry: Entry, said: str) -> Iterator[Part]:
    """Moved from one to another."""
    to = entry.uses.get("to", "")
    if reading.word(obj.end) == "from" and to.startswith(("把", "將")):
        for source in reading.parts("unit", obj.end + 1):
            if reading.word(source.end) == "to":
                for goal in reading.parts("np", source.end + 1):
                    core = filled(to, O=f"{said} 從 {source.zh}", V=entry.zh, P=goal.zh)
                    yield Part(goal.end, core, _DEED, None, obj.score + source.score + goal.score + 1.5)


def _from_to_alone(reading: Reading, at: int, entry: Entry) -> Iterator[Part]:
    """Migrating from one to another."""
    if reading.word(at) == "from":
        for source in reading.parts("unit", at + 1):
            if reading.word(source.end) == "to":
                for goal in reading.parts("np", source.end + 1):
                    said = f"從 {source.zh} {filled(entry.uses['to'], P=goal.zh)}"
                    yield Part(goal.end, said, _DEED, None, source.score + goal.score + 1)


def _is_of_kind(obj: Part, entry: Entry) -> bool:
    """Is the object of a kind that the verb's sense wants? `o=` names kinds, `no=` those it has not."""
    wanted, never = entry.uses.get("o"), entry.uses.get("no")
    if wanted and not obj.has(*wanted.split("|")):
        return False
    return not (never and obj.has(*never.split("|")))


def filled(pattern: str, **parts: str) -> str:
    """A pattern with its parts in the places of their letters."""
    return re.sub(
        "[NOPV]",
        lambda m: f" {parts.get(m.group(), '')} " if m.group() != "V" else parts.get("V", ""),
        pattern,
    )


def _is_named(obj: Part, entry: Entry) -> bool:
    """Is what is launched a bare word, which then is a name? Launching Health; announcing Compute."""
    return entry.has("ann") and obj.has("alone") and obj.has("m") and obj.entry is not None


def _is_means(pattern: str, other: Part) -> bool:
    """May it be done by means of this? People, bodies and places are no means, but a well-known company's
    name may stand for what it makes."""
    return not pattern.startswith("以") or other.has("known") or not other.has("h", "o", "place", "person")


def _own(entry: Entry) -> Iterator[tuple[str, str]]:
    for word, pattern in entry.uses.items():
        if "P" in pattern:
            yield word, pattern


def _adjuncts(reading: Reading, part: Part, entry: Entry, depth: int) -> Iterator[Part]:
    """The verb phrase, and with how, where, when and what for."""
    yield part
    if depth > 2:  # noqa: PLR2004
        return
    for en, zh in _FIXED.items():
        for end in reading.any_of(part.end, en):
            yield from _adjuncts(reading, part.but(end, f"{zh}{part.zh}"), entry, depth + 1)
    word = reading.word(part.end)
    # Claude for Chrome is one thing.
    product = word == "for" and not entry.has("for") and is_known(reading.tokens[part.end - 1].text)
    for pattern, worth in _patterns(entry, word) if not product else ():
        for other in reading.parts("np", part.end + 1):
            if not _is_means(pattern, other):
                continue
            if (word != "for" and other.has("deed")) or (other.has("money") and worth <= 0):
                continue
            # On a matter, not on a machine.
            matter = word == "on" and entry.has("ann") and not other.has("on", "name")
            zh = "{}中" if word in {"in", "across"} and not other.has("place", "t", "o", "city") else "{}"
            zh = "{}內" if word == "in" and other.has("t") else zh
            around = "就{P}{V}" if matter else pattern
            said = around.replace("{P}", f" {zh.format(other.zh)} ").replace("{V}", part.zh)
            yield from _adjuncts(
                reading, part.but(other.end, said, score=other.score + worth), entry, depth + 1
            )
    yield from _clauses(reading, part, entry, depth, word)


def _purpose(deed: str, aim: str) -> str:
    """What is done, and what for."""
    if aim.lstrip()[:1] in "以為在":
        return f"{deed}，{'以便' if aim.lstrip()[0] != '以' else ''}{aim}"
    return f"{deed}{'，' if len(deed) + len(aim) > _LONG else ''}以{aim}"


def _patterns(entry: Entry, word: str) -> Iterator[tuple[str, float]]:
    own = entry.uses.get(word, "")
    if entry.has("np") and word == "in":
        return
    if "P" in own and "O" not in own:
        yield own.replace("P", "{P}").replace("V", "{V}"), 1.0
    # What is launched for something is made for it.
    elif word in _ADJUNCTS and (not own or "O" in own) and not (word == "for" and entry.has("ann")):
        yield _ADJUNCTS[word], -0.4 if word == "from" else -0.15


def _clauses(reading: Reading, part: Part, entry: Entry, depth: int, word: str) -> Iterator[Part]:
    """What for, by what, and doing what."""
    at = part.end
    # Wants somebody to do it: it is not wanted for that.
    if word == "to" and not entry.has("inf") and not entry.has("vo"):
        for vp in reading.parts("vp", at + 1, "base"):
            yield part.but(
                vp.end, _purpose(part.zh, vp.zh), score=vp.score + (0.4 if entry.has("tov") else -0.2)
            )
    if zh := _DOING.get(word):
        for vp in reading.parts("vp", at + 1, "ing"):
            yield from _adjuncts(
                reading,
                part.but(vp.end, zh.replace("{}", vp.zh).replace("{V}", part.zh), score=vp.score - 0.2),
                entry,
                depth + 1,
            )
    if reading.word(at) == "," and depth < 2:  # noqa: PLR2004
        for vp in reading.parts("vp", at + 1, "ing"):
            yield part.but(vp.end, f"{part.zh}，{vp.zh}", score=vp.score - 0.4)
