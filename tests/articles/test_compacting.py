"""Small files of the archive become few, and it says what it said: whatever stops it, and whoever reads."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from digest_lib.articles import care
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article
from digest_lib.articles.compacting import compact, groups
from digest_lib.articles.lost import all_lost
from digest_lib.articles.retention import GONE, due_files, forget_texts
from digest_lib.articles.tables import Table
from digest_lib.articles.unread import Unread
from digest_lib.documents.facts import PageFacts
from samples import article

TODAY = date(2026, 7, 29)
FIRST = datetime(2026, 4, 2, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("filled"), 22).folder


@pytest.fixture
def archive(filled: Path, tmp_path: Path) -> Archive:
    return Archive(Path(shutil.copytree(filled, tmp_path / "archive")))


def fill(folder: Path, gathers: int, seed: int = 7) -> Archive:
    """An archive of small gathers over four months: new articles, old ones that say something else, texts,
    facts, and articles that wait for a date."""
    archive, chance = Archive(folder), random.Random(seed)
    for number in range(gathers):
        when = FIRST + timedelta(days=number // 2 * 230 // gathers, hours=number % 2)
        slugs = [f"{number}-{n}" for n in range(3)] + [f"{chance.randrange(number + 1)}-0"]
        found = [_article(slug, when, str(chance.randrange(3))) for slug in slugs]
        archive.add(found)
        archive.add_unread([Unread(_article(f"u{number}", when, ""), "Thermidor")])
        text = {found[0].id: ("全文。" * 5, ""), found[1].id: ("", "behind a paywall")}
        archive.pages.add_texts(when.date(), when, text)
        archive.pages.add_facts(when.date(), when, {found[0].id: PageFacts(author=f"記者 {number}")})
    return archive


def _article(slug: str, when: datetime, version: str) -> Article:
    told = f"{when - timedelta(hours=2):%m-%d %H:%M}", f"{when:%m-%d %H:%M}"
    return article(slug, *told, title=f"標題 {slug} {version}", summary=f"摘要 {version}。")


def said(archive: Archive) -> dict[str, object]:
    """Everything that the archive says, day by day, in the order in which it says it."""
    days = [FIRST + timedelta(days=n) for n in range(0, 118, 13)]
    ids = [one.id for one in archive.everything()]
    return {
        "articles": [archive.articles(day, 13) for day in days],
        "everything": archive.everything(),
        "waiting": [archive.waiting(day - timedelta(days=3), day) for day in days],
        "texts": [archive.pages.texts(ids, day.date()) for day in days[::3]],
        "unreadable": [archive.pages.unreadable(ids, day.date()) for day in days[::2]],
        "facts": [archive.pages.facts(ids, day.date()) for day in days[::3]],
        "days": archive.days(),
        "new": archive.damaged(ids),
    }


def count(archive: Archive) -> int:
    return sum(len(table.files((date.min, date.max))) for table in archive.tables.values())


def tidy(archive: Archive, today: date = TODAY) -> int:
    return sum(len(list(compact(table, today))) for table in archive.tables.values())


def test_fewer_files_say_the_same_in_the_same_order(archive: Archive) -> None:
    before, files = said(archive), count(archive)
    assert tidy(archive) > 0
    assert count(archive) < files * 0.5
    assert said(Archive(archive.folder)) == before
    assert tidy(archive) == 0, "what is tidy stays as it is"
    # What comes late to an old month, and what is known, are added as ever.
    known = archive.everything()[-1]
    assert archive.add([known, _article("late", FIRST + timedelta(days=3), "1")]) == {
        _article("late", FIRST, "1").id
    }
    assert tidy(archive) == 1


@pytest.mark.parametrize(
    ("day", "names", "expected"),
    [
        ("2026-07-28", ("a", "b"), [("day=2026-07-28", False)]),
        ("2026-07-28", ("a",), []),
        ("2026-07-29", ("a", "b"), []),  # today: more will come
        ("2026-05-31", ("a",), []),
        ("2026-04-17", ("a",), [("day=2026-04-01", True)]),
        ("2026-04-01", ("month-a",), []),
        ("2026-04-01", ("month-a", "b"), [("day=2026-04-01", True)]),
        ("strange", ("a", "b"), []),
    ],
)
def test_what_becomes_one(day: str, names: Sequence[str], expected: list[tuple[str, bool]]) -> None:
    files = [Path(f"articles/day={day}/{name}.parquet") for name in names]
    assert [(group.folder.name, group.monthly) for group in groups(files, TODAY)] == expected


def test_a_damaged_file_stops_its_group_alone(archive: Archive) -> None:
    (day, *_) = sorted((archive.folder / "articles").glob("day=2026-07-*"))
    bad = sorted(day.glob("*.parquet"))[0]
    bad.write_bytes(bad.read_bytes()[:-20])
    tidy(archive)
    assert bad.exists()
    assert len(list((archive.folder / "articles").glob("day=2026-04-*"))) == 1


def test_a_damaged_month_is_set_aside_and_repaired_by_its_days(archive: Archive) -> None:
    tidy(archive)
    before = said(archive)
    (month,) = (archive.folder / "articles" / "day=2026-04-01").glob("month-*.parquet")
    asked = "SELECT total_compressed_size, data_page_offset, dictionary_page_offset FROM parquet_metadata(?)"
    ((size, *pages),) = duckdb.execute(f"{asked} WHERE path_in_schema = 'text'", [str(month)]).fetchall()
    raw = bytearray(month.read_bytes())
    begin = min(page for page in pages if page)
    raw[begin : begin + size] = b"\xff" * size
    month.write_bytes(raw)
    archive = Archive(archive.folder)
    (lost,) = care.check(archive)
    assert lost.span == (date(2026, 4, 1), date(2026, 4, 30))
    care.repair(archive, FIRST + timedelta(days=120))
    assert not all_lost(archive.folder)
    assert said(Archive(archive.folder)) == before  # no article of it had a text


TIDY = """
import sys
from datetime import date
from pathlib import Path
from digest_lib.articles.archive import Archive
from digest_lib.articles.compacting import compact
print("begun", flush=True)
for table in Archive(Path(sys.argv[1])).tables.values():
    for group in compact(table, date(2026, 7, 29)):
        pass
"""


def begin(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", TIDY, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.slow
def test_killed_at_any_moment_it_loses_nothing(archive: Archive) -> None:
    before, whole = said(archive), archive.everything()
    chance = random.Random(14)
    for _ in range(3):
        process = begin(archive.folder)
        time.sleep(chance.uniform(0.02, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert Archive(archive.folder).everything() == whole
    tidy(Archive(archive.folder))
    assert said(Archive(archive.folder)) == before


@pytest.mark.slow
def test_who_reads_meanwhile_reads_everything(archive: Archive) -> None:
    whole = archive.everything()
    process, looks = begin(archive.folder), 0
    while process.poll() is None or not looks:
        assert Archive(archive.folder).everything() == whole
        looks += 1
    assert process.returncode == 0


class Overtaken(Table):
    """A table that another process compacts just after its files were listed for the first time."""

    def files(self, days: tuple[date, date]) -> list[Path]:
        found = super().files(days)
        list(compact(Table(self.folder, self.columns), TODAY))
        return found


def test_files_that_go_after_they_were_listed_are_looked_for_again(archive: Archive) -> None:
    for name, table in archive.tables.items():
        rows = sorted(table.query("SELECT * FROM rows"))
        overtaken = Overtaken(table.folder, table.columns)
        assert sorted(overtaken.query("SELECT * FROM rows")) == rows, name
        assert not overtaken.problems


def test_a_folder_that_is_removed_meanwhile_is_made_again(archive: Archive) -> None:
    day = FIRST + timedelta(days=10)
    tidy(archive)
    assert not (archive.folder / "articles" / f"day={day:%Y-%m-%d}").exists()
    assert archive.add([_article("late", day, "1")])


def test_texts_go_by_age_and_those_that_posts_cite_stay(archive: Archive) -> None:
    when = FIRST + timedelta(days=1, hours=1)
    whole = article("whole", f"{when:%m-%d %H:%M}", text="餵入的全文。" * 9)
    archive.add([whole])
    everything = archive.everything()
    with_text = [one for one in everything if one.text]
    kept, before = with_text[-2:], date(2026, 6, 1)
    tidy(archive)
    gone = forget_texts(due_files(archive, date.min, before), [one.id for one in kept])
    now = {one.id: one for one in archive.everything()}
    assert {id: one.reading("") for id, one in now.items()} == {one.id: one.reading("") for one in everything}
    old = [one for one in with_text if one.fetched.date() < before and one not in kept]
    assert gone >= len(old) > 5
    assert not any(now[one.id].text for one in old)
    assert all(now[one.id].text == one.text for one in with_text if one not in old)
    problems = archive.pages.unreadable([one.id for one in old], old[0].fetched.date())
    assert GONE in problems.values()
    assert forget_texts(due_files(archive, date.min, before), [one.id for one in kept]) == 0
