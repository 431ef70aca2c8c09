"""Whether the clock that a gather is dated by can be right: a wrong one makes news old, or of tomorrow, and a
day on which much happened quiet.

Two witnesses: the gathers before, which cannot be later than now, and what the feeds' servers say it is. The
second are asked only about the machine's own clock: a replay is told what time it is (`DIGEST_NOW`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median_low

from digest_lib.errors import WrongClock

#: Clocks are set back by a little all the time (NTP), and two machines never agree.
_BACK = timedelta(minutes=10)
#: Further off than this, news falls on another day. Servers are wrong by less, or are few.
_OFF = timedelta(hours=1)


def check_order(now: datetime, last: datetime | None) -> None:
    """Raises `WrongClock` when the last gather is later than now."""
    if last is not None and now < last - _BACK:
        raise WrongClock(
            f"the clock says {_told(now)}, which is before the last gather ({_told(last)}): set this "
            "machine's clock; if it is that gather which was dated wrongly, run: digest archive repair"
        )


def check_witnesses(now: datetime, served: Sequence[datetime]) -> None:
    """Raises `WrongClock` when the servers that answered say, by the middle one, that it is another time."""
    if not served:
        return
    middle = median_low(served)
    if abs(middle - now) > _OFF:
        who = "the server that answered says" if len(served) == 1 else f"{len(served)} servers say"
        raise WrongClock(
            f"the clock says {_told(now)}, but {who} that it is {_told(middle)}: set this machine's clock "
            "(timedatectl set-ntp true) and run again; nothing was archived"
        )


def served_at(headers: Mapping[str, str]) -> datetime | None:
    """What time it was for the server that answered; None where it does not say. A copy that a cache kept
    says how old it is."""
    try:
        # Where a server and what stands before it both say so, the last word is the server's.
        said = parsedate_to_datetime(headers["date"].rpartition("GMT, ")[2])
        age = int(headers.get("age", "0") or 0)
        return said.astimezone(UTC) + timedelta(seconds=max(0, age))
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _told(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
