"""A story told so that at most half of what is read of it is somebody else's words.

`telling` lets a story quote as much as it tells, its headline among that. Here the sentences alone must do:
else less of them is quoted, some are left out or others chosen, whichever reports most; but rather than to
tell hardly anything, the story stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from digest_lib.checking.digest import Sentence
from digest_lib.checking.evidence import quotations
from digest_lib.stories.story import Story
from digest_lib.writing.known import things
from digest_lib.writing.picking import TURNS, pick
from digest_lib.writing.telling import tellings
from digest_lib.writing.worth import Extract, events

#: A story of which less than this share would be left is told as it was, whatever it quotes.
_LEAST = 0.5
#: So many steps it takes from quoting as much as the headline adds to no more than is told.
_STEPS = 4
#: A quotation of a clause or more behind which its sentence goes on.
_WITHIN = re.compile(r"「[^「」]{8,}」(?=，)")

_Told = Mapping[Extract, Sentence]


def told_sparingly(story: Story, language: str, headline: str) -> list[Sentence]:
    """The sentences that tell a story below its headline; none where none can be told."""
    room = len(headline)
    picked = pick(story, language, headline)
    usual = tellings(picked, story, language, room)
    # In other languages every sentence is a quotation.
    if language != "zh-TW" or is_sparing([*usual.values()]):
        return [*usual.values()]
    others = [told for told in _others(picked, story, language, headline) if can_stand_for(told, usual)]
    return [*max(others, key=lambda told: reports(told, headline), default=usual).values()]


def is_sparing(sentences: Sequence[Sentence]) -> bool:
    """Is at most half of what is read of them quoted?"""
    return 2 * _quoted(sentences) <= sum(len(s.text) for s in sentences)


def _others(picked: Sequence[Extract], story: Story, language: str, headline: str) -> Iterator[_Told]:
    """Other ways to tell the story: the same sentences with less of them quoted, without some of them, and
    those that would be chosen if nothing more than is told might be quoted."""
    subsets = [s for n in range(len(picked), 0, -1) for s in combinations(picked, n)]
    for subset in dict.fromkeys([*subsets, tuple(pick(story, language, headline, room=0))]):
        for step in range(_STEPS, -1, -1):
            yield tellings(subset, story, language, len(headline) * step // _STEPS)


def can_stand_for(told: _Told, usual: _Told) -> bool:
    """Is it sparing, does it tell enough, and no sentence without the one that turns it?"""
    length, enough = (sum(len(s.text) for s in some.values()) for some in (told, usual))
    places = {(e.article.id, e.place) for e in told}
    turned = {(e.article.id, e.place - 1) for e in usual if e not in told and TURNS.match(e.text)}
    return is_sparing([*told.values()]) and length >= _LEAST * enough and not places & turned


def reports(told: _Told, headline: str) -> tuple[int, int, int]:
    """How much is told of that the headline does not say: figures and names, which count twice as much as
    words for events, and less where sentences are quoted in their middle; then how little is quoted, and how
    long it is."""
    sentences = [*told.values()]
    text = "".join(s.text for s in sentences)
    torn = sum(len(_WITHIN.findall(s.text)) for s in sentences)
    new = 2 * len(things(text) - things(headline)) + len(events(text) - events(headline))
    return new - torn, -_quoted(sentences), len(text)


def _quoted(sentences: Sequence[Sentence]) -> int:
    return sum(len(quote) for s in sentences for quote in quotations(s.text))
