"""A clock that jumps dates nothing: what it would date stays out, and is heard when the clock is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.errors import WrongClock
from digest_lib.gathering.gather import gather_day
from digest_lib.settings import Home
from digest_lib.web.clock import check_order, check_witnesses, served_at
from loopback import Web, send
from samples import at, item, opml, rss

FEED = "http://press.example/feed.xml"
NOW = at("07-29 05:00")


@pytest.mark.parametrize(("last", "refused"), [
    (None, False),
    (NOW - timedelta(days=1), False),
    (NOW + timedelta(seconds=90), False),  # as clocks are set by a little
    (NOW + timedelta(hours=1), True),
    (NOW + timedelta(days=900), True),
])  # fmt: skip
def test_time_does_not_run_backwards(last: datetime | None, refused: bool) -> None:
    if not refused:
        check_order(NOW, last)
        return
    with pytest.raises(
        WrongClock, match=r"the clock says 2026-07-29 05:00 UTC, which is before the last gather"
    ):
        check_order(NOW, last)


@pytest.mark.parametrize(("hours", "refused"), [
    ([], False), ([0], False), ([0.5], False), ([-72], True), ([72], True),
    ([0, 0, 72], False),  # one server's clock is wrong
    ([0, 72, 72], True),
    ([-8, -8, -8, 0], True),
])  # fmt: skip
def test_the_middle_of_the_servers_says_what_time_it_is(hours: list[float], refused: bool) -> None:
    served = [NOW + timedelta(hours=h) for h in hours]
    if not refused:
        check_witnesses(NOW, served)
        return
    with pytest.raises(WrongClock, match="set this machine's clock"):
        check_witnesses(NOW, served)


@pytest.mark.parametrize(("headers", "time"), [
    ({"date": "Wed, 29 Jul 2026 05:00:00 GMT"}, NOW),
    ({"date": "Wed, 29 Jul 2026 03:00:00 GMT", "age": "7200"}, NOW),  # a cache's copy
    ({"date": "Fri, 27 Nov 2026 05:00:00 GMT, Wed, 29 Jul 2026 05:00:00 GMT"}, NOW),
    ({"date": "yesterday"}, None),
    ({"date": "Wed, 29 Jul 2026 05:00:00 GMT", "age": "old"}, None),
    ({}, None),
])  # fmt: skip
def test_what_time_it_was_for_a_server(headers: dict[str, str], time: datetime | None) -> None:
    assert served_at(headers) == time


def serve(web: Web, served: datetime) -> None:
    """The feed, by a server for which it is `served`; asked again with its validator, it has nothing new."""
    body = rss(item("千問", "http://press.example/a", format_datetime(served - timedelta(hours=1)))).encode()

    def answer(request):  # type: ignore[no-untyped-def]
        known = request.headers.get("If-None-Match") == '"1"'
        request.date_time_string = lambda: format_datetime(served, usegmt=True)
        send(request, 304 if known else 200, b"" if known else body, {"ETag": '"1"'})

    web.answers[FEED] = answer


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_the_feeds_contradict_archives_nothing(home: Path, web: Web, days: int) -> None:
    (home / "feeds.opml").write_text(opml(("島嶼報", FEED)), "utf-8")
    now = datetime.now(UTC)
    serve(web, now + timedelta(days=days))
    with pytest.raises(WrongClock, match="nothing was archived"):
        gather_day(Home(home), now)
    assert not (home / "archive").exists()
    serve(web, now)  # which of the two was wrong is not ours to say
    assert gather_day(Home(home), now).new == 1


def test_a_replay_is_not_held_to_the_servers_clock(home: Path, web: Web) -> None:
    (home / "feeds.opml").write_text(opml(("島嶼報", FEED)), "utf-8")
    serve(web, datetime.now(UTC))
    assert gather_day(Home(home), NOW).answered == 1


def test_after_a_gather_of_tomorrow_today_is_refused_and_once_it_is_gone_heard_in_full(
    home: Path, web: Web
) -> None:
    (home / "feeds.opml").write_text(opml(("島嶼報", FEED)), "utf-8")
    serve(web, NOW)
    gather_day(Home(home), NOW + timedelta(days=400))
    with pytest.raises(WrongClock, match="digest archive repair"):
        gather_day(Home(home), NOW)
    report = gather_day(Home(home), NOW, replay=True)
    assert [feed.status for feed in report.feeds] == [200]  # its validators are not used
    assert "if-none-match" not in web.asked[-1][1]
    assert Archive(home / "archive").validators.load()[FEED]["when"] == NOW.isoformat()
