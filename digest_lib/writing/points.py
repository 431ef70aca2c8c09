"""The key points of a day without an llm: of each story the best that its text has not told.

The headlines stand above already, and a list of them tells nothing. A point is a sentence of a source that
reports something, with a figure or a name that nowhere else in the post stands; where there is none, there is
no point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.stories.story import Stories, Story
from digest_lib.text.quantity import Quantity
from digest_lib.writing.background import is_background
from digest_lib.writing.frames import frames
from digest_lib.writing.known import Known, things
from digest_lib.writing.pieces import clauses, hangs, turns
from digest_lib.writing.telling import said
from digest_lib.writing.worth import SHORTEST, Extract, extracts, in_own_voice, worth

#: More points than these are not read; so many are told of a story that several publishers report.
MOST, OF_ONE = 5, 2
#: A sentence with an actor and an event is worth so much (`worth`), and each new figure or name adds to it.
LEAST, _NEW = 1.5, 0.25
_MOST_NEW = 3
#: It says whose report it is.
_SAYS_WHOSE = re.compile(r"(?:根[據据]|[據据])?《[^》]+》|[據据][^，]{2,24}(?:報導|报道|報道)，")


def points(told: Sequence[DigestStory], stories: Stories, language: str) -> list[Sentence]:
    """The points of the stories, best story first; `told` are their texts, which no point repeats."""
    known = Known([text for story in told for text in _texts(story)])
    found = [_points_of(story, known, language) for story in stories]
    kept = [s for n in range(OF_ONE) for some in found for s in some[n : n + 1]][:MOST]
    return [s for some in found for s in some if s in kept]


def _points_of(story: Story, known: Known, language: str) -> list[Sentence]:
    """The story's sentences that say something new, the best first, as they are told."""
    own = [a for a in story.articles if _is_readable(a.lang, language)]
    left = [e for a in own for e in extracts(a) if _stands(e)]
    found: list[Sentence] = []
    while left and len(found) < (OF_ONE if story.publishers > 1 else 1):
        best = max(left, key=lambda e: _value(e, known))
        if not _value(best, known):
            break
        left.remove(best)
        pattern = frames(language).more if _SAYS_WHOSE.match(best.text) else frames(language).same_day
        if text := said(pattern, _short(best, known), language, 0):
            known.add(best.text)
            found.append(Sentence(text=text, sources=[best.article.id]))
    return found


def _value(extract: Extract, known: Known) -> float:
    """How much a sentence is worth beside what is known; 0 where it brings nothing."""
    new = known.new_in(extract.text)
    return extract.worth + _NEW * min(len(new), _MOST_NEW) - 0.05 * extract.place if new else 0.0


def _short(extract: Extract, known: Known) -> Extract:
    """The sentence up to its first clause with something new in it, with a figure where it has one; whole
    where it says less without the rest, or the rest turns it."""
    every = clauses(extract.text.rstrip("。.｡ "))
    whole = {type(thing) for thing in known.new_in(extract.text)}
    for n in range(1, len(every)):
        text = "".join(c.before * bool(k) + c.text for k, c in enumerate(every[:n]))
        new = {type(thing) for thing in things(text) - known.things}
        is_enough = Quantity in new or (new and Quantity not in whole)
        is_open = hangs(every[n - 1].text) or any(turns(c.text) for c in every[n:])
        if is_enough and not is_open and len(text) >= SHORTEST and worth(text) >= LEAST:
            return replace(extract, text=f"{text}。")
    return extract


def _stands(extract: Extract) -> bool:
    """Can a sentence be read alone, and does it report what has just happened?"""
    is_report = extract.worth >= LEAST and not extract.leans and not in_own_voice(extract.text)
    return is_report and not is_background(extract.text, extract.article)


def _is_readable(lang: str, language: str) -> bool:
    return lang.partition("-")[0] == language.partition("-")[0]


def _texts(story: DigestStory) -> list[str]:
    return [story.headline, *(s.text for s in story.sentences)]
