"""The index that readers search in, made from the pages of a finished site: plain files, no server.

It lies in `search-index/`, in two parts: closed months, which stay as they are when a day is added, and the
newest month. `index.json` names the parts, and the names under which things are known.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from digest_lib.cells import parameters_of
from digest_lib.errors import BadNotebook
from digest_lib.files import storage
from digest_lib.publishing.clean import FAMILY
from digest_lib.settings import Home
from digest_lib.site.search_entries import found_in
from digest_lib.site.search_part import write_part
from digest_lib.text.names import entries

FOLDER: Final = "search-index"
#: Its parts, and which of them a post's page belongs to: see `parts_of`.
CLOSED, NEWEST = "closed", "newest"
_MONTH: Final = len("2026-07")


def write_search_index(site: Path, names: Sequence[Sequence[str]] = ()) -> None:
    """Writes the index of a finished site; `names` as `family_names`. Raises `StorageError`."""
    folder = site / FOLDER
    with storage(folder):
        shutil.rmtree(folder, ignore_errors=True)
        parts = parts_of(site)
        for part, pages in parts.items():
            write_search_part(pages, folder / part)
        write_names(folder, list(parts), names)


def parts_of(site: Path) -> dict[str, list[Path]]:
    """The posts' pages of a site by the part that they belong to; a part without any is left out."""
    pages = sorted(site.glob("posts/*/index.html"))
    newest = max((page.parent.name[:_MONTH] for page in pages), default="")
    parts: dict[str, list[Path]] = {NEWEST: [], CLOSED: []}
    for page in pages:
        parts[NEWEST if page.parent.name[:_MONTH] == newest else CLOSED].append(page)
    return {part: pages for part, pages in parts.items() if pages}


def write_search_part(pages: Iterable[Path], folder: Path) -> None:
    """Writes one part, from these pages alone."""
    read = (found_in(page.parent.name, page.read_text(encoding="utf-8")) for page in pages)
    write_part(folder, [found for found in read if found])


def write_names(folder: Path, parts: Sequence[str], names: Sequence[Sequence[str]]) -> None:
    """Writes `index.json`: the parts, the glossary's names and those of the families."""
    known = [list(entry.spellings) for entry in entries() if len(entry.spellings) > 1]
    index = {"parts": list(parts), "names": known, "families": [list(own) for own in names]}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.json").write_text(
        json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def family_names(home: Home) -> list[list[str]]:
    """By family, from its notebook: its name and its aliases."""
    return sorted(_family_names(home))


def _family_names(home: Home) -> Iterator[list[str]]:
    for path in sorted(home.notebooks.glob("*.ipynb")) if home.notebooks.is_dir() else []:
        try:
            told = parameters_of(json.loads(path.read_text(encoding="utf-8")), path.name)
        except (BadNotebook, ValueError):
            continue  # no family's, or one that `digest run` complains about
        family, aliases = told.get("family"), told.get("aliases")
        if isinstance(family, str) and re.fullmatch(FAMILY, family) and isinstance(aliases, list | tuple):
            yield list(dict.fromkeys(str(name) for name in (told.get("name") or family, *aliases)))
