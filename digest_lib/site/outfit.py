"""What a home needs beside its notebooks and posts for its site to be made; what of it earlier versions left.

`shipped.tsv` lists every version of those files that was ever shipped, so that an unchanged copy of an
earlier one is told from a file that a person changed. `make docs` adds to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from digest_lib.files import storage, write_atomic

#: In a checkout the files lie at its top; in an installed wheel, beside this file.
_PLACES = (Path(__file__).parents[2], Path(__file__).parent / "home")
_SINGLE = ("_quarto.yml", "about.qmd")
#: A line is the path of a file and the `sign` of one of its versions.
SIGNS: Final = Path(__file__).parent / "shipped.tsv"


@dataclass(frozen=True, slots=True)
class Other:
    """A file of a home that is not as it is shipped today: its path there, today's, and whether it is an
    unchanged copy of an earlier one (else a person's)."""

    path: str
    today: Path
    earlier: bool


def shipped() -> Path | None:
    """The folder that holds the `_quarto.yml`, `about.qmd` and `assets/` that this library ships; None in an
    installation without them."""
    return next((p for p in _PLACES if (p / "assets").is_dir() and (p / "_quarto.yml").is_file()), None)


def shipped_files(source: Path) -> list[str]:
    """The paths of what is shipped in the folder `source`."""
    assets = sorted(path for path in (source / "assets").rglob("*") if path.is_file())
    return [*_SINGLE, *(path.relative_to(source).as_posix() for path in assets)]


def outfit(root: Path) -> list[Path]:
    """Puts into `root` what is missing of them, and returns what it wrote; what is there stays."""
    written = []
    for name, today in _apart(root):
        if not (target := root / name).exists():
            with storage(target):
                write_atomic(target, today.read_bytes())
            written.append(target)
    return written


def others(root: Path) -> list[Other]:
    """The files of the home `root` that are shipped otherwise today. (Its `_quarto.yml` and `about.qmd` are a
    person's to change: they are among them only as copies of earlier ones.)"""
    known = {tuple(line.split("\t")) for line in SIGNS.read_text("utf-8").splitlines()}
    found = []
    for name, today in _apart(root):
        if not (root / name).is_file():
            continue
        with storage(root / name):
            own = sign((root / name).read_bytes())
        earlier = (name, own) in known
        if own != sign(today.read_bytes()) and (earlier or name not in _SINGLE):
            found.append(Other(name, today, earlier))
    return found


def sign(data: bytes) -> str:
    """What a version of a file is known by, whichever way its lines end."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:16]


def _apart(root: Path) -> Iterator[tuple[str, Path]]:
    """What is shipped, by its path in a home; nothing where the home is what is shipped from."""
    source = shipped()
    if source is not None and source.resolve() != root.resolve():
        for name in shipped_files(source):
            yield name, source / name
