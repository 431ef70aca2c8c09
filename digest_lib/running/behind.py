"""What a run has to make up for: days that should have a post and have none."""

from __future__ import annotations

from collections.abc import Sequence

from digest_lib.day import Day
from digest_lib.running import records
from digest_lib.running.records import Outcome
from digest_lib.running.run import missing, pairs
from digest_lib.settings import Home

#: So many days back it looks; before that, `digest backfill` does what a person wants.
MOST_DAYS = 7


def behind(home: Home, families: Sequence[str], today: Day) -> list[tuple[str, str]]:
    """The (family, date) pairs of the last days before `today` that should have a post and have none: of each
    family from its first run on, but for days that are known to be blind."""
    began = {family: _began(home, family) for family in families}
    wanted = [
        (family, date)
        for family, date in pairs(families, today.shifted(-MOST_DAYS), today.shifted(-1))
        if began[family] and began[family] < date
    ]
    return [pair for pair in missing(home, wanted) if not _is_blind(home, *pair)]


def _began(home: Home, family: str) -> str:
    """The date of the family's first run; empty where there was none."""
    names = (path.name for path in home.runs.glob(f"????-??-??-{family}.json"))
    return min(names, default="")[:10]


def _is_blind(home: Home, family: str, date: str) -> bool:
    record = records.load(home, family, date)
    return record is not None and record.status is Outcome.BLIND
