"""What a gather or an import did, feed by feed: the record that tells a quiet day from a blind one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal

_OK = range(200, 300)
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class FeedReport:
    """One feed in one gather. `status` is the HTTP status, 0 where there was none; `error` why it gave
    nothing; `dropped` names its unusable entries, `poisoned` those that hold the value of a secret of this
    machine, `undated` counts those without a date that can be read, and `unread` are some that are there and
    cannot; `moved` is where it says it is from now on. `unchanged`: it said what it had said before, and
    `items` are those of then."""

    title: str
    url: str
    status: int = 0
    items: int = 0
    new: int = 0
    error: str = ""
    dropped: tuple[str, ...] = ()
    moved: str = ""
    seconds: float = 0.0
    undated: int = 0
    unchanged: bool = False
    poisoned: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """True when the feed was heard: its entries, or that there is nothing new."""
        return not self.error and (self.status in _OK or self.status == _NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class GatherReport:
    """One gather or import, at the moment `when` (UTC), with the search queries that it asked."""

    when: datetime
    kind: Literal["gather", "import"] = "gather"
    feeds: tuple[FeedReport, ...] = ()
    queries: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        return sum(feed.new for feed in self.feeds)

    @property
    def answered(self) -> int:
        return sum(feed.answered for feed in self.feeds)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "when": self.when.isoformat()}

    @classmethod
    def from_json(cls, value: Any) -> GatherReport:
        """The report that `to_json` wrote. `ValueError`, `TypeError` or `KeyError` for anything else."""
        when = datetime.fromisoformat(value["when"])
        if when.tzinfo is None or value["kind"] not in {"gather", "import"}:
            raise ValueError("not a gather report")
        return cls(
            when.astimezone(UTC),
            value["kind"],
            tuple(_feed(feed) for feed in value["feeds"]),
            tuple(map(str, value["queries"])),
        )


def _feed(value: dict[str, Any]) -> FeedReport:
    known = {field.name for field in fields(FeedReport)}
    told = {name: said for name, said in value.items() if name in known}
    lists = {name: tuple(told.get(name, ())) for name in ("dropped", "poisoned", "unread")}
    return FeedReport(**{**told, **lists})
