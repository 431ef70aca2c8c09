"""Which of a day's events come first, over all families."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Final

from digest_lib.site.brief import StoryBrief
from digest_lib.site.events import Event, Told
from digest_lib.stories.kinds import HARD
from digest_lib.stories.rank import PRIMARY, WORTH

#: What each further family that tells an event adds to it.
_FAMILY: Final = 0.15
#: Posts of before carry no score: their first story is the one that they led with.
_NOT_FIRST: Final = 0.8


def ranked(events: Iterable[Event], day: date) -> list[Event]:
    """The events that were told on the day, most important first. What happened to the world leads before
    what is said of it, as within a family."""
    told = [event for event in events if event.on(day)]
    found = sorted(told, key=lambda e: (-importance(e, day), e.first, e.id))
    lead = next((event for event in found if _hard(event, day)), None)
    return [lead, *(event for event in found if event is not lead)] if lead else found


def importance(event: Event, day: date) -> float:
    """How much an event counts on a day: as in the family that ranked it highest, more where several tell
    it."""
    told = event.on(day)
    families = len({t.family for t in told})
    return max(map(_score, told)) * (1 + _FAMILY * (families - 1))


def _score(told: Told) -> float:
    story = told.brief
    if story.score is not None:
        return story.score
    first = told.post.brief.stories[0].id == story.id
    return math.log2(1 + voices(story)) * WORTH[None] * (1 if first else _NOT_FIRST)


def voices(story: StoryBrief) -> float:
    """Independent publishers, with the vendor's own page as one more."""
    return story.publishers + (PRIMARY if story.official else 0.0)


def _hard(event: Event, day: date) -> bool:
    return any(told.brief.kind in HARD for told in event.on(day))
