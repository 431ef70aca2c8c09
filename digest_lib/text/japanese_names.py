"""Japanese people in Chinese texts, by their surnames: 渡邊直樹. A tagger that learnt from Chinese news knows
few of them, and there are few surnames: a hundred are half of Japan."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from digest_lib.text.lexicon import rows
from digest_lib.text.scripts import fold
from digest_lib.text.segmented_names import word_spans

#: A given name has at most two characters, none of these, with which what is said of somebody begins.
_NOT_GIVEN = (
    "说称表认指也则在于向将受为与和的是等及今昨对随曾所先已又都还没未以从被把带领帮发提推宣公出做去来"
)
_GIVEN = f"(?:(?![{_NOT_GIVEN}])[\u4e00-\u9fff]){{0,2}}"
#: What makes other words of a surname's characters: 農田中, 城中村, 之前田徑.
_OTHER_WORDS = {
    "中村": "(?<![城其镇])中村(?![民庄里])",
    "前田": "(?<![之以目先大年])前田",
    "村上": "(?<![农乡山渔])村上",
    "田中": "(?<![农稻油水瓜旱耕麦茶煤气盐])田中",
}
_LATIN = re.compile("[A-Z][a-z]+")
#: A long o is written in several ways: Ohno, Satoh, Gotou, Ooyama.
_LONG = re.compile(r"oo|o[uh](?![aeiou])")


@dataclass(frozen=True, slots=True)
class Japanese:
    """Somebody as a text writes the `name`; the surname in its `spellings`, folded, and in `latin`."""

    name: str
    spellings: frozenset[str]
    latin: frozenset[str]

    def stands_in(self, text: str, folded: str) -> bool:
        """Does a text, which is given folded, too, have the surname in one of these?"""
        return any(s in folded for s in self.spellings) or bool(self.latin & _words(text))


def japanese_people(text: str) -> list[Japanese]:
    """Those whom a Chinese text names, each once."""
    found, folded = dict[str, Japanese](), fold(text)
    for match in _pattern().finditer(folded):
        if not _is_of_its_own(folded, *match.span("surname")):
            continue
        name = text[match.start() : match.end()]
        found.setdefault(name, Japanese(name, *_surnames()[match.group("surname")]))
    return list(found.values())


def _is_of_its_own(folded: str, start: int, end: int) -> bool:
    """Does a word of the text begin with the surname? In 客服部門 and 永久保存 it lies across two."""
    return any(a == start and b >= end for a, b in word_spans(folded))


@cache
def _surnames() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """By each spelling, folded: all of them, and the Latin ones."""
    found = {}
    for spelled, latin in rows("text", "japanese_surnames.tsv"):
        spellings = frozenset(map(fold, spelled.split("|")))
        found.update(dict.fromkeys(spellings, (spellings, frozenset(latin.split("|")))))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = (_OTHER_WORDS.get(name, name) for name in _surnames())
    return re.compile(f"(?P<surname>{'|'.join(names)}){_GIVEN}")


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    """The Latin names of a text without accents, long vowels short."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return frozenset(_LONG.sub("o", word.lower()) for word in _LATIN.findall(plain))
