"""What `digest tidy` removes and what it keeps, and when a run does it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest_lib.articles.archive import Archive
from digest_lib.articles.report import GatherReport
from digest_lib.cli import main
from digest_lib.day import Day
from digest_lib.running.tidy import cited, is_due, tidy
from digest_lib.settings import Home
from samples import article

NOW = Day.of("2026-07-29").cutoff


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose newest gather is of now, with texts of half a year, and two posts."""
    monkeypatch.setenv("DIGEST_NOW", NOW.isoformat())
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_quarto.yml").touch()
    archive = Archive(tmp_path / "archive")
    for days in (180, 179, 90, 20, 0):
        when = NOW - timedelta(days=days)
        archive.add([article(f"{n}-{days}", f"{when:%m-%d %H:%M}") for n in "abc"])
        ids = [one.id for one in archive.articles(when, 1)]
        archive.pages.add_texts(when.date(), when, dict.fromkeys(ids, ("全文。" * 9, "")))
    archive.log.keep(GatherReport(NOW))
    oldest = [one.id for one in archive.everything(until=NOW - timedelta(days=170))]
    for number, folder in enumerate(("posts/2026-02-01-qwen", "posts/_set-aside/2026-01-31-gpt")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "index.ipynb").write_text(f'{{"sources": [{{"id": "{oldest[number]}"}}]}}')
    return Home(tmp_path)


def texts(home: Home) -> dict[str, int]:
    """slug -> length of its text."""
    return {one.url[-5:].strip("/"): len(one.text) for one in Archive(home.archive).everything()}


def test_texts_are_kept_for_ever_unless_told_otherwise(home: Home) -> None:
    before = texts(home)
    done = tidy(home, NOW)
    assert done is not None
    assert (done.texts, texts(home)) == (0, before)


def test_texts_that_no_post_cites_go_by_age(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_TEXT_DAYS", "120")
    done = tidy(home, NOW)
    assert done is not None
    assert done.texts == 4  # of six that are older, a post and one that is set aside cite two
    left = Archive(home.archive).everything()
    assert len(left) == 15
    assert {one.id for one in left if one.fetched < NOW - timedelta(days=120) and one.text} == cited(home)
    again = tidy(home, NOW + timedelta(days=30))
    assert again is not None
    assert again.texts == 0, "by the newest gather: a clock that jumped ahead makes nothing old"


def test_what_is_cited_is_found_in_posts_of_some_dates(home: Home) -> None:
    assert len(cited(home)) == 2
    assert len(cited(home, Day.of("2026-02-01").date)) == 1


def test_caches_are_bounded_by_their_last_use(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (home.answers, home.vectors):
        folder.mkdir()
        for number in range(4):
            (folder / f"{number}.json").write_bytes(b"x" * 400_000)
            os.utime(folder / f"{number}.json", (1e9, 1e9 - number))
    tidy(home, NOW)
    assert len(list(home.answers.iterdir())) == 4
    monkeypatch.setenv("DIGEST_CACHE_MB", "1")
    done = tidy(home, NOW)
    assert done is not None
    assert (done.cached, done.cached_bytes) == (4, 1_600_000)
    assert sorted(path.name for path in home.answers.iterdir()) == ["0.json", "1.json"]


def test_the_command_says_what_it_did(home: Home) -> None:
    (home.archive / "work").mkdir()
    stray = home.archive / "work" / "2026-07-28-qwen.0000"
    stray.mkdir()
    os.utime(stray, (1e9, 1e9))
    said = CliRunner().invoke(main, ["--home", str(home.root), "tidy"], catch_exceptions=False)
    assert said.exit_code == 0
    assert "1 leftovers of killed processes went" in said.output
    assert "small files of the archive are" in said.output
    said = CliRunner().invoke(main, ["--home", str(home.root), "tidy"], catch_exceptions=False)
    assert said.output == "There was nothing to tidy.\n"


def test_it_is_due_once_a_day(home: Home) -> None:
    assert is_due(home, NOW)
    tidy(home, NOW)
    due = [is_due(home, NOW + timedelta(hours=hours)) for hours in (0, 19, 21, -1)]
    assert due == [False, False, True, True]


def test_what_the_time_does_not_suffice_for_is_the_next_ones(home: Home) -> None:
    tidy(home, NOW, seconds=-1)
    assert is_due(home, NOW)
