"""The numbers of a post as its charts need them, read off its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from digest_lib.charts.alike import ranked
from digest_lib.sections.facts import Facts
from digest_lib.site.drawn.lines import Line

#: So many days at most, so many rivals.
DAYS: Final = 30
RIVALS: Final = 5

Ranked = Sequence[tuple[str, int]]


def percent(part: float, whole: float) -> int:
    """A share in whole per cent, halves upwards, as readers round; 0 of nothing."""
    return int(100 * part / whole + 0.5) if whole else 0


def publishers(facts: Facts) -> Ranked:
    """The told stories' articles by publisher."""
    return ranked(source.publisher for source in facts.sources if source.story)


def languages(facts: Facts) -> Ranked:
    """The told stories' articles by the code of their language."""
    return ranked(source.lang or "und" for source in facts.sources if source.story)


def span(history: Mapping[str, object], last: date, most: int = DAYS) -> list[date]:
    """The days up to `last`, at most so many, from the first on of which anything is known: an axis that
    begins before it says nothing of the days between."""
    first = last - timedelta(days=most - 1)
    known = [day for day in map(date.fromisoformat, history) if first <= day <= last]
    if not known:
        return []
    start = min(known)
    return [start + timedelta(days=n) for n in range((last - start).days + 1)]


def own(facts: Facts, days: Sequence[date]) -> Line:
    """The family's line."""
    return Line(facts.name, "own", [facts.history.get(str(day), {}).get(facts.name) for day in days])


def trend(facts: Facts, days: Sequence[date]) -> list[Line]:
    """The family's line, then those of its rivals with the most articles, in the order of their names."""
    rows = [facts.history.get(str(day), {}) for day in days]
    names = dict.fromkeys(name for row in rows for name in row)
    totals = {name: sum(row.get(name, 0) for row in rows) for name in names if name != facts.name}
    most = sorted(sorted(totals), key=lambda name: -totals[name])[:RIVALS]
    rivals = enumerate(sorted(most), start=1)
    return [
        own(facts, days),
        *(Line(name, f"r{n}", [row.get(name) for row in rows]) for n, name in rivals),
    ]
