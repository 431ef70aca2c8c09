"""What a killed process leaves is removed by the next run; what a living one is writing is not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest_lib import owners
from digest_lib.running import claims
from digest_lib.running.leftovers import OLD, sweep
from digest_lib.running.sample import create_home, repository
from digest_lib.settings import Home
from homes import quickly

KILLED = """
import os, signal, sys
from pathlib import Path
from digest_lib import owners
from digest_lib.files import fill_atomic
from digest_lib.settings import Home

home = Home(Path(sys.argv[1]))
mark = owners.mine()
for folder in (home.posts / f".new-{mark}-x", home.archive / "work" / f"2026-07-29-qwen.{mark}.y"):
    folder.mkdir(parents=True)
    (folder / "index.ipynb").write_text("half")
def die(aside):
    aside.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
fill_atomic(home.root / sys.argv[2], die)
"""
ARTICLES = "archive/articles/day=2026-07-29/a.parquet"


def files(home: Home) -> list[str]:
    return sorted(str(p.relative_to(home.root)) for p in home.root.rglob("*") if p.is_file())


def die_writing(home: Home, name: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(home.root), name], check=False)
    assert done.returncode == -9


def test_what_a_killed_process_was_writing_goes(tmp_path: Path) -> None:
    home = Home(tmp_path)
    die_writing(home, ARTICLES)
    assert len(files(home)) == 3
    assert len(sweep(home)) == 3
    assert files(home) == []
    assert sweep(home) == []


@pytest.mark.parametrize(("name", "age", "goes"), [
    # this process lives
    pytest.param(f"posts/.new-{owners.mine()}-x", OLD * 2, False, id="of this process"),
    ("posts/.new-0123abcd-7-7-x", 60, False),  # another machine's
    ("posts/.new-0123abcd-7-7-x", OLD * 2, True),
    ("posts/.new-abcdefgh", 60, False),  # of an older version
    ("posts/.new-abcdefgh", OLD * 2, True),
    ("archive/runs/2026-07-29-qwen.json", OLD * 2, False),
    ("archive/runs/.2026-07-29-qwen.json.0123abcd-7-7.k2j", OLD * 2, True),
    ("archive/state/.lock", OLD * 2, False),
    (".gitignore", OLD * 2, False),
])  # fmt: skip
def test_what_is_somebodys_stays(tmp_path: Path, name: str, age: float, goes: bool) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (time.time() - age,) * 2)
    sweep(Home(tmp_path))
    assert path.exists() is not goes


def test_a_post_that_was_being_replaced_is_put_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    old = home.posts / ".2026-07-29-qwen.old"
    old.mkdir(parents=True)
    (old / "index.ipynb").write_text("whole")
    sweep(home)
    assert files(home) == ["posts/2026-07-29-qwen/index.ipynb"]
    old.mkdir()  # killed a moment later: the new one stands already
    (old / "index.ipynb").write_text("older")
    claims.claim(home, "qwen", "2026-07-29")
    sweep(home)
    assert old.exists()  # somebody is replacing it now
    claims.settle(home, "qwen", "2026-07-29")
    sweep(home)
    assert files(home) == ["archive/state/.lock", "posts/2026-07-29-qwen/index.ipynb"]


@pytest.mark.slow
@pytest.mark.parametrize(("words", "wrote"), [
    # each what the command itself may have been writing when it was killed
    (["gather"], "archive/feeds.json"),
    (["render", "--renderer", "embedded"], "trends.qmd"),
    (["render", "--renderer", "embedded"], "months/2026-07.qmd"),
    (["pages"], "families/qwen/2026-07.qmd"),
    (["render", "--renderer", "embedded"], ".rendered/files.json"),
    (["render", "--renderer", "embedded"], ".rendered/finds/2026-07.json"),
    (["render", "--renderer", "embedded"], "posts/_set-aside/2026-07-24-qwen.txt"),
    (["render", "--renderer", "embedded"], "assets/templates/page.html"),
])  # fmt: skip
def test_the_same_command_again_removes_it(tmp_path: Path, words: list[str], wrote: str) -> None:
    (feeds := tmp_path / "none.opml").write_text("<opml version='2.0'><body/></opml>", "utf-8")
    home = create_home(tmp_path / "home", feeds, repository())
    die_writing(home, wrote)
    (left,) = (home.root / wrote).parent.glob(f".{Path(wrote).name}.*")
    quickly(home, *words)
    assert not left.exists()
