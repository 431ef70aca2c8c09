"""Who is told is told once, also over restarts, and that it is over; what was not taken is told later."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest_lib.cli import main
from digest_lib.running import records
from digest_lib.running.alarms import after, news
from digest_lib.running.condition import Problem
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home

KEY = "sk-hook-0123456789"


def problem(subject: str, level: str = "person", says: str = "") -> Problem:
    return Problem.model_validate(
        {"kind": "feed", "level": level, "subject": subject, "says": says or f"{subject} is silent"}
    )


def test_each_thing_is_told_once_and_once_that_it_is_over() -> None:
    told: dict[str, str] = {}
    days = [
        ([problem("A"), problem("B", "note")], ["A is silent"], []),
        ([problem("A", says="A is silent still"), problem("C", "unknown")], ["C is silent"], []),
        ([], [], ["A is silent", "C is silent"]),
        ([], [], []),
        ([problem("A")], ["A is silent"], []),  # again
    ]
    for wrong, fresh, over in days:
        what = news(told, wrong)
        assert ([p.says for p in what.fresh], list(what.over)) == (fresh, over)
        told = after(told, what)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: Any) -> Home:
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T12:00+08:00")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_quarto.yml").touch()
    monkeypatch.setenv("DIGEST_NOTIFY", f"json://127.0.0.1:{httpserver.port}/{KEY}")
    return Home(tmp_path)


def outcome(home: Home, status: Outcome, error: str = "") -> None:
    records.save(home, Record("qwen", "2026-07-29", status, "2026-07-28T21:00:00Z", 1.0, error=error))


def notify(home: Home, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--home", str(home.root), "notify", *words], catch_exceptions=False)
    return done.exit_code, done.output


def messages(httpserver: Any) -> list[tuple[str, str]]:
    bodies = [json.loads(request.get_data()) for request, _ in httpserver.log]
    return [(body["title"], body["message"]) for body in bodies]


def test_a_hook_is_told_of_a_failure_and_of_its_end(home: Home, httpserver: Any) -> None:
    httpserver.expect_request(f"/{KEY}").respond_with_data("ok")
    outcome(home, Outcome.FAILED, "its kernel died")
    for _ in range(2):  # a restart tells nothing twice
        assert notify(home)[0] == 0
    outcome(home, Outcome.PUBLISHED)
    assert notify(home) == (0, "0 told, 1 over\n")
    said = (
        "2026-07-29 qwen: failed, its kernel died; once that is mended: "
        "digest run --date 2026-07-29 --families qwen"
    )
    assert messages(httpserver) == [
        ("digest: 1 to look at", f"! {said}"),
        ("digest: 1 over", f"✓ over: {said}"),
    ]


def test_what_was_not_taken_is_told_the_next_time_and_no_address_is_shown(
    home: Home, httpserver: Any
) -> None:
    httpserver.expect_ordered_request(f"/{KEY}").respond_with_data("no", status=500)
    httpserver.expect_ordered_request(f"/{KEY}").respond_with_data("ok")
    outcome(home, Outcome.FAILED, "its kernel died")
    code, output = notify(home)
    assert (code, "the message was not taken by address 1 (json) of DIGEST_NOTIFY" in output) == (2, True)
    assert KEY not in output
    assert notify(home) == (0, "1 told, 0 over\n")


@pytest.mark.parametrize("other", ["json://127.0.0.1:1/gone", "nosuch://gone"])
def test_who_has_taken_it_is_not_told_again_for_one_who_has_not(
    home: Home, httpserver: Any, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    httpserver.expect_request(f"/{KEY}").respond_with_data("ok")
    monkeypatch.setenv("DIGEST_NOTIFY", f"{other} {os.environ['DIGEST_NOTIFY']}")
    outcome(home, Outcome.FAILED, "its kernel died")
    code, output = notify(home)
    assert (code, "address 1" in output, "the others have taken it" in output) == (2, True, True)
    assert notify(home) == (0, "0 told, 0 over\n")
    assert len(messages(httpserver)) == 1


def test_a_test_message(home: Home, httpserver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    httpserver.expect_request(f"/{KEY}").respond_with_data("ok")
    assert notify(home, "--test") == (0, "the message was taken\n")
    assert messages(httpserver)[0][0] == "digest: a test"
    monkeypatch.setenv("DIGEST_NOTIFY", f"nosuch://{KEY}")
    code, output = notify(home, "--test")
    assert (code, "address 1 of DIGEST_NOTIFY is none that apprise knows" in output) == (2, True)
    assert KEY not in output
    monkeypatch.delenv("DIGEST_NOTIFY")
    code, output = notify(home, "--test")
    assert (code, "set DIGEST_NOTIFY to addresses of apprise" in output) == (2, True)
