"""Which entries have a term, as the search page reads it: packed into characters, in files of sorted terms.

An entry's number tells where it is, so that no table of entries grows with the site: `SLOTS` numbers for each
post, in them the post itself and then its stories; the posts of a day by family; the days from the newest
back, also those without a post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import isqrt
from typing import Final

from digest_lib.files import compact_json

#: Numbers that a post has for its entries.
SLOTS: Final = 36
#: A file of terms is at least about so large, in characters.
_FILE: Final = 3_000
#: It grows with the root of all terms' size, as the table of files then does: what a search needs of both is
#: least so. This is what a file costs in the table.
_PLACE: Final = 6
#: Of a term's entries so many are kept: those that it counts most in, of these the newest.
_MOST: Final = 1_000
#: What numbers are packed into: what JSON holds in a character.
_CHARACTERS: Final = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
#: The largest number in one character, and how many of them say that a number ends there.
LARGEST: Final = len(_CHARACTERS) - 1
_LAST: Final = 45

#: By term: (number of an entry, the term's impact there), ascending.
Postings = Mapping[str, Sequence[tuple[int, int]]]


def postings_of(entries: Iterable[tuple[int, Mapping[str, int]]]) -> Postings:
    """By term, from the impacts of the numbered entries, which ascend."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, impacts in entries:
        for term, impact in impacts.items():
            found[term].append((number, impact))
    return found


def files_of(postings: Postings) -> list[tuple[str, str]]:
    """The files of terms, each after what its terms do not sort before, and those of earlier files do."""
    lines = [
        (term, f"{compact_json(term)}:{compact_json(_told(postings[term]))}") for term in _sorted(postings)
    ]
    most = max(_FILE, isqrt(_PLACE * sum(len(line) for _, line in lines)))
    files: list[tuple[str, list[str]]] = []
    size, before = most, ""
    for term, line in lines:
        if size + len(line) > most:
            files.append((_start(before, term), []))
            size = 0
        files[-1][1].append(line)
        size += len(line)
        before = term
    return [(start, "{" + ",\n".join(own) + "}") for start, own in files]


def _sorted(terms: Iterable[str]) -> list[str]:
    return sorted(terms, key=_place)


def _place(term: str) -> bytes:
    """What tells which of two terms is first, as JavaScript compares them."""
    return term.encode("utf-16-be")


def _start(before: str, term: str) -> str:
    """The shortest beginning of a term that sorts after the term before."""
    return next(term[:n] for n in range(1, len(term) + 1) if _place(term[:n]) > _place(before))


def _told(found: Sequence[tuple[int, int]]) -> str | list[int | str]:
    """A term's entries; before them how many there are, where not all are kept."""
    if len(found) <= _MOST:
        return packed(found)
    return [len(found), packed(sorted(sorted(found, key=lambda pair: -pair[1])[:_MOST]))]


def packed(found: Iterable[tuple[int, int]]) -> str:
    """Numbers, ascending, each as the step from the one before and followed by its impact (at most
    `LARGEST`). A step has as many characters as it needs, the lowest first."""
    parts: list[str] = []
    before = 0
    for number, impact in found:
        step, before = number - before, number
        while step >= _LAST:
            step, low = divmod(step, _LAST)
            parts.append(_CHARACTERS[_LAST + low])
        parts += _CHARACTERS[step], _CHARACTERS[impact]
    return "".join(parts)
