"""What a worker has of a task is gone with it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from digest_lib.errors import UserError
from digest_lib.lab.experiment import read_experiment
from digest_lib.lab.plan import Run
from digest_lib.lab.run import run_all
from digest_lib.lab.work import Task, work
from digest_lib.settings import Home

RUN = Run("short", "qwen", "2026-07-24", None, {}, "fake", "k")


def test_a_server_is_its_tasks_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://the.machine/v1")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    before = dict(os.environ)
    (done,) = work(Task(tmp_path, tmp_path / "lab", (RUN,), "http://127.0.0.1:9/v1"))
    assert "qwen.ipynb" in done.error  # there is no such notebook
    assert dict(os.environ) == before


def test_a_task_is_another_when_anything_of_it_is(tmp_path: Path) -> None:
    task = Task(tmp_path, tmp_path / "lab", (RUN,), "http://127.0.0.1:9/v1")
    others = [
        replace(task, dry=True),
        replace(task, folder=tmp_path),
        replace(task, base_url=""),
        replace(task, runs=(replace(RUN, key="l"),)),
        replace(task, runs=(replace(RUN, seed=1),)),
    ]
    assert task.last == replace(task).last
    assert len({one.last for one in [task, *others]}) == 1 + len(others)


def test_an_experiment_outside_its_home_is_none_for_a_cluster(tmp_path: Path) -> None:
    path = tmp_path / "away" / "e.yaml"
    path.parent.mkdir()
    path.write_text("dataset: {days: [2026-07-24]}\nvariants: [{name: a}]\n", "utf-8")
    came = run_all(Home(tmp_path / "home"), read_experiment(path), [RUN], None, 9.0, dask="tcp://127.0.0.1:9")
    with pytest.raises(UserError, match="with --dask an experiment lies in its home"):
        list(came)
