"""Which stories come first."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from digest_lib.stories.bearing import others, places
from digest_lib.stories.kinds import HARD, Kind
from digest_lib.stories.match import BY_LEAD
from digest_lib.stories.story import Story
from digest_lib.stories.traits import NUMBER, traits, words_of
from digest_lib.stories.voices import companies
from digest_lib.text.names import Aliases

#: Of a story's worth, what fades, and the hours after which half of that is gone.
FADES, HALF_LIFE = 0.2, 24.0

#: What the vendor's own page is worth, in independent publishers: confirmation, and no more than that. What a
#: vendor alone tells about itself is less than what one paper alone tells.
PRIMARY = 0.75
#: Voices that every story has ahead: on most days one paper or two tell a thing, and what it is weighs more.
_AHEAD = 2.0

#: What a story is worth that no headline names the family in; that is told in a headline on somebody else.
IN_PASSING, IN_COMPANY = 0.7, 0.85
#: What each figure or version of its headline adds, up to so many; and a sum from which a deal is a big one.
_FIGURE, _MOST_FIGURES = 0.05, 3
_BIG, _BIG_DEAL = 1e9, 0.1
#: What a follow-up is worth in which nothing happens (a launch happens once), and what each new thing adds to
#: one in which something does, up to so many.
_TOLD, _NEW, _MOST_NEW = 0.85, 0.05, 3

#: What a kind of event is worth to a reader of the family: what happened to a model or to its users comes
#: before what is said of it, done with it or taught about it. Set by order, not fitted to any day.
WORTH = {
    Kind.INCIDENT: 1.0, Kind.PRICE: 1.0, Kind.SECURITY: 0.95, Kind.LAUNCH: 0.9, Kind.POLICY: 0.9,
    Kind.DEAL: 0.85, Kind.RESEARCH: 0.8, Kind.PEOPLE: 0.7, Kind.PARTNERSHIP: 0.45, Kind.OPINION: 0.45,
    Kind.EVENT: 0.3, None: 0.6,
}  # fmt: skip

_NOBODY = Aliases(())


def rank(
    stories: Sequence[Story],
    cutoff: datetime,
    bearing: Mapping[str, str],
    family: Aliases = _NOBODY,
) -> list[Story]:
    """The stories, most important first, each with its score and why.

    Importance is the logarithm of independent publishers (the fifth adds less than the second), with the
    vendor's own page as one more of them, by what the kind of event is worth, by the family's place in it
    (`family` are its names and its maker's), by the figures of its headline and, in a follow-up, by what is
    new; it fades with the hours before the cut-off. A customer's story, a lesson or an opinion never leads a
    day on which something happened; lessons and events come last. `bearing` says of articles (by id) why
    they are about the family, as `match` does.
    """
    scored = [_scored(s, cutoff, bearing, family) for s in stories]
    ranked = sorted(scored, key=lambda s: (s.kind is Kind.EVENT, -s.score, s.first, s.id))
    first = next((s for s in ranked if s.kind in HARD), None)
    return [first, *(s for s in ranked if s is not first)] if first else ranked


def _scored(story: Story, cutoff: datetime, bearing: Mapping[str, str], family: Aliases) -> Story:
    # A company that hosts or sells it on the day is no medium, and confirms it as the vendor does.
    partners = companies(story.articles) > story.official
    voices = story.publishers + PRIMARY * (story.official + partners)
    hours = max(0.0, (cutoff - story.last).total_seconds() / 3600)
    fresh = 1 - FADES * (1 - 0.5 ** (hours / HALF_LIFE))
    place, where = _place(story, bearing, family)
    figures, said = _figures(story)
    score = math.log2(_AHEAD + voices) * fresh * WORTH[story.kind] * place * figures * _told(story)
    why = f"{story.kind or 'of no known kind'}, {story.publishers} independent publisher(s)"
    why += ", official page" if story.official else ""
    why += ", follows an earlier post" if story.follows else ""
    why += "".join(f", {reason}" for reason in (where, said) if reason)
    return replace(story, score=round(score, 4), why_ranked=f"{why}, {hours:.0f} h before cut-off")


def _place(story: Story, bearing: Mapping[str, str], family: Aliases) -> tuple[float, str]:
    """What the family's place in the story is worth: of its headlines, the best one tells."""
    if all(bearing.get(a.id) == BY_LEAD for a in story.articles):
        return IN_PASSING, "in no headline"
    titles = [a.title for a in story.articles]
    if story.official or not any(family.count(t) for t in titles) or any(_leads(t, family) for t in titles):
        return 1.0, ""
    return IN_COMPANY, "on somebody else"


def _told(story: Story) -> float:
    """What a story is worth more or less as a follow-up."""
    if not story.follows:
        return 1.0
    if story.kind is Kind.LAUNCH or not story.what_is_new:
        return _TOLD
    return 1 + _NEW * min(len(story.what_is_new), _MOST_NEW)


def _leads(title: str, family: Aliases) -> bool:
    """Is the headline on the family: named as its subject, and before any other company?"""
    found = [p for p in places(title, family) if p.subject]
    return bool(found) and not others(title[: found[0].start], family)


def _figures(story: Story) -> tuple[float, str]:
    """What the figures and versions of the lead's headline add."""
    in_title = words_of(story.lead)[0]
    numbers = [float(w.removeprefix(NUMBER)) for w in in_title if w.startswith(NUMBER)]
    count = min(len(numbers) + len(traits(story.lead).versions), _MOST_FIGURES)
    big = story.kind is Kind.DEAL and max(numbers, default=0.0) >= _BIG
    return 1 + _FIGURE * count + _BIG_DEAL * big, f"{count} figure(s)" if count else ""
