from __future__ import annotations

import subprocess
import sys

import pytest

#: Seconds of start-up that most commands and every notebook would pay for nothing.
SLOW = {"feedparser", "trafilatura", "duckdb", "httpx2", "nh3"}


@pytest.mark.parametrize(
    "module", ["gathering.gather", "articles.archive", "gathering.exchange", "documents.opml"]
)
def test_nothing_slow_is_imported_before_it_is_needed(module: str) -> None:
    code = f"import sys, digest_lib.{module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert SLOW.isdisjoint(done.stdout.split())


#: Says by which thread feedparser is first looked for while an answer is read.
_WATCHED = """
import asyncio, sys, threading
from digest_lib.web.asking import Fetched
from digest_lib.gathering.hearing import parsed_answer

class Watch:
    seen = []
    def find_spec(self, name, path=None, target=None):
        if name == "feedparser":
            self.seen.append(threading.current_thread() is threading.main_thread())

sys.meta_path.insert(0, Watch())
rss = "<rss version='2.0'><channel><title>a</title><item><title>b</title><link>http://a.example/1</link></item></channel></rss>"
found = asyncio.run(parsed_answer(Fetched("http://a.example/", 200, rss.encode(), "text/xml"), None))
print(len(found.read), Watch.seen)
"""


def test_feedparser_is_imported_by_one_thread() -> None:
    """Threads that begin with different parts of it see half of it, more often than not."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "1 [True]"
