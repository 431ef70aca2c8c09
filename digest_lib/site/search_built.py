"""The search index of a site that is built: its parts are those of the site before wherever they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from digest_lib.files import named
from digest_lib.settings import Home
from digest_lib.site.composed import Composed
from digest_lib.site.finds import Finds
from digest_lib.site.search_index import FOLDER, family_names, index_of, month_of, parts_of
from digest_lib.site.search_part import write_part


def put_search_index(composed: Composed, home: Home, keys: Mapping[str, str]) -> None:
    """Puts the index of the posts into the site that is composed; `keys`: what the page of each is made from.
    The part of the closed months is the old site's, unless a post of theirs was added or changed."""
    finds = Finds(home, composed.site)
    parts = parts_of(keys)
    for part, posts in parts.items():
        folder = f"{FOLDER}/{part}"
        own = {name: keys[name] for name in posts}
        write = partial(_write_part, composed.site / folder, own, finds)
        composed.put_folder(folder, named(*own.values()), write)
    names = family_names(home)
    key = named("index", *parts, *keys.values(), *map(repr, names))
    composed.put_all(f"{FOLDER}/index.json", key, partial(_index, composed.site / FOLDER, list(parts), names))
    finds.close({month_of(post) for post in keys})


def _write_part(folder: Path, posts: Mapping[str, str], finds: Finds) -> None:
    write_part(folder, finds.of(posts))


def _index(folder: Path, parts: Sequence[str], names: Sequence[Sequence[str]]) -> Mapping[str, bytes]:
    made = index_of(folder, parts, names)
    return {f"{FOLDER}/{name}": data for name, data in made.items()}
