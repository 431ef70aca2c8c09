"""Which stories come first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from digest_lib.stories.match import BY_LEAD
from digest_lib.stories.story import Story

#: Hours after which a story's freshness has halved.
HALF_LIFE = 24.0

#: What the vendor's own page is worth, in independent publishers: confirmation, and no more than that. What a
#: vendor alone tells about itself is no bigger than what one paper alone tells.
PRIMARY = 1.0

#: What a story is worth that no headline names the family in.
IN_PASSING = 0.7


def rank(stories: Sequence[Story], cutoff: datetime, bearing: Mapping[str, str]) -> list[Story]:
    """The stories, most important first, each with its score and why.

    Importance is the logarithm of independent publishers (the fifth adds less than the second), with the
    vendor's own page as one more of them; it fades with the hours before the cut-off, and is less where
    no headline names the family. `bearing` says of articles (by id) why they are about it, as `match` does.
    """
    scored = [_scored(s, cutoff, bearing) for s in stories]
    return sorted(scored, key=lambda s: (-s.score, s.first, s.id))


def _scored(story: Story, cutoff: datetime, bearing: Mapping[str, str]) -> Story:
    voices = story.publishers + (PRIMARY if story.official else 0.0)
    hours = max(0.0, (cutoff - story.last).total_seconds() / 3600)
    passing = all(bearing.get(a.id) == BY_LEAD for a in story.articles)
    score = math.log2(1 + voices) * (0.5 + 0.5 * 0.5 ** (hours / HALF_LIFE)) * (IN_PASSING if passing else 1)
    why = f"{story.publishers} independent publisher(s)"
    if story.official:
        why += ", official page"
    if story.follows:
        why += ", follows an earlier post"
    if passing:
        why += ", in no headline"
    return replace(story, score=round(score, 4), why_ranked=f"{why}, {hours:.0f} h before cut-off")
