from __future__ import annotations

import subprocess
import sys

import pytest

#: Seconds of start-up that most commands and every notebook would pay for nothing.
SLOW = {"feedparser", "trafilatura", "duckdb", "httpx2", "nh3"}


@pytest.mark.parametrize("module", ["gather", "archive", "exchange", "opml"])
def test_nothing_slow_is_imported_before_it_is_needed(module: str) -> None:
    code = f"import sys, digest_lib.articles.{module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert SLOW.isdisjoint(done.stdout.split())
