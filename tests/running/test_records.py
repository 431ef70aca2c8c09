"""The truth about what ran: written whole, read back, and read even when a file is broken."""

from dataclasses import replace
from pathlib import Path

import pytest

from digest_lib.running import records
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home

RECORD = Record("qwen", "2026-07-29", Outcome.PUBLISHED, "2026-07-28T21:00:00+00:00", 3.2, stories=4)


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    home = Home(tmp_path)
    records.save(home, RECORD)
    assert records.load(home, "qwen", "2026-07-29") == RECORD
    assert records.load_all(home) == [RECORD]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"status": "odd"}', '{"status": "failed"}'])
def test_a_broken_record_counts_as_never_run(tmp_path: Path, text: str) -> None:
    home = Home(tmp_path)
    home.runs.mkdir(parents=True)
    records.path_of(home, "qwen", "2026-07-29").write_text(text)
    assert records.load(home, "qwen", "2026-07-29") is None
    assert records.load_all(home) == []


def test_a_record_of_a_later_version_can_be_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    records.save(home, RECORD)
    path = records.path_of(home, "qwen", "2026-07-29")
    path.write_text(path.read_text("utf-8").replace("{", '{"added_later": 1,', 1), "utf-8")
    assert records.load(home, "qwen", "2026-07-29") == RECORD


def test_later_days_of_the_same_family_that_stand() -> None:
    day = [replace(RECORD, date=f"2026-07-{n}") for n in (28, 29, 30)]
    other = replace(RECORD, date="2026-07-30", family="gpt")
    failed = replace(RECORD, date="2026-07-31", status=Outcome.FAILED)
    assert records.later([*day, other, failed], day[1]) == [day[2]]


def test_an_error_with_marks_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    from digest_lib.running.showing import console, line

    failed = replace(RECORD, status=Outcome.FAILED, error="bad \\[/x] [red]thing\x1b]0;title\x07")
    with console.capture() as shown:
        console.print(line(failed))
    assert "bad \\[/x] [red]thing" in shown.get()
    assert "\x1b" not in shown.get()
