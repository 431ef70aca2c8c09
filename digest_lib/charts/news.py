"""How the infographic sets its headlines: which fit, in what size, with how much text, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest_lib.charts.facts import Facts, Told
from digest_lib.charts.lines import is_cut, width_of, wrap
from digest_lib.charts.style import SMALLEST

#: Pixels between two rows at least, and at most.
GAP, _WIDEST_GAP = 22, 48
#: A row is at least as high as its number of publishers.
_LEAST = 62
_DECK = 38
# Headline sizes of the lead and of the others, by how many stories are shown.
_SIZES = {5: (36, 27), 4: (38, 28), 3: (42, 32)}
# How many stories, and lines for the lead and for each other: the first plan that fits is taken.
_PLANS = ((5, 3, 2), (4, 3, 2), (4, 2, 2), (3, 3, 3), (3, 3, 2), (3, 2, 2))
# One or two stories: headline sizes, the lines of a headline, the lines of text below it.
_FEW = {1: ((54, 48, 42, 36, 30, 26), 6, 3), 2: ((40, 34, 30, 26), 3, 2)}


@dataclass(frozen=True, slots=True)
class Row:
    """A story as it is set: marks, headline (beginning after the marks) and deck."""

    story: Told
    marks: tuple[str, ...]
    size: float
    lines: tuple[str, ...]
    deck: tuple[str, ...]

    @property
    def leading(self) -> float:
        return self.size * 1.3

    @property
    def height(self) -> float:
        text = self.leading * len(self.lines) + _DECK * len(self.deck) + (8 if self.deck else 0)
        return max(_LEAST, text)


def arrange(day: Facts, width: float, top: float, room: float) -> list[tuple[float, Row]]:
    """The stories that fit into `room` pixels below `top`, each with the y where its row begins.

    As many as fit in full, but at least three; what does not fit is set without its deck, then smaller,
    then with its headline cut.
    """
    rows = next((rows for rows in _tries(day, width) if _fits(rows, room)), [])
    spare = room - sum(row.height for row in rows)
    gap = min(_WIDEST_GAP, spare / max(1, len(rows) - 1))
    placed = []
    for row in rows:
        placed.append((top, row))
        top += row.height + gap
    return placed


def mark_width(mark: str) -> float:
    """How much of a line a mark takes, with the space after it."""
    return width_of(mark, SMALLEST) + 20 + 12


def _fits(rows: list[Row], room: float) -> bool:
    return sum(row.height for row in rows) + GAP * (len(rows) - 1) <= room


def _tries(day: Facts, width: float) -> Iterator[list[Row]]:
    """The ways to set the day, best first; the last ones fit whatever the headlines are."""
    stories, few = day.stories, len(day.stories)
    if few in _FEW:
        sizes, lines, most = _FEW[few]
        for largest in range(len(sizes)):
            for deck in range(most, -1, -1):
                yield [_row(day, s, sizes[largest:], lines, width, deck) for s in stories]
    for count, lead_lines, lines in _PLANS:
        if count <= few:
            lead, other = _SIZES[count]
            rest = (other, max(SMALLEST, other - 2), SMALLEST)
            first = _row(day, stories[0], (lead, lead - 4, lead - 8, *rest), lead_lines, width)
            yield [first, *(_row(day, s, rest, lines, width) for s in stories[1:count])]
    for count in (3, 2, 1):
        yield [_row(day, s, (28,), 1, width) for s in stories[:count]]


def _row(day: Facts, story: Told, sizes: tuple[float, ...], lines: int, width: float, deck: int = 0) -> Row:
    """The story in the largest of the sizes that holds its whole headline, else in the smallest."""
    marks = tuple(story.marks(day.words))
    indent = sum(mark_width(mark) for mark in marks)
    for size in sizes:
        rows = wrap(story.headline, size, width, lines, serif=True, indent=indent)
        if not is_cut(story.headline, rows):
            break
    told = wrap(story.deck, SMALLEST, width, deck) if story.deck != story.headline else []
    return Row(story, marks, size, tuple(rows), tuple(told))
