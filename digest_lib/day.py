"""A day of the newsroom: its date and its cut-off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from datetime import date as Date
from zoneinfo import ZoneInfo

from digest_lib.errors import UserError

#: Readers live here: dates in posts are Taipei's, whatever the machine's time zone.
TAIPEI = ZoneInfo("Asia/Taipei")

#: A post of date D covers the news up to D 05:00 in Taipei, before its readers get up.
CUT_OFF = time(5, 0)


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date with the moment (UTC) up to which its posts cover the news."""

    date: Date
    cutoff: datetime

    @classmethod
    def of(cls, when: Date | str | int, cut_off: time = CUT_OFF) -> Day:
        """The day of a date, or of its text `YYYY-MM-DD`. A number such as 20260729 is what papermill makes
        of `-p date 20260729`. Raises `UserError` for anything else."""
        if isinstance(when, str | int):
            try:
                when = Date.fromisoformat(str(when).strip())
            except ValueError:
                raise UserError(f"«{when}» is not a date; write it as 2026-07-29") from None
        try:
            return cls(when, datetime.combine(when, cut_off, TAIPEI).astimezone(UTC))
        except OverflowError:
            raise UserError(f"{when} is at an end of the calendar; choose a date nearer to today") from None

    @classmethod
    def covering(cls, moment: datetime) -> Day:
        """The day whose post covers `moment`: the first whose cut-off is not before it."""
        day = cls.of(moment.astimezone(TAIPEI).date())
        return day if moment <= day.cutoff else day.shifted(1)

    @classmethod
    def today(cls, now: datetime) -> Day:
        """The latest day whose cut-off has come: the day that a newsroom writes at `now`."""
        day = cls.of(now.astimezone(TAIPEI).date())
        return day if now >= day.cutoff else day.shifted(-1)

    def shifted(self, days: int) -> Day:
        """The day so many days later (earlier, if negative), with the same hour of cut-off."""
        try:
            date = self.date + timedelta(days=days)
        except OverflowError:
            raise UserError(f"{self} is at an end of the calendar; choose a date nearer to today") from None
        return Day.of(date, self.cutoff.astimezone(TAIPEI).time())

    def with_cutoff(self, moment: datetime | str) -> Day:
        """The same date with another cut-off (aware, or ISO 8601 text with zone)."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        return Day(self.date, moment.astimezone(UTC))

    @property
    def cut_off_text(self) -> str:
        """The hour of the cut-off in Taipei, as notebooks write it: `05:00`."""
        return self.cutoff.astimezone(TAIPEI).strftime("%H:%M")

    def __str__(self) -> str:
        return self.date.isoformat()
