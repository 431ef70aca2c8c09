"""What each gather and import did, a file each, by its day (UTC)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path
from uuid import uuid4

from digest_lib.articles.partitions import day_of
from digest_lib.articles.report import GatherReport
from digest_lib.files import read_json, write_json

_EVER = datetime.max.replace(tzinfo=UTC)


class GatherLog:
    """The log in `folder`. `broken`: the files that could not be read, with why; it is added to."""

    def __init__(self, folder: Path, broken: dict[Path, str]) -> None:
        self.folder = folder
        self._broken = broken

    def keep(self, report: GatherReport) -> None:
        """Keeps the report. Raises `StorageError`."""
        name = f"{report.when:%H%M%S}-{uuid4().hex}.json"
        day = report.when.astimezone(UTC).date()
        write_json(self.folder / f"day={day.isoformat()}" / name, report.to_json())

    def last(self, until: datetime = _EVER) -> datetime | None:
        """When the latest gather was, in whatever order they came, of those up to `until`; None where there
        was none."""
        end = f"day={until.astimezone(UTC).date()}"
        for folder in sorted((f for f in self.folder.glob("day=*") if f.name <= end), reverse=True):
            found = (report for _, report in self.files(folder) if report.kind == "gather")
            when = [report.when for report in found if report.when <= until]
            if when:
                return max(when)
        return None

    def between(self, since: datetime, until: datetime, kind: str = "") -> list[GatherReport]:
        """The reports of gathers and imports (or of one `kind`) after `since` and up to `until`, oldest
        first."""
        found = self.of_days(since.astimezone(UTC).date(), until.astimezone(UTC).date())
        in_window = (r for r in found if since < r.when <= until and kind in {"", r.kind})
        return sorted(in_window, key=lambda report: report.when)

    def of_days(self, first: Date, last: Date) -> list[GatherReport]:
        """The reports of these days (UTC), both included."""
        return [
            one for day, at in self._folders() if day and first <= day <= last for _, one in self.files(at)
        ]

    def check(self, first: Date, last: Date) -> None:
        """Reads every file of these days, and of folders that are no day's, so that what cannot be read is
        known."""
        for day, folder in self._folders():
            if day is None or first <= day <= last:
                deque(self.files(folder), maxlen=0)

    def files(self, folder: Path | None = None) -> Iterator[tuple[Path, GatherReport]]:
        """The files of a day's folder, or of all, each with its report."""
        for path in sorted(folder.glob("*.json") if folder else self.folder.glob("day=*/*.json")):
            try:
                yield path, GatherReport.from_json(read_json(path))
            except (OSError, ValueError, TypeError, KeyError, AttributeError):
                self._broken[path] = "not a gather report"

    def _folders(self) -> Iterator[tuple[Date | None, Path]]:
        return ((day_of(folder), folder) for folder in sorted(self.folder.glob("day=*")))
