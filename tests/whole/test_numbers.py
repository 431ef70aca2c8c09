"""Numbers of articles and stories over many posts: one each, whoever says it and whenever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.day import Day
from digest_lib.running import records
from digest_lib.settings import Home
from homes import copy_home, quickly
from published_numbers import contradictions, published_numbers

pytestmark = pytest.mark.slow

FIRST, SECOND, THIRD = "2026-07-22", "2026-07-23", "2026-07-24"
FAMILIES = ["claude", "qwen"]


def posts(home: Home) -> dict[str, bytes]:
    files = sorted(p for p in home.posts.rglob("*") if p.is_file())
    return {str(p.relative_to(home.posts)): p.read_bytes() for p in files}


def run(home: Home, date: str, families: str = ",".join(FAMILIES)) -> None:
    done = quickly(home, "run", "--date", date, "--families", families)
    assert done.returncode == 0, done.stdout + done.stderr


def late_news(home: Home, date: str) -> None:
    """An import brings news of a day that was published already, about Qwen."""
    day = Day.of(date)
    archive = Archive(home.archive)
    known = next(a for a in archive.articles(day.cutoff) if "Qwen" in a.title)
    when = day.cutoff - timedelta(hours=2)
    url = "http://late.example/qwen.html"
    late = replace(
        known, id=known.id_of(url), url=url, title="Qwen 模型的另一則消息", publisher="遲到日報",
        published=when, fetched=when,
    )  # fmt: skip
    assert archive.add([late])


def test_all_posts_say_one_number(two_days: Home) -> None:
    said = published_numbers(two_days)
    assert contradictions(said) == []
    # its own post and its rival's, facts and charts, and again a day later
    assert len(said["about", "Qwen", FIRST][next(iter(said["about", "Qwen", FIRST]))]) > 10
    assert any(set(numbers) != {0} for (what, *_), numbers in said.items() if what == "about")


def test_a_published_number_stays_and_a_changed_one_marks_who_compares_with_it(
    two_days: Home, tmp_path: Path
) -> None:
    home = copy_home(two_days, tmp_path / "home")
    before = posts(home)
    late_news(home, FIRST)
    run(home, THIRD)
    assert contradictions(published_numbers(home)) == []
    assert {name: data for name, data in posts(home).items() if name in before} == before
    (number,) = published_numbers(home)["about", "Qwen", FIRST]

    run(home, FIRST, "qwen")  # a correction: its own number is one higher
    said = published_numbers(home)["about", "Qwen", FIRST]
    assert set(said) == {number, number + 1}
    assert all(f"{FIRST}-qwen" in place for place in said[number + 1])
    stale = {r.name for r in records.load_all(home) if r.stale == FIRST}
    assert stale == {f"{d}-{f}" for d in (FIRST, SECOND, THIRD) for f in FAMILIES} - {f"{FIRST}-qwen"}

    run(home, FIRST)  # its rival's post of the day is made again, and says the same
    (again,) = published_numbers(home)["about", "Qwen", FIRST].keys() - {number}
    agreed = published_numbers(home)["about", "Qwen", FIRST][again]
    assert any(f"{FIRST}-claude" in place for place in agreed)
    assert not any(r.stale for r in records.load_all(home) if r.date == FIRST)


def test_it_does_not_matter_who_runs_first(two_days: Home, gathered: Home, tmp_path: Path) -> None:
    home = copy_home(gathered, tmp_path / "home")
    for family in reversed(FAMILIES):
        run(home, FIRST, family)
    made = posts(two_days)
    assert posts(home) == {name: data for name, data in made.items() if name.startswith(FIRST)}
    assert not any(r.stale for r in records.load_all(home))
