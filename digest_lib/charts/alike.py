"""What a notebook's charts and the site's tell alike, of the day, its stories and its publishers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from digest_lib.charts.words import Words

#: Publishers that have a bar of their own; the others share one.
TOP: Final = 10


def ranked(keys: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each key occurs (of a `Counter`, as it says), most first; equals by name, so that the order
    never wavers."""
    return tuple(sorted(Counter(keys).items(), key=lambda pair: (-pair[1], pair[0])))


def shortened(by: Sequence[tuple[str, int]], words: Words) -> list[tuple[str, int]]:
    """The first ten, then the rest as one; a rest of one is shown by its name instead."""
    if len(by) <= TOP + 1:
        return list(by)
    rest = by[TOP:]
    return [*by[:TOP], (words("other of", n=len(rest)), sum(n for _, n in rest))]


def marks(words: Words, *, official: bool, follows: bool) -> list[str]:
    """The words that mark a story: official, follow-up."""
    told = {"official": official, "follows": follows}
    return [words(mark) for mark, is_so in told.items() if is_so]


def quiet_title(words: Words, window_days: int) -> str:
    """What is said of a day (or of so many) without news."""
    return words("quiet") if window_days == 1 else words("quiet of days", n=window_days)
