"""What a run makes up for: days that should have a post and have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.day import Day
from digest_lib.running import records
from digest_lib.running.behind import behind
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home

P, Q, F, B = Outcome.PUBLISHED, Outcome.QUIET, Outcome.FAILED, Outcome.BLIND


@pytest.mark.parametrize(("known", "dates"), [
    ({}, []),  # a family that begins today has no past
    ({"28": P}, []),
    ({"25": P}, ["26", "27", "28"]),  # slept three days
    ({"25": P, "26": Q, "27": F, "28": P}, ["27"]),
    ({"25": P, "26": B, "27": P, "28": P}, []),  # blind days stay blind
    ({"01": P}, ["22", "23", "24", "25", "26", "27", "28"]),  # a week at most
    ({"27": F, "28": P}, []),  # what failed before anything ever stood is for a person
])  # fmt: skip
def test_what_is_missing_before_today(tmp_path: Path, known: dict[str, Outcome], dates: list[str]) -> None:
    home = Home(tmp_path)
    for day, status in known.items():
        record = Record("qwen", f"2026-07-{day}", status, "2026-07-28T21:00:00+00:00", 0.0)
        records.save(home, record)
        if record.ok:
            post = home.posts / record.name / "index.ipynb"
            post.parent.mkdir(parents=True)
            post.touch()
    found = behind(home, ["qwen"], Day.of("2026-07-29"))
    assert found == [("qwen", f"2026-07-{day}") for day in dates]
