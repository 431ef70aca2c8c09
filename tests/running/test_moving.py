"""A home moves to another machine by copying what the README says, and goes on where it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digest_lib.articles.archive import Archive
from digest_lib.cli import main
from digest_lib.running import claims, records
from digest_lib.running.run import missing
from digest_lib.settings import Home
from homes import FORMATS, REPOSITORY

#: What is copied. The rest is made anew: `_site/`, `.rendered/`, the site's generated pages.
PARTS = ("_quarto.yml", "about.qmd", "assets", "feeds.opml", "notebooks", "posts", "archive")


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with a post, and with all that is not worth copying."""
    monkeypatch.setenv("DIGEST_NOW", "2026-07-22T12:00:00Z")
    home = Home(Path(shutil.copytree(FORMATS / "first", tmp_path / "old")))
    shutil.copytree(REPOSITORY / "assets", home.root / "assets")
    for name in ("about.qmd", "feeds.opml"):
        shutil.copyfile(REPOSITORY / name, home.root / name)
    for name in ("_site", ".rendered", "months"):
        (home.root / name).mkdir()
        (home.root / name / "made").write_text("anew")
    claims.want(home, [("qwen", "2026-07-23")])  # of a process here, which nobody elsewhere can look at
    return home


def status(home: Home) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["--home", str(home.root), "status", "--json"], catch_exceptions=False)
    told: dict[str, Any] = json.loads(done.output)
    return told


def test_a_home_goes_on_where_it_was(old: Home, tmp_path: Path) -> None:
    new = Home(tmp_path / "new")
    new.root.mkdir()
    for part in PARTS:
        source = old.root / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, new.root / part)
    assert status(new) == status(old)
    assert Archive(new.archive).everything() == Archive(old.archive).everything()
    assert missing(new, [("qwen", "2026-07-22")]) == []
    assert records.load_all(new) == records.load_all(old)
    assert [state.name for state in claims.states(new)] == ["2026-07-23-qwen"]


def test_the_readme_says_what_is_copied() -> None:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    said = text.partition("To move it to another machine")[2].partition("\n\n")[0]
    assert all(f"`{part}`" in said or f"`{part}/`" in said for part in PARTS)
