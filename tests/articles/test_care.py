"""A damaged file of the archive costs what it held, is named until a person acts, and stops nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from digest_lib.articles import care
from digest_lib.articles.archive import Archive
from digest_lib.articles.lost import all_lost
from digest_lib.cli import main
from digest_lib.errors import BadInput
from digest_lib.gathering.gather import gather, gather_day
from digest_lib.settings import Home
from loopback import Web
from samples import article, at, item, opml, rss

FEED = "http://press.example/feed.xml"
OLD, NEW = at("07-26 21:10"), at("07-28 21:10")


@pytest.fixture
def kept(home: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Two gathers, two days apart, each with news of its own; both days have ended."""
    (home / "feeds.opml").write_text(opml(("島嶼報", FEED)), "utf-8")
    for when, slug in ((OLD, "old"), (NEW, "new")):
        dated = f"{when - timedelta(hours=3):%a, %d %b %Y %H:%M:%S} +0000"
        web.serve(FEED, rss(item(f"標題 {slug}", f"http://press.example/{slug}", dated)), ETag=f'"{slug}"')
        gather_day(Home(home), when)
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T01:00:00Z")
    monkeypatch.setenv("DIGEST_FETCH", "no")
    return Archive(home / "archive")


def one_file(archive: Archive, day: str, table: str = "articles") -> Path:
    (path,) = (archive.folder / table / f"day={day}").iterdir()
    return path


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def spoil_summaries(path: Path) -> None:
    """Damages the pages of one column, as a bad sector does: all others can be read."""
    asked = "SELECT total_compressed_size, data_page_offset, dictionary_page_offset FROM parquet_metadata(?)"
    ((size, *pages),) = duckdb.execute(f"{asked} WHERE path_in_schema = 'summary'", [str(path)]).fetchall()
    begin = min(page for page in pages if page)
    raw = bytearray(path.read_bytes())
    raw[begin : begin + size] = b"\xff" * size
    path.write_bytes(raw)


def call(home: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--home", str(home), *words], catch_exceptions=False)
    return done.exit_code, done.output


def test_an_old_damaged_file_is_set_aside_and_later_days_go_on(home: Path, kept: Archive) -> None:
    cut(one_file(kept, "2026-07-26"))
    found = gather("2026-07-29")
    assert [one.title for one in found] == ["標題 new"]
    assert found.coverage.failed == ()  # what was lost was no news of this day
    (lost,) = all_lost(kept.folder)
    assert lost.name.startswith("articles/day=2026-07-26/") and lost.path.is_file()
    assert Archive(kept.folder).problems == {}
    assert gather("2026-07-29") == found


def test_the_day_that_lost_all_it_had_is_not_quiet(home: Path, kept: Archive) -> None:
    cut(one_file(kept, "2026-07-26"))
    for _ in range(2):
        with pytest.raises(BadInput, match=r"articles/day=2026-07-26/.*run: digest archive repair"):
            gather("2026-07-27")


def test_a_day_that_lost_a_part_says_so_and_its_post_is_not_replaced(home: Path, kept: Archive) -> None:
    kept.add([article("more", "07-26 20:00", "07-26 21:00")])
    held = (kept.folder / "articles/day=2026-07-26").iterdir()
    cut(next(path for path in held if "標題 old" in str(duckdb.sql(f"FROM '{path}'").fetchall())))
    found = gather("2026-07-27")
    assert [one.title for one in found] == ["標題 more"]
    assert [name for name, _ in found.coverage.failed] == [all_lost(kept.folder)[0].name]
    with pytest.raises(BadInput):
        gather("2026-07-27", cut_off=OLD.isoformat())  # as a re-run of a day that has a post


def test_what_a_repair_could_not_bring_back_makes_no_quiet_day(home: Path, kept: Archive) -> None:
    path = one_file(kept, "2026-07-28")
    whole = path.read_bytes()
    path.write_bytes(b"cut")
    assert call(home, "archive", "check")[0] == 1
    assert "none of its rows can be read" in call(home, "archive", "repair")[1]
    for given in (
        {},
        {"cut_off": NEW.isoformat()},
    ):  # the first run of the day, and one that it had a post of
        with pytest.raises(BadInput, match=r"articles/day=2026-07-28/.* is not in the archive any more"):
            gather("2026-07-29", **given)
    path.write_bytes(whole)
    assert [one.title for one in gather("2026-07-29", cut_off=NEW.isoformat())] == ["標題 new"]


def test_a_day_that_a_repair_brought_back_whole_is_told_again(home: Path, kept: Archive) -> None:
    spoil_summaries(one_file(kept, "2026-07-28"))
    assert call(home, "archive", "check")[0] == 1
    assert call(home, "archive", "repair")[0] == 0
    found = gather("2026-07-29", cut_off=NEW.isoformat())
    assert ([one.title for one in found], found.coverage.failed) == (["標題 new"], ())


def test_what_can_be_read_is_put_back_and_the_feeds_are_asked_again(
    home: Path, kept: Archive, web: Web
) -> None:
    spoil_summaries(one_file(kept, "2026-07-28"))
    code, said = call(home, "archive", "check")
    assert code == 1
    assert "1 of its rows can be read; that day brought 1 new articles from 島嶼報 (1)" in said
    assert call(home, "export", str(home / "out.jsonl"))[0] == 1
    assert call(home, "archive", "repair")[0] == 0
    assert call(home, "archive", "check") == (0, "Every file can be read.\n")
    code, said = call(home, "export", str(home / "out.jsonl"))
    assert (code, "2 articles written" in said) == (0, True)
    assert [one.title for one in gather("2026-07-29")] == ["標題 new"]
    gather_day(Home(home), NEW + timedelta(hours=1))
    assert "if-none-match" not in web.asked[-1][1]
    assert len(list(kept.folder.glob("damaged/settled/articles/*/*.parquet"))) == 1


def test_an_export_says_what_it_could_not_read(home: Path, kept: Archive) -> None:
    cut(one_file(kept, "2026-07-26"))
    for _ in range(2):
        code, said = call(home, "export", str(home / "out.jsonl"))
        assert code == 1
        assert "1 articles written" in said
        assert said.count("articles/day=2026-07-26/") == 1
        care.glance(kept)


def test_what_a_wrong_clock_dated_later_counts_from_now(home: Path, kept: Archive, web: Web) -> None:
    web.serve(FEED, rss(item("標題 wrong", "http://press.example/wrong")), ETag='"wrong"')
    gather_day(Home(home), NEW + timedelta(days=900))
    done = care.repair(Archive(kept.folder), at("07-29 01:00"))
    assert len(done) == 2
    assert kept.log.last() == NEW
    (found,) = [one for one in Archive(kept.folder).everything() if "wrong" in one.url]
    assert found.fetched == found.published == at("07-29 01:00")
    assert gather_day(Home(home), at("07-29 01:00")).feeds[0].status == 200


def test_a_report_in_a_folder_that_is_no_days_is_read_too(kept: Archive) -> None:
    stray = kept.folder / "gathers" / "day=someday" / "a.json"
    stray.parent.mkdir()
    stray.write_text("{", "utf-8")
    found = care.check(Archive(kept.folder), NEW.date(), NEW.date())
    assert [one.name for one in found] == ["gathers/day=someday/a.json"]


def test_a_sound_archive_is_left_alone(home: Path, kept: Archive) -> None:
    before = sorted(kept.folder.rglob("*"))
    assert call(home, "archive", "check") == (0, "Every file can be read.\n")
    assert call(home, "archive", "repair") == (0, "Nothing is damaged.\n")
    assert care.glance(kept) == []
    assert sorted(kept.folder.rglob("*")) == before


class Killed(Exception):
    """In place of a kill."""


def test_a_repair_that_is_killed_leaves_no_feed_answering_that_nothing_is_new(
    kept: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut(one_file(kept, "2026-07-26"))
    care.check(kept)
    assert kept.validators.load()

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(care, "settle", killed)
    with pytest.raises(Killed):
        care.repair(Archive(kept.folder), at("07-29 01:00"))
    assert kept.validators.load() == {}
