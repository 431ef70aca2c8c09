"""Since when a thing is wrong that no file of the home tells: since somebody looked first and saw it.

`archive/state/noticed.json` has for each such problem (by what makes it the same one tomorrow) the date when
it was noticed, until it is over. A monitor that asks for `digest status` every few minutes makes these dates
true; where nobody may write, or the disk is full, there are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from digest_lib.errors import StorageError
from digest_lib.files import read_json, write_json
from digest_lib.running.alarms import key_of
from digest_lib.running.condition import Problem
from digest_lib.settings import Home


def dated(home: Home, problems: Sequence[Problem], now: datetime) -> list[Problem]:
    """The problems, each with the date since when it is; those without one of their own are kept. With a
    clock that may be wrong nothing new is kept."""
    path = home.archive / "state" / "noticed.json"
    before = _read(path)
    seen = noticed(before, problems, str(now.astimezone(UTC).date()))
    may = home.archive.is_dir() and not any(problem.kind == "clock" for problem in problems)
    if may and seen != before:
        with suppress(StorageError):
            write_json(path, seen)
    dates = seen if may else before
    return [
        problem.model_copy(update={"since": problem.since or dates.get(key_of(problem), "")})
        for problem in problems
    ]


def noticed(before: Mapping[str, str], problems: Sequence[Problem], today: str) -> dict[str, str]:
    """The dates of what is wrong now and has none of its own: as it was noticed `before`, or today."""
    return {key_of(p): before.get(key_of(p), today) for p in problems if not p.since}


def _read(path: Path) -> dict[str, str]:
    try:
        return {str(key): str(date) for key, date in read_json(path).items()}
    except (OSError, ValueError, AttributeError):
        return {}
