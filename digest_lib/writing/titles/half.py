"""A title of which who does what, to what, is told, and what only adds to it is left out (`pieces.py`).

Only verbs of `sure.tsv`, whose Chinese is the same whatever stands behind them, and only what surely acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from digest_lib.writing.titles.behind import HANGS, only_acts
from digest_lib.writing.titles.held import Deed, with_rest
from digest_lib.writing.titles.kept import is_doubtful
from digest_lib.writing.titles.lexicon import Form, modals, sure_verbs
from digest_lib.writing.titles.odd import is_unclear
from digest_lib.writing.titles.reading import Part, Reading
from digest_lib.writing.titles.spacing import spaced
from digest_lib.writing.titles.terms import has_one_sense
from digest_lib.writing.titles.tokens import Token

#: Two that act have a verb in the plural.
_FINITE = {True: ("base", "past"), False: ("s", "past")}


#: What is built of a name and left as it stands: PRC-linked.
_BUILT = re.compile(r"\b[A-Za-z.]+-[a-z]+(?:ed|en|ing|led|run|built|made|owned)\b")


def half(tokens: Sequence[Token], vendor: str, *, asked: str = "") -> str | None:
    """Who does what, to what; None where a part of it is not sure. `asked`: how, or why, who acts does so."""
    if any(t.text == "?" for t in tokens):
        return None
    reading = Reading(tokens, vendor)
    for who, many in _actors(reading):
        named = who.has("name", "h", "o", "speaker")
        predicates = _doing if asked else partial(_predicates, named=named)
        for deed in predicates(reading, who.end, _FINITE[many]):
            others = not who.has("speaker")
            if said := with_rest(reading, deed.but(asked), by_means=bool(asked), asked=others):
                return f"{who.zh} {said}"
    return None


def _doing(reading: Reading, at: int, finite: Sequence[str]) -> Iterator[Deed]:
    """What somebody does, or is doing."""
    yield from _deeds(reading, at, finite)
    for end in reading.any_of(at, "are", "is"):
        yield from _deeds(reading, end, ["ing"])


def _actors(reading: Reading) -> Iterator[tuple[Part, bool]]:
    """Who may act at the beginning of the title, and whether it is more than one."""
    if reading.vendor and reading.word(0) == "we":
        yield Part(1, reading.vendor, frozenset({"speaker"})), True
    found: dict[int, dict[str, Part]] = {}
    for part in reading.parts("np", 0):
        if not part.has("deed", "money", "share"):
            found.setdefault(part.end, {})[spaced(part.zh)] = part
    for _, said in sorted(found.items(), reverse=True):
        part = next(iter(said.values()))
        if len(said) == 1 and _is_actor(reading, part):
            yield part, part.has("pl")


def _is_actor(reading: Reading, part: Part) -> bool:
    """Is this surely who acts: a name, or a noun that nothing hangs on?"""
    tokens = reading.tokens[: part.end]
    if not part.has("name") and any(t.low in HANGS for t in tokens):
        return False
    # Of a noun in the singular without an article one word may be a name: Agent, Computer.
    # So may several that all have capitals: Framework Computer.
    called = len(tokens) == 1 or all(t.text[:1].isupper() for t in tokens)
    if part.has("sg") and part.has("bare") and not part.has("name", "m", "h", "o") and called:
        return False
    if _BUILT.search(part.zh):
        return False
    # Anthropic Raises Series B: a verb is of no name.
    if any(only_acts(reading, i, "s") or reading.tokens[i].low in sure_verbs() for i in range(1, part.end)):
        return False
    # OpenAI and Hugging Face partner: what may be done is done.
    done = any(f.form == "base" for _, f in reading.entries(part.end - 1, "v") if len(f.words) == 1)
    doubtful = any(is_doubtful(t, part) for t in tokens) or any(
        is_unclear(tokens, i) for i in range(1, part.end)
    )
    if not part.has("name") and not has_one_sense(tokens):
        return False
    return not doubtful and not (part.has("pl") and len(tokens) > 1 and done)


def _predicates(reading: Reading, at: int, finite: Sequence[str], *, named: bool) -> Iterator[Deed]:
    """What is done. Of what is no name, a participle says what was done to it: passkeys explained; and «to»
    what it is for: ways to deploy."""
    finite = finite if named else [form for form in finite if form != "past"]
    for end, adverb in reading.entries(at, "d"):
        yield from (d.but(adverb.entry.zh) for d in _deeds(reading, end, finite))
    yield from _deeds(reading, at, finite)
    # Some headlines leave out the «is»: KDE Introducing A New Tool.
    if named and at < len(reading.tokens) and reading.tokens[at].raised:
        for deed in _deeds(reading, at, ["ing"]):
            yield deed.but("" if deed.entry.has("st") else "將" if deed.entry.has("fut") else "正在")
    for en, (zh, wanted) in sorted(modals().items(), key=lambda m: -len(m[0])):
        if en == "to" and not named:
            continue
        for end in reading.any_of(at, en):
            forms = [f for f in wanted.split() if wanted == "base" or f not in {"s", "base"} or f in finite]
            for deed in _deeds(reading, end, forms):
                yield deed.but("將" if zh == "正在" and deed.entry.has("fut") else zh)


def _deeds(reading: Reading, at: int, forms: Sequence[str]) -> Iterator[Deed]:
    """The verbs that stand here in one of these forms; of «plans to» with what is planned, where that is
    sure."""
    for form in _standing(reading, at):
        end, said = at + len(form.words), form.entry.zh
        if form.form not in forms:
            continue
        if form.words[-1] == "to":
            yield from (d.but(said) for d in _deeds(reading, end, ["base"]))
        if form.entry.has("ing"):
            yield from (d.but(said) for d in _deeds(reading, end, ["ing"]))
        if not form.entry.has("ing") or reading.word(end).endswith("ing"):
            yield Deed(said, end, form.entry)


def _standing(reading: Reading, at: int) -> Iterator[Form]:
    for form in sure_verbs().get(reading.word(at), ()):
        if [reading.word(at + i) for i in range(len(form.words))] == list(form.words):
            yield form
