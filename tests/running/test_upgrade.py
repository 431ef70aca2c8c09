"""What earlier versions wrote is read, whatever changes later; `digest upgrade` says what it would change."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from digest_lib.articles.archive import Archive
from digest_lib.cli import main
from digest_lib.publishing.guard import check_post
from digest_lib.running import records
from digest_lib.running.families import load
from digest_lib.settings import Home
from digest_lib.site.outfit import outfit, sign
from homes import FORMATS

NAMES = sorted(path.name for path in FORMATS.iterdir() if path.is_dir())


@pytest.fixture
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("DIGEST_NOW", "2026-12-01T00:00:00Z")
    return Home(Path(shutil.copytree(FORMATS / request.param, tmp_path / "home")))


each = pytest.mark.parametrize("home", NAMES, indirect=True)
first = pytest.mark.parametrize("home", ["first"], indirect=True)


def upgrade(home: Home, *words: str) -> list[str]:
    done = CliRunner().invoke(main, ["--home", str(home.root), "upgrade", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.output.splitlines()


def read(home: Home) -> dict[str, object]:
    """What its archive says, as `expected.json` has it."""
    archive = Archive(home.archive)
    found = archive.articles(datetime(2026, 7, 23, 23, tzinfo=UTC), 4)
    texts = archive.pages.texts([one.id for one in found], date(2026, 7, 24))
    assert not archive.problems
    return {
        "articles": [
            [one.id, one.title, one.publisher, one.published.isoformat(), one.fetched.isoformat()]
            for one in found
        ],
        "texts": {id: hashlib.sha256(text.encode()).hexdigest()[:16] for id, text in texts.items()},
    }


def content(home: Home) -> dict[Path, bytes]:
    files = (path for path in home.root.rglob("*") if path.is_file() and path.name != ".tidy.lock")
    return {path: path.read_bytes() for path in files}


def expected(home: Home) -> object:
    return json.loads((home.root / "expected.json").read_text("utf-8"))


@each
def test_the_archive_of_every_version_is_read_as_it_was_by_its_own(home: Home) -> None:
    assert read(home) == expected(home)
    log = Archive(home.archive).log
    assert log.between(datetime(2026, 7, 20, tzinfo=UTC), datetime(2026, 7, 24, tzinfo=UTC))


@each
def test_records_posts_and_notebooks_of_every_version_are_read(home: Home) -> None:
    (record,) = records.load_all(home)
    assert record.ok
    facts = check_post(home.posts / record.name)
    assert (facts.family, str(facts.date), len(facts.stories)) == ("qwen", record.date, record.stories)
    assert load(home.notebooks / "qwen.ipynb") is not None


@first
def test_upgrade_says_what_it_would_do_and_does_nothing(home: Home) -> None:
    before = content(home)
    *said, last = upgrade(home)
    assert [line.partition(":")[0] for line in said] == [
        "archive/articles",
        "archive/texts",
        "archive/runs/2026-07-22-qwen.json",
        "notebooks/qwen.ipynb",
    ]
    assert "3 files of old days are put together into 1" in said[0]
    assert "gets answered, note, run, warning (empty: not known then)" in said[2]
    assert last == "4 to do; do it with: digest upgrade --yes"
    assert content(home) == before


@first
def test_upgrade_does_it_and_keeps_what_it_replaced(home: Home) -> None:
    old = {path: (home.root / path).read_bytes() for path in (
        "archive/runs/2026-07-22-qwen.json", "notebooks/qwen.ipynb")}  # fmt: skip
    family = load(home.notebooks / "qwen.ipynb")
    assert upgrade(home, "--yes")[-1] == "4 done."
    (kept,) = (home.archive / "before-upgrade").iterdir()
    assert {path: (kept / path).read_bytes() for path in old} == old
    assert read(home) == expected(home)
    now = load(home.notebooks / "qwen.ipynb")
    assert family is not None
    assert now is not None
    assert {name: now.parameters[name] for name in family.parameters} == family.parameters
    assert upgrade(home) == ["Everything here is of today's form."]


@first
def test_a_notebook_without_cell_ids_is_upgraded_too(home: Home) -> None:
    upgrade(home, "--yes")
    [path] = home.notebooks.glob("*.ipynb")
    raw = json.loads(path.read_text("utf-8"))
    for cell in raw["cells"]:
        del cell["id"]
    path.write_text(json.dumps(raw | {"nbformat_minor": 2}), "utf-8")
    assert not any("cells" in line for line in upgrade(home))  # nothing but its form is another
    raw["cells"][-1]["source"] = "print(1)"
    path.write_text(json.dumps(raw | {"nbformat_minor": 2}), "utf-8")
    assert any("become those of today's desk" in line for line in upgrade(home))
    upgrade(home, "--yes")
    assert nbformat.validate(nbformat.read(path, as_version=4)) is None
    assert load(path) is not None


@first
def test_what_a_later_version_wrote_is_named_and_left(home: Home) -> None:
    import duckdb

    later = home.archive / "articles" / "day=2026-07-23" / "later.parquet"
    later.parent.mkdir()
    form = "FORMAT parquet, KV_METADATA {schema_version: '9'}"
    duckdb.execute(f"COPY (SELECT 1 AS id) TO '{later}' ({form})")
    said = [line for line in upgrade(home, "--yes") if "later.parquet" in line]
    assert said == [
        "for you to do: archive/articles/day=2026-07-23/later.parquet: written by a newer version (schema 9, "
        "this one reads 1 and 2); update digest"
    ]
    assert later.exists()


EARLIER = "// Earlier.\n"


@pytest.fixture
def site_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with all of them: a copy of an earlier script, with another's line ends, and a changed one."""
    signs = tmp_path / "shipped.tsv"
    signs.write_text(f"assets/theme.js\t{sign(EARLIER.encode())}\n", "utf-8")
    monkeypatch.setattr("digest_lib.site.outfit.SIGNS", signs)
    home = Home(tmp_path / "home")
    home.notebooks.mkdir(parents=True)
    outfit(home.root)
    (home.root / "assets/theme.js").write_bytes(EARLIER.replace("\n", "\r\n").encode())
    (home.root / "assets/site.css").write_text("body {}", "utf-8")
    (home.root / "assets/mine.js").write_text("mine", "utf-8")
    (home.root / "about.qmd").write_text("mine", "utf-8")
    return home


def test_copies_of_earlier_site_files_become_todays_and_a_persons_stay(site_files: Home) -> None:
    before = content(site_files)
    mine, copy, last = upgrade(site_files)
    assert mine.startswith("for you to do: assets/site.css: was changed here and stays so; what is shipped ")
    assert copy == "assets/theme.js: is an unchanged copy of an earlier version, and becomes today's"
    assert last == "1 to do; do it with: digest upgrade --yes"
    assert content(site_files) == before
    assert upgrade(site_files, "--yes")[-1] == "1 done."
    changed = {path.name for path, data in before.items() if content(site_files)[path] != data}
    assert changed == {"theme.js"}
    (kept,) = (site_files.archive / "before-upgrade").iterdir()
    assert (kept / "assets/theme.js").read_bytes() == before[site_files.root / "assets/theme.js"]
    assert upgrade(site_files) == [mine]
