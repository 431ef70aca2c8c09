"""What a clock that ran ahead has left: runs that are recorded, or wanted, of days that have not come.

Each stands until that day comes, and would then say that its day was run. A repair puts their records away,
in `archive/damaged/settled/runs/`, where nothing reads them any more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from digest_lib.articles.lost import FOLDER, SETTLED
from digest_lib.day import Day
from digest_lib.files import storage
from digest_lib.running import claims, records
from digest_lib.settings import Home

#: Clocks are set back by a little all the time: a run this early was not dated by a wrong one.
LATER = timedelta(minutes=10)
#: Where in the archive their records are put.
AWAY = f"{FOLDER}/{SETTLED}/runs"


def latest(now: datetime) -> str:
    """The date of the latest day that a run may be of at `now`."""
    return str(Day.today(now + LATER))


def put_away(home: Home, now: datetime) -> list[str]:
    """Puts the runs away that are of days after `now`, and returns a line for each thing done, and for each
    post of such a day, which a person has to look at. Raises `StorageError`."""
    last = latest(now)
    paths = [path for path in records.paths(home) if path.name[:10] > last]
    for path in paths:
        _move(path, home.archive / AWAY / f"{path.stem}.{now:%Y%m%dT%H%M%S}.json")
    for state in claims.states(home):
        if state.date > last:
            claims.settle(home, state.family, state.date)
    done = []
    if paths:
        days = " to ".join(sorted({paths[0].name[:10], paths[-1].name[:10]}))
        done = [f"{len(paths)} runs of {days}, which has not come, are set aside: archive/{AWAY}/"]
    posts = sorted(path.name for path in home.posts.glob("????-??-??-*") if path.name[:10] > last)
    return done + [f"posts/{name} is of a day that has not come: delete that folder" for name in posts]


def _move(path: Path, target: Path) -> None:
    with storage(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
