"""Which script a text is in, and texts of both scripts beside each other.

Two jobs with two rules:

- *Comparing* (`fold`): character by character, so that the result is as long as the text, offsets
  stay true, and what is folded in parts is what is folded whole.
- *Finding Simplified* (`simplified_in`): a character is Simplified-only when OpenCC changes it and
  Taiwan's encoding (cp950) lacks it, or when it stands in the list below. A character of both
  standards (台 里 面 表 制 干 只) is never flagged by itself; a few are where they stand in a word that
  Taiwan writes otherwise (最后, 基于), while 后 in 皇后 and 于 as a surname are not.

Converting (`to_traditional`) is told in `traditional`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

from digest_lib.kept import kept

KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][\w'’.+-]*")

#: Simplified-only for a reader in Taiwan, though Taiwan's encoding has the code point.
_ALSO_SIMPLIFIED = frozenset(
    "万与么价优体儿党厂吨听圣坏复岭并异忏怀怜惊愿扑扰挂据机极构柜栖气泞洁洼洒炖种确离篱网羡腊茧荐虫虮"
    "蚕蜡触赶适苹着"
)
#: In Taiwan a variant in names (陳冲), Simplified in words: only `_IN_WORDS` flags it.
_NAME_VARIANTS = frozenset("冲")

#: Characters of both standards, where they stand in a word that Taiwan writes with another one.
_IN_WORDS = re.compile(
    r"冲(?=[突击擊刺浪动動锋鋒高上向破出走量撞洗])|(?<=[缓緩对對])冲"
    r"|胜(?!肽)"
    r"|(?<=[基由用等对對关關处處位属屬终終过過])于"
    r"|(?<=[最之以然随隨背今])后|后(?=[来來续續端台者期])"
    r"|几(?=[乎十百千年天款家])"
    r"|(?<![風风神丰文])采(?=[用取访訪购購集纳納])"
    r"|(?<=[阿里])云(?!人)|云(?=[端计計服])"
    r"|(?<=[示模典防])范|(?<=[其剩多])余(?!額)"
    r"|(?<=[计計规規策企])划|(?<=[特象])征|丰(?=[富收])|(?<=建)筑|(?<=哪)里"
)

#: Pairs that the Traditional-to-Simplified table keeps apart and writers do not.
_MORE_FOLDS = {"著": "着", "妳": "你", "牠": "它", "瞭": "了", "藉": "借", "祇": "只"}

#: The same for `fold` alone: both are in use in Simplified text, in other words (覆盖, 答复).
_ALSO_FOLDED = dict(zip("覆甦揹鍊甯薰伕痺", "复苏背链宁熏夫痹", strict=True))

CLAUSES = re.compile(r"[，。！？；：、,.!?;:\s「」『』“”\"()（）《》〈〉‘’【】|｜…]+")
_CODE = re.compile(r"`[^`]*`|https?://\S+")


def language_of(text: str) -> str:
    """`zh-Hant`, `zh-Hans`, `ja`, `ko`, `en`, or `und` where no letter says.

    A few kana or Latin words do not make a Chinese title Japanese or English. A Chinese text whose characters
    are all of both standards counts as Traditional. Latin text of any language counts as English.
    """
    # の alone is in use in Taiwan
    han, kana = len(HAN.findall(text)), len(KANA.findall(text.replace("の", "")))
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN_WORD.findall(text))
    if hangul * 3 > han + kana and hangul * 2 >= latin:
        return "ko"
    if kana * 12 > han and kana * 2 >= latin:
        return "ja"
    if han and han * 3 >= latin:
        return _chinese_script(text)
    return "en" if latin else "und"


def _chinese_script(text: str) -> str:
    only_simplified, only_traditional = _script_only()
    simplified = sum(c in only_simplified for c in text)
    traditional = sum(c in only_traditional for c in text)
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def simplified_in(text: str) -> list[str]:
    """The Simplified characters in a Traditional text, each once, in order.

    Clauses with kana (Japanese shares shapes with Simplified), code spans and addresses are passed over.
    """
    found: dict[str, None] = {}
    for clause in CLAUSES.split(_CODE.sub(" ", text)):
        if is_flagged(clause):
            found.update(dict.fromkeys(_flagged(clause)))
    return list(found)


def is_flagged(clause: str) -> bool:
    """Does the clause hold Simplified, and is it Chinese?"""
    return bool(clause) and not KANA.search(clause) and bool(_flagged(clause))


def _flagged(clause: str) -> list[str]:
    only_simplified, _ = _script_only()
    hits = [(i, c) for i, c in enumerate(clause) if c in only_simplified]
    hits += [(m.start(), m.group()) for m in _IN_WORDS.finditer(clause)]
    return [c for _, c in sorted(hits)]


def to_traditional(text: str, lang: str = "") -> str:
    """The text in Taiwan's Traditional Chinese, words included (软件 becomes 軟體) but for what is quoted."""
    from digest_lib.text.traditional import in_words  # loads a segmenter's and OpenCC's dictionaries

    return in_words(text, lang)


def to_simplified(text: str) -> str:
    """The text character by character in Simplified, full-width forms made half-width; as long as the
    text. For comparing, not for reading: 乾 becomes 干, 著 becomes 着."""
    return text.translate(_simple())


def fold(text: str) -> str:
    """What texts are compared by: Simplified, half-width, lower case; as long as the text, so that an
    offset in one is an offset in the other."""
    return text.translate(_folded())


def folded_characters() -> dict[str, str]:
    """Each character of Chinese and its neighbours that `fold` changes, full-width ASCII apart, and what it
    makes of it."""
    close = (*range(0x2E80, 0xFF01), *range(0xFF5F, 0x10000))
    return {chr(n): _lower_table()[n] for n in close if n in _lower_table()}


def has_traditional(text: str) -> bool:
    """Does it hold a character that only Traditional text has?"""
    _, only_traditional = _script_only()
    return any(c in only_traditional for c in text)


@cache
def _converter(config: str) -> Callable[[str], str]:
    from opencc import OpenCC  # loads its dictionaries

    convert: Callable[[str], str] = OpenCC(config).convert
    return convert


def _by_character(config: str, characters: list[str]) -> dict[str, str]:
    """What OpenCC makes of each character alone: the line breaks keep its phrases out."""
    converted = _converter(config)("\n".join(characters)).split("\n")
    return {a: b for a, b in zip(characters, converted, strict=True) if a != b and len(b) == 1}


@cache
def _han() -> list[str]:
    return [chr(i) for i in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]


@cache
@kept("opencc")
def _script_only() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only Simplified text has, and those that only Traditional text has."""
    to_old = _by_character("s2t", _han())
    to_new = _by_character("t2s", _han())
    simplified = {c for c in to_old if not _in_big5(c) and c not in to_new}
    flagged = frozenset((simplified | _ALSO_SIMPLIFIED) - _NAME_VARIANTS)
    return flagged, frozenset(c for c in to_new if c not in flagged and _in_big5(c))


def _in_big5(character: str) -> bool:
    try:
        character.encode("cp950")
    except UnicodeEncodeError:
        return False
    return True


def _table() -> dict[int, str]:
    """Code point to character: half-width forms, then Simplified; only where one stays one."""
    table = {}
    for i in (*range(0x80, 0x2E80), *range(0x3000, 0x3400), *range(0xF900, 0xFB00), *range(0xFE30, 0xFFEF)):
        plain = unicodedata.normalize("NFKC", chr(i))
        if len(plain) == 1 and plain != chr(i):
            table[i] = plain
    simplified = _by_character("t2s", _han()) | _MORE_FOLDS
    table = {i: simplified.get(c, c) for i, c in table.items()}
    return table | {ord(a): b for a, b in simplified.items()}


@cache
@kept("opencc")
def _lower_table() -> dict[int, str]:
    lower = {i: c.lower() for i in range(0x2E80) if len((c := chr(i)).lower()) == 1 and c.lower() != c}
    table = _table() | {ord(a): b for a, b in _ALSO_FOLDED.items()}
    return lower | {i: c.lower() if len(c.lower()) == 1 else c for i, c in table.items()}


@cache
@kept("opencc")
def _simple() -> str:
    return _in_places(_table())


@cache
@kept("opencc")
def _folded() -> str:
    return _in_places(_lower_table())


def _in_places(table: Mapping[int, str]) -> str:
    """The table as one text with each character in its place, which `translate` reads three times as fast:
    what a mapping lacks it tells by an error, character by character."""
    characters = list(map(chr, range(0x10000)))
    for place, character in table.items():
        characters[place] = character
    return "".join(characters)
