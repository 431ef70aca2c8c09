"""`digest daily`: one at a time, silent when all is well, and nothing that can be published is withheld."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from digest_lib.cli.runs import Ended
from digest_lib.running import claims
from digest_lib.running.daily import NotPublished, alone, fingerprint, is_published, note_published, publish
from digest_lib.settings import Home
from homes import command, quickly

FAMILY_DAY = "2026-07-23"


@pytest.mark.parametrize(("ended", "code"), [
    (Ended(6, 6, 0), 0),
    (Ended(6, 0, 6), 1),
    (Ended(6, 5, 1), 3),
    (Ended(5, 5, 1), 3),  # the sixth is a notebook that cannot be run
    (Ended(0, 0, 0), 4),
    (Ended(6, 0, 0), 4),  # another process runs them
])  # fmt: skip
def test_exit_codes_tell_all_from_some_from_none(ended: Ended, code: int) -> None:
    assert ended.code == code


def test_one_at_a_time(tmp_path: Path) -> None:
    with alone(Home(tmp_path)) as first, alone(Home(tmp_path)) as second:
        assert (first, second) == (True, False)
    with alone(Home(tmp_path)) as free:
        assert free


def test_what_is_published_is_known_until_a_post_changes(tmp_path: Path) -> None:
    home = Home(tmp_path)
    post = home.posts / "2026-07-29-qwen" / "index.ipynb"
    post.parent.mkdir(parents=True)
    post.write_text("one")
    home.site.mkdir()
    assert not is_published(home)
    note_published(home, fingerprint(home))
    assert is_published(home)
    post.write_text("other")
    assert not is_published(home)
    note_published(home, fingerprint(home))
    home.site.rmdir()
    assert not is_published(home)


def test_a_command_of_ones_own_runs_in_the_home(tmp_path: Path) -> None:
    publish(Home(tmp_path), "echo hello > out.txt && cat out.txt")
    assert (tmp_path / "out.txt").read_text() == "hello\n"
    with pytest.raises(NotPublished, match="exit code 3; it said last: no route") as caught:
        publish(Home(tmp_path), "echo no route >&2; exit 3")
    assert caught.value.exit_code == 1


@pytest.mark.slow
def test_a_day_is_run_rendered_and_published_once_and_says_nothing(home: Home) -> None:
    only_qwen(home)
    day = {"DIGEST_NOW": f"{FAMILY_DAY}T06:00+08:00", "DIGEST_PUBLISH": "echo x >> published.txt"}
    first = quickly(home, "daily", **day)
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    assert (home.posts / f"{FAMILY_DAY}-qwen" / "index.ipynb").is_file()
    assert (home.site / "index.html").is_file()
    assert claims.states(home) == []
    again = command(home, "--log-json", "daily", "--verbose", **day)
    assert again.returncode == 0
    assert "Every day has its posts." in [json.loads(line)["says"] for line in again.stderr.splitlines()]
    assert (home.root / "published.txt").read_text() == "x\n"  # nothing was new


@pytest.mark.slow
def test_a_post_that_is_retracted_while_its_site_is_published_is_so_the_next_time(home: Home) -> None:
    only_qwen(home)
    post = f"{FAMILY_DAY}-qwen"
    meanwhile = shlex.join([sys.executable, "-m", "digest_lib", "retract", post, "--reason", "wrong"])
    day = {"DIGEST_NOW": f"{FAMILY_DAY}T06:00+08:00"}
    taken = {"DIGEST_PUBLISH": f"cp -r _site taken && {meanwhile}"}
    assert quickly(home, "daily", **day, **taken).returncode == 0
    assert "wrong" not in (home.root / "taken" / "posts" / post / "index.html").read_text("utf-8")
    assert quickly(home, "daily", **day).returncode == 0
    assert "wrong" in (home.site / "posts" / post / "index.html").read_text("utf-8")


def only_qwen(home: Home) -> None:
    """Leaves the home one family, whose site has an address."""
    for path in home.notebooks.glob("*.ipynb"):
        if path.stem != "qwen":
            path.unlink()
    settings = home.root / "_quarto.yml"
    settings.write_text(settings.read_text("utf-8").replace("# site-url:", "site-url:"), "utf-8")
