"""Run records: one JSON file per (family, date), the truth about what ran."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date as Date
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from digest_lib.errors import BadNotebook
from digest_lib.files import read_json, write_json
from digest_lib.settings import Home


class Outcome(StrEnum):
    """How a run ended."""

    PUBLISHED = "published"
    QUIET = "quiet"  #: published, and honestly says that there was no news
    BLIND = "blind"  #: nothing had been gathered; nothing is published
    FAILED = "failed"
    SKIPPED = "skipped"  #: not run, since another process did, or the time was up; nothing is recorded


#: The outcomes after which a post of that day stands.
STANDS = (Outcome.PUBLISHED, Outcome.QUIET)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one run. Times are ISO 8601 (UTC)."""

    family: str
    date: str
    status: Outcome
    started: str
    seconds: float
    cutoff: str = ""
    #: new, unchanged or corrected: what publishing did with the post
    post: str = ""
    llm: str = ""
    articles: int = 0
    matched: int = 0
    stories: int = 0
    supported: int = 0
    repaired: int = 0
    withheld: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    error: str = ""
    #: why an llm that was asked for did not write, or not all of it
    note: str = ""
    #: the model that answered, where it says to be another than the one asked for
    answered: str = ""
    #: what else did not go as it should while an llm was asked
    warning: str = ""
    #: the date of an earlier post that was filled in after this one had been written
    stale: str = ""
    #: the run that this is of: no other run has the same
    run: str = ""

    @property
    def name(self) -> str:
        return f"{self.date}-{self.family}"

    @property
    def ok(self) -> bool:
        return self.status in STANDS


def path_of(home: Home, family: str, date: str) -> Path:
    return home.runs / f"{date}-{family}.json"


def save(home: Home, record: Record) -> None:
    """Writes the record, atomically. Raises `StorageError`."""
    write_json(path_of(home, record.family, record.date), asdict(record))


def note_unreadable(home: Home, problem: BadNotebook, dates: Iterable[str], now: datetime) -> None:
    """Records that a notebook could not run on these dates, where nothing is known of them: `digest status`
    names it then."""
    family = Path(problem.path).stem
    for date in sorted(dates):
        if load(home, family, date) is None:
            save(home, Record(family, date, Outcome.FAILED, now.isoformat(), 0.0, error=problem.problem))


def read(path: Path) -> Record | None:
    """The record of a file; None for one that is missing or unreadable, which counts as never run."""
    try:
        raw = read_json(path)
        known = {f.name for f in fields(Record)}
        values = {k: v for k, v in raw.items() if k in known}
        Date.fromisoformat(values["date"])
        record = Record(**{**values, "status": Outcome(values["status"])})
        return record if all(_typed(record, name, kind) for name, kind in _KINDS.items()) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


#: What a record's fields must be for anything to be counted with them.
_KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("family", "date", "started", "cutoff", "error", "note", "stale", "post"), str),
    **dict.fromkeys(("llm", "answered", "warning", "run"), str),
    **dict.fromkeys(("articles", "matched", "stories", "supported", "repaired", "withheld"), int),
    **dict.fromkeys(("input_tokens", "output_tokens"), int),
    "seconds": (int, float),
    "cost_usd": (int, float, type(None)),
}


def _typed(record: Record, name: str, kind: type | tuple[type, ...]) -> bool:
    return isinstance(getattr(record, name), kind)


def load(home: Home, family: str, date: str) -> Record | None:
    return read(path_of(home, family, date))


def load_all(home: Home, since: str = "", family: str = "") -> list[Record]:
    """Every readable record, oldest date first: from the date `since` on and of the `family`, where given."""
    paths = [p for p in sorted(home.runs.glob("*.json")) if p.name[:10] >= since]
    mine = [p for p in paths if not family or p.stem[11:] == family]
    return [r for p in mine if (r := read(p)) is not None]


def dates(home: Home) -> list[str]:
    """The dates that any run is recorded of, oldest first, by the records' names alone."""
    return sorted({path.name[:10] for path in paths(home)})


def paths(home: Home) -> list[Path]:
    """The records' files, oldest date first."""
    return sorted(home.runs.glob("????-??-??-*.json"))


def later(records: Iterable[Record], record: Record) -> list[Record]:
    """The standing records of the same family for dates after `record`'s."""
    return [r for r in records if r.family == record.family and r.date > record.date and r.ok]
