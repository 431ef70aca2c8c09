"""A post that a renderer cannot take is set aside alone, with the renderer's own words."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest_lib.errors import RenderFailed
from digest_lib.publishing.post import publish
from digest_lib.publishing.set_aside import all_set_aside
from digest_lib.settings import Home
from digest_lib.site.build import build_site
from publishing.programs import quarto_stand_in
from publishing.published_days import days, executed, make_home, revised, write
from publishing.sites import RENDERERS

pytestmark = pytest.mark.slow

DAYS = days("2026-07-26", 4)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    for date in DAYS:
        publish(write(tmp_path / "w.ipynb", executed(revised(date))), home, provenance={})
    return home


def spoil(home: Home, date: str, change: Callable[[dict[str, Any]], object]) -> None:
    path = home.posts / f"{date}-qwen" / "index.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")


def no_kernel(notebook: dict[str, Any]) -> None:
    """Nothing that could act, so the guard lets it pass; either renderer stumbles over it."""
    notebook["metadata"]["kernelspec"] = "python"


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_post_that_the_renderer_cannot_take_is_set_aside_alone(home: Home, renderer: str) -> None:
    spoil(home, DAYS[1], no_kernel)
    report = build_site(home, renderer=renderer)
    assert [aside.post for aside in report.set_aside] == [f"{DAYS[1]}-qwen"]
    reason = report.set_aside[0].reason
    assert reason.startswith(f"{renderer} cannot render it: ") and "\n" not in reason
    assert "Error: " in reason and ".site-" not in reason
    rendered = sorted(path.name for path in (home.site / "posts").iterdir())
    assert rendered == [f"{date}-qwen" for date in DAYS if date != DAYS[1]]
    for name in ("index.html", "months/2026-07.html", "families/qwen/index.html", "feed.xml"):
        assert f"{DAYS[1]}-qwen" not in (home.site / name).read_text("utf-8"), name
    assert f"{DAYS[1]}-qwen" not in (home.root / "index.qmd").read_text("utf-8")
    assert all_set_aside(home) == list(report.set_aside)


def test_the_line_that_quarto_gave_last_is_the_reason(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "PATH", f"{quarto_stand_in(tmp_path / 'bin', bad='POISON')}{os.pathsep}{os.environ['PATH']}"
    )
    for date in (DAYS[0], DAYS[2]):
        spoil(home, date, lambda notebook: notebook["cells"][2].update(id="POISON"))
    report = build_site(home)
    told = [(aside.post, aside.reason) for aside in report.set_aside]
    why = "quarto cannot render it: Error running filter main.lua: C stack overflow"
    assert sorted(told) == [(f"{DAYS[0]}-qwen", why), (f"{DAYS[2]}-qwen", why)]


def test_a_page_of_a_person_is_no_posts_fault(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_site(home, renderer="embedded")
    before = (home.site / "index.html").read_bytes()
    monkeypatch.setenv(
        "PATH", f"{quarto_stand_in(tmp_path / 'bin', bad='POISON')}{os.pathsep}{os.environ['PATH']}"
    )
    (home.root / "notes.qmd").write_text("---\ntitle: notes\n---\n\nPOISON\n", "utf-8")
    with pytest.raises(RenderFailed, match=r"notes\.qmd: Error running filter main\.lua: C stack overflow"):
        build_site(home)
    assert all_set_aside(home) == []
    assert (home.site / "index.html").read_bytes() == before


def test_a_renderer_that_can_take_no_post_blames_none(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "PATH", f"{quarto_stand_in(tmp_path / 'bin', bad='nbformat')}{os.pathsep}{os.environ['PATH']}"
    )
    with pytest.raises(RenderFailed, match="C stack overflow"):
        build_site(home)
    assert all_set_aside(home) == [] and len(list(home.posts.glob("*/index.ipynb"))) == len(DAYS)
    assert not list(home.root.glob(".site-*"))


def test_a_home_of_which_most_posts_fail_loses_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_home(tmp_path / "home")
    for date in days("2026-06-01", 12):
        publish(write(tmp_path / "w.ipynb", executed(revised(date, quiet=True))), home, provenance={})
    monkeypatch.setenv(
        "PATH", f"{quarto_stand_in(tmp_path / 'bin', bad='provenance')}{os.pathsep}{os.environ['PATH']}"
    )
    with pytest.raises(RenderFailed, match="more than 10 posts fail"):
        build_site(home)
    assert all_set_aside(home) == [] and len(list(home.posts.glob("*/index.ipynb"))) == 12
