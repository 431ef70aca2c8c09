"""What a worker has of a task is gone with it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest_lib.errors import BudgetReached, UserError
from digest_lib.lab.ahead import seems_done
from digest_lib.lab.experiment import Experiment, read_experiment
from digest_lib.lab.planned import Run
from digest_lib.lab.run import run_all
from digest_lib.lab.tasks import days_together, in_order, tasks_of
from digest_lib.lab.work import Task, lacks, work
from digest_lib.settings import Home
from digest_lib.writing.spending import Spending, is_limit

RUN = Run("short", "qwen", "2026-07-24", None, {}, "fake", "k")


ANSWERED = {"why": "", "unanswered": 0, "requests": 3, "facts": {"found": 2}}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, ""),
        ({"error": "no such story"}, "no such story"),
        ({"unanswered": 2, "why": "timed out"}, "2 requests got no answer: timed out"),
        ({"requests": 0, "why": "no JSON"}, "no answer of an llm was taken: no JSON"),
        ({"requests": 0, "facts": {"found": 0}}, ""),  # there was nothing to ask about
        (
            {"why": "the run's limit of $1 is reached"},
            "the run's limit of $1 is reached before the llm had written all: give it more, and run it again",
        ),
    ],
)
def test_a_run_that_an_llm_did_not_write_whole_is_no_result(told: dict[str, Any], says: str) -> None:
    assert lacks(replace(RUN, parameters={"llm": "gpt"}), ANSWERED | told) == says


def test_the_lab_knows_that_a_limit_ended_a_run_by_what_the_run_says() -> None:
    for limits in ({"max_cost_usd": 0.0, "max_seconds": 60.0}, {"max_cost_usd": 1.0, "max_seconds": 0.0}):
        spending = Spending(**limits, cost=lambda _in, _out: 0.0)
        with pytest.raises(BudgetReached) as reached, spending.request(1):
            pass
        assert is_limit(str(reached.value))


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


def runs_of(families: int, days: int, variants: int = 2) -> list[Run]:
    return [
        Run(f"v{v}", f"f{f}", f"2026-07-{day:02}", None, {}, "s")
        for day in range(1, days + 1) for f in range(families) for v in range(variants)
    ]  # fmt: skip


def experiment_in(folder: Path) -> Experiment:
    path = folder / "e.yaml"
    path.write_text(
        "dataset: {days: [2026-07-24]}\nservers: {s: {base_url: fake-llm}}\nvariants: [{name: a}]\n", "utf-8"
    )
    return read_experiment(path)


def told(task: Task) -> str:
    """The family, the days and whether the variant's own server is asked."""
    dates = sorted({run.date[-2:] for run in task.runs})
    return " ".join([task.family, *dates, *([] if task.base_url else ["s"])])


@pytest.mark.parametrize(("days", "news", "kernels"), [
    (1, {}, ["f0 01", "f1 01", "f0 02", "f0 02 s", "f1 02", "f0 03", "f1 03"]),
    (2, {}, ["f0 01 02", "f1 01 02", "f0 02 s", "f0 03", "f1 03"]),
    (9, {}, ["f0 01 02 03", "f1 01 02 03", "f0 02 s"]),
    (9, {"f0 02": 3}, ["f0 01 03", "f0 02", "f0 02 s", "f1 01 02 03"]),
    (9, {"f1 01": 1, "f1 02": 1}, ["f0 01 02 03", "f0 02 s", "f1 01", "f1 02", "f1 03"]),
])  # fmt: skip
def test_days_that_share_a_kernel_are_of_one_family_and_server_and_without_news(
    days: int, news: dict[str, int], kernels: list[str], tmp_path: Path
) -> None:
    runs = [*runs_of(2, 3), Run("v", "f0", "2026-07-02", None, {})]
    found = {(run.date, run.family): news.get(f"{run.family} {run.date[-2:]}", 0) for run in runs}
    tasks = tasks_of(
        Home(tmp_path), experiment_in(tmp_path), runs, {"s": "http://s"}, 9.0, found=found, days=days
    )
    assert sorted(map(told, tasks)) == sorted(kernels)
    assert [t.date for t in tasks] == sorted(t.date for t in tasks)
    assert sorted(r.name for t in tasks for r in t.runs) == sorted(r.name for r in runs)


@pytest.mark.parametrize(("workers", "news", "order"), [
    # whose day has how many articles; without any the days of a family go together
    (2, "01:2 02:5 03:1 04:3", "02 01 03 04"),
    (3, "01:2 02:5 03:1 04:3", "02 04 01 03"),
    (8, "01:2 02:5", "02 01"),
    (2, "01:0 02:2 03:2 04:9 05:4 06:0", "04 02 03 01,06 05"),
    (2, "01:0 02:0", "01,02"),
])  # fmt: skip
def test_most_news_comes_first_and_days_without_any_between_the_others(
    workers: int, news: str, order: str, tmp_path: Path
) -> None:
    days = dict(one.split(":") for one in news.split())
    runs = [Run("v", "f", f"2026-07-{day}", None, {}) for day in days]
    found = {("2026-07-" + day, "f"): int(count) for day, count in days.items()}
    tasks = tasks_of(Home(tmp_path), experiment_in(tmp_path), runs, {}, 9.0, found=found, days=9)
    came = in_order(tasks, found, workers)
    assert " ".join(",".join(run.date[-2:] for run in task.runs) for task in came) == order


@pytest.mark.parametrize(("families", "days", "workers", "shared"), [
    (6, 7, 2, 8), (2, 6, 2, 3), (1, 60, 2, 8), (1, 3, 2, 1), (1, 1, 8, 1), (6, 7, 16, 1),
])  # fmt: skip
def test_where_nothing_is_asked_a_kernel_looks_at_days_but_each_worker_has_some(
    families: int, days: int, workers: int, shared: int
) -> None:
    assert days_together(runs_of(families, days), workers) == shared


@pytest.mark.parametrize(("times", "done"), [
    ({}, True),  # there is no such experiment, which is told soon enough
    ({"e.yaml": 5, "notebooks/qwen.ipynb": 1}, False),
    ({"e.yaml": 5, "notebooks/qwen.ipynb": 1, "e/scores.csv": 6}, True),
    ({"e.yaml": 7, "notebooks/qwen.ipynb": 1, "e/scores.csv": 6}, False),
    ({"e.yaml": 5, "notebooks/qwen.ipynb": 7, "e/scores.csv": 6}, False),
])  # fmt: skip
def test_nothing_is_imported_ahead_of_an_experiment_that_was_run(
    times: dict[str, int], tmp_path: Path, *, done: bool
) -> None:
    for name, time in times.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, (time, time))
    assert seems_done(Home(tmp_path), tmp_path / "e.yaml") is done
