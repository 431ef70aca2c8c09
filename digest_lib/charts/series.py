"""Days and counts as points of a line, with gaps left as gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from digest_lib.stories.history import History

#: How far back the charts look.
DAYS = 30
#: A young archive is drawn on an axis of at least so many days.
LEAST_DAYS = 7

Value = tuple[date, int]


@dataclass(frozen=True)
class Series:
    """One name's counts on the days that have one, oldest first."""

    name: str
    values: tuple[Value, ...]

    @property
    def runs(self) -> tuple[tuple[Value, ...], ...]:
        """Unbroken stretches: between two of them lies at least one day without data."""
        runs: list[list[Value]] = []
        for day, count in self.values:
            if runs and day - runs[-1][-1][0] == timedelta(days=1):
                runs[-1].append((day, count))
            else:
                runs.append([(day, count)])
        return tuple(map(tuple, runs))

    @property
    def latest(self) -> Value | None:
        return self.values[-1] if self.values else None

    @property
    def most(self) -> Value | None:
        """The day with the most; of equals the latest."""
        return max(self.values, key=lambda v: (v[1], v[0]), default=None)

    @property
    def total(self) -> int:
        return sum(count for _, count in self.values)

    def on(self, day: date) -> int | None:
        """The count of a day; None where there is none."""
        return dict(self.values).get(day)


def recent(past: History) -> tuple[Series, ...]:
    """The last `DAYS` days of every name, the family's own first."""
    if not past.days:
        return tuple(Series(name, ()) for name in past.counts)
    start = past.days[-1] - timedelta(days=DAYS - 1)
    return tuple(
        Series(
            name,
            tuple(
                (day, int(n)) for day, n in zip(past.days, row, strict=True) if n is not None and day >= start
            ),
        )
        for name, row in past.counts.items()
    )
