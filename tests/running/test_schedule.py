"""The schedules that ship: filled with a home's paths, whatever these hold, and as their tools take them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time as clock
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from click.testing import CliRunner

from digest_lib.cli import main
from digest_lib.day import TAIPEI
from digest_lib.running.schedule import seconds_until_next
from homes import REPOSITORY

NOW = "2026-07-29T12:00+08:00"


@pytest.fixture(params=["news", "Tagesschau 100% $5 \"neu\" 'x'"])
def place(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home, also one whose name has what shells and units read as their own."""
    monkeypatch.setenv("DIGEST_NOW", NOW)
    home = tmp_path / request.param
    (home / "notebooks").mkdir(parents=True)
    (home / "_quarto.yml").touch()
    program = tmp_path / "100% of it" / "bin" / "digest"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\npwd\necho "$2"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program.with_name("python")))
    return home


def schedule(home: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--home", str(home), "schedule", *words], catch_exceptions=False)
    return done.exit_code, done.output


def test_systemd(place: Path) -> None:
    code, output = schedule(place, "systemd")
    assert code == 0
    units = [place / "schedule" / name for name in ("digest.service", "digest.timer")]
    assert all(str(unit) in output for unit in units)
    assert "Persistent=true" in units[1].read_text()
    text = units[0].read_text()
    # As systemd reads them: words in quotation marks, %% for a per cent sign, $$ for a dollar in arguments.
    program, *words = shlex.split(re.findall("^ExecStart=(.*)$", text, re.M)[0].replace("%%", "%"))
    assert (program, words[0]) == (f"{sys.executable[:-6]}digest", "--home")
    assert words[1].replace("$$", "$") == str(place)
    variables = [word for line in re.findall("^Environment=(.*)$", text, re.M) for word in shlex.split(line)]
    assert f"PATH={program.removesuffix('/digest')}:/usr/local/bin:/usr/bin:/bin" in [
        word.replace("%%", "%") for word in variables
    ]
    assert all("=" in word for word in variables) and "${" not in text + units[1].read_text()
    if not shutil.which("systemd-analyze"):
        return  # not on every machine that runs the tests; what follows is a second look
    own = {**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, env=own, check=False
    )
    assert [line for line in done.stderr.splitlines() if "digest." in line] == []
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(units[0])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert rated.returncode == 0, rated.stdout[-300:]  # at most 2.5 of 10


def test_cron(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert schedule(place, "cron")[0] == 0
    line = (place / "schedule" / "digest.cron").read_text().splitlines()[-1]
    minute, hour, *rest, command = line.split(" ", 5)
    assert (minute, rest) == ("07", ["*", "*", "*"])
    assert 0 <= int(hour) < 24
    # As cron reads it: an escaped per cent sign is one. The shell then finds the home by its name.
    assert command.replace("\\%", "").count("%") == 0
    script = command.replace("\\%", "%")
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(place)] * 2


#: The day's work begins seven minutes after the cut-off, or an hour later; never before it.
IN_TIME = {time(5, 7), time(6, 7)}


@pytest.mark.parametrize(
    "zone", ["Asia/Taipei", "UTC", "America/New_York", "Europe/Berlin", "Australia/Sydney"]
)
@pytest.mark.parametrize("written", ["2026-01-15T12:00+08:00", "2026-07-15T12:00+08:00"])
def test_cron_begins_after_the_cut_off_in_summer_and_in_winter(
    place: Path, monkeypatch: pytest.MonkeyPatch, zone: str, written: str
) -> None:
    monkeypatch.setenv("DIGEST_NOW", written)
    with monkeypatch.context() as there:
        there.setenv("TZ", zone)
        clock.tzset()
        assert schedule(place, "cron")[0] == 0
    clock.tzset()
    minute, hour, _ = (place / "schedule" / "digest.cron").read_text().splitlines()[-1].split(" ", 2)
    days = (datetime(2026, month, 20, int(hour), int(minute), tzinfo=ZoneInfo(zone)) for month in (1, 7))
    begins = {day.astimezone(TAIPEI).time() for day in days}
    assert begins <= IN_TIME and time(5, 7) in begins


def test_container(place: Path) -> None:
    code, output = schedule(place, "container", "--into", str(place / "box"))
    assert code == 0
    text = (place / "box" / "Containerfile").read_text()
    assert "USER 1000:1000" in text and "HEALTHCHECK" in text and "--read-only" in text
    for line in text.splitlines():
        if line.startswith("COPY"):  # what it copies is in the repository
            assert all((REPOSITORY / name).exists() for name in line.split()[1:-1])
    assert "podman build --format docker -t digest" in output  # its own format has no health check


def test_a_workflow_is_for_a_clone_of_the_repository(place: Path) -> None:
    code, output = schedule(place, "github")
    assert (code, "is no clone of the repository" in output) == (2, True)
    (place / ".ci").mkdir()
    (place / ".ci" / "data").touch()
    (place / "Makefile").touch()
    assert schedule(place, "github")[0] == 0
    ours = REPOSITORY / ".github" / "workflows" / "daily.yml"
    assert (place / ".github" / "workflows" / "daily.yml").read_bytes() == ours.read_bytes()


@pytest.mark.parametrize("name", ["daily", "ci"])
def test_workflows_have_the_least_rights(name: str) -> None:
    text = (REPOSITORY / ".github" / "workflows" / f"{name}.yml").read_text("utf-8")
    flow: dict[Any, Any] = yaml.safe_load(text)
    assert flow["permissions"] == {}
    assert flow["concurrency"]["group"]
    for job in flow["jobs"].values():
        assert job["timeout-minutes"]
        assert "write-all" not in str(job["permissions"])
        for step in job["steps"]:
            assert "secrets." not in step.get("run", "") and "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] is False


def test_the_archive_is_kept_on_a_branch_and_an_outage_never_replaces_it(tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)

    def data(clone: str, word: str, at: Path = remote) -> int:
        script = tmp_path / clone / ".ci" / "data"
        if not script.exists():
            script.parent.mkdir(parents=True)
            shutil.copy(REPOSITORY / ".ci" / "data", script)
        own = {**os.environ, "DIGEST_DATA_REMOTE": str(at), "GITHUB_TOKEN": ""}
        return subprocess.run([str(script), word], env=own, capture_output=True, check=False).returncode

    assert data("one", "fetch") == 0  # a newsroom begins
    kept = {"archive/articles/day=2026-07-29/a.parquet", "posts/2026-07-29-qwen/index.ipynb"}
    for name in (*kept, "archive/work/x"):
        path = tmp_path / "one" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    assert data("one", "keep") == 0
    assert data("two", "fetch") == 0
    found = {str(p.relative_to(tmp_path / "two")) for p in (tmp_path / "two").rglob("*") if p.is_file()}
    assert kept <= found
    assert "archive/work/x" not in found
    assert data("three", "fetch", tmp_path / "nowhere.git") != 0


@pytest.mark.parametrize(("now", "hours"), [
    ("2026-07-28T20:07:00", 1.0), ("2026-07-28T21:07:00", 24.0), ("2026-07-28T21:00:00", 7 / 60),
    ("2026-07-28T22:07:00", 23.0),
])  # fmt: skip
def test_the_next_day_is_due_after_five_in_taipei(now: str, hours: float) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert seconds_until_next(moment) == pytest.approx(hours * 3600)


@pytest.mark.parametrize("name", ["daily", "ci"])
def test_actions_are_pinned_by_their_commit(name: str) -> None:
    flow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
    used = [step["uses"] for job in flow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in used)
