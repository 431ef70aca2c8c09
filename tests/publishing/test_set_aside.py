"""What is kept from readers is said by every command that works on posts, until a person acts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest_lib.cli import main
from digest_lib.publishing.post import publish
from digest_lib.publishing.retract import retract
from digest_lib.publishing.set_aside import SetAside, all_set_aside, move_aside
from digest_lib.running import records
from digest_lib.running.records import Outcome, Record
from digest_lib.settings import Home
from digest_lib.site.build import build_site
from publishing.published_days import executed, make_home, revised, write

NAME = "2026-07-28-qwen"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Two days, of which the first is set aside."""
    monkeypatch.setenv("DIGEST_NOW", "2026-07-29T12:00+08:00")
    monkeypatch.setenv("DIGEST_FETCH", "no")
    home = make_home(tmp_path / "home")
    (home.root / "_quarto.yml").write_text("project:\n  type: website\n")
    for date in ("2026-07-28", "2026-07-29"):
        publish(write(tmp_path / "w.ipynb", executed(revised(date))), home, provenance={})
    record = Record("qwen", "2026-07-29", Outcome.PUBLISHED, "2026-07-29T04:00:00+00:00", 1.0)
    records.save(home, record)
    move_aside(home.posts / NAME, "quarto cannot render it: C stack overflow")
    return home


def call(home: Home, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["--home", str(home.root), *words], catch_exceptions=False)
    return done.exit_code, done.output


COMMANDS = [
    ("status",),
    ("status", "--json"),
    ("render", "--renderer", "embedded"),
    ("backfill", "--from", "2026-07-29", "--to", "2026-07-29", "--families", "qwen"),
    ("retract", "2026-07-29-qwen", "--reason", "錯誤的數字"),
    ("finish",),
]
LINE = (
    f"{NAME} is set aside: quarto cannot render it: C stack overflow; write it again with: digest run "
    f"--date 2026-07-28 --families qwen; or mend posts/_set-aside/{NAME} and move it back to posts/, "
    "or delete it"
)


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_later_command_says_so_in_a_line_and_in_its_exit_code(
    home: Home, words: tuple[str, ...]
) -> None:
    settled = Home(home.root.with_name("settled"))
    shutil.copytree(home.root, settled.root)
    shutil.rmtree(settled.posts / "_set-aside" / NAME)  # there, a person has acted
    for place in (home, settled):
        build_site(place, renderer="embedded")
    code, output = call(home, *words)
    assert code == 1 and output.count(LINE) == 1
    code, output = call(settled, *words)
    assert code == 0 and "set aside" not in output


def test_the_step_before_quarto_says_so_and_lets_it_go_on(home: Home) -> None:
    """A post that is set aside never stops the others: only the last step ends with an exit code."""
    (home.posts / "2026-07-29-qwen" / "index.ipynb").write_text("{", "utf-8")
    code, output = call(home, "pages")
    assert code == 0
    assert "2026-07-29-qwen is set aside: it cannot be read" in output


def test_a_post_that_is_published_again_is_settled(home: Home, tmp_path: Path) -> None:
    work = write(tmp_path / "w.ipynb", executed(revised("2026-07-28")))
    assert publish(work, home, provenance={}).outcome == "corrected"
    assert all_set_aside(home) == []
    kept = [*(home.archive / "corrections" / NAME).glob("*/index.ipynb")]
    assert len(kept) == 1  # what was set aside is still there to look at
    assert json.loads(kept[0].read_text("utf-8"))["cells"]


def test_a_post_that_cannot_be_published_stays_set_aside(home: Home, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="not a notebook"):
        publish(write(tmp_path / "w.ipynb", []), home, provenance={})  # type: ignore[arg-type]
    assert [aside.post for aside in all_set_aside(home)] == [NAME]


def test_a_retracted_post_stays_retracted_and_is_settled(home: Home, tmp_path: Path) -> None:
    retract(home, "2026-07-29-qwen", "錯誤的數字")
    move_aside(home.posts / "2026-07-29-qwen", "x")
    work = write(tmp_path / "w.ipynb", executed(revised("2026-07-29")))
    assert publish(work, home, provenance={}).outcome == "retracted"
    assert [aside.post for aside in all_set_aside(home)] == [NAME]


@pytest.mark.parametrize(
    ("post", "remedy"),
    [
        ("2026-07-28-gpt-oss", "digest run --date 2026-07-28 --families gpt-oss; or mend"),
        ("notes", "mend posts/_set-aside/notes and move it back to posts/, or delete it"),
    ],
)
def test_what_a_person_can_do(post: str, remedy: str) -> None:
    assert remedy in str(SetAside(post, "it has no index.ipynb"))


def test_files_and_reasons_that_are_gone_are_told_of(home: Home) -> None:
    (home.posts / "_metadata.yml").write_text("filters: [x.lua]\n", "utf-8")
    move_aside(home.posts / "_metadata.yml", "it may name programs")
    (home.posts / "_set-aside" / NAME / "reason.txt").unlink()
    (home.posts / "_set-aside" / ".DS_Store").write_bytes(b"x")
    assert all_set_aside(home) == [
        SetAside(NAME, "its reason is not there any more"),
        SetAside("_metadata.yml", "it may name programs"),
    ]
