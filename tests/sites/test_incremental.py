"""A site that grows: only what changed is made again, and the result is that of a render from nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from digest_lib.errors import UnsafePost
from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from digest_lib.site.build import build_site
from digest_lib.site.ledger import Ledger, _head
from publishing.published_days import executed, make_home, revised, write
from publishing.sites import RENDERERS

pytestmark = pytest.mark.slow

DAYS = ("2026-06-29", "2026-07-28")


@pytest.fixture(params=RENDERERS)
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("DIGEST_RENDERER", request.param)
    home = make_home(tmp_path / "home")
    for date in DAYS:
        add(home, date)
    build_site(home)
    return home


def add(home: Home, date: str, **more: str) -> None:
    work = write(home.root.parent / "w.ipynb", executed(revised(date, **more)))
    publish(work, home, provenance={})


def files(site: Path) -> dict[str, bytes]:
    """Every file."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def numbers(site: Path) -> dict[str, int]:
    """The number on the disk of every file that a reader may want: another one where it was made again."""
    kinds = {".html", ".png", ".webp", ".csv", ".ipynb"}
    return {
        path.relative_to(site).as_posix(): path.stat().st_ino
        for path in site.rglob("*")
        if path.suffix in kinds
    }


def made_again(home: Home) -> set[str]:
    """What the next render makes."""
    before = numbers(home.site)
    build_site(home)
    return {path for path, number in numbers(home.site).items() if before.get(path) != number}


def from_nothing(home: Home) -> dict[str, bytes]:
    shutil.rmtree(home.rendered)
    shutil.rmtree(home.site)
    return files(build_site(home).path)


def test_a_day_added_costs_its_own_page_and_those_that_list_it(home: Home) -> None:
    add(home, "2026-07-29")
    assert made_again(home) == {
        "404.html", "about.html", "method.html", "search.html",  # whose previews show the newest image
        "posts/2026-07-29-qwen/index.html", "posts/2026-07-29-qwen/infographic.webp",
        "posts/2026-07-29-qwen/infographic-small.webp",
        "posts/2026-07-29-qwen/infographic.csv", "posts/2026-07-29-qwen/coverage.csv",
        "trends-reports.csv", "trends-publishers.csv", "trends-languages.csv", "trends-checks.csv",
        "posts/2026-07-29-qwen/trend.png", "posts/2026-07-29-qwen/notebook.ipynb",
        "posts/2026-07-28-qwen/index.html",  # which has a next one now
        "index.html", "families/index.html", "families/qwen/index.html", "months/index.html",
        "months/2026-07.html", "status.html", "trends.html",
        "stories/index.html", "stories/2026-07.html", "stories/s1layered.html", "stories/s2price.html",
    }  # fmt: skip
    assert files(home.site) == from_nothing(home)


def test_with_nothing_changed_nothing_is_made(home: Home) -> None:
    before = files(home.site)
    assert made_again(home) <= {"404.html", "about.html"}  # a person's page, under Quarto
    assert files(home.site) == before


def test_files_that_the_settings_name_are_in_the_site_as_they_are(home: Home) -> None:
    settings = home.root / "_quarto.yml"
    wanted = ["/CNAME", "/.well-known/**", "!/.well-known/not-this", "/../outside", "/posts/**/*.parquet"]
    read = yaml.safe_load(settings.read_text("utf-8"))
    read.setdefault("project", {})["resources"] = wanted
    settings.write_text(yaml.safe_dump(read), "utf-8")
    own = {"CNAME": b"news.example\n", ".well-known/a/b.txt": b"b", ".well-known/not-this": b"no"}
    for path, data in {**own, "../outside": b"no"}.items():
        target = home.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    before = files(home.site)
    for _ in range(2):  # anew, and taken over
        build_site(home)
        added = {p: d for p, d in files(home.site).items() if p not in before}
        assert added == {path: own[path] for path in ("CNAME", ".well-known/a/b.txt")}
    (home.root / "CNAME").unlink()
    build_site(home)
    assert not (home.site / "CNAME").exists()


def test_a_corrected_post_is_rendered_again(home: Home) -> None:
    add(home, DAYS[0], title="阿里開源新的圖像模型")
    assert f"posts/{DAYS[0]}-qwen/index.html" in (again := made_again(home))
    assert f"posts/{DAYS[1]}-qwen/infographic.webp" not in again
    assert "阿里開源新的圖像模型" in (home.site / f"posts/{DAYS[0]}-qwen/index.html").read_text("utf-8")
    assert files(home.site) == from_nothing(home)


def test_a_month_that_closes_and_a_first_day_corrected_then_are_as_from_nothing(home: Home) -> None:
    add(home, "2026-08-01")
    build_site(home)
    add(home, DAYS[0], title="阿里開源新的圖像模型")
    build_site(home)
    assert files(home.site) == from_nothing(home)


def test_a_deleted_post_is_gone(home: Home) -> None:
    shutil.rmtree(home.posts / f"{DAYS[1]}-qwen")
    build_site(home)
    assert not (home.site / f"posts/{DAYS[1]}-qwen").exists()
    assert files(home.site) == from_nothing(home)


def test_what_others_did_to_the_site_or_the_ledger_is_mended(home: Home) -> None:
    before = files(home.site)
    page = home.site / f"posts/{DAYS[0]}-qwen/index.html"
    page.write_bytes(page.read_bytes()[:-1] + b" ")
    (home.site / f"posts/{DAYS[1]}-qwen/notebook.ipynb").unlink()
    (home.site / "stray.html").write_text("<p>stray</p>", "utf-8")
    build_site(home)
    assert files(home.site) == before
    for spoilt in (
        lambda _: b"\xff\x00\n\t{]",
        lambda data: data[:-9],
        lambda data: data.split(b"\n")[0] + b"\n[1]",
    ):
        for path in home.rendered.glob("*.json"):
            path.write_bytes(spoilt(path.read_bytes()))
        build_site(home)
        assert files(home.site) == before


def test_what_is_whole_but_of_another_shape_counts_for_nothing(home: Home) -> None:
    before = files(home.site)
    for path in (known := list(home.rendered.glob("*.json"))):
        path.write_bytes(b"\n".join((_head(b'[["x"]]'), b'[["x"]]')))
    build_site(home)
    assert len(known) == 5
    assert files(home.site) == before


def test_a_new_secret_is_found_in_an_old_page(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWS_API_KEY", "sk-never-in-a-page-0123456789")
    build_site(home)  # looks at every page again, and finds nothing
    monkeypatch.setenv("NEWS_API_KEY", "Qwen-Image-Layered")  # stands in every post
    with pytest.raises(UnsafePost, match="NEWS_API_KEY"):
        build_site(home)


def test_a_post_that_was_seen_is_not_read_again_and_a_changed_one_is(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    add(home, DAYS[0])
    folder = home.posts / f"{DAYS[0]}-qwen"
    ledger = Ledger(home)
    brief, digest = ledger.post(folder)
    ledger.close()
    assert Ledger(home).post(folder) == (brief, digest)
    notebook = json.loads((folder / "index.ipynb").read_text("utf-8"))
    notebook["cells"][2]["source"] = "x"
    (folder / "index.ipynb").write_text(json.dumps(notebook), "utf-8")
    assert Ledger(home).post(folder)[1] != digest
    (folder / "more.txt").write_text("x")
    with pytest.raises(UnsafePost, match=r"more\.txt does not belong to a post"):
        Ledger(home).post(folder)


@pytest.mark.quarto
def test_a_persons_page_is_made_again_when_what_it_includes_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_RENDERER", "quarto")
    home = make_home(tmp_path / "home")
    add(home, DAYS[0])
    (home.root / "notes.qmd").write_text("---\ntitle: Notes\n---\n\n{{< include _part.md >}}\n", "utf-8")
    for words in ("first words", "second words"):
        (home.root / "_part.md").write_text(words, "utf-8")
        build_site(home)
        assert words in (home.site / "notes.html").read_text("utf-8")
