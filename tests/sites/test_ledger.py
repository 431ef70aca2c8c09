"""What a build knows of the one before: what is the same is not looked at again, and anything else is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest_lib.errors import UnsafePost
from digest_lib.files import named
from digest_lib.publishing.post import publish
from digest_lib.settings import Home
from digest_lib.site.ledger import Ledger, library
from digest_lib.site.page import Page, Planned
from publishing.published_days import executed, make_home, revised, write

NAME = "2026-07-29-qwen"
SECRET = "sk-never-in-a-page-0123456789"
#: When files of these tests were changed last (ns): long ago, so that they count as settled.
ONCE = 1_700_000_000_000_000_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home")


@pytest.fixture
def folder(home: Home) -> Path:
    """A post, settled."""
    publish(write(home.root.parent / "w.ipynb", executed(revised())), home, provenance={})
    for path in (home.posts / NAME).iterdir():
        os.utime(path, ns=(ONCE, ONCE))
    return home.posts / NAME


def spoil(path: Path) -> None:
    """Other contents of the same size, which are seen by nobody who goes by the file's sign."""
    path.write_bytes(bytes(path.stat().st_size))
    os.utime(path, ns=(ONCE, ONCE))


def put(path: Path, text: str, when: int = ONCE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, ns=(when, when))
    return path


def anew(path: Path) -> None:
    """The same size and time, but another file."""
    other = put(path.with_name("other"), "new")
    other.replace(path)


@pytest.mark.parametrize(("change", "told"), [
    (spoil, "old"),  # nobody has told the clock
    (lambda path: put(path, "new", ONCE + 1), "new"),
    (lambda path: put(path, "more"), "more"),
    (anew, "new"),
])  # fmt: skip
def test_a_file_is_read_again_where_its_sign_is_another(
    home: Home, change: Callable[[Path], object], told: str
) -> None:
    path = put(home.root / "a.txt", "old")
    first = Ledger(home)
    assert first.digest(path) == first.digest_of("a.txt") == named(b"old")
    first.close()
    change(path)
    second = Ledger(home)
    assert second.digest(path) == second.digest_of("a.txt") == named(told.encode())


def test_a_file_is_read_once_in_a_build_and_what_was_not_asked_for_is_forgotten(home: Home) -> None:
    path = put(home.root / "a.txt", "old")
    first = Ledger(home)
    first.digest(path)
    spoil(path)
    assert first.digest(path) == named(b"old")
    first.close()
    Ledger(home).close()  # a build that asks for nothing
    assert Ledger(home).digest(path) == named(bytes(3))


def test_a_file_that_has_just_changed_may_change_again_and_look_the_same(home: Home) -> None:
    path = home.root / "a.txt"
    path.write_text("old")
    before = path.stat()
    first = Ledger(home)
    first.digest(path)
    first.close()
    path.write_text("new")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Ledger(home).digest(path) == named(b"new")


def test_what_is_no_file_has_no_name(home: Home) -> None:
    assert (Ledger(home).digest_of("notebooks"), Ledger(home).digest_of("none")) == ("", "")


def test_a_post_that_the_guard_has_seen_is_not_read_again(home: Home, folder: Path) -> None:
    first = Ledger(home)
    assert first.post_before(folder) is None
    known = first.post(folder)
    spoil(folder / "index.ipynb")  # which the guard would not let pass
    assert first.post(folder) == known and first.post_before(folder) == known
    first.close()
    for _ in range(3):  # and is known on, build after build
        later = Ledger(home)
        assert later.post_before(folder) == known and later.post(folder) == known
        later.close()


def renamed(folder: Path) -> None:
    (folder / "trend.png").rename(folder / "trent.png")


def exchanged(folder: Path) -> None:
    put(folder / "infographic.webp", "no image")


def linked(folder: Path) -> None:
    away = folder.parents[1] / "away"
    folder.rename(away)
    folder.symlink_to(away)


def linked_within(folder: Path) -> None:
    path, away = folder / "trend.png", folder.parents[1] / "away.png"
    path.rename(away)
    path.symlink_to(away)


def with_a_folder(folder: Path) -> None:
    (folder / "more").mkdir()


@pytest.mark.parametrize("change", [renamed, exchanged, linked, linked_within, with_a_folder])
def test_a_post_of_which_anything_is_another_is_seen_by_the_guard(
    home: Home, folder: Path, change: Callable[[Path], None]
) -> None:
    first = Ledger(home)
    first.post(folder)
    first.close()
    change(folder)
    later = Ledger(home)
    assert later.post_before(folder) is None
    with pytest.raises(UnsafePost):
        later.post(folder)


def test_what_other_programs_leave_is_no_part_of_a_post_but_is_there(home: Home, folder: Path) -> None:
    first = Ledger(home)
    known = first.post(folder)
    put(folder / ".DS_Store", "x")
    (folder / ".ipynb_checkpoints").mkdir()
    assert first.post(folder) == known
    assert first.post_before(folder) is None
    shutil.rmtree(folder / ".ipynb_checkpoints")
    assert first.post_before(folder) is None


def page(key: str, says: str, path: str = "a.qmd") -> Planned:
    return Planned(path, key, lambda: Page(path, says, says, f"<p>{says}</p>", "day"))


def never(path: str = "a.qmd") -> Page:
    raise AssertionError(f"{path} is made")


def test_a_pages_source_is_made_where_what_it_is_made_from_is_another(home: Home) -> None:
    first = Ledger(home)
    name = first.source(page("one", "first"))
    assert first.source(Planned("a.qmd", "one", never)) == name
    first.close()
    second = Ledger(home)
    assert second.source(Planned("a.qmd", "one", never)) == name
    assert second.source(page("two", "second")) != name
    assert second.source(page("one", "first", "b.qmd")) != second.source(page("two", "second"))


def test_what_the_site_was_made_from_is_known(home: Home) -> None:
    first = Ledger(home)
    signs = {"a/b.html": (1, 2, 3), "a/c.html": (4, 5, 6), "ab.html": (7, 8, 9)}
    keys = {"a/b.html": "one", "a/c.html": "two", "ab.html": "one"}
    first.made = {path: (keys[path], sign) for path, sign in signs.items()}
    first.close()
    second = Ledger(home)
    assert second.signs() == signs
    assert [second.made_before("a/b.html", key) for key in ("one", "two")] == [(1, 2, 3), None]
    assert second.made_before("none.html", "one") is None
    assert [second.made_under(key) for key in ("one", "none")] == [["a/b.html", "ab.html"], []]
    assert second.below("a") == ["a/b.html", "a/c.html"]


def test_what_is_kept_is_scanned_again_where_there_are_other_secrets(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home.site / "old.html", f"<p>{SECRET}</p>")
    monkeypatch.setenv("NEWS_API_KEY", "another-key-0123456789")
    first = Ledger(home)
    first.scan(home.site, [])
    first.close()
    monkeypatch.setenv("NEWS_API_KEY", SECRET)
    with pytest.raises(UnsafePost, match="NEWS_API_KEY"):
        Ledger(home).scan(home.site, ["old.html"])
    put(home.site / "old.html", "<p></p>")
    second = Ledger(home)
    second.scan(home.site, [])
    second.close()
    put(home.site / "old.html", f"<p>{SECRET}</p>")
    third = Ledger(home)
    third.scan(home.site, ["old.html"])  # which was found to hold none of these
    with pytest.raises(UnsafePost, match="NEWS_API_KEY"):
        third.scan(home.site, [])


@pytest.mark.parametrize("spoilt", [
    lambda head, body: (head, body[:-1] + b" "),
    lambda head, body: (b"another" + head, body),
    lambda _, body: (named(body).encode(), body),
    lambda _, body: (library().encode(), body),
    lambda head, body: (b"", b""),
], ids=["not whole", "another library's", "nobody's", "of no sum", "empty"])  # fmt: skip
def test_what_is_not_whole_or_not_this_librarys_counts_for_nothing(
    home: Home, spoilt: Callable[[bytes, bytes], tuple[bytes, bytes]]
) -> None:
    path = put(home.root / "a.txt", "old")
    first = Ledger(home)
    first.digest(path)
    first.close()
    kept = home.rendered / "files.json"
    head, _, body = kept.read_bytes().partition(b"\n")
    kept.write_bytes(b"\n".join(spoilt(head, body)))
    spoil(path)
    assert Ledger(home).digest(path) == named(bytes(3))


def test_what_earlier_versions_kept_goes(home: Home) -> None:
    old = put(home.rendered / "files.tsv", "x")
    Ledger(home).close()
    assert not old.exists()
