"""`digest status`: what it says of a newsroom, how it ends, and what machines are told."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter
from rich.console import Console

from digest_lib import owners, settings
from digest_lib.articles.archive import Archive
from digest_lib.articles.health import FeedHealth
from digest_lib.articles.report import FeedReport, GatherReport
from digest_lib.cli import main
from digest_lib.day import Day
from digest_lib.errors import RenderFailed
from digest_lib.publishing.set_aside import move_aside
from digest_lib.running import claims, records, troubles
from digest_lib.running.condition import Condition, Problem
from digest_lib.running.daily import noted
from digest_lib.running.examine import examine
from digest_lib.running.families import new_family
from digest_lib.running.noticed import noticed
from digest_lib.running.records import Outcome, Record
from digest_lib.running.status_table import show
from digest_lib.settings import Home
from digest_lib.site.font_files import boxes, missed

NOW = datetime(2026, 7, 29, 4, tzinfo=UTC)
RECORD = Record(
    "qwen", "2026-07-29", Outcome.PUBLISHED, "2026-07-28T21:00:00+00:00", 3.2, stories=4, llm="gpt"
)


def levels(problems: Sequence[Problem]) -> list[str]:
    return [problem.level for problem in problems]


@pytest.mark.parametrize(("last", "gathers", "now", "says"), [
    ("2026-07-29", True, NOW, ""),
    ("2026-07-28", True, datetime(2026, 7, 28, 22, tzinfo=UTC), ""),  # an hour after the cut-off
    ("2026-07-28", True, NOW, "nothing has run since 2026-07-28 (yesterday)"),
    ("2026-07-08", True, NOW, "nothing has run since 2026-07-08 (21 days ago)"),
    ("2026-07-08", False, NOW, ""),  # a home that only plays what was imported
    ("", True, NOW, ""),
])  # fmt: skip
def test_stale_is_when_nothing_ran_for_too_long(last: str, gathers: bool, now: datetime, says: str) -> None:
    found = troubles.stale(last, gathers, now)
    assert [p.says.startswith(says) for p in found] == ([True] if says else [])


@pytest.mark.parametrize(("changes", "level"), [
    ([{}], []),
    ([{"status": Outcome.FAILED, "error": "its kernel died"}], ["person"]),
    ([{"status": Outcome.BLIND}], ["person"]),
    ([{"status": Outcome.BLIND, "date": "2026-07-28"}, {}], ["note"]),  # past mending
    ([{"stale": "2026-07-20"}], ["note"]),
])  # fmt: skip
def test_runs_that_published_nothing(changes: list[dict[str, object]], level: list[str]) -> None:
    assert levels(troubles.failed([replace(RECORD, **c) for c in changes])) == level


@pytest.mark.parametrize(("changes", "level", "says"), [
    ([{}], [], ""),
    ([{"note": "the day: no connection", "llm": "offline"}], ["person"], "the llm failed in 1 run"),
    ([{"date": "2026-07-28", "note": "the day: no connection"}, {}], ["note"], "the llm failed in 1 run"),
    ([{"llm": "offline", "note": settings.LLM_NOT_SET_UP}], [], ""),  # never had one
    ([{"date": "2026-07-28"}, {"llm": "offline", "note": settings.LLM_NOT_SET_UP}], ["person"],
     "qwen: written offline on 2026-07-29, and by gpt before"),
])  # fmt: skip
def test_an_llm_that_fails_or_is_gone(changes: list[dict[str, str]], level: list[str], says: str) -> None:
    found = troubles.llm([replace(RECORD, **c) for c in changes], Day.of("2026-07-29"), 7)  # type: ignore[arg-type]
    assert levels(found) == level
    assert all(says in p.says for p in found)


@pytest.mark.parametrize(("before", "today", "unusual"), [
    ([(1, 40)] * 6, (2, 40), False),
    ([(1, 40)] * 6, (20, 40), True),
    ([(15, 40)] * 6, (20, 40), False),  # as always here
    ([], (20, 40), True),
    ([(1, 40)] * 6, (3, 4), False),  # too few to say
])  # fmt: skip
def test_far_more_withheld_than_usual(
    before: list[tuple[int, int]], today: tuple[int, int], unusual: bool
) -> None:
    days = [(f"2026-07-{28 - n}", share) for n, share in enumerate(before)] + [("2026-07-29", today)]
    runs = [replace(RECORD, date=date, withheld=out, supported=of - out) for date, (out, of) in days]
    assert bool(troubles.withheld(runs, Day.of("2026-07-29"))) is unusual


def test_a_month_that_costs_too_much() -> None:
    assert not troubles.cost(9.0, None) and not troubles.cost(9.0, 10.0)
    assert "cost $12.00, and may cost $10.00" in troubles.cost(12.0, 10.0)[0].says


@pytest.mark.parametrize(("feed", "level"), [
    (FeedHealth("A", "u"), []),
    (FeedHealth("A", "u", "error", NOW, "HTTP 500", 1), ["note"]),
    (FeedHealth("A", "u", "error", NOW, "HTTP 500", 3), ["person"]),
    (FeedHealth("A", "u", "silent", NOW, "nothing new"), ["person"]),
    (FeedHealth("A", "u", "moved", NOW, "has moved; run: digest feeds update"), ["person"]),
    (FeedHealth("A", "u", "moved", NOW, "has moved"), ["note"]),
])  # fmt: skip
def test_feeds_that_are_not_as_they_were(feed: FeedHealth, level: list[str]) -> None:
    assert levels(troubles.feeds([feed])) == level


def test_where_no_feed_answered_one_line_says_so() -> None:
    """Its advice is the machine's, not one for each feed; what a feed told before is told still."""
    down = [
        FeedHealth(f"F{n}", "u", "error", NOW, "no such host (1 in a row; never heard)", 1) for n in range(3)
    ]
    leak = FeedHealth("L", "u", "secret", NOW, "OPENAI_API_KEY", 1)
    (problem,) = troubles.feeds(down)
    assert problem.level == "person"
    assert problem.says == (
        "no feed answered the last gather (3 asked; the first: no such host (1 in a row; never heard)): is "
        "this machine online? Once it is: digest run"
    )
    assert [p.subject for p in troubles.feeds([*down, leak])] == ["all feeds", "L"]
    assert [p.subject for p in troubles.feeds([*down, FeedHealth("A", "u")])] == ["F0", "F1", "F2"]


def test_runs_that_failed_for_one_reason_are_one_line() -> None:
    gone = {"status": Outcome.BLIND, "error": "nothing was gathered"}
    full = {"status": Outcome.FAILED, "error": "the disk is full"}
    runs = [
        *(replace(RECORD, family=name, date="2026-07-28", **gone) for name in ("claude", "gpt")),  # type: ignore[arg-type]
        *(replace(RECORD, family=name, **full) for name in ("claude", "gpt")),  # type: ignore[arg-type]
        replace(RECORD, status=Outcome.FAILED, error="its kernel died"),
    ]
    again = "once that is mended: digest run --date 2026-07-29 --families"
    assert [(p.level, p.says) for p in troubles.failed(runs)] == [
        ("person", f"2026-07-29 claude, gpt: failed, the disk is full; {again} claude,gpt"),
        ("person", f"2026-07-29 qwen: failed, its kernel died; {again} qwen"),
        ("note", "2026-07-28 claude, gpt: nothing was gathered"),
    ]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A newsroom of one family that gathered and published today."""
    monkeypatch.setenv("DIGEST_NOW", NOW.isoformat())
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_quarto.yml").touch()
    home = Home(tmp_path)
    new_family(home, "qwen")
    gathered(home, NOW - timedelta(hours=5))
    published(home, RECORD)
    return home


def published(home: Home, record: Record) -> None:
    records.save(home, record)
    (home.posts / record.name).mkdir(parents=True, exist_ok=True)
    (home.posts / record.name / "index.ipynb").touch()


def gathered(home: Home, when: datetime) -> None:
    report = GatherReport(when, feeds=(FeedReport("島嶼報", "http://press.example/feed", 200, items=3),))
    Archive(home.archive).log.keep(report)


def status(home: Home, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--home", str(home.root), "status", *words], catch_exceptions=False)
    return done.exit_code, done.output


def post_set_aside(home: Home) -> None:
    (home.posts / "2026-07-28-qwen").mkdir(parents=True)
    move_aside(home.posts / "2026-07-28-qwen", "a script")


def stopped_run(home: Home) -> None:
    claims.want(home, [("qwen", "2026-07-28")])
    path = claims.folder(home) / "2026-07-28-qwen.json"
    state = json.loads(path.read_text())
    host = state["owner"].partition("-")[0]
    path.write_text(json.dumps({**state, "owner": f"{host}-999999999-1"}))  # killed since


def damaged_file(home: Home) -> None:
    path = home.archive / "articles" / "day=2026-07-20" / "a.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PAR1half")


def not_rendered(home: Home) -> None:
    with suppress(RenderFailed), noted(home, "render", NOW - timedelta(days=1)):
        raise RenderFailed("quarto", "exit code 83")


def hung_run(home: Home) -> None:
    claims.claim(home, "qwen", "2026-07-28")
    path = claims.folder(home) / "2026-07-28-qwen.json"
    state = {**json.loads(path.read_text()), "since": "2026-07-28T21:08:11+00:00"}
    path.write_text(json.dumps(state))


@pytest.mark.parametrize(("act", "code", "kind"), [
    (lambda home: None, 0, None),
    (post_set_aside, 1, "set-aside"),
    (stopped_run, 1, "stopped"),
    (damaged_file, 1, "archive"),
    (not_rendered, 1, "site"),
    (hung_run, 1, "hung"),
    (lambda home: gathered(home, NOW + timedelta(days=30)), 1, "clock"),
    (lambda home: records.save(home, replace(RECORD, status=Outcome.FAILED, error="x")), 1, "failed"),
    (lambda home: (home.notebooks / "bad.ipynb").write_text("{"), 1, "notebook"),
    (lambda home: (home.runs / "2026-07-29-gpt.json").write_text("{"), 2, "unread"),
    (lambda home: [p.unlink() for p in home.runs.iterdir()], 2, "stale"),
])  # fmt: skip
def test_the_exit_code_is_for_monitors(home: Home, act, code: int, kind: str | None) -> None:  # type: ignore[no-untyped-def]
    act(home)
    found, output = status(home, "--json")
    assert found == code
    told = TypeAdapter(Condition).validate_json(output)  # nothing beside what the schema has
    assert (told.exit_code, told.state) == (code, ["fine", "needs a person", "cannot tell"][code])
    assert {p.kind for p in told.problems} == ({kind} if kind else set())
    assert status(home)[0] == code


def test_a_render_that_fails_is_told_since_it_first_did_and_until_one_does_not(home: Home) -> None:
    for days in (3, 1):
        with suppress(RenderFailed), noted(home, "render", NOW - timedelta(days=days)):
            raise RenderFailed("quarto", "exit code 83")
    (problem,) = examine(home, NOW).problems
    assert (problem.since, problem.subject) == ("2026-07-26", "render")
    assert problem.says.startswith(
        "readers see the site as it was before 2026-07-26 04:00 UTC: quarto could not"
    )
    with noted(home, "render", NOW):
        pass
    assert examine(home, NOW).problems == []


@pytest.mark.parametrize(("hours", "state", "others", "found"), [
    (1, "running", [], 0), (3, "running", [], 1), (3, "pending", [], 1), (1, "pending", [], 0),
    (3, "pending", ["running"], 0),  # it waits for its turn
])  # fmt: skip
def test_a_run_that_takes_far_too_long(hours: int, state: str, others: list[str], found: int) -> None:
    def of(what: str, since: timedelta) -> claims.State:
        return claims.State("qwen", "2026-07-29", what, (NOW - since).isoformat(), owners.mine())

    states = [of(state, timedelta(hours=hours)), *(of(other, timedelta(minutes=5)) for other in others)]
    told = troubles.hung(states, NOW)
    assert len(told) == found
    assert all(f"(process {os.getpid()})" in problem.says for problem in told)


def test_a_disk_that_is_nearly_full() -> None:
    assert not troubles.disk(2**30, "/news")
    (problem,) = troubles.disk(40 * 2**20, "/news")
    assert problem.says.startswith(
        "the disk of /news has 40 MB left, and a run may need 300: make room there"
    )


def test_what_has_no_date_of_its_own_is_wrong_since_it_was_noticed() -> None:
    """A bad notebook, a full disk: no file says since when."""
    disk, feed = troubles.disk(0, "/news")[0], troubles.disk(0, "/news")[0].model_copy(update={"since": "x"})
    days = [([disk, feed], {"disk: disk": "2026-07-28"}), ([disk], {"disk: disk": "2026-07-28"}), ([], {})]
    seen: dict[str, str] = {}
    for number, (wrong, kept) in enumerate(days):
        seen = noticed(seen, wrong, f"2026-07-{28 + number}")
        assert seen == kept


def test_since_when_it_is_stands_with_the_clock_the_budget_and_what_was_noticed(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_MONTH_USD", "5")
    for day in (3, 9, 12):
        published(home, replace(RECORD, date=f"2026-07-{day:02}", cost_usd=2.6))
    (home.notebooks / "bad.ipynb").write_text("{")
    since = {"cost": "2026-07-09", "notebook": "2026-07-29"}
    for later in (timedelta(), timedelta(hours=14)):  # the next day, before a run is missed
        assert {p.kind: p.since for p in examine(home, NOW + later).problems} == since
    gathered(home, NOW + timedelta(days=30))
    assert {p.kind: p.since for p in examine(home, NOW).problems} == {**since, "clock": "2026-07-29"}
    monkeypatch.delenv("DIGEST_MONTH_USD")
    assert "(since 2026-07-29)" in status(home)[1]


def test_a_machine_without_chinese_fonts() -> None:
    assert not troubles.fonts("")
    (problem,) = troubles.fonts(missed(boxes(())))
    assert (problem.level, problem.subject) == ("note", "fonts")
    assert "(pip install " in problem.says and problem.says.endswith("then: digest render")


def ran_ahead(home: Home) -> None:
    """What `digest run` leaves under a clock that says 2031: a gather, records of eight days, and a run that
    was killed before it had any."""
    gathered(home, AHEAD)
    for day in (25, 26, 27, 28, 29, 30, 31):
        records.save(home, replace(RECORD, date=f"2030-12-{day}", status=Outcome.BLIND, error="nothing"))
    records.save(home, replace(RECORD, date="2031-01-01"))
    claims.want(home, [("gpt", "2031-01-01")])
    (home.posts / "2031-01-01-qwen").mkdir(parents=True)


AHEAD = datetime(2031, 1, 1, tzinfo=UTC)


def test_a_clock_that_ran_ahead_is_over_once_it_is_repaired(home: Home) -> None:
    before = examine(home, NOW)
    ran_ahead(home)
    wrong = examine(home, NOW)
    assert [(p.kind, p.says.partition(" is later")[0]) for p in wrong.problems] == [
        ("clock", "a gather of 2031-01-01")
    ]
    assert (wrong.runs, wrong.last_run) == (before.runs, "2026-07-29")
    repair = ["--home", str(home.root), "archive", "repair"]
    said = CliRunner().invoke(main, repair, catch_exceptions=False).output
    assert "a gather of 2031-01-01 is set aside\n" in said
    assert "8 runs of 2030-12-25 to 2031-01-01, which has not come, are set aside" in said
    assert "posts/2031-01-01-qwen is of a day that has not come: delete that folder\n" in said
    assert len(list((home.archive / "damaged/settled/runs").glob("*.json"))) == 8
    (home.posts / "2031-01-01-qwen").rmdir()
    assert "Nothing is damaged." in CliRunner().invoke(main, repair, catch_exceptions=False).output
    assert examine(home, NOW) == before


def test_a_run_that_is_minutes_early_was_not_dated_by_a_wrong_clock() -> None:
    early = Day.of("2026-07-29").cutoff - timedelta(minutes=5)
    assert not troubles.clock(early, early, "2026-07-29")
    assert troubles.clock(early - timedelta(hours=1), early, "2026-07-29")


def test_posts_that_are_gone_are_named_with_what_makes_them_again(home: Home) -> None:
    """Not those of a family without a notebook, nor what a person is told of as set aside."""
    for day, family in ((1, "qwen"), (27, "qwen"), (28, "qwen"), (28, "gone")):
        records.save(home, replace(RECORD, family=family, date=f"2026-07-{day:02}"))
    post_set_aside(home)
    shutil.rmtree(home.posts / RECORD.name)
    new_family(home, "gpt")
    says = (
        "published, and not in posts/ any more: 2026-07-01-qwen, 2026-07-27-qwen, 2026-07-29-qwen; made "
        "again with: digest backfill --from 2026-07-01 --to 2026-07-29 --families qwen"
    )
    condition = examine(home, NOW)
    assert [p.says for p in condition.problems if p.kind == "missing"] == [says]
    states = {f"{run.date}-{run.family}": run.state for run in condition.runs}
    assert [name for name, state in sorted(states.items()) if state == "missing"] == [
        "2026-07-27-qwen", "2026-07-29-qwen",
    ]  # fmt: skip
    told = CliRunner().invoke(main, ["--home", str(home.root), "doctor"], catch_exceptions=False).output
    assert says in told


@pytest.mark.parametrize(("date", "level"), [("2026-07-23", "person"), ("2026-07-22", "note")])
def test_a_post_of_long_ago_may_have_been_deleted_for_good(home: Home, date: str, level: str) -> None:
    records.save(home, replace(RECORD, date=date))
    assert [(p.kind, p.level) for p in examine(home, NOW).problems] == [("missing", level)]


def archive_in(home: Home) -> str:
    """What `digest doctor` says of the archive."""
    said = CliRunner().invoke(main, ["--home", str(home.root), "doctor"], catch_exceptions=False).output
    return next(line for line in said.splitlines() if line[2:].startswith("archive"))


def test_doctor_says_of_a_damaged_archive_what_status_says(home: Home) -> None:
    assert archive_in(home).startswith("· archive")
    damaged_file(home)
    name = "articles/day=2026-07-20/a.parquet"
    assert archive_in(home).startswith("✗ archive")
    assert archive_in(home).endswith(f"{name} is cut short. See: digest archive check")
    checked = ["--home", str(home.root), "archive", "check"]
    assert CliRunner().invoke(main, checked, catch_exceptions=False).exit_code == 1
    assert archive_in(home).endswith(f"{name} cannot be read and is set aside. See: digest archive check")


#: What a line must say beside what is wrong: what a person is to do about it.
REMEDIES = ("digest ", "feeds.opml", "DIGEST_")


def test_each_line_says_what_to_do(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_MONTH_USD", "5")
    for act in (post_set_aside, stopped_run, damaged_file, not_rendered):
        act(home)
    (home.runs / "2026-07-29-gpt.json").write_text("{")
    records.save(home, replace(RECORD, family="claude", status=Outcome.FAILED, error="its kernel died"))
    records.save(home, replace(RECORD, family="gemini", note="the day: no connection", cost_usd=6.2))
    gathered(home, NOW + timedelta(days=30))
    problems = examine(home, NOW).problems
    assert {p.kind for p in problems} >= {
        "set-aside", "stopped", "archive", "site", "unread", "failed", "llm", "cost", "clock",
    }  # fmt: skip
    assert [p.says for p in problems if not any(word in p.says for word in REMEDIES)] == []


@pytest.mark.parametrize(("now", "catch_up"), [
    ("2026-08-04T04:00:00Z", "digest run"), ("2026-08-19T04:00:00Z", "digest backfill --from 2026-07-30"),
])  # fmt: skip
def test_how_to_catch_up_depends_on_how_much_is_missing(
    home: Home, monkeypatch: pytest.MonkeyPatch, now: str, catch_up: str
) -> None:
    monkeypatch.setenv("DIGEST_NOW", now)
    assert f"Catch up with: {catch_up}\n" in status(home)[1]


def test_three_weeks_without_a_run(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_NOW", "2026-08-19T04:00:00Z")
    code, output = status(home)
    assert code == 1
    assert "nothing has run since 2026-07-29 (21 days ago)" in output


def test_a_run_that_waits_for_its_turn_is_no_problem(home: Home) -> None:
    claims.want(home, [("qwen", "2026-07-28")])
    condition = examine(home, NOW)
    assert condition.problems == []
    assert [(run.date, run.state) for run in condition.runs] == [
        ("2026-07-29", "published"), ("2026-07-28", "pending"),
    ]  # fmt: skip


def test_only_the_days_shown_are_read_and_told(home: Home) -> None:
    for n in range(1, 29):
        records.save(home, replace(RECORD, date=f"2026-07-{n:02}", cost_usd=0.25))
    condition = examine(home, NOW, days=3)
    assert [run.date for run in condition.runs] == ["2026-07-29", "2026-07-28", "2026-07-27"]
    assert condition.month_usd == 7.0


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_the_table_can_be_read_at_any_width(home: Home, width: int) -> None:
    for n in range(1, 29):
        failed = {
            "status": Outcome.FAILED,
            "error": "its kernel died (out of memory, or killed); run it again",
        }
        published(home, replace(RECORD, date=f"2026-07-{n:02}", withheld=n, **(failed if n == 28 else {})))  # type: ignore[arg-type]
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None, soft_wrap=True)
    show(examine(home, NOW), console, 7)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert "07-29" in lines[0] and ("07-23" in lines[0]) is (width >= 60)
    assert lines[1].split()[:4] == ["qwen", "✓4", "✗-28", "✓4-27"]
    assert not any("…" in line for line in lines)
    assert "its kernel died" in " ".join(" ".join(lines).split())


def test_the_schema_is_printed(home: Home) -> None:
    code, output = status(home, "--schema")
    schema = json.loads(output)
    assert code == 0
    assert set(json.loads(status(home, "--json")[1])) == set(schema["properties"])
    assert schema["properties"]["exit_code"]["enum"] == [0, 1, 2]
