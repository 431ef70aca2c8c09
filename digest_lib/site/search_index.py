"""The index that readers search in, made from the pages of a finished site: plain files, no server.

It lies in `search-index/`, in two parts: closed months, which stay as they are when a day is added, and the
newest month. `index.json` is what every search needs: of the parts, and under which names things are known.
`days.json` is for those that ask for a day, `words.json` for those that find nothing as they are spelt.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from digest_lib.cells import parameters_of
from digest_lib.errors import BadNotebook
from digest_lib.files import compact_json, storage, write_atomic
from digest_lib.publishing.clean import FAMILY
from digest_lib.settings import Home
from digest_lib.site.search_entries import found_in
from digest_lib.site.search_part import write_part
from digest_lib.text.names import entries

FOLDER: Final = "search-index"
#: The form of its files; counted on when earlier `search-engine.js`, which name their own, cannot read them.
FORM: Final = 2
ENGINE: Final = "assets/search-engine.js"
#: Its parts, and which of them a post's page belongs to: see `parts_of`.
CLOSED, NEWEST = "closed", "newest"
_MONTH: Final = len("2026-07")
#: What is said of a part in `index.json`.
_OF_PART: Final = ("newest", "families", "entries", "files")


def write_search_index(site: Path, names: Sequence[Sequence[str]] = ()) -> None:
    """Writes the index of a finished site; `names` as `family_names`. Raises `StorageError`."""
    folder = site / FOLDER
    with storage(folder):
        shutil.rmtree(folder, ignore_errors=True)
        parts = parts_of(page.parent.name for page in site.glob("posts/*/index.html"))
        for part, posts in parts.items():
            read = (found_in(name, (site / page_of(name)).read_text(encoding="utf-8")) for name in posts)
            write_part(folder / part, [found for found in read if found])
        for name, data in index_of(folder, list(parts), names).items():
            write_atomic(folder / name, data)


def reads_it(script: str) -> bool:
    """Whether a `search-engine.js` says that it reads an index of today's form."""
    return re.search(rf"\bFORM = {FORM};", script) is not None


def page_of(post: str) -> str:
    """The page of a post, from the top of the site."""
    return f"posts/{post}/index.html"


def parts_of(posts: Iterable[str]) -> dict[str, list[str]]:
    """The names of posts by the part that they belong to; a part without any is left out."""
    names = sorted(posts)
    newest = max((month_of(name) for name in names), default="")
    parts: dict[str, list[str]] = {NEWEST: [], CLOSED: []}
    for name in names:
        parts[NEWEST if month_of(name) == newest else CLOSED].append(name)
    return {part: names for part, names in parts.items() if names}


def month_of(post: str) -> str:
    """The month in a post's name."""
    return post[:_MONTH]


def index_of(folder: Path, parts: Sequence[str], names: Sequence[Sequence[str]]) -> dict[str, bytes]:
    """By file name: what is said of the parts, which are in the folder, the newest first; with the glossary's
    names and those of the families (`names`)."""
    heads = {part: json.loads((folder / part / "part.json").read_text(encoding="utf-8")) for part in parts}
    heads = {part: head for part, head in heads.items() if head["entries"]}
    words: Counter[str] = Counter()
    for head in heads.values():
        words.update(head["words"])
    characters = sorted({pair for head in heads.values() for pair in zip(*head["characters"], strict=True)})
    index = {
        "form": FORM,
        "parts": [{"name": part} | {key: head[key] for key in _OF_PART} for part, head in heads.items()],
        "names": [list(entry.spellings) for entry in entries() if len(entry.spellings) > 1],
        "families": [list(own) for own in names],
        "characters": ["".join(a for a, _ in characters), "".join(b for _, b in characters)],
        "mainland": sorted({tuple(pair) for head in heads.values() for pair in head["mainland"]}),
    }
    days = [head["posts"] for head in heads.values()]
    return {
        f"{name}.json": compact_json(value).encode()
        for name, value in (("index", index), ("days", days), ("words", words))
    }


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
