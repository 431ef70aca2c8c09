"""Posts into one part of the search index: small files, of which a query needs few.

`part.json` says how many entries each family's post has, by day, newest first (entries are numbered through:
of each post first itself, then its stories), and the first term of every file in `t/`. These hold, by term,
how many entries have it and which: as steps from one to the next, each with the term's impact there. `p/`
holds what is shown of a post.
"""

from __future__ import annotations

import json
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from digest_lib.site.search_entries import Found
from digest_lib.site.search_terms import plain, terms
from digest_lib.text.names import entries as glossary_entries
from digest_lib.text.script_tables import terms as mainland_terms
from digest_lib.text.scripts import folded_characters

#: A file of terms is about so large, in characters.
_FILE: Final = 4_000
#: Of a term's entries so many are kept: those that it counts most in, of these the newest.
_MOST: Final = 1_000
#: How many entries a family's post of a day has, as one character.
_DIGITS: Final = string.digits + string.ascii_lowercase
#: So many words are kept for suggestions.
_WORDS: Final = 1_200


def write_part(folder: Path, posts: Iterable[Found]) -> None:
    """Writes the part with these posts into `folder`, which must be empty or not there."""
    ordered = sorted(posts, key=lambda post: (_backwards(post.day), post.family))
    postings = _postings(ordered)
    files = _files(postings)
    for number, (_, text) in enumerate(files):
        _write(folder / "t" / f"{number}.json", text)
    for post in ordered:
        _write(folder / "p" / f"{post.name}.json", _json(_shown(post)))
    _write(folder / "part.json", _json(_head(ordered, postings, [first for first, _ in files])))


def _backwards(day: str) -> tuple[int, ...]:
    return tuple(-int(number) for number in day.split("-"))


def _postings(posts: Iterable[Found]) -> dict[str, list[tuple[int, int]]]:
    """By term: the numbers of its entries, ascending, and its impact in each."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    number = 0
    for post in posts:
        for entry in post.entries:
            for term, impact in entry.impacts.items():
                found[term].append((number, impact))
            number += 1
    return found


def _files(postings: dict[str, list[tuple[int, int]]]) -> list[tuple[str, str]]:
    """The files of terms: each with its first term."""
    files: list[tuple[str, list[str]]] = []
    size = _FILE
    for term in sorted(postings, key=lambda term: term.encode("utf-16-be")):  # as JavaScript compares
        line = f"{_json(term)}:{_json(_steps(postings[term]))}"
        if size + len(line) > _FILE:
            files.append((term, []))
            size = 0
        files[-1][1].append(line)
        size += len(line)
    return [(first, "{" + ",\n".join(lines) + "}") for first, lines in files]


def _steps(found: Sequence[tuple[int, int]]) -> list[int]:
    kept = sorted(sorted(found, key=lambda pair: -pair[1])[:_MOST])
    flat, before = [len(found)], 0
    for number, impact in kept:
        flat += (number - before, impact)
        before = number
    return flat


def _shown(post: Found) -> list[list[str]]:
    return [[entry.anchor, entry.title, entry.text] for entry in post.entries]


def _head(posts: Sequence[Found], postings: dict[str, Any], files: Sequence[str]) -> dict[str, Any]:
    names = {post.family: post.family_name for post in reversed(posts)}
    families = dict(sorted(names.items()))
    days = []
    for day, group in groupby(posts, key=lambda post: post.day):
        many = {post.family: len(post.entries) for post in group}
        days.append([day, "".join(_DIGITS[many.get(family, 0)] for family in families)])
    there = {character for term in postings for character in term}
    return {
        "days": days,
        "families": [[family, name] for family, name in families.items()],
        "files": list(files),
        "characters": _characters(there),
        "mainland": _mainland(postings),
        "words": _words(posts, postings),
    }


def _characters(there: set[str]) -> list[str]:
    """The characters that a reader may type for one that is there, and that one beside each."""
    pairs = sorted((a, b) for a, b in folded_characters().items() if b in there)
    return ["".join(a for a, _ in pairs), "".join(b for _, b in pairs)]


def _mainland(postings: dict[str, Any]) -> list[list[str]]:
    """The mainland's words for those that are there: 芯片 for 晶片."""
    pairs = (
        (mainland, ours) for mainland, ours in mainland_terms().items() if plain(mainland) != plain(ours)
    )
    return [[a, b] for a, b in pairs if all(term in postings for term in terms(b))]


def _words(posts: Iterable[Found], postings: dict[str, list[tuple[int, int]]]) -> dict[str, int]:
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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
