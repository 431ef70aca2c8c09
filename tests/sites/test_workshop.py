"""The copy of a home that a renderer works in: all that pages are made from, and nothing that is private."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from digest_lib.site.pages import prepare
from digest_lib.site.workshop import set_up
from publishing.published_days import executed, make_home, revised, write


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path / "home")
    for date in ("2026-07-28", "2026-07-29"):
        publish(write(tmp_path / "w.ipynb", executed(revised(date))), home, provenance={})
    return home


def put(home: Home, *names: str) -> None:
    for name in names:
        path = home.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")


def test_what_is_copied(home: Home, tmp_path: Path) -> None:
    used = ["notes.qmd", ".nojekyll", "CNAME", "images/a/b.png", "_extensions/x/x.yml", "docs/page.md"]
    put(home, *used)
    put(home, ".env", ".env.local", ".git/config", "archive/articles/x.parquet", "_site/old.html")
    put(
        home,
        ".venv/bin/python",
        "docs/.cache/x",
        "posts/notes.txt",
        "posts/_set-aside/2026-07-01-gpt/index.ipynb",
    )
    posts, _ = prepare(home)
    copy, there = set_up(home, tmp_path / "copy", posts[:1])
    copied = {p.relative_to(copy.root).as_posix() for p in copy.root.rglob("*") if p.is_file()}
    assert set(used) <= copied
    post = f"posts/{posts[0].name}"
    assert {name for name in copied if name.startswith(("posts/", "archive/", "_site/"))} == {
        f"{post}/index.ipynb", f"{post}/infographic.webp", f"{post}/infographic-small.webp",
        f"{post}/trend.png",
    }  # fmt: skip
    hidden = {name for name in copied if any(part.startswith(".") for part in Path(name).parts)}
    assert hidden == {".nojekyll"}
    assert [(p.name, p.path) for p in there] == [(posts[0].name, copy.posts / posts[0].name)]


def test_pages_of_the_copy_are_of_its_posts_alone(home: Home, tmp_path: Path) -> None:
    posts, _ = prepare(home)
    before = (home.root / "months/2026-07.qmd").read_text("utf-8")
    copy, _ = set_up(home, tmp_path / "copy", posts[:1])
    assert posts[1].name not in (copy.root / "months/2026-07.qmd").read_text("utf-8")
    assert (home.root / "months/2026-07.qmd").read_text("utf-8") == before and posts[1].name in before


def test_a_renderer_that_writes_to_a_source_changes_only_the_copy(home: Home, tmp_path: Path) -> None:
    put(home, "notes.qmd", "docs/page.md", "images/large.png")
    posts, _ = prepare(home)
    copy, _ = set_up(home, tmp_path / "copy", posts)
    sources = [*copy.root.rglob("*.qmd"), *copy.root.rglob("*.md"), *copy.posts.rglob("*.*")]
    for path in sources:
        before = (home.root / path.relative_to(copy.root)).read_bytes()
        path.write_bytes(b"changed")
        assert (home.root / path.relative_to(copy.root)).read_bytes() == before
    large = home.root / "images/large.png"
    assert large.stat().st_ino == (copy.root / "images/large.png").stat().st_ino  # costs no space


def test_links_stay_links_and_never_lead_in_circles(home: Home, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.png").write_bytes(b"x")
    put(home, "images/own.png")
    (home.root / "images" / "shared").symlink_to("../../elsewhere")
    (home.root / "images" / "circle").symlink_to(".")
    (home.root / "images" / "gone").symlink_to("nowhere")
    (home.root / "linked").symlink_to(elsewhere)
    copy, _ = set_up(home, tmp_path / "deep" / "copy", prepare(home)[0])
    assert (copy.root / "images/shared/a.png").is_file() and (copy.root / "linked/a.png").is_file()
    assert not (copy.root / "images/gone").is_symlink()
    assert (copy.root / "images/circle").resolve() == home.root / "images"
