"""A reader of a file sees the old one or the new one, whatever happens in between."""

import subprocess
import sys
from pathlib import Path

import pytest

from digest_lib.errors import StorageError
from digest_lib.files import digest_of, fill_atomic, restore_folder, swap_folder, write_atomic


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "file.txt"
    write_atomic(target, "一")
    write_atomic(target, "二")
    assert target.read_text("utf-8") == "二"
    assert names(target.parent) == ["file.txt"]


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "file.txt"
    write_atomic(target, "old")

    def fail(aside: Path) -> None:
        aside.write_text("half")
        raise OSError(28, "No space left on device", str(aside))

    with pytest.raises(StorageError, match="No space left on device; nothing was changed; make room there"):
        fill_atomic(target, fail)
    assert target.read_text() == "old"
    assert names(tmp_path) == ["file.txt"]


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    def fill(_aside: Path) -> None:
        with Path("/dev/full").open("w") as full:
            full.write("x" * 10_000)

    with pytest.raises(StorageError, match="No space left"):
        fill_atomic(tmp_path / "file.txt", fill)
    assert names(tmp_path) == []


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageError, match="cannot write"):
        write_atomic(tmp_path / "file" / "below.txt", "x")


def test_a_killed_writer_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "file.txt"
    write_atomic(target, "old")
    code = (
        "import os, signal, pathlib, sys\n"
        "from digest_lib.files import fill_atomic\n"
        "def fill(aside):\n"
        "    aside.write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "fill_atomic(pathlib.Path(sys.argv[1]), fill)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], check=False)
    assert done.returncode == -9
    assert target.read_text() == "old"
    assert list(tmp_path.glob("*.txt")) == [target]  # what is left over is hidden from globs


def test_swapping_replaces_a_whole_folder(tmp_path: Path) -> None:
    site, aside = tmp_path / "_site", tmp_path / "aside"
    for folder, text in ((site, "old"), (aside, "new")):
        folder.mkdir()
        (folder / f"{text}.html").write_text(text)
    swap_folder(aside, site)
    assert names(site) == ["new.html"]
    assert names(tmp_path) == ["_site"]


def test_a_swap_that_fails_leaves_the_old_folder(tmp_path: Path) -> None:
    site = tmp_path / "_site"
    site.mkdir()
    (site / "old.html").write_text("old")
    with pytest.raises(StorageError):
        swap_folder(tmp_path / "never-made", site)
    assert names(site) == ["old.html"]


def test_parts_of_a_digest_do_not_run_together() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of("一", b"\x00") == digest_of("一", b"\x00")
    assert len(digest_of("x")) == 16


def test_a_swap_that_was_killed_half_way_is_made_good(tmp_path: Path) -> None:
    site, aside = tmp_path / "_site", tmp_path / "aside"
    for folder, text in ((site, "old"), (aside, "new")):
        folder.mkdir()
        (folder / f"{text}.html").write_text(text)
    site.rename(tmp_path / "._site.old")  # what a swap does first
    restore_folder(site)
    assert names(site) == ["old.html"]
    swap_folder(aside, site)
    assert names(site) == ["new.html"]
    assert names(tmp_path) == ["_site"]


def test_a_swap_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "_site").symlink_to(tmp_path / "www")
    for text in ("one", "two"):
        aside = tmp_path / "aside"
        aside.mkdir()
        (aside / f"{text}.html").write_text(text)
        swap_folder(aside, tmp_path / "_site")
    assert names(tmp_path / "www") == ["two.html"]
    assert (tmp_path / "_site").is_symlink()
