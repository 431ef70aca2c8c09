"""What a home needs beside its notebooks and posts for its site to be made."""

from __future__ import annotations

from pathlib import Path

from digest_lib.files import storage, write_atomic

#: In a checkout the files lie at its top; in an installed wheel, beside this file.
_PLACES = (Path(__file__).parents[2], Path(__file__).parent / "home")
_SINGLE = ("_quarto.yml", "about.qmd")


def shipped() -> Path | None:
    """The folder that holds the `_quarto.yml`, `about.qmd` and `assets/` that this library ships; None in an
    installation without them."""
    return next((p for p in _PLACES if (p / "assets").is_dir() and (p / "_quarto.yml").is_file()), None)


def outfit(root: Path) -> list[Path]:
    """Puts into `root` what is missing of them, and returns what it wrote; what is there stays."""
    source = shipped()
    if source is None or source.resolve() == root.resolve():
        return []
    files = [source / name for name in _SINGLE]
    files += sorted(path for path in (source / "assets").rglob("*") if path.is_file())
    written = []
    for path in files:
        target = root / path.relative_to(source)
        if not target.exists():
            with storage(target):
                write_atomic(target, path.read_bytes())
            written.append(target)
    return written
