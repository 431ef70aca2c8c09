"""Files that a later version of this library wrote are named, neither read as today's nor written over."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest_lib.articles.archive import Archive
from digest_lib.checking.digest import Digest
from digest_lib.cli import main
from digest_lib.errors import NewerFile
from digest_lib.files import digest_of
from digest_lib.lab import keep, rate
from digest_lib.lab.adopt_kept import kept as adopted
from digest_lib.lab.experiment import Experiment
from digest_lib.publishing.post import facts_on_disk
from digest_lib.running import alarms, announce, claims, daily, records, tidy
from digest_lib.running.examine import examine
from digest_lib.settings import Home
from digest_lib.site.adopted import read_reports
from digest_lib.stories.continuity import _earlier_facts
from digest_lib.stories.counted import Counted
from digest_lib.text.scripts import fold
from digest_lib.web.robots import Kept
from digest_lib.writing import kept
from digest_lib.writing.earlier import earlier
from homes import FORMATS

NAME, DAY, NOW = "2026-07-22-qwen", "2026-07-22", datetime(2026, 7, 24, tzinfo=UTC)
URL = "https://publisher.example/robots.txt"
POST = f"posts/{NAME}/index.ipynb"
COUNT = f"archive/counts/{DAY}/{digest_of(fold('Qwen'))}.json"
ROBOTS = f"archive/robots/{digest_of(URL)}.json"
RECORD, STATE = f"archive/runs/{NAME}.json", f"archive/state/{NAME}.json"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("DIGEST_NOW", NOW.isoformat())
    monkeypatch.setenv("DIGEST_FETCH", "no")
    for variable in ("DIGEST_ANNOUNCE", "DIGEST_NOTIFY"):
        monkeypatch.setenv(variable, "json://127.0.0.1:9")
    return Home(Path(shutil.copytree(FORMATS / "first", tmp_path / "home")))


def make_later(path: Path) -> bytes:
    """Puts there what a later version might have: what is there says that it is of form 2, or just that."""
    if path.suffix == ".ipynb":
        notebook = json.loads(path.read_text("utf-8"))
        notebook["metadata"]["digest"] |= {"version": 2, "mood": "bright"}
        text = json.dumps(notebook)
    else:
        said = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        text = json.dumps({**said, "schema": 2, "status": "postponed"})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path.read_bytes()


def of_a_claim(home: Home) -> object:
    return claims.claim(home, "qwen", DAY)


def trial(home: Home) -> Experiment:
    told = {"dataset": {"days": [DAY]}, "variants": [{"name": "baseline"}]}
    return Experiment.model_validate({**told, "path": home.root / "trial.yml"})


def of_a_record(home: Home) -> object:
    found = records.Record("qwen", DAY, records.Outcome.QUIET, "", 0.0)
    return records.save(home, found)


#: By the file: what reads it, or writes it. `archive/…` unless it lies elsewhere.
KINDS: list[tuple[str, Callable[[Home], object]]] = [
    (RECORD, records.load_all),
    (RECORD, lambda home: records.load(home, "qwen", DAY)),
    (RECORD, of_a_record),
    (RECORD, lambda home: examine(home, NOW)),
    (STATE, claims.states),
    (STATE, of_a_claim),
    (STATE, lambda home: claims.want(home, [("qwen", DAY)])),
    (POST, lambda home: facts_on_disk(home.posts / NAME)),
    (POST, lambda home: _earlier_facts(home.posts, "qwen", date(2026, 7, 23))),
    (POST, lambda home: earlier(home.posts, "qwen", date(2026, 7, 23))),
    (
        "archive/gathers/day=2026-07-22/210000-00000000000000000000000000000000.json",
        lambda home: examine(home, NOW),
    ),
    ("archive/feeds.json", lambda home: Archive(home.archive).validators.load()),
    ("archive/feeds.json", lambda home: Archive(home.archive).validators.keep({URL: {"etag": "1"}})),
    ("archive/feeds.json", lambda home: Archive(home.archive).validators.forget()),
    ("archive/state/alarms.json", lambda home: alarms.tell(home, examine(home, NOW))),
    ("archive/state/noticed.json", lambda home: examine(home, NOW)),
    ("archive/state/announced.json", announce.tell),
    ("archive/state/published.json", daily.is_published),
    ("archive/state/published.json", lambda home: daily.note_published(home, daily.fingerprint(home))),
    ("archive/state/unpublished.json", daily.unpublished),
    ("archive/state/tidied.json", lambda home: tidy.is_due(home, NOW)),
    ("archive/state/tidied.json", lambda home: tidy.tidy(home, NOW)),
    (COUNT, lambda home: Counted(home).of(DAY, "Qwen")),
    (COUNT, lambda home: Counted(home).keep(DAY, "Qwen", 3)),
    (ROBOTS, lambda home: Kept(home.archive / "robots").of(URL)),
    ("archive/llm/one.json", lambda home: kept.cached(home.archive / "llm" / "one.json", Digest)),
    ("trial/runs/baseline/one.json", lambda home: keep.read_all(home.root / "trial")),
    ("trial/adopted.json", lambda home: adopted(trial(home))),
    ("trial/ratings/one.json", lambda home: rate.ratings(home.root / "trial")),
    ("reports/2026-07-22-trial-few.json", read_reports),
]


@pytest.mark.parametrize(("name", "use"), KINDS)
def test_it_is_refused_and_stays(home: Home, name: str, use: Any) -> None:
    raw = make_later(home.root / name)
    with pytest.raises(NewerFile, match=r"newer version of digest \(its form is 2, .* update digest"):
        use(home)
    assert (home.root / name).read_bytes() == raw


COMMANDS = [
    (RECORD, "status"),
    (RECORD, "status --json"),
    (RECORD, f"run --date {DAY}"),
    (RECORD, f"backfill --from {DAY} --to {DAY}"),
    (STATE, "status"),
    (STATE, f"run --date {DAY}"),
    (POST, "render --renderer embedded"),
    (POST, f"retract {NAME} --reason wrong"),
    ("archive/state/tidied.json", "tidy"),
    ("archive/state/alarms.json", "notify"),
]


@pytest.mark.parametrize(("name", "words"), COMMANDS)
def test_a_command_says_so_in_a_line_and_ends(home: Home, name: str, words: str) -> None:
    raw = make_later(home.root / name)
    done = CliRunner().invoke(main, ["--home", str(home.root), *words.split()])
    said = [line for line in done.output.splitlines() if "newer version of digest" in line]
    assert (done.exit_code, len(said)) == (2, 1), done.output
    assert name.removesuffix("/index.ipynb") in said[0]
    assert (home.root / name).read_bytes() == raw


@pytest.mark.parametrize("name", [RECORD, POST])
def test_upgrade_names_it_as_a_persons_to_do(home: Home, name: str) -> None:
    raw = make_later(home.root / name)
    done = CliRunner().invoke(main, ["--home", str(home.root), "upgrade", "--yes"])
    said = [line for line in done.output.splitlines() if "newer version of digest" in line]
    assert len(said) == 1 and said[0].startswith(f"for you to do: {name.removesuffix('/index.ipynb')}: ")
    assert (home.root / name).read_bytes() == raw


def test_what_a_post_of_a_later_form_cites_is_kept(home: Home) -> None:
    (home.posts / NAME / "sources.json").write_text('{"schema": 2, "cites": ["0123456789abcdef"]}', "utf-8")
    assert "0123456789abcdef" in tidy.cited(home)


@pytest.mark.parametrize(("words", "code"), [("export out.jsonl", 1), ("archive check", 1)])
def test_a_table_of_a_later_form_is_named(home: Home, tmp_path: Path, words: str, code: int) -> None:
    import duckdb

    later = home.archive / "articles" / f"day={DAY}" / "later.parquet"
    duckdb.execute(
        f"COPY (SELECT 1 AS id) TO '{later}' (FORMAT parquet, KV_METADATA {{schema_version: '9'}})"
    )
    raw = later.read_bytes()
    words = words.replace("out", str(tmp_path / "out"))
    done = CliRunner().invoke(main, ["--home", str(home.root), *words.split()])
    said = [line for line in done.output.splitlines() if "newer version" in line]
    assert (done.exit_code, len(said)) == (code, 1), done.output
    assert "update digest" in said[0]
    assert later.read_bytes() == raw
