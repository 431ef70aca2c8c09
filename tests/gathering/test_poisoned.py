"""One article that holds a secret of this machine is left out, with a reason, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.health import feed_health
from digest_lib.gathering.exchange import import_file
from digest_lib.gathering.gather import gather, gather_day, read
from digest_lib.settings import Home
from loopback import Web
from samples import article, at, item, opml, rss

FEED = "http://press.example/feed.xml"
NOW = at("07-28 21:10")
KEY = "News-Room-Key-42"
GOOD, BAD = "http://press.example/good", "http://press.example/bad"
REASON = (
    f"{BAD} holds the value of the environment variable OPENAI_API_KEY and was left out; change that secret"
)


@pytest.fixture
def press(home: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose one feed has a good article and one that tells the machine's key."""
    (home / "feeds.opml").write_text(opml(("島嶼報", FEED)), encoding="utf-8")
    when = "Tue, 28 Jul 2026 18:00:00 +0800"
    summary = f"<description>有人貼出 {KEY} 這把鑰匙。</description>"
    web.serve(FEED, rss(item("好新聞", GOOD, when), item("外洩", BAD, when, summary)))
    monkeypatch.setenv("DIGEST_NOW", NOW.isoformat())
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return Home(home)


def everything(home: Home) -> str:
    """All that stands in the archive's files of articles and of what gathers did."""
    rows = [repr(one) for one in Archive(home.archive).everything()]
    return "\n".join([*rows, *(path.read_text() for path in home.archive.rglob("*.json"))])


def test_a_feed_loses_that_entry_alone(press: Home) -> None:
    report = gather_day(press, NOW)
    assert report.feeds[0].poisoned == (REASON,)
    assert [one.url for one in Archive(press.archive).everything()] == [GOOD]
    assert KEY not in everything(press)


def test_whoever_is_on_call_is_told_until_the_feed_is_clean(press: Home, web: Web) -> None:
    gather_day(press, NOW)
    for hours in (0, 1):  # the second gather finds the feed as it was
        gather_day(press, NOW.replace(hour=21 + hours, minute=30))
        (health,) = feed_health(Archive(press.archive), at("07-28 23:00"))
        assert (health.state, health.detail) == ("secret", REASON)
    web.serve(FEED, rss(item("好新聞", GOOD, "Tue, 28 Jul 2026 18:00:00 +0800")))
    gather_day(press, at("07-28 22:50"))
    assert feed_health(Archive(press.archive), at("07-28 23:00"))[0].state == "ok"


def test_what_was_archived_before_it_became_a_secret_is_no_news(
    press: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    Archive(press.archive).add(
        [article("good", "07-28 10:00"), article("bad", "07-28 10:00", text=f"全文：{KEY}")]
    )
    monkeypatch.setenv("DIGEST_FETCH", "no")
    found = gather("2026-07-29")
    assert [one.url for one in found] == [GOOD]
    assert found.left_out == (REASON,)
    assert "OPENAI_API_KEY" in found._repr_html_()


def test_an_import_skips_that_line(press: Home, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    record = {"title": "標題", "published": "2026-07-28T10:00:00Z"}
    lines = [{**record, "url": GOOD}, {**record, "url": BAD, "text": f"全文：{KEY}"}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    report = import_file(Archive(press.archive), path)
    assert (report.new, report.skipped) == (1, (f"{path}:2: {REASON}",))


def test_a_page_that_tells_it_is_not_kept(press: Home, web: Web) -> None:
    web.serve(
        GOOD, f"<article><p>{'島嶼的新創公司今天發表模型。' * 20}</p><p>{KEY}</p></article>", kind="text/html"
    )
    (one,) = read(gather("2026-07-29"))
    assert one.text == ""
    assert KEY not in everything(press)


def test_an_address_that_tells_it_is_not_repeated(press: Home, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    line = {"title": "標題", "published": "2026-07-28T10:00:00Z", "url": f"http://press.example/{KEY}"}
    path.write_text(json.dumps(line))
    (said,) = import_file(Archive(press.archive), path).skipped
    assert said.startswith(f"{path}:1: an article holds the value of the environment variable OPENAI_API_KEY")
    assert KEY not in said


def test_the_current_folder_is_no_secret(press: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = "/home/runner/work/newsroom"
    for name in ("PWD", "OLDPWD", "INIT_CWD", "GITHUB_WORKSPACE"):
        monkeypatch.setenv(name, folder)
    Archive(press.archive).add([article("x", "07-28 10:00", text=f"程式在 {folder} 裡執行。")])
    monkeypatch.setenv("DIGEST_FETCH", "no")
    assert [one.text for one in gather("2026-07-29")] == [f"程式在 {folder} 裡執行。"]
