"""What is done with what stands behind the verb, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest_lib.writing.titles.behind import HANGS, fits, says
from digest_lib.writing.titles.kept import is_doubtful, name_at
from digest_lib.writing.titles.lexicon import Entry, forms, sure_verbs
from digest_lib.writing.titles.pieces import (
    PLACES,
    adds_only,
    means_at,
    named,
    object_told,
    piece_of,
    place_at,
    said_told,
    thing_told,
    whole_told,
)
from digest_lib.writing.titles.reading import Reading
from digest_lib.writing.titles.tokens import Token

#: Behind a name in a row of words its end is sure only before these.
_BEHIND = frozenset(
    ["for", "in", "on", "at", "by", "with", "from", "to", "as", "over", "after", "via", "through", "under"]
)
#: What is not done is told whole.
_DENIED = re.compile("[不未無]")


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done: its Chinese, at which token it ends, and the verb's entry."""

    zh: str
    end: int
    entry: Entry
    before: str = ""  #: what of it is how surely, or when

    def but(self, before: str) -> Deed:
        """The same with how surely, or when, before it."""
        return replace(self, zh=before + self.zh, before=before + self.before)


#: Verbs that are told with one kind of object are no directions.
OF_ONE_KIND = ("say", "name", "money", "number", "det", "only", "ing")


def deed_in(text: str, vendor: str = "", *, raised: bool | None = None) -> str | None:
    """A piece of a title as what is done, whole: Integrate Auroxa into the office."""
    return deed_told(Reading(piece_of(text, raised=raised), vendor))


def aim_in(text: str, vendor: str = "") -> str:
    """What something is done for, where these words say so and it is sure: to build agents. Of a list it is
    not sure what belongs to which part of it."""
    if re.search(r",| (?:and|or|&) ", text):
        return ""
    deed = deed_in(text.removeprefix("to "), vendor) if text.startswith("to ") else None
    return f"，以{'便' if deed and deed.lstrip()[0] in '使在把將' else ''}{deed}" if deed else ""


def deed_told(reading: Reading) -> str | None:
    """What these words say to do, whole, with what and where."""
    for form in sure_verbs().get(reading.word(0), ()):
        plain = len(form.words) == 1 and not any(form.entry.has(use) for use in OF_ONE_KIND)
        if form.form == "base" and plain:
            deed = Deed(form.entry.zh, 1, form.entry)
            if said := with_rest(reading, deed, by_means=True):
                return said
    return whole_told(reading, "vp", 0, "base")


def with_rest(
    reading: Reading, deed: Deed, *, by_means: bool = False, asked: bool = False, plain: bool = False
) -> str | None:
    """What is done with what stands behind it, in Chinese; None where that is not sure or may turn what the
    verb says. `by_means`: it is what is written about, and with what it is done is said, too; `asked`: how
    somebody does it; `plain`: the whole of what it is said of, and nothing else."""
    rest = reading.tokens[deed.end :]
    if not rest or not (says if deed.entry.has("say") else fits)(reading, deed.end, deed.entry):
        return None
    if deed.entry.has("say"):
        said = said_told(reading, deed.end)
        return said and f"{deed.zh}，{said}"
    if deed.entry.has("money"):
        return _with_amount(reading, deed)
    if deed.entry.has("name"):
        return _with_name(reading, deed)
    plain = plain or bool(_DENIED.search(deed.before))
    told = None if plain else (_by_means(reading, deed) if by_means else None) or _in_place(reading, deed)
    whole = plain or deed.entry.has("all") or (by_means and not (asked and deed.entry.en == "use"))
    return told or _with_object(reading, deed, whole=whole)


def _with_object(reading: Reading, deed: Deed, *, whole: bool) -> str | None:
    """The deed with its object; what explains a name behind it is left out."""
    end = name_at(reading, deed.end, as_what=deed.entry.has("as"))
    if end and not whole and adds_only(" ".join(t.text for t in reading.tokens[end:])):
        return _joined(deed, thing_told(reading, deed.end, end))
    return _joined(deed, object_told(reading, deed.end, whole=whole))


def _in_place(reading: Reading, deed: Deed) -> str | None:
    """Adding search to it on Auroxa: 在 Auroxa 上, where what is named stands last."""
    for at in range(len(reading.tokens) - 2, deed.end, -1) if not deed.entry.has("np") else ():
        word = reading.word(at)
        if word == "across":
            told = _across(reading, deed, at)
            if told:
                return told
        if word in PLACES and (where := place_at(reading, at + 1)):
            thing = _plain_thing(reading, deed.end, at)
            told = _joined(replace(deed, zh=deed.zh.removeprefix(deed.before)), thing)
            inside = "" if where.startswith("@") else PLACES[word]
            return told and f"{deed.before}在 {where.removeprefix('@')} {inside}{told}"
    return None


def _by_means(reading: Reading, deed: Deed) -> str | None:
    """Building agents with Auroxa: 使用 Auroxa 打造代理."""
    for at in range(deed.end + 1, len(reading.tokens) - 1):
        named_thing = named(reading.tokens[deed.end : at]) is not None
        means = means_at(reading, at, well_known=not named_thing)
        if means and (thing := _plain_thing(reading, deed.end, at)):
            before, verb = deed.before, deed.zh.removeprefix(deed.before)
            return f"{before}使用 {means} {_joined(replace(deed, zh=verb), thing)}"
    return None


def _across(reading: Reading, deed: Deed, at: int) -> str | None:
    """Deploying Auroxa across the legal industry: 在法律產業."""
    where, thing = thing_told(reading, at + 1, len(reading.tokens)), _plain_thing(reading, deed.end, at)
    told = _joined(replace(deed, zh=deed.zh.removeprefix(deed.before)), thing)
    return f"{deed.before}在{where}{told}" if where and told else None


def _plain_thing(reading: Reading, at: int, end: int) -> str | None:
    """A thing on which nothing hangs but what it is for or of: not tools that work with it."""
    hung = any(t.low in HANGS - {"for", "of"} for t in reading.tokens[at:end])
    return None if hung or _may_name(reading.tokens[at:end]) else thing_told(reading, at, end)


def _may_name(tokens: Sequence[Token]) -> bool:
    """Is it one word with a capital, in the singular and without an article? What comes out may be called by
    it: Launching Health in Auroxa."""
    alone = len(tokens) == 1 and tokens[0].text[:1].isupper()
    return alone and any(f.form == "sg" for f in forms().get(tokens[0].low, ()))


def _joined(deed: Deed, thing: str | None) -> str | None:
    if thing is None:
        return None
    return deed.zh.replace("{}", thing) if "{}" in deed.zh else deed.zh + thing


def _with_amount(reading: Reading, deed: Deed) -> str | None:
    amounts = [p for p in reading.parts("core", deed.end) if p.has("money") and p.entry is None]
    if not amounts:
        return None
    amount = max(amounts, key=lambda p: p.end)
    return deed.zh.replace("{}", amount.zh) if _only_adds(reading, amount.end) else None


def _with_name(reading: Reading, deed: Deed) -> str | None:
    """What is done with somebody who is named; what is behind the name only adds to it."""
    tokens = reading.tokens
    for name in sorted(reading.parts("name", deed.end), key=lambda p: -p.end):
        after = tokens[name.end].low if name.end < len(tokens) else ""
        ends = not after or after in _BEHIND or after in {":", "—", "–"}
        if ends and not any(is_doubtful(t, name) for t in tokens[deed.end : name.end]):
            said = deed.zh.replace("{}", name.zh) if "{}" in deed.zh else f"{deed.zh} {name.zh}"
            return said if _only_adds(reading, name.end) else None
    return None


def _only_adds(reading: Reading, at: int) -> bool:
    return adds_only(" ".join(t.text for t in reading.tokens[at:]))
