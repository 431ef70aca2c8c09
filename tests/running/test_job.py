"""A job as a worker meets it: with its environment for its time, and perhaps done before."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from digest_lib.running import claims, records
from digest_lib.running.job import Job, run
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home
from running.test_claims import of_another_machine

PARAMETERS = 'family = "qwen"\nname = "Qwen"\ndate = None\naliases = ["Qwen"]'
DATE, COMMAND = "2026-07-29", "0123456789abcdef"
DONE = Record("qwen", DATE, Outcome.PUBLISHED, "2026-07-28T21:00:00+00:00", 3.0, run=f"{COMMAND}{'1' * 16}")


def test_the_environment_of_a_job_is_gone_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster's worker serves who comes next: a month's budget that was used up is no matter of theirs."""
    monkeypatch.delenv("DIGEST_LLM", raising=False)
    before = dict(os.environ)
    failed = run(Job(tmp_path, "qwen", DATE, environment=(("DIGEST_LLM", "offline"),), command=COMMAND))
    assert (failed.status, len(failed.run), failed.run[:16]) == (Outcome.FAILED, 32, COMMAND)
    assert dict(os.environ) == before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("source", [
    "open('/dev/full', 'w').write('x' * 99999)",
    "from digest_lib.files import storage\nwith storage('x'): open('/dev/full', 'w').write('x' * 99999)",
])  # fmt: skip
def test_a_disk_that_is_full_is_a_line_with_its_place_and_what_to_do(tmp_path: Path, source: str) -> None:
    """As the system tells it, and as the library does; without the family, so that all say the same."""
    cells = [nbformat.v4.new_code_cell(one) for one in (PARAMETERS, source)]
    cells[0].metadata["tags"] = ["parameters"]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "qwen.ipynb")
    failed = run(Job(tmp_path, "qwen", DATE))
    assert re.fullmatch(
        r"the disk of /\S+ is full \(No space left on device\): make room there; see also: digest tidy, .+",
        failed.error,
    )


@pytest.mark.parametrize(("command", "status", "says"), [
    (COMMAND, Outcome.PUBLISHED, ""),
    ("fedcba9876543210", Outcome.SKIPPED, "another process has run it meanwhile"),
    ("", Outcome.SKIPPED, "another process has run it meanwhile"),
])  # fmt: skip
def test_what_a_killed_worker_of_the_same_command_has_done_is_its_outcome(
    tmp_path: Path, command: str, status: Outcome, says: str
) -> None:
    home = Home(tmp_path)
    last = claims.want(home, [("qwen", DATE)])["qwen", DATE]
    later = replace(DONE, date="2026-07-30", run="2" * 32)
    for record in (DONE, later):
        records.save(home, record)
    came = run(Job(tmp_path, "qwen", DATE, last=last, command=command))
    assert (came.status, came.error) == (status, says)
    marked = records.load(home, "qwen", later.date)
    assert marked is not None
    assert marked.stale == (DATE if status is Outcome.PUBLISHED else "")  # it was killed before that, too
    assert claims.states(home) == []


@pytest.mark.parametrize(("command", "status"), [(COMMAND, Outcome.FAILED), ("f" * 16, Outcome.SKIPPED)])
def test_a_job_whose_worker_died_on_another_machine_is_run_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, status: Outcome
) -> None:
    """Once its heart has not beaten for long enough; what another command runs is not waited for."""
    home = Home(tmp_path)
    monkeypatch.setattr(claims, "BEAT", 0.01)
    monkeypatch.setattr(claims, "DEAD", 0.3)
    assert claims.claim(home, "qwen", DATE, "", COMMAND) == ""
    of_another_machine(home, 0)
    came = run(Job(tmp_path, "qwen", DATE, 9.0, last="", command=command))
    assert came.status is status  # it has no notebook: run, it fails


def test_a_state_of_before_is_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    claims.want(home, [("qwen", DATE)])
    path = claims.folder(home) / f"{DATE}-qwen.json"
    path.write_text(json.dumps({k: v for k, v in json.loads(path.read_text()).items() if k != "command"}))
    assert [state.name for state in claims.states(home)] == [f"{DATE}-qwen"]
