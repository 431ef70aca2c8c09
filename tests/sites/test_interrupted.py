"""Renders that are killed, and two at once: no post is lost, nothing stays behind, and the next one works."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from digest_lib.errors import PostChanged, RenderBusy
from digest_lib.publishing.retract import retract
from digest_lib.publishing.set_aside import all_set_aside
from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.lock import LOCK, render_lock
from digest_lib.site.outfit import outfit
from publishing.programs import quarto_stand_in, wait_until
from publishing.sites import RENDERERS, filled_home

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return filled_home(tmp_path_factory.mktemp("filled") / "home")


@pytest.fixture
def home(filled: Home, tmp_path: Path) -> Home:
    shutil.copytree(filled.root, tmp_path / "home")
    home = Home(tmp_path / "home")
    outfit(home.root)
    return home


@pytest.fixture
def stop(tmp_path: Path) -> Path:
    """While this file is there, the stand-in for Quarto waits at a post."""
    path = tmp_path / "stop"
    path.touch()
    return path


def sources(home: Home) -> dict[str, bytes]:
    """Every file of the posts."""
    return {
        p.relative_to(home.posts).as_posix(): p.read_bytes() for p in home.posts.rglob("*") if p.is_file()
    }


def start(home: Home, path: Path, *words: str) -> subprocess.Popen[str]:
    """`digest render` in a process of its own, with the program `quarto` of the folder `path`."""
    environment = {**os.environ, "PATH": f"{path}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "digest_lib", "--home", str(home.root), "render", *words]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def renderers_in(home: Home) -> list[psutil.Process]:
    """The stand-ins that still work for this home."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(f"{home.root}/.site-" in word for word in process.info["cmdline"] or [])
    ]


def test_a_killed_render_loses_no_post_and_the_next_one_works(home: Home, tmp_path: Path, stop: Path) -> None:
    before = sources(home)
    killed = start(home, quarto_stand_in(tmp_path / "bin", stop=str(stop)))
    wait_until(Path(f"{stop}.reached").exists, "the render is at a post")
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert list(home.root.glob(".site-*")) and renderers_in(home)  # nobody could tidy up
    report = build_site(home, renderer="embedded")
    assert not report.set_aside and all_set_aside(home) == []
    assert not list(home.root.glob(".site-*")) and not renderers_in(home)
    assert sources(home) == before
    assert len(list((home.site / "posts").iterdir())) == 9


def test_a_render_that_is_told_to_end_leaves_nothing(home: Home, tmp_path: Path, stop: Path) -> None:
    before = sources(home)
    ended = start(home, quarto_stand_in(tmp_path / "bin", stop=str(stop)))
    wait_until(Path(f"{stop}.reached").exists, "the render is at a post")
    ended.terminate()
    assert ended.wait(30) == 128 + signal.SIGTERM
    assert not list(home.root.glob(".site-*")) and not renderers_in(home)
    assert sources(home) == before


def test_a_second_render_says_that_it_waits_and_waits(home: Home, tmp_path: Path, stop: Path) -> None:
    before = sources(home)
    folder = quarto_stand_in(tmp_path / "bin", stop=str(stop))
    first = start(home, folder)
    wait_until(Path(f"{stop}.reached").exists, "the first is at a post")
    second = start(home, folder, "--renderer", "embedded")
    assert second.stdout
    line = second.stdout.readline()
    assert "another render is under way in this folder" in line and f"(process {first.pid})" in line
    assert second.poll() is None
    stop.unlink()
    assert first.wait(120) == 0 and second.wait(120) == 0
    assert all_set_aside(home) == [] and sources(home) == before
    assert "half a page" not in (home.site / "index.html").read_text("utf-8")


def test_who_waits_too_long_says_what_to_do(home: Home) -> None:
    with (
        render_lock(home),
        pytest.raises(RenderBusy, match="try again when it is done"),
        render_lock(home, patience=0.1),
    ):
        pass  # not reached


def test_the_lock_of_a_dead_process_is_free(home: Home) -> None:
    code = (
        "import sys, time, pathlib\n"
        "from digest_lib.site.lock import render_lock\n"
        "from digest_lib.settings import Home\n"
        f"with render_lock(Home(pathlib.Path({str(home.root)!r}))):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(600)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    with pytest.raises(RenderBusy), render_lock(home, patience=0.1):
        pass  # not reached
    holder.kill()
    holder.wait()
    with render_lock(home, patience=5):
        assert (home.root / LOCK).read_text("utf-8") == f"{os.getpid()}\n"


# ---- with a real Quarto


def bare(home: Home) -> subprocess.Popen[bytes]:
    """A bare `quarto render`, which works in the home itself."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.Popen(
        ["quarto", "render"], cwd=home.root, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def leavings(home: Home) -> list[Path]:
    return [p for p in home.posts.glob("*/*") if p.name in {"index.html", "index_files"}]


@pytest.mark.parametrize("gone", [False, True], ids=["retracted", "deleted"])
def test_a_post_that_is_taken_back_while_the_site_is_made_is_so_in_it(home: Home, gone: bool) -> None:
    post = min(home.posts.glob("2026-*-qwen"))

    def taken_back(line: str) -> None:
        if not line.startswith("feeds"):  # every page is made; the site is put together of what was seen
            return
        if gone:
            shutil.rmtree(post, ignore_errors=True)
        elif "made of a rumour" not in (post / "index.ipynb").read_text("utf-8"):
            retract(home, post.name, "made of a rumour")

    report = build_site(home, taken_back, renderer="embedded")
    page = home.site / "posts" / post.name / "index.html"
    assert not report.set_aside and list(home.root.glob(".site-*")) == []
    assert not page.exists() if gone else "made of a rumour" in page.read_text("utf-8")


def test_who_publishes_without_end_is_told_so(home: Home) -> None:
    build_site(home, renderer="embedded")
    notebook = min(home.posts.glob("2026-*-qwen")) / "index.ipynb"
    name = notebook.parent.name

    def published_again(_line: str) -> None:
        notebook.write_text(notebook.read_text("utf-8") + " ", "utf-8")

    with pytest.raises(PostChanged, match=f"{name} was published or retracted while"):
        build_site(home, published_again, renderer="embedded")
    assert (home.site / "posts" / name / "index.html").is_file() and list(home.root.glob(".site-*")) == []


@pytest.mark.quarto
@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_bare_quarto_render_that_is_killed_loses_no_post(home: Home, renderer: str) -> None:
    before = sources(home)
    killed = bare(home)
    wait_until(lambda: leavings(home), "Quarto is at a post", 600)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    report = build_site(home, renderer=renderer)
    assert not report.set_aside and all_set_aside(home) == []
    assert sources(home) == before
    assert len(list((home.site / "posts").iterdir())) == 9


@pytest.mark.quarto
def test_a_render_waits_for_a_bare_quarto_render_and_for_no_dead_one(home: Home) -> None:
    before = sources(home)
    first = bare(home)
    wait_until(lambda: leavings(home), "Quarto is at a post", 600)
    said: list[str] = []
    build_site(home, said.append, renderer="embedded")
    assert f"(process {first.pid})" in said[0] and "waiting for it" in said[0]
    assert first.wait(600) == 0
    assert sources(home) == before and all_set_aside(home) == []
    killed = bare(home)
    wait_until(lambda: leavings(home), "Quarto is at a post", 600)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    began = time.monotonic()
    with render_lock(home, patience=10):
        assert time.monotonic() - began < 10
