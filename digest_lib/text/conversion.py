"""Simplified Chinese in Taiwan's script, character for character, by words.

OpenCC takes the longest phrase it finds from the left, so 被|发明 is read 被发|明 and becomes 被髮明. Here
a phrase counts only where it begins and ends with words of the segmenter, or stands within one; the longest
such phrases win, what is in none is chosen by itself, and names are read character by character: no phrase
begins in one. The result is as long as the text, and is the text when it is converted back (`is_faithful`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digest_lib.text.chinese_names import SOUNDS
from digest_lib.text.name_spans import BECAUSE, borders, name_spans, words_of
from digest_lib.text.script_tables import LONGEST_PHRASE, characters, in_names, phrases, variants
from digest_lib.text.scripts import fold

#: 系 by itself is 係, is, behind who is and behind these adverbs; else it is a faculty, a school, a system.
_IS = re.compile(
    r"(?:男子|女子|嫌疑人|嫌犯|被告人?|原告|当事人|双方|[两二三]人|死者|伤者|司机|本人|[均确皆乃亦纯实]|并非|疑似?|经查|^)系"
    r"(?![列统数里内所友办着]|主任|学生|鞋|安全带|领带|$)"
)
#: 余 behind these is what is left or what is more, else it is a surname.
_BEFORE_REST = frozenset("0123456789〇一二三四五六七八九十百千万亿多其剩之有所业年月天")


@lru_cache(maxsize=4096)
def in_taiwans_script(text: str) -> str:
    """A Simplified text in Taiwan's Traditional, as long as it was: words stay what they are."""
    converted = _converted(text)
    return converted if is_faithful(converted, text) else text


def is_faithful(converted: str, text: str) -> bool:
    """Is it the text again when each character is converted back?"""
    return len(converted) == len(text) and fold(converted) == fold(text)


def _converted(text: str) -> str:
    words = words_of(text)
    if "".join(word for word, _ in words) != text:  # a lone surrogate is no text
        return text
    return _best(text, frozenset(borders(words)), name_spans(text, words)).translate(variants())


def _best(text: str, edges: frozenset[int], names: dict[int, int]) -> str:
    """The conversion whose phrases cover the most: each counts the square of its length."""
    best: list[tuple[int, str]] = [(0, "")] * (len(text) + 1)
    for start in reversed(range(len(text))):
        if start in names:
            score, rest = best[names[start]]
            name = text[start : names[start]]
            best[start] = score, "".join(in_names(c) for c in name) + rest
            continue
        score, rest = best[start + 1]
        choice = score, _alone(text, start, edges) + rest
        for end in _phrase_ends(text, start, edges):
            if start + 1 in names and text[start:end] == BECAUSE:  # 由|于谦
                continue
            score, rest = best[end]
            score += (end - start) ** 2
            if score > choice[0]:
                choice = score, phrases()[text[start:end]] + rest
        best[start] = choice
    return best[0][1]


def _alone(text: str, place: int, edges: frozenset[int]) -> str:
    """The character in no phrase: 里 within a word is a foreign name's (加里萨), by itself it is inside."""
    character = text[place]
    if character == "里" and place not in edges and text[place - 1] in SOUNDS:
        return character
    if character == "系" and _is_verb(text, place):
        return "係"
    if character == "余" and place and text[place - 1] in _BEFORE_REST:
        return "餘"
    return characters().get(character, character)


def _is_verb(text: str, place: int) -> bool:
    """Is 系 at that place 係?"""
    return any(m.end() == place + 1 for m in _IS.finditer(text))


def _phrase_ends(text: str, start: int, edges: frozenset[int]) -> Iterator[int]:
    """Where the phrases that begin here end: with a word if they began with one, else before the next."""
    whole, within = start in edges, True
    for end in range(start + 2, min(len(text), start + LONGEST_PHRASE) + 1):
        within = within and end - 1 not in edges
        if not within and not whole:
            return
        if (within or end in edges) and text[start:end] in phrases():
            yield end
