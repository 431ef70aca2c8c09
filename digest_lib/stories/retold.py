"""How likely a story is but another report of what was told, by the measure of one day's articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from digest_lib.stories import grouping
from digest_lib.stories.traits import Ids, Traits
from digest_lib.text.encoder import Encoder

#: An older report is compared as if it were this many days old: the same is told again weeks later, too.
_DAYS_AGO = 2.0


def retold(
    story: Sequence[Traits],
    told: Sequence[Traits],
    background: Sequence[Ids],
    meaning: Encoder | None,
    names: Sequence[str],
) -> float:
    """The mean, over the story's articles, of the likelihood that the nearest of the told reports is on the
    same event. `names` are those of the family that all are about."""
    today = min(t.day for t in story)
    together = [*(replace(t, day=today - _DAYS_AGO) for t in told), *(replace(t, day=today) for t in story)]
    i, j, likely = grouping.likely_pairs(together, background, meaning, names)
    best: dict[int, float] = defaultdict(float)
    for a, b, p in zip(i.tolist(), j.tolist(), likely.tolist(), strict=True):
        if a < len(told) <= b:
            best[b] = max(best[b], p)
    return round(sum(best.values()) / len(story), 4)
