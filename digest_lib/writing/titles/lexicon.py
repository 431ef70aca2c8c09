"""The lexicon of titles: nouns, adjectives, verbs and adverbs, with what they are in Chinese.

The tables beside this file have one entry a line: English, Chinese, and how the entry is used (see the head
of each). Forms (plurals, third persons, participles) are worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_VOWELS = "aeiou"
_SIBILANTS = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sense: its part of speech, English and Chinese, and its uses (a flag, or a key with a value)."""

    pos: str
    en: str
    zh: str
    uses: dict[str, str] = field(hash=False, compare=False)

    def has(self, use: str) -> bool:
        """Is it used so?"""
        return use in self.uses


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an entry as it stands in a title, in lower case but for what is never so."""

    words: tuple[str, ...]
    entry: Entry
    form: str  #: sg, pl; base, s, past, pp, ing; or the part of speech itself


@cache
def forms() -> dict[str, list[Form]]:
    """Every form by its first word in lower case, those of most words first."""
    index: dict[str, list[Form]] = {}
    for form in _all():
        index.setdefault(form.words[0].lower(), []).append(form)
    for rows in index.values():
        rows.sort(key=lambda f: -len(f.words))
    return index


def _all() -> Iterator[Form]:
    for en, entry in _rows("nouns", "n"):
        yield Form(tuple(en.split()), entry, "pl" if entry.has("pl") else "sg")
        if not entry.has("pl") and not entry.has("m"):
            yield Form(
                tuple((entry.uses.get("pl_is", "").replace("&", " ") or plural(en)).split()), entry, "pl"
            )
    for pos, table in (("a", "adjectives"), ("d", "adverbs")):
        for en, entry in _rows(table, pos):
            yield Form(tuple(en.split()), entry, pos)
    for en, entry in _rows("verbs", "v"):
        head, _, rest = en.partition(" ")
        for form, word in _verb_forms(head, entry):
            if entry.uses.get("only", form) != form:
                continue
            yield Form(tuple(f"{word} {rest}".split()), entry, form)


@cache
def sure_verbs() -> dict[str, list[Form]]:
    """The forms of verbs whose Chinese is the same whatever stands behind them, by their first word, those of
    most words first."""
    index: dict[str, list[Form]] = {}
    for en, entry in _rows("sure", "v"):
        head, _, rest = en.partition(" ")
        for form, word in _verb_forms(head, entry):
            index.setdefault(word, []).append(Form(tuple(f"{word} {rest}".split()), entry, form))
    for rows in index.values():
        rows.sort(key=lambda f: -len(f.words))
    return index


def _rows(table: str, pos: str) -> Iterator[tuple[str, Entry]]:
    text = files("digest_lib.writing.titles").joinpath(f"{table}.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("# "):
            english, zh, uses = (*line.split("\t"), "")[:3]
            for en in english.split("|"):
                yield en, Entry(pos, en, zh, dict(_use(u) for u in uses.split()))


def _use(text: str) -> tuple[str, str]:
    key, _, value = text.partition("=")
    return key, value


def plural(noun: str) -> str:
    """The plural of a noun or of a noun's last word: agencies, boxes, models."""
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(_SIBILANTS) else "s")


def _verb_forms(verb: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """The forms of a verb with their words; `past=` and `pp=` tell what is not regular."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
    doubled = verb + verb[-1] if entry.has("2") else stem
    past = entry.uses.get("past") or (
        verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in _VOWELS else f"{doubled}ed"
    )
    yield "base", verb
    yield (
        "s",
        entry.uses.get("s", "").replace("&", " ") or (verb + "es" if verb.endswith("o") else plural(verb)),
    )
    for one in past.split("|"):
        yield "past", one
    yield "pp", entry.uses.get("pp") or past.split("|")[0]
    yield "ing", entry.uses.get("ing", "").replace("&", " ") or f"{doubled}ing"


def third(verb: str, form: str) -> str:
    """The third person of a verb that stands in this form, where the lexicon has it; else as it stands."""
    verbs = (known.entry for known in forms().get(verb, ()) if known.form == form and known.entry.pos == "v")
    entry = min(verbs, key=lambda entry: len(entry.en.split()), default=None)
    return dict(_verb_forms(entry.en.split()[0], entry))["s"] if entry else verb


def table(name: str) -> dict[str, str]:
    """A table of small words: English and Chinese."""
    return {en: zh for en, zh, _ in _small(name)}


def modals() -> dict[str, tuple[str, str]]:
    """Auxiliaries: their Chinese, and the forms of the verb behind them."""
    return {en: (zh, form) for en, zh, form in _small("modal")}


def _small(name: str) -> Sequence[tuple[str, str, str]]:
    return _grammar()[name]


@cache
def _grammar() -> dict[str, list[tuple[str, str, str]]]:
    """The tables of small words by name, each row its English, its Chinese and a form of a verb."""
    text = files("digest_lib.writing.titles").joinpath("grammar.tsv").read_text("utf-8")
    tables: dict[str, list[tuple[str, str, str]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("# "):
            name, english, zh, form = (*line.split("\t"), "")[:4]
            tables.setdefault(name, []).append((english, zh, form))
    return tables
