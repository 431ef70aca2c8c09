"""What a worker has of a task is gone with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest_lib.lab.plan import Run
from digest_lib.lab.work import Task, work

RUN = Run("short", "qwen", "2026-07-24", None, {}, "fake", "k")


def test_a_server_is_its_tasks_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://the.machine/v1")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    before = dict(os.environ)
    (done,) = work(Task(tmp_path, tmp_path / "lab", (RUN,), "http://127.0.0.1:9/v1"))
    assert "qwen.ipynb" in done.error  # there is no such notebook
    assert dict(os.environ) == before
