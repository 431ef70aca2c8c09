"""Simplified Chinese in Taiwan's script, character for character, by words.

OpenCC takes the longest phrase it finds from the left, so 被|发明 is read 被发|明 and becomes 被髮明. Here
a phrase counts only where it begins and ends with words of the segmenter, or stands within one; the longest
such phrases win, what is in none is chosen by itself, and names are read character by character: no phrase
begins in one. The result is as long as the text, and is the text when it is converted back (`is_faithful`).

What a character became is settled where a phrase or a name says so, or where it can become nothing else; by
itself 干 is 幹, and may be 乾 (`Choice`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from digest_lib.text.chinese_names import SOUNDS
from digest_lib.text.name_spans import BECAUSE, borders, name_spans, words_of
from digest_lib.text.script_tables import (
    LONGEST_PHRASE,
    characters,
    in_names,
    other_characters,
    other_phrases,
    phrases,
    variants,
)
from digest_lib.text.scripts import fold

#: 系 by itself is 係, is, behind who is and behind these adverbs; else it is a faculty, a school, a system.
_IS = re.compile(
    r"(?:男子|女子|嫌疑人|嫌犯|被告人?|原告|当事人|双方|[两二三]人|死者|伤者|司机|本人|[均确皆乃亦纯实]|并非|疑似?|经查|^)系"
    r"(?![列统数里内所友办着]|主任|学生|鞋|安全带|领带|$)"
)
#: 余 behind these is what is left or what is more, else it is a surname.
_BEFORE_REST = frozenset("0123456789〇一二三四五六七八九十百千万亿多其剩之有所业年月天")
#: What a character becomes in phrases alone: 了 by itself is never 瞭.
_NEVER_ALONE = dict.fromkeys(map(ord, "瞭鼕韆鞦蔔囌噹衚糰曏傢倖侷伕朮彆"))


class Choice(NamedTuple):
    """What one Simplified character is in Taiwan's script."""

    character: str
    #: what it may be instead and be as right
    also: str = ""
    #: what it may be instead, and the text does not say which
    perhaps: str = ""
    in_name: bool = False


@lru_cache(maxsize=4096)
def in_taiwans_script(text: str) -> str:
    """A Simplified text in Taiwan's Traditional, as long as it was: words stay what they are."""
    return "".join(choice.character for choice in script_choices(text))


@lru_cache(maxsize=4096)
def script_choices(text: str) -> tuple[Choice, ...]:
    """The same by characters, each with what else it may be."""
    choices = _converted(text)
    faithful = is_faithful("".join(choice.character for choice in choices), text)
    return choices if faithful else tuple(map(Choice, text))


def is_several(character: str) -> bool:
    """May a Simplified character be one of several in Traditional?"""
    return character in other_characters()


def is_faithful(converted: str, text: str) -> bool:
    """Is it the text again when each character is converted back?"""
    return len(converted) == len(text) and fold(converted) == fold(text)


def _converted(text: str) -> tuple[Choice, ...]:
    words = words_of(text)
    if "".join(word for word, _ in words) != text:  # a lone surrogate is no text
        return tuple(map(Choice, text))
    ends = borders(words)
    edges, names = frozenset(ends), name_spans(text, words)
    inside = {
        end - 1 for (word, tag), end in zip(words, ends[1:], strict=True) if tag == "s" and word[-1] == "里"
    }
    choices: list[Choice] = []
    for start, end in _best(text, edges, names):
        if start in names and names[start] == end:
            choices += [Choice(in_names(c), in_name=True) for c in text[start:end]]
        elif end - start > 1:
            choices += _of_phrase(text[start:end])
        else:
            choices.append(_alone(text, start, edges | inside))
    return tuple(c._replace(character=c.character.translate(variants())) for c in choices)


def _best(text: str, edges: frozenset[int], names: dict[int, int]) -> Iterator[tuple[int, int]]:
    """The parts to convert: those whose phrases cover the most, each counted as the square of its length."""
    best: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
    for start in reversed(range(len(text))):
        if start in names:
            best[start] = best[names[start]][0], names[start]
            continue
        choice = best[start + 1][0], start + 1
        for end in _phrase_ends(text, start, edges):
            if start + 1 in names and text[start:end] == BECAUSE:  # 由|于谦
                continue
            score = best[end][0] + (end - start) ** 2
            if score > choice[0]:
                choice = score, end
        best[start] = choice
    start = 0
    while start < len(text):
        yield start, best[start][1]
        start = best[start][1]


def _of_phrase(phrase: str) -> Iterator[Choice]:
    """A phrase, with what other phrases it may be."""
    others = other_phrases().get(phrase, [])
    for place, character in enumerate(phrases()[phrase]):
        yield Choice(character, "".join(other[place] for other in others))


def _alone(text: str, place: int, edges: frozenset[int]) -> Choice:
    """The character in no phrase: 里 within a word is a foreign name's (加里萨), by itself it is inside."""
    character = text[place]
    if character == "里" and place not in edges and text[place - 1] in SOUNDS:
        return Choice(character, in_name=True)
    if character == "系" and _is_verb(text, place):
        return Choice("係")
    if character == "余" and place and text[place - 1] in _BEFORE_REST:
        return Choice("餘")
    perhaps = other_characters().get(character, "").translate(_NEVER_ALONE)
    return Choice(characters().get(character, character), perhaps=perhaps)


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
