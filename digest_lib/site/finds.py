"""What can be found of posts, kept from build to build: a file a month, read when a post of it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from digest_lib.files import compact_json, storage, write_atomic
from digest_lib.settings import Home
from digest_lib.site.ledger import library
from digest_lib.site.search_entries import Entry, Found, found_in
from digest_lib.site.search_index import month_of, page_of

#: A post's entries as (anchor, title, text, impacts), and its words.
_Row = tuple[str, str, str, list[tuple[str, str, str, dict[str, int]]], dict[str, int]]
#: By its name: the key of what a post's page was made from, and what can be found there.
_Month = dict[str, tuple[str, _Row | None]]
_FILE: Final = TypeAdapter(tuple[str, _Month])


class Finds:
    """What can be found of a home's posts, whose pages lie in the new `site`."""

    def __init__(self, home: Home, site: Path) -> None:
        self._folder = home.rendered / "finds"
        self._site = site

    def of(self, posts: Mapping[str, str]) -> list[Found]:
        """What can be found of these posts; `posts` are the keys of what their pages were made from, by
        their names."""
        found: list[Found] = []
        for month, names in groupby(sorted(posts), key=month_of):
            found += self._month(month, {name: posts[name] for name in names})
        return found

    def _month(self, month: str, posts: Mapping[str, str]) -> Iterator[Found]:
        before = self._read(month)
        now = {name: known for name, known in before.items() if posts.get(name) == known[0]}
        for name, key in posts.items():
            if name not in now:
                page = (self._site / page_of(name)).read_text(encoding="utf-8")
                now[name] = key, _row(found_in(name, page))
        if now != before:
            write_atomic(self._folder / f"{month}.json", compact_json((library(), now)))
        yield from (_found(name, row) for name in posts if (row := now[name][1]))

    def _read(self, month: str) -> _Month:
        try:
            made_by, months = _FILE.validate_json((self._folder / f"{month}.json").read_bytes())
        except (OSError, ValidationError):
            return {}
        return months if made_by == library() else {}

    def close(self, months: set[str]) -> None:
        """Forgets other months than these."""
        with storage(self._folder):
            for path in self._folder.iterdir() if self._folder.is_dir() else []:
                if path.stem not in months:
                    path.unlink(missing_ok=True)


def _row(found: Found | None) -> _Row | None:
    if found is None:
        return None
    entries = [(entry.anchor, entry.title, entry.text, entry.impacts) for entry in found.entries]
    return found.day, found.family, found.family_name, entries, dict(found.words)


def _found(name: str, row: _Row) -> Found:
    day, family, family_name, entries, words = row
    return Found(name, day, family, family_name, tuple(Entry(*entry) for entry in entries), Counter(words))
