from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.health import feed_health, judged
from digest_lib.articles.report import FeedReport, GatherReport
from samples import at

URL = "http://press.example/feed"
FIRST = at("06-01 00:00")


def feed(new: int = 1, items: int = 10, **said: object) -> FeedReport:
    return FeedReport(**{"title": "A", "url": URL, "status": 200, "new": new, "items": items, **said})


NEWS, NOTHING = feed(), feed(0)
SAME = feed(0, status=304, unchanged=True)
DEAD = feed(0, 0, status=0, error="no connection: refused")
PAGE = feed(0, 0, error="an HTML page, not RSS, Atom, RDF or JSON Feed")
LATER = "Wed, 01 Jan 2099 00:00:00 GMT"
LACKING = tuple(f"entry {n} has no title" for n in range(8))


def daily(*reports: FeedReport) -> list[tuple[datetime, FeedReport]]:
    return [(FIRST + timedelta(days=n), report) for n, report in enumerate(reports)]


@pytest.mark.parametrize(
    ("history", "state", "detail"),
    [
        ([NEWS, NEWS, SAME, NOTHING], "ok", ""),
        ([NEWS, NEWS, DEAD], "error", "no connection: refused (1 in a row; last heard 2026-06-02)"),
        ([NEWS, DEAD, DEAD, DEAD], "error", "no connection: refused (3 in a row; last heard 2026-06-01)"),
        ([DEAD, DEAD], "error", "no connection: refused (2 in a row; never heard)"),
        ([DEAD, NEWS], "ok", ""),
        ([NEWS, feed(0, 0, status=404)], "error", "HTTP 404 (1 in a row; last heard 2026-06-01)"),
        ([NEWS, PAGE], "changed", f"{PAGE.error} (1 in a row; last heard 2026-06-01)"),
        ([PAGE], "error", f"{PAGE.error} (1 in a row; never heard)"),
        (
            [NEWS, feed(moved="http://new.example/")],
            "moved",
            "has moved for good to http://new.example/; digest feeds update takes it over "
            "if the next gather is sent there, too",
        ),
        (
            [NEWS, feed(moved="http://new.example/"), feed(moved="http://new.example/")],
            "moved",
            "has moved for good to http://new.example/; run: digest feeds update",
        ),
        ([NEWS, feed(0, 0)], "changed", "has no entries any more; it had 10"),
        ([feed(0, 0), feed(0, 0)], "ok", ""),
        ([NEWS, feed(dropped=LACKING)], "changed", "8 of 10 entries lack a title or link"),
        ([NEWS, feed(dropped=LACKING), SAME], "changed", "8 of 10 entries lack a title or link"),
        ([feed(dropped=LACKING)] * 3, "ok", ""),
        ([NEWS, feed(undated=10)], "changed", "none of its entries has a date that can be read any more"),
        ([feed(undated=10)] * 3, "ok", ""),
        ([feed(undated=10, unread=("昨天",))] * 3, "changed", "none of its dates can be read («昨天»)"),
        ([feed(undated=10, unread=(LATER,))] * 3, "changed", f"all its dates are in the future («{LATER}»)"),
        ([NEWS] * 5 + [SAME] * 3, "ok", ""),
        ([NEWS] * 5 + [SAME] * 4, "silent", "nothing new since 2026-06-05"),
        ([NEWS, NEWS, *[SAME] * 6, NEWS, *[SAME] * 20], "ok", ""),
        ([NEWS, NEWS, *[SAME] * 6, NEWS, *[SAME] * 22], "silent", "nothing new since 2026-06-09"),
        ([NEWS, *[SAME] * 30], "ok", ""),
        ([NEWS, *[SAME] * 31], "silent", "nothing new since 2026-06-01"),
    ],
)
def test_what_a_history_shows(history: list[FeedReport], state: str, detail: str) -> None:
    found = judged(daily(*history))
    assert (found.state, found.detail) == (state, detail)


def test_trouble_counts_from_its_beginning() -> None:
    assert judged(daily(NEWS, DEAD, DEAD)).since == FIRST + timedelta(days=1)


def test_health_is_told_from_the_gathers_that_are_on_record(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    gone = feed(title="Removed", url="http://gone.example/")
    for day, feeds in enumerate([(gone, NEWS), (NEWS,), (DEAD,)]):
        archive.log.keep(GatherReport(FIRST + timedelta(days=day), feeds=feeds))
    archive.log.keep(GatherReport(FIRST + timedelta(days=3), "import"))
    (found,) = feed_health(archive, FIRST + timedelta(days=4))
    assert (found.title, found.state) == ("A", "error")
    assert feed_health(archive, FIRST + timedelta(days=1))[0].state == "ok"
    assert feed_health(archive, FIRST - timedelta(days=1)) == []
