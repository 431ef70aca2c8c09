"""Posts into one part of the search index: small files, of which a query needs few.

`t/` holds by term which entries have it (`search_postings`), `p/` what is shown of a post. `part.json` is
what the index says of the part: no reader fetches it, but a part whose posts stay the same is not made again.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from digest_lib.files import compact_json
from digest_lib.site.search_entries import Found
from digest_lib.site.search_postings import SLOTS, Postings, files_of, postings_of
from digest_lib.site.search_terms import plain, terms
from digest_lib.text.names import entries as glossary_entries
from digest_lib.text.script_tables import terms as mainland_terms
from digest_lib.text.scripts import folded_characters

#: How many entries a family's post of a day has, as one character.
_DIGITS: Final = string.digits + string.ascii_lowercase
#: So many words are kept for suggestions.
_WORDS: Final = 1_200
#: A post without news is seldom what is looked for: what its words count, of that elsewhere.
_QUIET: Final = 0.36


def write_part(folder: Path, posts: Iterable[Found]) -> None:
    """Writes the part with these posts into `folder`, which must be empty or not there."""
    ordered = sorted(posts, key=lambda post: (-_day(post), post.family))
    names = {post.family: post.family_name for post in reversed(ordered)}  # the newest counts
    families = sorted(names)
    postings = postings_of(_numbered(ordered, families))
    files = files_of(postings)
    for number, (_, text) in enumerate(files):
        _write(folder / "t" / f"{number}.json", text)
    for post in ordered:
        _write(folder / "p" / f"{post.name}.json", compact_json(_shown(post)))
    told = {
        "newest": ordered[0].day if ordered else "",
        "families": [[family, names[family]] for family in families],
        "entries": sum(len(post.entries) for post in ordered),
        "files": " ".join(start for start, _ in files),
        "posts": _runs(ordered, families),
        "characters": _characters({character for term in postings for character in term}),
        "mainland": _mainland(postings),
        "words": _words(ordered, postings),
    }
    _write(folder / "part.json", compact_json(told))


def _day(post: Found) -> int:
    return date.fromisoformat(post.day).toordinal()


def _numbered(posts: Sequence[Found], families: Sequence[str]) -> Iterator[tuple[int, dict[str, int]]]:
    """The impacts of every entry, by its number (see `search_postings`)."""
    for post in posts:
        place = (_day(posts[0]) - _day(post)) * len(families) + families.index(post.family)
        for number, entry in enumerate(post.entries, start=SLOTS * place):
            yield number, entry.impacts if len(post.entries) > 1 else _quiet(entry.impacts)


def _quiet(impacts: Mapping[str, int]) -> dict[str, int]:
    return {term: max(1, round(_QUIET * impact)) for term, impact in impacts.items()}


def _runs(posts: Sequence[Found], families: Sequence[str]) -> list[tuple[int, str]]:
    """How many entries each post has, a character each (0 for none), in runs of days that follow each other:
    how many days the first is back, and its families' posts, then those of the day before it."""
    runs: list[tuple[int, str]] = []
    for day, group in groupby(posts, key=_day):
        many = {post.family: len(post.entries) for post in group}
        told = "".join(_DIGITS[many.get(family, 0)] for family in families)
        back = _day(posts[0]) - day
        if runs and back == runs[-1][0] + len(runs[-1][1]) // len(families):
            runs[-1] = runs[-1][0], runs[-1][1] + told
        else:
            runs.append((back, told))
    return runs


def _shown(post: Found) -> list[list[str]]:
    return [[entry.anchor, entry.title, entry.text] for entry in post.entries]


def _characters(there: set[str]) -> list[str]:
    """The characters that a reader may type for one that is there, and that one beside each."""
    pairs = sorted((a, b) for a, b in folded_characters().items() if b in there)
    return ["".join(a for a, _ in pairs), "".join(b for _, b in pairs)]


def _mainland(postings: Postings) -> list[list[str]]:
    """The mainland's words for those that are there: 芯片 for 晶片."""
    pairs = (
        (mainland, ours) for mainland, ours in mainland_terms().items() if plain(mainland) != plain(ours)
    )
    return [[a, b] for a, b in pairs if all(term in postings for term in terms(b))]


def _words(posts: Iterable[Found], postings: Postings) -> dict[str, int]:
    """The vocabulary for suggestions: names and Latin words that are there, and in how many entries."""
    written: Counter[str] = Counter()
    for post in posts:
        written.update(post.words)
    written.update(spelling for entry in glossary_entries() for spelling in entry.spellings)
    counted: dict[str, tuple[int, str]] = {}
    for word, _ in sorted(written.items(), key=lambda item: (-item[1], item[0])):
        found = terms(word)
        times = min((len(postings.get(term, ())) for term in found), default=0)
        if times and plain(word) not in counted:
            counted[plain(word)] = times, word
    most = sorted(counted.values(), key=lambda item: (-item[0], item[1]))[:_WORDS]
    return {word: times for times, word in most}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
