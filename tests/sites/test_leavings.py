"""What an interrupted render leaves beside posts and pages goes, and costs no post; anything else stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from digest_lib.site.leavings import clear_builds
from digest_lib.site.pages import prepare
from publishing.published_days import executed, make_home, write

NAME = "2026-07-29-qwen"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    publish(write(tmp_path / "w.ipynb", executed()), home, provenance={})
    prepare(home)
    return home


@pytest.mark.parametrize(
    "left",
    [
        "index.html",
        "index_files/figure-html/cell-5-output-1.png",
        "index_files/libs/x.js",
        ".quarto_ipynb",
        "index.quarto_ipynb",
        "index.quarto_ipynb_2",
        "index.out.ipynb",
        "index.embed.ipynb",
        "index-preview.html",
    ],
)
def test_a_post_with_a_renderers_leavings_is_tidied_and_shown(home: Home, left: str) -> None:
    path = home.posts / NAME / left
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    assert prepare(home)[1] == []
    there = {path.name for path in (home.posts / NAME).iterdir()}
    assert there == {"index.ipynb", "infographic.webp", "infographic-small.webp", "trend.png"}


@pytest.mark.parametrize(
    "name", ["_metadata.yml", "filter.lua", "index.qmd", "other.html", "index.html.bak", "page_files/x.js"]
)
def test_what_no_renderer_leaves_is_still_refused(home: Home, name: str) -> None:
    path = home.posts / NAME / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    assert [aside.post for aside in prepare(home)[1]] == [NAME]
    assert (home.posts / "_set-aside" / NAME / name).is_file()


def test_leavings_that_link_elsewhere_cost_nothing_there(home: Home, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "kept.txt").write_text("kept", "utf-8")
    (home.posts / NAME / "index_files").symlink_to(mine)
    assert prepare(home)[1] == []
    assert (mine / "kept.txt").is_file()


@pytest.mark.parametrize("name", ["_metadata.yml", "_metadata.yaml", "_quarto.yml", "_extensions/x/x.lua"])
def test_settings_for_all_posts_are_set_aside(home: Home, name: str) -> None:
    """Quarto would apply them to every post, and they may name filters: programs."""
    path = home.posts / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("filters: [x.lua]\n", "utf-8")
    top = Path(name).parts[0]
    assert [aside.post for aside in prepare(home)[1]] == [top]
    assert not (home.posts / top).exists() and (home.posts / "_set-aside" / top).exists()


def test_leavings_of_generated_pages_go_and_a_persons_stay(home: Home) -> None:
    for name in ("index.html", "trends_files/x.png", "families/qwen/index.html", "about.html", "mine.html"):
        path = home.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    prepare(home)
    left = {p.relative_to(home.root).as_posix() for p in home.root.rglob("*.html") if "assets" not in p.parts}
    assert left == {"about.html", "mine.html", "_frame/template.html"}
    assert not (home.root / "trends_files").exists()


def test_builds_that_were_killed_go_and_a_site_that_was_being_swapped_is_put_back(home: Home) -> None:
    (home.root / ".site-abc123" / "1" / "home").mkdir(parents=True)
    (home.root / "._site.old").mkdir()
    (home.root / "._site.old" / "index.html").write_text("the site", "utf-8")
    clear_builds(home)
    assert not list(home.root.glob(".site-*"))
    assert (home.site / "index.html").read_text("utf-8") == "the site"
