"""The repository holds what belongs to it: no empty file, no file that something left behind."""

from __future__ import annotations

import subprocess
from pathlib import PurePosixPath

import pytest

from homes import REPOSITORY

#: What lies at the top, apart from the six things that whoever the newsroom is built for asked for.
FIXED = {"notebooks", "_quarto.yml", "posts", "digest_lib", "tests", "environment.yml"}
TOP = FIXED | {
    ".ci", ".dockerignore", ".gitattributes", ".github", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md",
    "LICENSE", "Makefile", "README.md", "about.qmd", "assets", "bench", "constraints.txt", "docs",
    "feeds.opml", "pyproject.toml", "scripts",
}  # fmt: skip
#: Files that are there to be empty.
MARKERS = {"__init__.py", ".gitkeep", "py.typed"}
#: What editors, systems and runs leave behind.
LEFT = (".orig", ".rej", ".swp", ".bak", ".tmp", ".pyc", ".log", "~", ".DS_Store", "-checkpoint.ipynb")


def strays(files: dict[str, int]) -> list[str]:
    """What does not belong among the files (path -> size)."""
    return [
        path
        for path, size in files.items()
        if PurePosixPath(path).parts[0] not in TOP
        or path.endswith(LEFT)
        or (size == 0 and PurePosixPath(path).name not in MARKERS)
    ]


def test_no_file_is_empty_or_left_behind() -> None:
    told = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    there = [path for path in told.stdout.split("\0") if path and (REPOSITORY / path).is_file()]
    assert len(there) > len(TOP)
    assert strays({path: (REPOSITORY / path).stat().st_size for path in there}) == []


@pytest.mark.parametrize(
    "path", ["x.jsonl", "digest_lib/day.py.orig", "tests/a/-checkpoint.ipynb", "notes.txt"]
)
def test_a_stray_file_is_found(path: str) -> None:
    assert strays({path: 10}) == [path]


def test_an_empty_file_is_found() -> None:
    assert strays({"bench/empty.json": 0, "tests/text/__init__.py": 0}) == ["bench/empty.json"]
