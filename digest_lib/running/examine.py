"""Looking at a home: everything that `digest status` tells, read from its files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from datetime import date as Date
from pathlib import Path

from digest_lib import settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.care import torn
from digest_lib.articles.health import FeedHealth, feed_health
from digest_lib.articles.lost import all_lost
from digest_lib.day import Day
from digest_lib.publishing.guard import SET_ASIDE
from digest_lib.publishing.set_aside import all_set_aside
from digest_lib.running import ahead, claims, noticed, records, troubles
from digest_lib.running.budget import spent_in_month, used_up_on
from digest_lib.running.claims import State
from digest_lib.running.condition import Condition, Feed, Problem, Run, exit_code_of
from digest_lib.running.daily import unpublished
from digest_lib.running.families import load_all
from digest_lib.running.gone import gone
from digest_lib.running.records import Record
from digest_lib.running.status import llm_trouble
from digest_lib.settings import Home
from digest_lib.site.font_files import undressed

_ORDER = {"person": 0, "unknown": 1, "note": 2}
_STATES = {0: "fine", 1: "needs a person", 2: "cannot tell"}


def examine(home: Home, now: datetime, days: int = 7) -> Condition:
    """The condition of the home at `now`, by the runs of the last `days` days that any run is recorded of."""
    archive, today, states = Archive(home.archive), Day.today(now), claims.states(home)
    dated, latest = [*records.dates(home), *(state.date for state in states)], ahead.latest(now)
    # What is of a day that has not come is told by the clock's trouble, and counts for nothing else.
    dates = [date for date in records.dates(home) if date <= latest]
    waiting = [state for state in states if state.date <= latest]
    last = Day.of(dates[-1]) if dates else today
    recent = [r for r in records.load_all(home, str(last.shifted(1 - days))) if r.date <= latest]
    last_gather = archive.log.last()
    health, (known, bad) = feed_health(archive, now), load_all(home)
    under_way = {state.name for state in waiting}
    lacking = [r for r in gone(home, known) if r.date <= latest and r.name not in under_way]
    sizes = _sizes(archive)
    aside, lost = all_set_aside(home), all_lost(archive.folder)
    gathers, month, limit = last_gather is not None, round(spent_in_month(home, now), 6), settings.month_usd()
    found = [
        *troubles.clock(now, last_gather, max(dated, default=""), _right(archive, dates, now)),
        *troubles.stale(dates[-1] if dates else "", gathers, now),
        *troubles.never(bool(dates), gathers, waiting),
        *troubles.stopped(waiting),
        *troubles.hung(waiting, now),
        *troubles.site(unpublished(home)),
        *troubles.fonts(undressed() if home.site.is_dir() else ""),
        *troubles.disk(shutil.disk_usage(home.root).free, str(home.root)),
        *troubles.failed(recent),
        *troubles.missing(lacking, known, last.shifted(1 - days)),
        *troubles.llm(recent, last, days),
        *troubles.withheld(recent, last),
        *troubles.cost(month, limit, _used_up(home, now, month, limit)),
        *troubles.aside(aside, _moved({one.post: home.posts / SET_ASIDE / one.post for one in aside}, now)),
        *troubles.damage(lost, torn(archive), _moved({one.name: one.path for one in lost}, now)),
        *troubles.notebooks(known.values(), bad),
        *troubles.feeds(health),
        *_unread(home, dates, recent, last, days),
    ]
    found = noticed.dated(home, found, now)
    code = exit_code_of(found)
    return Condition.model_validate({
        "now": now.isoformat(), "state": _STATES[code], "exit_code": code, "today": str(today),
        "last_run": dates[-1] if dates else "", "last_gather": last_gather.isoformat() if last_gather else "",
        "families": sorted(set(known) | {r.family for r in recent}),
        "problems": sorted(found, key=lambda p: _ORDER[p.level]),
        "runs": _runs(recent, waiting, lacking), "feeds": [_feed(one) for one in health],
        "month_usd": month, "archive_bytes": sum(sizes.values()), "bytes_per_day": _growth(sizes),
    })  # fmt: skip


def _used_up(home: Home, now: datetime, month: float, limit: float | None) -> str:
    """The day since when the month's budget is used up; the records are looked at again only where it is."""
    return used_up_on(home, now, limit) if limit is not None and month >= limit else ""


def _right(archive: Archive, dates: Sequence[str], now: datetime) -> str:
    """The date of the latest gather or run that is not later than now; empty where there is none."""
    gathered = archive.log.last(now)
    return max([*dates[-1:], *([str(gathered.date())] if gathered else [])], default="")


def _moved(places: Mapping[str, Path], now: datetime) -> dict[str, str]:
    """Since which date the things lie where they do, by the disk; not where its clock says a later one."""
    found = {}
    for name, path in places.items():
        with suppress(OSError):
            found[name] = str(datetime.fromtimestamp(path.stat().st_ctime, UTC).date())
    return {name: date for name, date in found.items() if date <= str(now.date())}


def _unread(
    home: Home, dates: Sequence[str], recent: Sequence[Record], last: Day, days: int
) -> list[Problem]:
    """Records of these days that cannot be read: what they would tell is not known."""
    there = {p.name for d in dates if d >= str(last.shifted(1 - days)) for p in home.runs.glob(f"{d}-*.json")}
    missing = there - {f"{r.name}.json" for r in recent}
    return [
        Problem(
            kind="unread",
            level="unknown",
            subject=name,
            since=name[:10],
            says=f"archive/runs/{name} cannot be read; write it anew with: digest run --date {name[:10]} "
            f"--families {name[11:-5]}",
        )
        for name in sorted(missing)
    ]


def _runs(recent: Sequence[Record], waiting: Sequence[State], lacking: Sequence[Record]) -> list[Run]:
    states = {r.name: str(r.status) for r in recent} | {r.name: "missing" for r in lacking}
    under_way = {state.name: state for state in waiting}
    done = [
        Run.model_validate({
            "family": r.family, "date": r.date, "state": states[r.name], "stories": r.stories,
            "withheld": r.withheld, "supported": r.supported + r.repaired, "llm": r.llm,
            "cost_usd": r.cost_usd, "seconds": r.seconds, "trouble": r.error or llm_trouble(r),
        })
        for r in recent
        if r.name not in under_way
    ]  # fmt: skip
    done += [
        Run.model_validate({"family": s.family, "date": s.date, "state": s.state, "trouble": s.reason})
        for s in waiting
    ]
    return sorted(done, key=lambda run: (run.date, run.family), reverse=True)


def _feed(health: FeedHealth) -> Feed:
    since = f"{health.since:%Y-%m-%d}" if health.since else ""
    return Feed(title=health.title, url=health.url, state=health.state, since=since, detail=health.detail)


#: So many of the last days tell how much comes in a day.
_DAYS = 30
#: Bytes, by which the system counts what a file takes.
_BLOCK = 512


def _sizes(archive: Archive) -> dict[str, int]:
    """The bytes of the archive's tables by the partition they lie in (`day=…`)."""
    sizes: dict[str, int] = {}
    for path in (path for t in archive.tables.values() for path in t.files((Date.min, Date.max))):
        sizes[path.parent.name] = sizes.get(path.parent.name, 0) + _bytes(path)
    return sizes


def _growth(sizes: Mapping[str, int]) -> int:
    """By how many bytes a day the archive grew lately. A month's files hold older days together: they are not
    among the last ones."""
    last = sorted(sizes)[-_DAYS:]
    return round(sum(sizes[day] for day in last) / len(last)) if last else 0


def _bytes(path: Path) -> int:
    """What a file takes of the disk: most files of an archive are smaller than a block of it."""
    try:
        seen = path.stat()
    except OSError:
        return 0
    return getattr(seen, "st_blocks", 0) * _BLOCK or seen.st_size
