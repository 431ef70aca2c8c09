from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import textwrap
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pytest

from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article
from digest_lib.articles.report import FeedReport, GatherReport
from digest_lib.errors import StorageError
from samples import article, at


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def slugs(articles: list[Article]) -> list[str]:
    return [one.url.rpartition("/")[2] for one in articles]


def test_an_empty_archive_answers(archive: Archive) -> None:
    assert archive.articles(at("07-29 05:00"), 1) == []
    assert archive.coverage(at("07-29 05:00"), 1).blind
    assert archive.latest() is None
    assert (archive.days(), archive.pages.texts(["a"], date.max), archive.validators.load()) == ([], {}, {})
    assert not archive.folder.exists()


def test_what_goes_in_comes_out(archive: Archive) -> None:
    one = article("a", "07-28 10:00", "07-28 11:00", text="全文 with \U0001f600\n第二段")
    assert archive.add([one]) == {one.id}
    assert archive.articles(at("07-29 05:00"), 1) == [one]
    assert archive.latest() == at("07-28 11:00")


def test_the_window(archive: Archive) -> None:
    until = at("07-29 05:00")
    archive.add(
        [
            article("at-the-end", "07-29 05:00"),
            article("after-the-end", "07-29 05:01"),
            article("fetched-after", "07-29 04:00", "07-29 05:01"),
            article("published-after", "07-29 05:01", "07-29 04:00"),
            article("at-the-beginning", "07-28 05:00"),
            article("just-in", "07-28 05:01"),
            article("fetched-late", "07-26 06:00", "07-29 01:00"),
            article("backlog", "07-26 04:59", "07-29 01:00"),
            article("foretold", "07-28 12:00", "07-20 00:00"),
        ]
    )
    assert slugs(archive.articles(until, 1)) == ["at-the-end", "foretold", "just-in", "fetched-late"]
    assert slugs(archive.articles(until, since=at("07-28 12:00"))) == ["at-the-end"]


def test_one_article_from_many_rows(archive: Archive) -> None:
    first = article("a", "07-28 10:00", "07-28 11:00", title="舊標題", text="長一點的全文")
    later = article(
        "a", "07-28 12:00", "07-28 13:00", title="新標題", feed="搜尋", publisher="別家", text="短"
    )
    last = article("a", "07-28 10:00", "07-29 06:00", title="明天的標題", text="明天才有的很長很長的全文")
    for one in (later, last, first):  # in whatever order they come in
        archive.add([one])
    (found,) = archive.articles(at("07-29 05:00"), 1)
    assert (found.title, found.text) == ("新標題", "長一點的全文")
    assert (found.publisher, found.feed) == ("島嶼報", "島嶼報")
    assert (found.published, found.fetched) == (first.published, first.fetched)
    assert archive.articles(at("07-28 12:00"), 1) == [first]


def test_a_changed_headline_is_no_new_article(archive: Archive) -> None:
    archive.add([article("a", "07-20 10:00", title="一")])
    assert archive.add([article("a", "07-28 10:00", title="二")]) == frozenset()
    assert archive.articles(at("07-29 05:00"), 1) == []


def test_adding_again_adds_nothing(archive: Archive) -> None:
    some = [article(str(n), "07-28 10:00", text="text\x00with\x08control ") for n in range(5)]
    assert len(archive.add([*some, *some])) == 5
    files = sorted(archive.folder.rglob("*"))
    assert archive.add(reversed(some)) == frozenset()
    assert archive.add([replace(one, fetched=at("07-30 00:00")) for one in some]) == frozenset()
    assert sorted(archive.folder.rglob("*")) == files


def test_the_order_does_not_depend_on_the_files(tmp_path: Path) -> None:
    some = [article(str(n), f"07-28 {n % 7:02}:00") for n in range(20)]
    one, other = Archive(tmp_path / "one"), Archive(tmp_path / "other")
    one.add(some)
    for each in reversed(some):
        other.add([each])
    until = at("07-29 00:00")
    assert one.articles(until, 2) == other.articles(until, 2)


def add_some(folder: Path, worker: int) -> int:
    archive = Archive(folder)
    own = [article(f"{worker}-{n}", "07-28 10:00") for n in range(20)]
    shared = [article(f"shared-{n}", "07-28 10:00") for n in range(20)]
    for start in range(0, 20, 5):
        archive.add([*own[start : start + 5], *shared[start : start + 5]])
    archive.validators.keep({f"http://{worker}.example/": {"etag": "x"}})
    return len(archive.articles(at("07-29 05:00"), 1))


def test_many_processes_add_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, "digest_lib.articles.archive"])
    with ProcessPoolExecutor(6, mp_context=context) as pool:
        seen = list(pool.map(add_some, [folder] * 6, range(6)))
    assert all(count >= 40 for count in seen)
    archive = Archive(folder)
    assert len(archive.articles(at("07-29 05:00"), 1)) == 6 * 20 + 20
    assert archive.problems == {}
    assert json.loads((folder / "feeds.json").read_text())


def damage_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def damage_middle(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[10 : len(raw) // 2] = b"\xff" * (len(raw) // 2 - 10)
    path.write_bytes(raw)


def damage_empty(path: Path) -> None:
    path.write_bytes(b"")


def damage_foreign(path: Path) -> None:
    duckdb.sql(f"COPY (SELECT 1 AS x) TO '{path}' (FORMAT parquet)")


def damage_columns(path: Path) -> None:
    duckdb.sql(f"COPY (SELECT 1 AS id) TO '{path}' (FORMAT parquet, KV_METADATA {{schema_version: '1'}})")


def damage_newer(path: Path) -> None:
    duckdb.sql(f"COPY (SELECT 1 AS id) TO '{path}' (FORMAT parquet, KV_METADATA {{schema_version: '2'}})")


@pytest.mark.parametrize(
    "damage",
    [damage_cut, damage_middle, damage_empty, damage_foreign, damage_columns, damage_newer],
)
def test_a_broken_file_is_left_out_and_named(archive: Archive, damage: object) -> None:
    archive.add([article("a", "07-27 10:00"), article("b", "07-28 10:00")])
    broken = next(archive.folder.glob("articles/day=2026-07-27/*.parquet"))
    damage(broken)  # type: ignore[operator]
    before = broken.read_bytes()
    assert slugs(archive.articles(at("07-29 05:00"), 3)) == ["b"]
    assert slugs(archive.everything()) == ["b"]
    assert list(archive.problems) == [broken]
    assert "\n" not in archive.problems[broken]
    coverage = archive.coverage(at("07-29 05:00"), 3)
    assert coverage.failed == ((str(broken.relative_to(archive.folder)), archive.problems[broken]),)
    assert broken.read_bytes() == before
    assert archive.add([article("c", "07-28 11:00")])


def test_other_broken_things_are_left_out_and_named(archive: Archive) -> None:
    archive.log.keep(GatherReport(at("07-28 10:00"), feeds=(FeedReport("A", "http://a.example/", 200),)))
    folder = archive.folder / "gathers" / "day=2026-07-28"
    for name, content in {"a": "{", "b": "[]", "c": '{"when": 1}', "d": "\xff"}.items():
        (folder / f"{name}.json").write_text(content, encoding="latin-1")
    (archive.folder / "feeds.json").write_text("[1]")
    (archive.folder / "articles" / "day=soon").mkdir(parents=True)
    assert archive.coverage(at("07-29 05:00"), 1).answered == 1
    assert archive.validators.load() == {}
    assert archive.articles(at("07-29 05:00"), 1) == []
    assert {path.name for path in archive.problems} == {
        "a.json", "b.json", "c.json", "d.json", "feeds.json", "day=soon",
    }  # fmt: skip


def test_a_storage_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="nothing was changed"):
        Archive(tmp_path / "archive").add([article("a", "07-28 10:00")])


FULL = """
    import resource, sys
    from pathlib import Path
    from samples import article, at
    from digest_lib.articles.archive import Archive
    from digest_lib.errors import StorageError

    archive = Archive(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    noise = [article(str(n), "07-28 10:00", text=str(hash(str(n))) * 20) for n in range(300)]
    try:
        archive.add(noise)
    except StorageError as error:
        print("refused:", str(error).count(chr(10)), error)
"""


def test_a_full_disk_leaves_the_archive_as_it_was(archive: Archive) -> None:
    """The system's own limit on the size of a file stands for the end of the disk."""
    archive.add([article("a", "07-28 10:00")])
    before = sorted(archive.folder.rglob("*"))
    tests = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), str(archive.folder)],
        env={**os.environ, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("refused: 0 cannot write"), done.stdout + done.stderr
    assert sorted(archive.folder.rglob("*")) == before
    assert slugs(archive.articles(at("07-29 05:00"), 1)) == ["a"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 2000


def test_texts_are_those_of_the_day_and_before_and_the_first_stays(archive: Archive) -> None:
    monday, tuesday = date(2026, 7, 27), date(2026, 7, 28)
    archive.pages.add_texts(monday, at("07-27 05:10"), {"a": ("first", ""), "b": ("", "behind a paywall")})
    archive.pages.add_texts(monday, at("07-27 06:00"), {"a": ("second", "")})
    archive.pages.add_texts(tuesday, at("07-28 05:10"), {"a": ("third", ""), "b": ("free now", "")})
    assert archive.pages.texts(["a", "b", "c"], monday) == {"a": "first"}
    assert archive.pages.texts(["a", "b"], tuesday) == {"a": "first", "b": "free now"}
    assert archive.pages.texts(["a"], monday - timedelta(days=1)) == {}
    assert archive.pages.unreadable(["a", "b"], monday) == {"b": "behind a paywall"}
    assert archive.pages.unreadable(["b"], tuesday) == {}


def report(when: str, *feeds: FeedReport, **said: object) -> GatherReport:
    return GatherReport(at(when), feeds=feeds, **said)  # type: ignore[arg-type]


def test_coverage_tells_quiet_from_blind(archive: Archive) -> None:
    good = FeedReport("好", "http://good.example/", 200, items=3)
    same = FeedReport("同", "http://same.example/", 304)
    bad = FeedReport("壞", "http://bad.example/", 0, error="no connection")
    html = FeedReport("頁", "http://html.example/", 200, error="an HTML page")
    archive.log.keep(report("07-28 10:00", good, same, bad, html))
    archive.log.keep(report("07-28 20:00", replace(good, status=503, error="HTTP 503"), bad))
    coverage = archive.coverage(at("07-29 05:00"), 1)
    assert (coverage.feeds, coverage.answered, coverage.articles, coverage.blind) == (4, 2, 0, False)
    assert coverage.failed == (("壞", "no connection"), ("頁", "an HTML page"))
    assert archive.coverage(at("07-30 05:00"), 1).blind
    archive.log.keep(report("07-29 10:00", bad))
    assert archive.coverage(at("07-30 05:00"), 1).blind


def test_feeds_of_imported_articles_count_as_heard(archive: Archive) -> None:
    archive.log.keep(report("07-28 10:00", FeedReport("好", "http://good.example/", 304)))
    archive.add([article("a", "07-28 10:00", feed="A"), article("b", "07-28 10:00", feed="B"),
                 article("c", "07-28 10:00", feed="好")])  # fmt: skip
    coverage = archive.coverage(at("07-29 05:00"), 1)
    assert (coverage.feeds, coverage.answered, coverage.imported, coverage.articles) == (3, 3, 2, 3)


def test_reports_survive_storage(archive: Archive) -> None:
    told = report(
        "07-28 10:00",
        FeedReport(
            "好", "http://good.example/", 200, 3, 2, "", ("entry 1 has no title",), "http://new.example/", 0.5
        ),
        queries=("Qwen",),
    )
    archive.log.keep(told)
    assert archive.log.between(at("07-28 09:59"), at("07-28 10:00")) == [told]
    assert archive.log.between(at("07-28 10:00"), at("07-29 10:00")) == []


def test_days_are_those_whose_posts_have_news(archive: Archive) -> None:
    # 05:00 in Taipei is 21:00 UTC of the day before: at the cut-off, an instant before and after it.
    archive.add([article("a", "07-27 21:00"), article("b", "07-28 20:59"), article("c", "07-29 21:01")])
    assert archive.days() == [date(2026, 7, 28), date(2026, 7, 29), date(2026, 7, 31)]


def test_validators_are_kept_side_by_side(archive: Archive) -> None:
    archive.validators.keep({"http://a.example/": {"etag": "1"}})
    archive.validators.keep({"http://b.example/": {"last_modified": "x"}})
    archive.validators.keep({})
    assert archive.validators.load() == {
        "http://a.example/": {"etag": "1"},
        "http://b.example/": {"last_modified": "x"},
    }
