"""Noun phrases of titles: names, compounds, amounts and counts, with what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest_lib.text.names import glossary
from digest_lib.text.scripts import fold
from digest_lib.writing.titles.amounts import counted, money, number
from digest_lib.writing.titles.lexicon import Entry, Form, forms, table
from digest_lib.writing.titles.reading import Part, Reading, rule
from digest_lib.writing.titles.tokens import is_known

#: What stands behind an amount: $10M seed, a $5B deal.
_MONEYED = frozenset(
    [
        "seed",
        "funding",
        "round",
        "deal",
        "valuation",
        "investment",
        "fund",
        "contract",
        "bet",
        "fine",
        "settlement",
        "acquisition",
        "ipo",
        "loan",
        "grant",
        "plan",
        "project",
        "partnership",
    ]
)
#: What has a number behind it: Alpha 6, Part 3.
_NUMBERED = frozenset(
    ["alpha", "beta", "version", "part", "chapter", "phase", "step", "level", "episode", "release", "day"]
)
#: So many modifiers stand before a head.
_MOST = 7
_NONE: frozenset[str] = frozenset()
#: Behind these «most» is how much, and not how many.
_OWNED = frozenset({"'s", "'", "the", "its", "our", "their"})
#: What stands before a noun: its Chinese, "" where Chinese has none. `#` wants a classifier behind it.
_DETERMINERS = table("determiner")
_CARDINALS = table("cardinal")
_LIMITS = table("limit")
#: The second part of a word of two, behind a name or a noun.
_SUFFIXES = table("suffix")
#: Units of a compound: a 5-year plan.
_PERIODS = table("period")
_CURRENCIES = table("currency")
_INNER = re.compile(r"^[A-Z][\w.+-]*$")


#: Words of a clause: what has one is no name.
_CLAUSAL = frozenset(
    [
        "is",
        "are",
        "be",
        "was",
        "were",
        "than",
        "to",
        "do",
        "does",
        "can",
        "will",
        "we",
        "i",
        "you",
        "it",
        "they",
        "not",
        "don't",
        "that",
        "what",
        "how",
        "why",
    ]
)


@dataclass(frozen=True, slots=True)
class _Core:
    """Modifiers and a head."""

    end: int
    before: tuple[str, ...]
    head: str = ""
    tags: frozenset[str] = _NONE
    entry: Entry | None = None

    @property
    def has_money(self) -> bool:
        """Is it a thing of so much money: a round, a deal?"""
        return self.entry is not None and self.entry.en.rpartition(" ")[2] in _MONEYED


@rule("core")
def _core(reading: Reading, at: int, _: str) -> Iterator[Part]:
    """A determiner or a count, modifiers and a head."""
    yield from _amounts(reading, at)
    for start, before, classify in _openings(reading, at):
        article = reading.word(at) in {"a", "an"} and not before
        for core in _heads(reading, start, ()):
            if core.entry and core.entry.has("t"):
                # A month is one month; a bare one is none.
                if article:
                    yield Part(core.end, f"一{_joined(core).strip()}", core.tags, core.entry)
                if not classify:
                    continue
            yield from _with_opening(core, before, classify, bare=start == at)


def _amounts(reading: Reading, at: int) -> Iterator[Part]:
    """Money, shares and bare numbers, with what limits them."""
    limits = [(at, ""), *((end, "") for end in reading.any_of(at, "a", "an", "the"))]
    limits += [(end, zh) for en, zh in _LIMITS.items() for end in reading.any_of(at, en)]
    for start, limit in limits:
        token = reading.tokens[start] if start < len(reading.tokens) else None
        if token is None:
            continue
        if token.kind == "money" and (said := money(token.text)):
            yield Part(start + 1, limit + said, frozenset({"money"}))
            for core in _heads(reading, start + 1, ()):
                if core.entry and core.has_money:
                    yield Part(core.end, f"{limit}{said}{_joined(core)}", core.tags | {"money"}, core.entry)
        yield from _shares(reading, start, limit)
        currency = _CURRENCIES.get(reading.word(start + 1))
        if token.kind == "number" and currency and (amount := number(token.text)):
            yield Part(start + 2, f"{limit}{amount} {currency}", frozenset({"money"}))


def _shares(reading: Reading, at: int, limit: str) -> Iterator[Part]:
    """A share, alone and of something."""
    token, end = reading.tokens[at], at + 1
    if token.kind == "number" and reading.word(at + 1) in {"percent", "per cent"}:
        end += 1
    elif token.kind != "share":
        return
    said = f"{limit}{token.text.replace(' ', '').rstrip('%')}%"
    yield Part(end, said, frozenset({"share"}))
    for of in reading.any_of(end, "of", "of its", "of their", "of all"):
        for what in reading.parts("core", of):
            if not what.has("money", "share") and not what.zh.startswith("其"):
                yield Part(what.end, f"{said} 的{what.zh}", what.tags, what.entry)


def _openings(reading: Reading, at: int) -> Iterator[tuple[int, str, bool]]:
    """Where the modifiers begin, what stands before them, and whether that wants a classifier."""
    yield at, "", False
    for words in ("the", "a", "an"):
        for end in reading.any_of(at, words):
            yield end, "", False
    for end in reading.any_of(at, "our"):
        yield end, "自家" if reading.vendor else "我們的", False
    for en, zh in _DETERMINERS.items():
        # Auroxa's most advanced models are not most of them.
        owned = en == "most" and reading.word(at - 1) in _OWNED
        if en not in {"the", "a", "an", "the future of"} and not owned:
            for end in reading.any_of(at, en):
                yield end, zh, "#" in zh
    starts = [(at, ""), *((end, "") for end in reading.any_of(at, "the", "its", "their"))]
    starts += [(end, zh) for en, zh in _LIMITS.items() for end in reading.any_of(at, en)]
    for start, limit in starts:
        token = reading.tokens[start] if start < len(reading.tokens) else None
        if token is None:
            continue
        if token.low in _CARDINALS:
            yield start + 1, f"{limit}{_CARDINALS[token.low]}#", True
        if token.kind == "number" and re.fullmatch("(?:19|20)[0-9]{2}", token.text) and not limit:
            yield start + 1, f" {token.text} 年", False
        elif token.kind == "number" and (said := number(token.text)):
            # 100K context windows are windows of so much, not so many windows.
            if token.text[-1].isalpha() and reading.word(start + 1) in {
                "context",
                "parameter",
                "token-context",
            }:
                yield start + 1, f" {token.text} ", False
                continue
            yield start + 1, f"{limit}{said} #", True


def _with_opening(core: _Core, before: str, classify: bool, *, bare: bool) -> Iterator[Part]:
    said = _joined(core)
    if classify:
        classifier = core.entry.uses.get("c", "個") if core.entry else ""
        if not core.entry or core.entry.has("mass"):
            return
        if core.entry.has("h"):
            classifier = core.entry.uses.get("c", "位" if before.startswith("每") else "名")
        # What is counted is not many besides: 500 名研究人員, 500 人.
        said = said.removesuffix("們")
        said = counted(before, "" if said == "人" else classifier, said)
    elif before:
        said = before + said
    score = 0.0 if not before or core.entry else -0.5
    tags = core.tags | {"bare", *(() if core.before else ("alone",))} if bare else core.tags
    yield Part(core.end, said, tags, core.entry, score)


def _heads(reading: Reading, at: int, before: tuple[str, ...]) -> Iterator[_Core]:
    """Every head that may end the modifiers here, and what goes on after it."""
    if len(before) > _MOST:
        return
    for part in (*reading.parts("name", at), *_quotes(reading, at)):
        yield _Core(part.end, before, part.zh, part.tags)
        # A common word with a capital may begin another thing's name: Science of «AI for Science grants».
        if not part.has("lone") or is_known(part.zh):
            yield from _heads(reading, part.end, (*before, part.zh))
    yield from _nouns(reading, at, before)
    for end, said in (*_adjectives(reading, at), *_compounds(reading, at)):
        yield from _heads(reading, end, (*before, said))


def _nouns(reading: Reading, at: int, before: tuple[str, ...]) -> Iterator[_Core]:
    """The longest nouns of the lexicon that stand here, each as a head and before one."""
    for end, form in _longest(reading, at, "n"):
        kind = form.entry.en.rpartition(" ")[2]
        tags = frozenset({*form.entry.uses, form.form, kind})
        yield _Core(end, before, form.entry.zh, tags, form.entry)
        # Alpha 6, Part 3, version 2.41.
        number_of = reading.tokens[end] if end < len(reading.tokens) else None
        counted_so = form.form == "sg" and not before and form.entry.en in _NUMBERED
        if number_of and counted_so and number_of.kind == "number":
            said = (
                f"{number_of.text} 版" if form.entry.en == "version" else f"{form.entry.zh} {number_of.text}"
            )
            yield _Core(end + 1, before, said, tags | {"m"}, form.entry)
        # Scaling PostgreSQL is a deed, not a PostgreSQL.
        gerund = form.entry.en.endswith("ing") and " " not in form.entry.en
        gerund = gerund and (reading.tokens[at].begins or bool(reading.parts("name", end)))
        if (form.form == "sg" or form.entry.has("pl")) and not gerund and not form.entry.has("nomod"):
            yield from _heads(reading, end, (*before, form.entry.zh))
            for after in reading.any_of(end, "and", "&"):
                for stop, other in reading.entries(after, "n"):
                    if other.form == "sg":
                        yield from _heads(reading, stop, (*before, f"{form.entry.zh}與{other.entry.zh}"))


def _adjectives(reading: Reading, at: int) -> Iterator[tuple[int, str]]:
    # Legal industry is one term.
    term = max((end for end, _ in reading.entries(at, "n")), default=at)
    for end, form in _longest(reading, at, "a"):
        if form.entry.has("pred") or term > end:
            continue
        yield end, form.entry.zh
        for after in reading.any_of(end, "and", ","):
            for stop, other in reading.entries(after, "a"):
                yield stop, f"{form.entry.zh.removesuffix('的')}且{other.entry.zh.removesuffix('的')}的"


def _longest(reading: Reading, at: int, pos: str) -> list[tuple[int, Form]]:
    found = list(reading.entries(at, pos))
    # An idiom that is not told has no Chinese.
    return [(end, form) for end, form in found if end == found[0][0] and form.entry.zh]


def _quotes(reading: Reading, at: int) -> Iterator[Part]:
    token = reading.tokens[at] if at < len(reading.tokens) else None
    if token and token.kind == "quote":
        words = token.text[1:-1].rstrip(",.").split()
        if 0 < len(words) <= 3 and all(_INNER.match(w) and w.lower() not in _CLAUSAL for w in words):  # noqa: PLR2004
            yield Part(at + 1, f"「{' '.join(words)}」", frozenset({"name"}))


def _compounds(reading: Reading, at: int) -> Iterator[tuple[int, str]]:
    """Words of two parts: AI-powered, Kubernetes-native."""
    token = reading.tokens[at] if at < len(reading.tokens) else None
    if token is None or token.kind != "word" or "-" not in token.text:
        return
    first, _, last = token.text.rpartition("-")
    if first.isdigit() and last.lower() in _PERIODS:
        yield at + 1, f" {first} {_PERIODS[last.lower()]}的"
    if first.lower() == "ex" and is_known(last):
        yield at + 1, f"前 {last} "
    if last.lower() in _SUFFIXES and (said := _term(first)):
        yield at + 1, _SUFFIXES[last.lower()].replace("{}", said)


def _term(word: str) -> str:
    """One word as a modifier: a name as it is, a noun of the lexicon in Chinese."""
    for form in forms().get(word.lower(), ()):
        if form.entry.pos == "n" and len(form.words) == 1 and form.words[0] in (word, word.lower()):
            return form.entry.zh
    known = fold(word) in glossary() or any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word)
    return f" {word} " if known else ""


def _joined(core: _Core) -> str:
    """Modifiers and head, with spaces around what is Latin."""
    return "".join(f" {part} " if part[:1].isascii() else part for part in (*core.before, core.head))
