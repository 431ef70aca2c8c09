"""Which stories come first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from digest_lib.stories.kinds import HARD, Kind
from digest_lib.stories.match import BY_LEAD
from digest_lib.stories.story import Story

#: Hours after which a story's freshness has halved.
HALF_LIFE = 24.0

#: What the vendor's own page is worth, in independent publishers: confirmation, and no more than that. What a
#: vendor alone tells about itself is no bigger than what one paper alone tells.
PRIMARY = 1.0

#: What a story is worth that no headline names the family in.
IN_PASSING = 0.7

#: What a kind of event is worth to a reader of the family: what happened to a model or to its users comes
#: before what is said of it, done with it or taught about it. Set by order, not fitted to any day.
WORTH = {
    Kind.INCIDENT: 1.0, Kind.PRICE: 1.0, Kind.LAUNCH: 1.0, Kind.POLICY: 0.9, Kind.DEAL: 0.9,
    Kind.SECURITY: 0.9, Kind.PEOPLE: 0.8, Kind.RESEARCH: 0.8, Kind.PARTNERSHIP: 0.5, Kind.OPINION: 0.45,
    Kind.EVENT: 0.3, None: 0.6,
}  # fmt: skip


def rank(stories: Sequence[Story], cutoff: datetime, bearing: Mapping[str, str]) -> list[Story]:
    """The stories, most important first, each with its score and why.

    Importance is the logarithm of independent publishers (the fifth adds less than the second), with the
    vendor's own page as one more of them, by what the kind of event is worth; it fades with the hours before
    the cut-off, and is less where no headline names the family. A customer's story, a lesson or an opinion
    never leads a day on which something happened. `bearing` says of articles (by id) why they are about the
    family, as `match` does.
    """
    scored = [_scored(s, cutoff, bearing) for s in stories]
    ranked = sorted(scored, key=lambda s: (-s.score, s.first, s.id))
    first = next((s for s in ranked if s.kind in HARD), None)
    return [first, *(s for s in ranked if s is not first)] if first else ranked


def _scored(story: Story, cutoff: datetime, bearing: Mapping[str, str]) -> Story:
    voices = story.publishers + (PRIMARY if story.official else 0.0)
    hours = max(0.0, (cutoff - story.last).total_seconds() / 3600)
    passing = all(bearing.get(a.id) == BY_LEAD for a in story.articles)
    fresh = 0.5 + 0.5 * 0.5 ** (hours / HALF_LIFE)
    score = math.log2(1 + voices) * fresh * WORTH[story.kind] * (IN_PASSING if passing else 1)
    why = f"{story.kind or 'of no known kind'}, {story.publishers} independent publisher(s)"
    if story.official:
        why += ", official page"
    if story.follows:
        why += ", follows an earlier post"
    if passing:
        why += ", in no headline"
    return replace(story, score=round(score, 4), why_ranked=f"{why}, {hours:.0f} h before cut-off")
