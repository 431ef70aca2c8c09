"""Days of feeds that fail by chance: status names exactly those that failed, and each alarm comes once.

`bench/noticing.py` does the same with recorded news and real runs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest_lib.day import Day
from digest_lib.documents.opml import read_opml
from digest_lib.gathering.gather import gather_day
from digest_lib.running import alarms, records
from digest_lib.running.examine import examine
from digest_lib.running.records import Outcome, Record
from digest_lib.running.sample import FIRST, create_home
from digest_lib.web.fetch import Limits
from failing import FailingNewsroom, expected_alarms, failures
from homes import REPOSITORY

DATA = REPOSITORY / "tests" / "data" / "newsroom"
DAYS, SHARE, SEED = 6, 0.35, 42


def test_feeds_that_fail_by_chance_are_named_and_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpserver: Any
) -> None:
    httpserver.expect_request("/hook").respond_with_data("ok")
    monkeypatch.setenv("DIGEST_NOTIFY", f"json://127.0.0.1:{httpserver.port}/hook")
    home = create_home(tmp_path / "home", DATA / "feeds.opml", REPOSITORY)
    titles = {feed.url: feed.title for feed in read_opml(home.feeds) if "{" not in feed.url}
    usual = sound(home.feeds, tmp_path, monkeypatch)
    titles = {url: title for url, title in titles.items() if title in usual}
    plan = failures(sorted(titles), DAYS, SHARE, SEED)
    told = []
    with FailingNewsroom(DATA, FIRST.cutoff) as newsroom:
        monkeypatch.setenv("DIGEST_PROXY", newsroom.proxy_url)
        for number, failing in enumerate(plan):
            day = FIRST.shifted(number)
            newsroom.now, newsroom.failing = day.cutoff, failing
            monkeypatch.setenv("DIGEST_NOW", day.cutoff.isoformat())
            gather_day(home, day.cutoff, limits=Limits(retries=0))
            note_run(home, day)
            condition = examine(home, day.cutoff)
            named = {feed.title for feed in condition.feeds if feed.state == "error"} & usual
            assert named == {titles[url] for url in failing}
            what = alarms.tell(home, condition)
            told.append((
                sorted(p.subject for p in what.fresh if p.kind == "feed" and p.subject in usual),
                len([says for says in what.over if any(f"feed {title}:" in says for title in usual)]),
            ))  # fmt: skip
    assert told == expected_alarms(plan, titles)
    assert sum(len(fresh) for fresh, _ in told) > 0, "the seed makes at least one feed fail for long"
    sent = [json.loads(request.get_data())["message"] for request, _ in httpserver.log]
    assert sum(text.count(": error since") for text in sent) >= sum(len(fresh) for fresh, _ in told)


def sound(feeds: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The titles of the sample's feeds that can be read; some of it are malformed on purpose."""
    home = create_home(folder / "sound", feeds, REPOSITORY)
    with FailingNewsroom(DATA, FIRST.cutoff) as newsroom:
        monkeypatch.setenv("DIGEST_PROXY", newsroom.proxy_url)
        report = gather_day(home, FIRST.cutoff, limits=Limits(retries=0))
    return {feed.title for feed in report.feeds if feed.answered and feed.items}


def note_run(home: Any, day: Day) -> None:
    """What a run would have recorded; the notebooks are run by the bench."""
    records.save(home, Record("qwen", str(day), Outcome.PUBLISHED, day.cutoff.isoformat(), 1.0))
