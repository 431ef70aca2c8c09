"""Runs and experiments on a Dask cluster of two processes on this machine; one is killed on the way."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from digest_lib.lab import keep
from digest_lib.lab.experiment import read_experiment
from digest_lib.lab.plan import plan
from digest_lib.settings import Home
from digest_lib.writing.fake_llm import FakeLlm
from homes import copy_home, line, quickly
from publishing.programs import wait_until
from whole.test_run import DATE, posts, told

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

FAMILIES = "claude,qwen"
#: What a worker imports when it is given a day to run, or a run of an experiment.
WORKERS = ("papermill", "digest_lib.running.job", "digest_lib.lab.work")


def work(home: Home) -> list[Path]:
    """The folders in which notebooks of the day are run."""
    return [*(home.archive / "work").glob(f"{DATE}-*")]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    # Each worker is forked from a process that has its imports behind it, not spawned.
    with dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"}):
        distributed.utils.get_mp_context().set_forkserver_preload(["distributed", *WORKERS])
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as made:
            yield made


def test_posts_are_the_same_when_a_worker_is_killed_on_the_way(
    cluster: Any, home: Home, tmp_path: Path
) -> None:
    plain = copy_home(home, tmp_path / "plain")
    assert quickly(plain, "run", "--date", DATE, "--families", FAMILIES).returncode == 0
    words = ["--log-json", "run", "--date", DATE, "--families", FAMILIES, "--dask", cluster.scheduler_address]
    environment = {**os.environ, "DIGEST_LLM": "offline", "DIGEST_FETCH": "no"}
    with subprocess.Popen(line(home, *words), stdout=-1, stderr=-2, text=True, env=environment) as running:
        wait_until(lambda: work(home) or running.poll() is not None, "a notebook is run", 300)
        time.sleep(1)  # into its notebook
        assert running.poll() is None  # there is something to be killed in
        psutil.Process(next(iter(cluster.workers.values())).process.pid).kill()
        output, _ = running.communicate(timeout=300)
    assert running.returncode == 0, output
    assert posts(home) == posts(plain)
    told = [json.loads(one) for one in output.splitlines()]
    assert sorted(one["family"] for one in told if one.get("event") == "run") == FAMILIES.split(",")
    assert len({one["log"] for one in told}) == 1
    # What the worker that was killed has left goes with the next run.
    assert quickly(home, "run", "--date", DATE, "--families", FAMILIES).returncode in (0, 4)
    assert not work(home)


class CountingLlm(FakeLlm):
    """A fake llm that keeps how many requests were under way at once, each long enough to meet another."""

    under_way = most = 0

    def seen(self, body: dict[str, Any]) -> None:
        super().seen(body)
        with self._lock:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
        time.sleep(0.2)
        with self._lock:
            self.under_way -= 1


def test_an_experiment_on_a_cluster_has_so_many_requests_under_way_as_workers_were_said(
    cluster: Any, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CountingLlm().serving() as llm:
        text = (
            f"dataset: {{families: [claude, qwen], days: [{DATE}]}}\n"
            f"servers: {{fake: {{base_url: '{llm.url}'}}}}\n"
            "variants:\n"
            "  - {name: asked, server: fake, parameters: {llm: fake-llm, max_stories: 2}}\n"
            "  - {name: offline, server: fake, parameters: {llm: offline}}\n"
        )
        path = home.root / "experiments" / "inside.yaml"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
        words = ("lab", "run", str(path), "--dask", cluster.scheduler_address, "--workers", "1")
        done = quickly(home, *words, DIGEST_LLM="", DIGEST_LLM_AT_ONCE="1")
    assert done.returncode == 0, told(done)
    monkeypatch.setenv("DIGEST_LLM", "")
    kept = keep.load_all(path.with_suffix(""), plan(home, read_experiment(path)))
    assert [(one.variant, one.family, one.facts.writer.llm) for one in kept] == [
        ("asked", "claude", "fake-llm"), ("offline", "claude", "offline"),
        ("asked", "qwen", "fake-llm"), ("offline", "qwen", "offline"),
    ]  # fmt: skip
    assert len(llm.requests) > 4  # of two kernels, one a worker
    assert llm.most == 1


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9"),
        ("nowhere", "no Dask scheduler answers at nowhere"),
    ],
)
def test_no_scheduler_is_a_line(home: Home, address: str, says: str) -> None:
    done = quickly(home, "run", "--date", DATE, "--dask", address)
    assert done.returncode == 2
    assert says in told(done)
    assert "Traceback" not in told(done)
