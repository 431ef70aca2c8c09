"""What is wrong with a newsroom, decided from what is known of it: touches no file and no network."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from digest_lib import owners, settings
from digest_lib.articles.health import FeedHealth
from digest_lib.articles.lost import Lost
from digest_lib.day import Day
from digest_lib.errors import BadNotebook
from digest_lib.publishing.set_aside import SetAside
from digest_lib.running import ahead, claims
from digest_lib.running.claims import State
from digest_lib.running.condition import Kind, Level, Problem
from digest_lib.running.daily import Unpublished
from digest_lib.running.families import Family
from digest_lib.running.gone import told
from digest_lib.running.records import Outcome, Record
from digest_lib.running.status import MOST_SAID, llm_trouble, llm_troubles

#: A run may end so long after the day's cut-off before anybody is told that there is none.
GRACE = timedelta(hours=6)
#: So many sentences of a day, and such a share of them, are withheld before anybody is told of it.
UNUSUAL, UNUSUAL_SHARE = 5, 0.2
#: A feed that fails for so many gathers in a row needs a person; before that, the web is the web.
FAILS = 3
#: `digest run` makes up for so many days by itself.
MOST_DAYS = 7
#: A run that has taken so long does nothing any more.
HUNG = timedelta(hours=2)
#: Bytes that a disk should have left.
LEAST_FREE = 300 * 2**20
#: What a person does about a feed.
_MEND = "look at it in a browser; mend its address in feeds.opml, or take it out"
_REMEDY = {
    "error": "its site may be down; if it has moved or ended, mend feeds.opml",
    "secret": "what it tells holds a secret of this machine: change that secret",
}


def stale(last: str, gathers: bool, now: datetime) -> list[Problem]:
    """Nothing has run for too long, in a newsroom that gathers (one that only plays old days may rest)."""
    today = Day.today(now)
    due = today if now >= today.cutoff + GRACE else today.shifted(-1)
    if not gathers or not last or last >= str(due):
        return []
    days = (today.date - Day.of(last).date).days
    ago = f"{days} days ago" if days > 1 else "yesterday"
    catch_up = "digest run" if days <= MOST_DAYS else f"digest backfill --from {Day.of(last).shifted(1)}"
    says = f"nothing has run since {last} ({ago}): does the scheduler still run? Catch up with: {catch_up}"
    return [_person("stale", last, says, last)]


def never(records: bool, gathers: bool, states: Sequence[State]) -> list[Problem]:
    """Feeds were fetched, and no run is recorded: whether anything is wrong cannot be told."""
    if records or not gathers or states:
        return []
    says = "feeds were gathered, and nothing was ever run; start with: digest run"
    return [Problem(kind="stale", level="unknown", subject="runs", says=says)]


def stopped(states: Sequence[State]) -> list[Problem]:
    """Runs that were wanted and came to nothing: stopped before their records, or not begun."""
    found = []
    for state in states:
        if state.state == claims.RUNNING or claims.is_waiting(state):
            continue
        why = state.reason or "the command that wanted it stopped before it began"
        says = f"{state.date} {state.family} has no outcome: {why}; run it with: {_again(state)}"
        level: Level = "note" if state.state == claims.SKIPPED else "person"
        found.append(Problem(kind="stopped", level=level, subject=state.name, says=says, since=state.date))
    return found


def hung(states: Sequence[State], now: datetime) -> list[Problem]:
    """Runs whose process lives, and has taken longer than any should; where none runs, what waits so long."""
    running = [state for state in states if state.state == claims.RUNNING]
    waiting = [state for state in states if claims.is_waiting(state)][:1]
    return [
        _person(
            "hung",
            one.name,
            f"{one.date} {one.family} is {one.state} since {_minute(one.since)} UTC "
            f"({owners.told(one.owner)}): it hangs, or is slow; end that process if it does nothing, and "
            "then: digest run",
            one.since[:10],
        )
        for one in running or waiting
        if now - datetime.fromisoformat(one.since) > HUNG
    ]


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def site(unpublished: Unpublished | None) -> list[Problem]:
    """The posts are there, and readers do not get them."""
    if unpublished is None:
        return []
    since = _minute(unpublished.since)
    says = f"readers see the site as it was before {since} UTC: {unpublished.says}; once mended: digest daily"
    return [_person("site", unpublished.what, says, since[:10])]


def fonts(told: str) -> list[Problem]:
    """Readers may see boxes: nothing that a person is called for, but the site lacks its own text face."""
    if not told:
        return []
    says = f"the site has no Chinese text face of its own: {told}; then: digest render"
    return [Problem(kind="site", level="note", subject="fonts", says=says)]


def disk(free: int, root: str) -> list[Problem]:
    """Hardly anything can be written any more: a run needs some hundred megabytes for a while."""
    if free >= LEAST_FREE:
        return []
    says = (
        f"the disk of {root} has {free / 2**20:.0f} MB left, and a run may need {LEAST_FREE / 2**20:.0f}: "
        "make room there; see also: digest tidy, DIGEST_TEXT_DAYS, DIGEST_CACHE_MB"
    )
    return [_person("disk", "disk", says)]


def _person(kind: Kind, subject: str, says: str, since: str = "") -> Problem:
    return Problem(kind=kind, level="person", subject=subject, says=says, since=since)


def _again(of: State | Record, *others: Record) -> str:
    families = ",".join([of.family, *(other.family for other in others)])
    return f"digest run --date {of.date} --families {families}"


def failed(records: Sequence[Record]) -> list[Problem]:
    """Runs that published nothing, those of a day that failed for one reason in one line, and posts that
    later ones made out of date. Blind days are past mending: the last day's needs a person, who may still
    gather."""
    last = max((r.date for r in records), default="")
    found = []
    for first, *others in _alike(r for r in records if not r.ok):
        if first.status is Outcome.BLIND:
            level: Level = "person" if first.date == last else "note"
            found.append(_of([first, *others], "blind", level, first.error))
        else:
            said = f"failed, {first.error}; once that is mended: {_again(first, *others)}"
            found.append(_of([first, *others], "failed", "person", said))
    for record in records:
        if record.ok and record.stale:
            says = f"written before {record.stale} was filled in; run it again with: {_again(record)}"
            found.append(_of([record], "outdated", "note", says))
    return sorted(found, key=lambda p: p.subject, reverse=True)


def _alike(records: Iterable[Record]) -> list[list[Record]]:
    """The records by their day and what came of them, and why: what keeps one family often keeps all."""
    found: dict[tuple[str, str, str], list[Record]] = {}
    for record in records:
        found.setdefault((record.date, record.status, record.error), []).append(record)
    return list(found.values())


def _of(records: Sequence[Record], kind: Kind, level: Level, says: str) -> Problem:
    """A problem of one run, or of several of a day that have the same one."""
    first = records[0]
    subject = first.name if len(records) == 1 else f"{first.date}: {first.error}"
    families = ", ".join(record.family for record in records)
    says = f"{first.date} {families}: {says}"
    return Problem(kind=kind, level=level, subject=subject, says=says, since=first.date)


def missing(gone: Sequence[Record], families: Collection[str], first: Day) -> list[Problem]:
    """Published posts that are `gone`. Of days before `first` a person may have deleted them for good."""
    if not gone:
        return []
    level: Level = "person" if gone[-1].date >= str(first) else "note"
    return [Problem(kind="missing", level=level, subject="posts", says=told(gone, families))]


def llm(records: Sequence[Record], last: Day, days: int) -> list[Problem]:
    """The llm's troubles; those of the last day need a person, and so does an llm that writes no more since
    nobody gives its key."""
    found: list[Problem] = []
    newest = [r for r in records if r.ok and r.date == str(last)]
    level: Level = "person" if any(map(llm_trouble, newest)) else "note"
    found += [
        Problem(kind="llm", level=level, subject="llm", says=f"{says}. See: digest doctor", since=since)
        for since, says in llm_troubles(records, last, days)
    ]
    before = {r.family: r for r in records if r.ok and r.llm not in {"", "offline"}}
    gone = [r for r in newest if r.note == settings.LLM_NOT_SET_UP and r.family in before]
    if gone:
        names = ", ".join(sorted(r.family for r in gone))
        says = (
            f"{names}: written offline on {last}, and by {before[gone[0].family].llm} before: "
            f"{settings.LLM_NOT_SET_UP} for the scheduler; give it its key, and then: digest run --again"
        )
        found.append(
            Problem(kind="llm", level="person", subject="llm-key", says=says[:MOST_SAID], since=str(last))
        )
    return found


def withheld(records: Sequence[Record], last: Day) -> list[Problem]:
    """Far more was withheld on the last day than before: the llm, a prompt or the check has changed."""
    days: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for record in records:
        if record.ok and (sentences := record.supported + record.repaired + record.withheld):
            days[record.date == str(last)].append((record.withheld, sentences))
    out, of = (sum(column) for column in zip(*days[True], strict=True)) if days[True] else (0, 0)
    before = [out / of for out, of in days[False]]
    usual = median(before) if before else 0.0
    if out < UNUSUAL or out / of <= max(UNUSUAL_SHARE, 3 * usual):
        return []
    says = (
        f"{out} of {of} sentences of {last} were withheld ({out / of:.0%}; usually {usual:.0%}): "
        "look at that day's posts, and at what changed since (the llm, a prompt)"
    )
    return [_person("withheld", "withheld", says, str(last))]


def cost(month: float, limit: float | None, since: str = "") -> list[Problem]:
    """The month's budget is used up, `since` some day's runs."""
    if limit is None or month < limit:
        return []
    says = (
        f"this month's runs cost ${month:.2f}, and may cost ${limit:.2f}: until it is over, posts "
        "are written offline; or raise DIGEST_MONTH_USD"
    )
    return [_person("cost", "month", says, since)]


def feeds(health: Sequence[FeedHealth]) -> list[Problem]:
    """The feeds that are not as they were. One that failed lately may be back tomorrow; where none answered,
    it is no feed's fault."""
    nobody = _no_answer(health)
    found = list(nobody)
    for feed in health:
        if feed.state == "ok" or (nobody and feed.state != "secret"):
            continue
        since = f"{feed.since:%Y-%m-%d}" if feed.since else ""
        level: Level = "note" if feed.state == "error" and feed.fails < FAILS else "person"
        if feed.state == "moved" and "run:" not in feed.detail:
            level = "note"
        says = f"feed {feed.title}: {feed.state}" + (f" since {since}" if since else "")
        says += f", {feed.detail}" if feed.detail and not (since and feed.detail.endswith(since)) else ""
        says += "" if "digest feeds" in says else f"; {_REMEDY.get(feed.state, _MEND)}"
        found.append(Problem(kind="feed", level=level, subject=feed.title, says=says, since=since))
    return found


def _no_answer(health: Sequence[FeedHealth]) -> list[Problem]:
    """Of several feeds not one answered the last gather."""
    if len(health) < 2 or not all(feed.fails for feed in health):  # noqa: PLR2004 (one alone may be down)
        return []
    since = max((f"{feed.since:%Y-%m-%d}" for feed in health if feed.since), default="")
    says = (
        f"no feed answered the last gather ({len(health)} asked; the first: {health[0].detail}): is this "
        "machine online? Once it is: digest run"
    )
    return [_person("feed", "all feeds", says, since)]


def aside(posts: Sequence[SetAside], since: Mapping[str, str]) -> list[Problem]:
    """Posts that no reader sees; `since` when, by their names, as far as it is known."""
    return [_person("set-aside", p.post, str(p), since.get(p.post, "")) for p in posts]


def damage(lost: Sequence[Lost], torn: Sequence[str], since: Mapping[str, str]) -> list[Problem]:
    """Files of the archive that cannot be read: set aside already, or about to be by the next run; `since`
    when, by their names, as far as it is known."""
    names = [f"{one.name} cannot be read and is set aside" for one in lost]
    names += [f"{name} is cut short" for name in torn]
    subjects = [*(one.name for one in lost), *torn]
    return [
        _person("archive", s, f"archive: {n}. See: digest archive check", since.get(s, ""))
        for s, n in zip(subjects, names, strict=True)
    ]


def notebooks(families: Iterable[Family], bad: Iterable[BadNotebook]) -> list[Problem]:
    """Notebooks that cannot be a family's, and what seems to be a slip in others."""
    found = [Problem(kind="notebook", level="person", subject=b.path, says=str(b)) for b in bad]
    for family in families:
        path = f"notebooks/{family.path.name}"
        says = [f"{path}: {doubt}" for doubt in family.doubts]
        found += [Problem(kind="notebook", level="note", subject=path, says=one) for one in says]
    return found


def clock(now: datetime, last_gather: datetime | None, last: str, right: str = "") -> list[Problem]:
    """What is dated later than now was dated by a clock that was wrong; or this one is. `right`: the date of
    the latest gather or run that is not."""
    gathered_later = last_gather is not None and last_gather > now + ahead.LATER
    if not gathered_later and last <= ahead.latest(now):
        return []
    what = f"a gather of {last_gather:%Y-%m-%d}" if gathered_later else f"a run of {last}"
    until = f", and what came up to {right} is not" if right else ""
    says = (
        f"{what} is later than now ({now:%Y-%m-%d %H:%M} UTC){until}: set this machine's clock; where it is "
        "right now and was wrong then: digest archive repair"
    )
    return [_person("clock", "clock", says, right)]
