"""Files that a person wants in the site as they are: what `project: resources:` of `_quarto.yml` names, as in
Quarto by patterns from the home on (`/CNAME`, `/.well-known/**`), those behind a `!` left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from digest_lib.settings import Home


def resources_of(home: Home) -> list[str]:
    """Their paths in the home, sorted; of what lies in the site, or out of the home, none."""
    patterns = _patterns(home)
    wanted = {path for one in patterns if not one.startswith("!") for path in _matching(home, one)}
    unwanted = {path for one in patterns if one.startswith("!") for path in _matching(home, one[1:])}
    return sorted(wanted - unwanted)


def _patterns(home: Home) -> list[str]:
    """What `_quarto.yml` says, which has been read before, and so can be."""
    read: Any = yaml.safe_load((home.root / "_quarto.yml").read_text(encoding="utf-8"))
    project = read.get("project") if isinstance(read, dict) else None
    said = project.get("resources") if isinstance(project, dict) else None
    return [str(one) for one in (said if isinstance(said, list) else [said]) if one]


def _matching(home: Home, pattern: str) -> Iterator[str]:
    root, site = home.root.resolve(), home.site.resolve()
    parts = [part for part in pattern.split("/") if part]
    if not parts or ".." in parts:
        return
    # `**` alone are folders to Python, and all that lies in them to Quarto.
    for path in root.glob("/".join([*parts, "*"] if parts[-1] == "**" else parts)):
        real = path.resolve()
        files = real.rglob("*") if real.is_dir() else [real]
        for file in files:
            if file.is_file() and file.is_relative_to(root) and not file.is_relative_to(site):
                yield file.relative_to(root).as_posix()


def read(home: Home, path: str) -> bytes:
    """What such a file holds."""
    return Path(home.root, path).read_bytes()
