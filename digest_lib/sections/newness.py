"""What is new in a follow-up, as its post says it: a clause of its own text that tells it, or who did it.

A name or a number by itself tells nobody anything: «Modal Labs» is no news, «Modal Labs 客戶遭入侵» is. What
no clause of the post tells is not shown as new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digest_lib.checking.digest import DigestStory
from digest_lib.sections.words import FALLBACK
from digest_lib.stories.acting import as_told
from digest_lib.stories.novelty import TURNS
from digest_lib.stories.story import Story
from digest_lib.text.name_spans import words_of
from digest_lib.text.scripts import HAN, fold, to_traditional
from digest_lib.writing.pieces import clauses, hangs

#: A label has at most so many, each so wide: two Latin letters are as wide as one Chinese character.
_MOST: Final = 2
_WIDEST: Final = 30
_NARROW: Final = 6
#: In a language that is written with spaces: what makes a clause at least.
_LEAST_WORDS: Final = 4
_SENTENCE: Final = re.compile(r"[。；！？!?;：\n]+|(?<=[^\d.])\.(?=\s|$)|:\s")
#: Who says it may stand before it.
_SAYS: Final = re.compile(r"^(?:並|且|也|還)?(?:表示|指出|證實|透露|坦言|強調|說|稱)\s?(?=[A-Z])")
#: What a clause does not end with that says what.
_OPEN: Final = re.compile(r"(?:發表|發布|公布|推出|提出|刊出|報導)$")
_MARKS: Final = re.compile(r"[「」『』“”〈〉《》（）()]")
#: Tags of words that a clause with a subject does not begin with.
_NO_SUBJECT: Final = ("v", "c", "d", "p", "u", "ad", "f", "y")
#: Verbs that tell of nothing that happened.
_STATIVE: Final = frozenset(("是", "有", "为", "无", "没有", "成为", "包括", "包含", "属于"))


def what_is_new(story: Story, told: DigestStory, language: str) -> list[str]:
    """The new facts of a follow-up, each once, as clauses of its text."""
    whole = _squeezed(told.headline)
    said = [c for text in _texts(told) for c in _clauses(text) if _squeezed(c) != whole]
    found = dict.fromkeys(_as_told(fact, story, said, language) for fact in story.what_is_new)
    once = {_squeezed(one): one for one in found if one}
    return [one for key, one in once.items() if not any(key != k and key in k for k in once)][:_MOST]


def _as_told(fact: str, story: Story, said: Sequence[str], language: str) -> str:
    """A fact as a reader is told it; empty where nothing in the post tells it."""
    if fact in TURNS and language == FALLBACK and (short := as_told(fact, story.articles)) != fact:
        return to_traditional(short)
    return next((clause for clause in said if _tells(clause, fact, language)), "")


def _texts(told: DigestStory) -> Iterator[str]:
    yield told.headline
    yield from (sentence.text for sentence in told.sentences)


def _clauses(text: str) -> Iterator[str]:
    """The clauses of a text that stand by themselves, without who reports them."""
    for sentence in _SENTENCE.split(text):
        for piece in clauses(sentence):
            clause = _SAYS.sub("", _bare(piece.text))
            if clause and not hangs(clause) and not _OPEN.search(clause) and _is_closed(clause):
                yield clause


def _bare(clause: str) -> str:
    """A clause without the quotation marks that are round all of it."""
    inner = clause[1:-1]
    return inner if clause[:1] == "「" and clause[-1:] == "」" and "「" not in inner else clause


def _is_closed(clause: str) -> bool:
    marks = _MARKS.findall(clause)
    return len(marks) % 2 == 0


def _tells(clause: str, fact: str, language: str) -> bool:
    """Does the clause say the fact, and something of it: what happens, or what is counted?"""
    if not _NARROW <= _width(clause) <= _WIDEST or not _says(clause, fact):
        return False
    if not HAN.search(clause):
        return language != FALLBACK and len(clause.split()) >= _LEAST_WORDS
    return _acts(clause)


def _says(clause: str, fact: str) -> bool:
    folded = fold(clause)
    if fact in TURNS:
        return bool(TURNS[fact].search(folded))
    return _squeezed(fold(fact)) in _squeezed(folded)


def _acts(clause: str) -> bool:
    """Has a Chinese clause a subject and behind it a verb of something that happens?"""
    words = [(word, tag) for word, tag in words_of(fold(clause)) if tag != "x"]
    if not words or words[0][1].startswith(_NO_SUBJECT):
        return False
    return any(tag in {"v", "vn"} and word not in _STATIVE for word, tag in words[1:])


def _squeezed(text: str) -> str:
    return "".join(text.split()).rstrip("。")


def _width(text: str) -> float:
    return sum(0.5 if c.isascii() else 1 for c in text)
