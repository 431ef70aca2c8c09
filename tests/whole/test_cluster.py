"""Runs on a Dask cluster of two processes on this machine, one of which is killed on the way."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from digest_lib.settings import Home
from homes import command, copy_home
from whole.test_run import DATE, posts, told

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

FAMILIES = "claude,qwen"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def test_posts_are_the_same_when_a_worker_is_killed_on_the_way(
    cluster: Any, home: Home, tmp_path: Path
) -> None:
    plain = copy_home(home, tmp_path / "plain")
    assert command(plain, "run", "--date", DATE, "--families", FAMILIES).returncode == 0
    words = ["run", "--date", DATE, "--families", FAMILIES, "--dask", cluster.scheduler_address]
    line = [sys.executable, "-m", "digest_lib", "--home", str(home.root), *words]
    environment = {**os.environ, "DIGEST_LLM": "offline", "DIGEST_FETCH": "no"}
    with subprocess.Popen(line, stdout=-1, stderr=-2, text=True, env=environment) as running:
        _until(lambda: list((home.archive / "work").glob(f"{DATE}-*")) or running.poll() is not None)
        time.sleep(1)  # into its notebook
        psutil.Process(next(iter(cluster.workers.values())).process.pid).kill()
        output, _ = running.communicate(timeout=300)
    assert running.returncode == 0, output
    assert posts(home) == posts(plain)
    assert not [*(home.archive / "work").glob(f"{DATE}-*")] or command(home, "run").returncode in (0, 4)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9"),
        ("nowhere", "no Dask scheduler answers at nowhere"),
    ],
)
def test_no_scheduler_is_a_line(home: Home, address: str, says: str) -> None:
    done = command(home, "run", "--date", DATE, "--dask", address)
    assert done.returncode == 2
    assert says in told(done)
    assert "Traceback" not in told(done)


def _until(holds: Any) -> None:
    ends = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)
