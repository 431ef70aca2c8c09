"""Names: a family's aliases in a text, and the well-known names of this field across scripts.

Every text is folded to one Chinese script first, character by character (`scripts.to_simplified`), so
通義千問 finds 通义千问 and an offset is an offset in the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from digest_lib.text.english import for_its_place, is_in_capitals
from digest_lib.text.scripts import fold, to_simplified

#: A word of Latin letters, or a number with its points: Qwen3.8 is `Qwen` and `3.8`.
_PIECE = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d+(?:\.\d+)*")
#: What writers put between the pieces of one product name, or leave out.
_GAP = r"[-\u2010-\u2012\s_.·]?"
_SHORT = 3

#: Words with capitals that name nothing: acronyms of the trade, and what titles begin with.
_GENERIC = frozenset(files("digest_lib.text").joinpath("generic_words.txt").read_text("utf-8").split())


class Aliases:
    """A family's names, ready to be looked for in thousands of texts.

    Latin names match on word boundaries, with a version glued on or not (`Qwen` in Qwen3.8, `GPT` in
    GPT-5.6, but not in ChatGPT); short ones and those in capitals only as written. Chinese names match
    anywhere, in either script. Phrases of `exclude` are blanked first.
    """

    def __init__(self, names: Sequence[str], exclude: Sequence[str] = ()) -> None:
        #: the words of the names: Fable of «Fable 5»
        self.words = frozenset(word for name in names for word in name.split())
        self._names = _any_of(names)
        self._exclude = _any_of(exclude, loose=True)

    def count(self, text: str) -> int:
        """How often a name stands in the text."""
        return sum(1 for _ in self._found(text))

    def first(self, text: str) -> int | None:
        """The offset of the first name, or None."""
        return next(self._found(text), None)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the names stand, as (start, end), in order."""
        return list(self._found_spans(text))

    def _found(self, text: str) -> Iterator[int]:
        return (start for start, _ in self._found_spans(text))

    def _found_spans(self, text: str) -> Iterator[tuple[int, int]]:
        if self._names is None:
            return
        folded = to_simplified(text)
        if self._exclude is not None:
            folded = self._exclude.sub(lambda m: "\0" * len(m.group()), folded)
        for match in self._names.finditer(folded):
            yield match.span()


def _any_of(names: Sequence[str], *, loose: bool = False) -> re.Pattern[str] | None:
    folded = sorted({to_simplified(n.strip()) for n in names if n.strip()}, key=lambda n: (-len(n), n))
    return re.compile("|".join(_pattern(n, loose=loose) for n in folded)) if folded else None


def _pattern(name: str, *, loose: bool) -> str:
    """One name as a pattern. A name that ends in a number does not match a longer number."""
    as_written = not loose and name.isascii() and (name.isupper() or len(name) <= _SHORT)
    body = re.sub(r"(?:\\?[-\s_])+", lambda _: _GAP, re.escape(name))
    before = r"(?<![A-Za-z0-9])" if _is_latin(name[0]) else ""
    after = ""
    if name[-1].isdigit():
        after = r"(?!\d|\.\d)"
    elif _is_latin(name[-1]):
        after = r"(?:s\b)?(?![A-Za-z])"
    return f"{before}{body}{after}" if as_written else f"(?i:{before}{body}{after})"


def _is_latin(character: str) -> bool:
    return bool(re.match(r"[A-Za-z0-9\u00c0-\u024f]", character))


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the glossary: `kind` is company, product, person, body or place."""

    kind: str
    canonical: str
    spellings: tuple[str, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """The glossary as it is kept in `glossary.tsv`."""
    table = files("digest_lib.text").joinpath("glossary.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(
        Entry(kind, canonical, (canonical, *(s for s in others.split("|") if s)))
        for kind, canonical, others in rows
    )


@cache
def glossary() -> Mapping[str, str]:
    """Every spelling, folded, with its canonical name: 辉达 and エヌビディア and nvidia give NVIDIA."""
    return {fold(s): entry.canonical for entry in entries() for s in entry.spellings}


def well_known(text: str) -> set[str]:
    """The canonical names of the glossary that stand in the text, in whatever script."""
    return {name for _, _, name in _glossary_hits(to_simplified(text))}


def known_spans(text: str) -> list[tuple[int, int, Entry]]:
    """Where the glossary's names stand in the text: (start, end, entry), in order."""
    by_name = by_canonical()
    return sorted((hit[0], hit[1], by_name[hit[2]]) for hit in _glossary_hits(to_simplified(text)))


@cache
def by_canonical() -> Mapping[str, Entry]:
    """The glossary by the names of its entries."""
    return {entry.canonical: entry for entry in entries()}


def words_of_known(text: str) -> set[str]:
    """The words, in lower case, of the well-known names of several words in the text: of `Elon Musk` both,
    neither of which is a name of its own there."""
    folded = to_simplified(text)
    spans = [folded[start:end].lower().split() for start, end, _ in _glossary_hits(folded)]
    return {word for words in spans if len(words) > 1 for word in words}


def names_in(text: str) -> set[str]:
    """The well-known names in the text (canonical), and its Latin names in lower case: words with a
    capital, a version joined to its product (`qwen3.8` for Qwen3.8, Qwen 3.8, QWEN-3.8)."""
    return well_known(text) | {fold(_squeeze(n)) for n in latin_names(text)}


def latin_names(text: str) -> list[str]:
    """The Latin names of a text as written, each once: words with a capital letter that are not trade words
    (API, CEO), joined with the version that follows. In a text that is all Latin, a common word with the
    capital of its place (the first of a sentence) is none."""
    found = list(_LATIN_NAME.finditer(to_simplified(text)))
    if found and not _NOT_LATIN.search(text):
        capitals = is_in_capitals(text)
        found = [
            m for m in found
            if m.group().lower() in glossary()
            or not for_its_place(m.group(), text[: m.start()], in_capitals=capitals)
        ]  # fmt: skip
    return [n for n in dict.fromkeys(m.group() for m in found) if _names_something(n)]


#: Texts in these scripts put Latin words between their own, where a capital means a name.
_NOT_LATIN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: Pieces joined by nothing, `-`, `.` or `'`, and a version after a space where no unit follows it.
_LATIN_NAME = re.compile(
    r"(?<![A-Za-z0-9@/])[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9]*"
    r"(?:(?:-|\.(?=[a-z0-9]))[A-Za-z0-9\u00c0-\u024f]+)*"
    r"(?:\s(?=\d+\.\d)\d+(?:\.\d+)+(?![\dA-Za-z%]|\s?[%亿万兆倍美元个款]|\s?(?:billion|million|trillion|percent|times)))?"
)


def _names_something(name: str) -> bool:
    word = name.lower()
    return any(c.isupper() for c in name) and len(name) > 1 and word not in _GENERIC


def stands_in(name: str, folded: str) -> bool:
    """Does this Latin name stand in a folded text, whatever joins its pieces? Qwen3.8 stands in
    «qwen 3.8» and in «qwen3.7 and 3.8», not in «qwen3.80»."""
    return bool(_finder(fold(name)).search(folded))


#: Words that a vendor puts between a name and its version, or after both: Gemini Flash 3.6, Gemini 3.6 Flash.
VARIANTS = "flash|pro|max|mini|ultra|lite|plus|opus|sonnet|haiku|nano|turbo|coder|code|medium|large|small"


@lru_cache(maxsize=8192)
def _finder(name: str) -> re.Pattern[str]:
    pieces = [re.escape(p) for p in _PIECE.findall(name)]
    if not pieces:
        return re.compile(re.escape(name))
    plain = _GAP.join(pieces)
    if len(pieces) > 1 and pieces[-1][0].isdigit():
        variant = rf"{_GAP}(?:{VARIANTS}|[\u4e00-\u9fff]{{1,4}}){_GAP}"
        series = rf"(?:{_GAP}\d[\d.]*\s*(?:[,、和与及/~-]|and|or|to|vs\.?)\s*)+"
        name, version = _GAP.join(pieces[:-1]), f"v?{pieces[-1]}"
        # Zip 釋出更新版本 26.02 版
        edition = r"(?:[^a-z0-9。;\n]{0,14}版本?[^a-z0-9。;\n]{0,4}|[^a-z0-9。;\n]{0,16}(?=v?[\d.]+\s?版))"
        plain = rf"(?:{name}(?:{series}|{variant}|{edition}|{_GAP}){version}|{version}{_GAP}{name})"
    return re.compile(
        rf"(?<![a-z0-9]){plain}(?![a-z0-9]|\.\d)"
        if pieces[-1][-1].isdigit()
        else rf"(?<![a-z0-9]){plain}(?:s\b)?(?![a-z])"
    )


def _squeeze(name: str) -> str:
    return "".join(_PIECE.findall(name))


@cache
def _by_first_piece() -> Mapping[str, list[tuple[tuple[str, ...], str, bool]]]:
    """Latin spellings by their first piece, longest first, with whether any case will do."""
    index: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for entry in entries():
        for spelling in entry.spellings:
            pieces = tuple(p.lower() for p in _PIECE.findall(spelling))
            if pieces and spelling.isascii():
                any_case = any(c.isupper() for c in spelling[1:]) and any(c.islower() for c in spelling)
                index.setdefault(pieces[0], []).append((pieces, entry.canonical, any_case))
    for rows in index.values():
        rows.sort(key=lambda row: -len(row[0]))
    return index


@cache
def _other_spellings() -> re.Pattern[str]:
    """Every spelling that is not Latin, longest first; all begin with a literal, so the search skips fast."""
    spellings = {to_simplified(s) for e in entries() for s in e.spellings if not s.isascii()}
    return re.compile("|".join(map(re.escape, sorted(spellings, key=lambda s: (-len(s), s)))))


@lru_cache(maxsize=4096)  # every rule asks of a text whom it names
def _glossary_hits(text: str) -> tuple[tuple[int, int, str], ...]:
    """(start, end, canonical name) of every glossary name in a text folded to Simplified."""
    return tuple(_found_in(text))


def _found_in(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _other_spellings().finditer(text):
        yield match.start(), match.end(), glossary()[match.group().lower()]
    index, pieces, i = _by_first_piece(), list(_PIECE.finditer(text)), 0
    while i < len(pieces):
        width = 1
        for spelling, canonical, any_case in index.get(pieces[i].group().lower(), ()):
            window = pieces[i : i + len(spelling)]
            if _matches(window, spelling, text) and (any_case or window[0].group()[0].isupper()):
                yield pieces[i].start(), window[-1].end(), canonical
                width = len(spelling)
                break
        i += width


def _matches(window: list[re.Match[str]], spelling: tuple[str, ...], text: str) -> bool:
    if tuple(p.group().lower() for p in window) != spelling:
        return False
    gaps = (text[a.end() : b.start()] for a, b in pairwise(window))
    return all(len(gap) <= 1 for gap in gaps)
