"""Days of recorded news written by a fake llm at its worst: does anything that it planted stand in a post?

    DIGEST_RECORDED=/path python bench/replay.py [--days 12] [--last 2026-07-31] [--share 0.25]

Every answer holds a falsehood of every kind; a share of the requests meets a fault of the server besides. The
runs are real: the command, the notebooks, the posts. What is compared is the digest that a post publishes,
without what it quotes and without the list of what was withheld.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from digest_lib.checking.evidence import without_quotations
from digest_lib.running import records
from digest_lib.running.sample import create_home, repository
from digest_lib.settings import Home
from digest_lib.writing.fake_llm import FALSEHOODS, FAULTS, FakeLlm

LAST = date(2026, 7, 31)


def command(home: Home, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "DIGEST_FETCH": "no", **environment}
    line = [sys.executable, "-m", "digest_lib", "--home", str(home.root), *words]
    return subprocess.run(line, capture_output=True, text=True, env=own, check=False)


def published(post: Path) -> tuple[str, dict[str, Any]]:
    """All texts of the digest that a post publishes, and its facts."""
    facts = json.loads(post.read_text("utf-8"))["metadata"]["digest"]
    return "\n".join(texts(facts["digest"])), facts


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=int, default=12)
    parser.add_argument("--last", type=date.fromisoformat, default=LAST, help="the last day")
    parser.add_argument("--share", type=float, default=0.25, help="share of requests that meet a fault")
    given = parser.parse_args()
    recorded = os.environ.get("DIGEST_RECORDED") or sys.exit("DIGEST_RECORDED must name the recorded news")
    first = given.last - timedelta(given.days - 1)
    with tempfile.TemporaryDirectory() as folder:
        home = create_home(Path(folder) / "home", repository() / "feeds.opml", repository())
        for file in sorted(Path(recorded).glob("articles-*.jsonl")):
            command(home, "import", str(file))
        llm = FakeLlm(faults=tuple(FAULTS), falsehoods=tuple(FALSEHOODS), share=given.share, patience=1.0)
        begin = time.perf_counter()
        with llm.serving():
            days = ["--from", str(first), "--to", str(given.last)]
            server = {"OPENAI_BASE_URL": llm.url, "OPENAI_API_KEY": "sk-fake-0123456789"}
            done = command(home, "backfill", *days, DIGEST_LLM="gpt-5.4-mini", **server)
        if done.returncode not in {0, 1}:
            print(done.stdout[-2000:], done.stderr[-2000:])
        report(home, llm, time.perf_counter() - begin, given.days)


def report(home: Home, llm: FakeLlm, seconds: float, days: int) -> None:
    posts = sorted(home.posts.glob("*/index.ipynb"))
    told = [published(post) for post in posts]
    everything = "\n".join(text for text, _ in told)
    unquoted = "\n".join(without_quotations(line) for line in everything.split("\n"))
    kinds, standing = Counter(p["kind"] for p in llm.planted), Counter[str]()
    for planted in llm.planted:
        # An honest writer may quote what a liar copied.
        if planted["text"] in (unquoted if planted["kind"] == "copy" else everything):
            standing[planted["kind"]] += 1
            print("STANDS", planted["kind"], planted["text"])
    families = len(list(home.notebooks.glob("*.ipynb")))
    print(f"{len(posts)} posts of {families * days} runs, {len(llm.requests)} requests, {seconds:.0f} s")
    offline = sum(facts["writer"]["llm"] == "offline" for _, facts in told)
    for record in records.load_all(home):
        if record.error:
            print("  no post:", record.name, record.error)
    print(f"{offline} posts fell back to the offline writer as a whole")
    for kind, count in sorted(kinds.items()):
        print(f"  {kind:<14} planted {count:>5}, standing in a post {standing[kind]}")


if __name__ == "__main__":
    main()
