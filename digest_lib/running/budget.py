"""What a month's runs cost, and what is left of what they may."""

from __future__ import annotations

from datetime import datetime

from digest_lib import settings
from digest_lib.day import TAIPEI
from digest_lib.running import records
from digest_lib.running.records import Record
from digest_lib.settings import Home


def spent_in_month(home: Home, now: datetime) -> float:
    """What the runs of the days of this month cost, in dollars; runs whose cost is unknown count nothing."""
    return sum(r.cost_usd or 0.0 for r in _of_month(home, now))


def _of_month(home: Home, now: datetime) -> list[Record]:
    month = f"{now.astimezone(TAIPEI):%Y-%m}"
    return [r for r in records.load_all(home, f"{month}-01") if r.date.startswith(month)]


def used_up_on(home: Home, now: datetime, limit: float) -> str:
    """The day of this month whose runs used up the `limit`; empty where none did."""
    spent = 0.0
    for record in _of_month(home, now):
        spent += record.cost_usd or 0.0
        if spent >= limit:
            return record.date
    return ""


def left_of_month(home: Home, now: datetime) -> float | None:
    """What `DIGEST_MONTH_USD` leaves for the rest of the month; None where nothing limits it."""
    limit = settings.month_usd()
    return None if limit is None else max(0.0, limit - spent_in_month(home, now))
