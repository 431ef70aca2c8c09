"""The signs that charts are drawn with, as SVG that takes part in the page.

A drawing is as wide as its column: what lies across is said in per cent, what goes up in pixels, so that text
keeps its size on a phone. Colours and fonts are the stylesheet's, by class: by night they are those of the
night. Nothing of it comes from a post's HTML: it is made from numbers and escaped text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from digest_lib.sections.markup import esc

#: A value, or that nothing is known.
Value = int | float | None


def across(part: float) -> str:
    """A place from left (0) to right (1)."""
    return f"{number(100 * part)}%"


def px(value: float) -> str:
    """A length in pixels."""
    return number(value, 1)


def number(value: float, digits: int = 2) -> str:
    """A number with at most so many digits behind its point."""
    return f"{round(value, digits) + 0:g}"


def drawing(
    parts: Iterable[str], height: float, name: str, title: str, about: str, kind: str = "plot"
) -> str:
    """An image of these parts with a title and a description; `name` makes its ids."""
    return (
        f'<svg class="{kind}" width="100%" height="{px(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{esc(title)}</title>'
        f'<desc id="{name}-desc">{esc(about)}</desc>{"".join(parts)}</svg>'
    )


def box(kind: str, x: float, y: float, width: float, height: float) -> str:
    """A rectangle: `x` and `width` as parts of the whole, `y` and `height` in pixels."""
    return (
        f'<rect class="{kind}" x="{across(x)}" y="{px(y)}" width="{across(width)}" '
        f'height="{px(height)}"></rect>'
    )


def level(kind: str, y: float) -> str:
    """A line from side to side."""
    return f'<line class="{kind}" x1="0" x2="100%" y1="{px(y)}" y2="{px(y)}"></line>'


def dot(kind: str, x: float, y: float, radius: float) -> str:
    return f'<circle class="{kind}" cx="{across(x)}" cy="{px(y)}" r="{px(radius)}"></circle>'


def words(kind: str, x: float, y: float, text: str, *, shift: float = 0, anchor: str = "") -> str:
    """Text that begins at `x` and `shift` pixels more; or has its `middle` or `end` there."""
    moved = f' dx="{px(shift)}"' if shift else ""
    placed = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="{kind}" x="{across(x)}" y="{px(y)}"{moved}{placed}>{esc(text)}</text>'


def field(parts: Iterable[str], y: float, height: float, wide: float, high: float) -> str:
    """A part of the drawing with coordinates of its own, 0…`wide` and 0…`high`, that is drawn as wide as the
    whole."""
    return (
        f'<svg x="0" y="{px(y)}" width="100%" height="{px(height)}" viewBox="0 0 {number(wide)} '
        f'{number(high)}" preserveAspectRatio="none" overflow="visible">{"".join(parts)}</svg>'
    )


def path(kind: str, steps: str) -> str:
    """A line whose width does not stretch with its field."""
    return f'<path class="{kind}" d="{steps}" vector-effect="non-scaling-stroke"></path>'


def runs(values: Sequence[Value]) -> list[list[tuple[int, float]]]:
    """Unbroken stretches of known values, each with its place."""
    found: list[list[tuple[int, float]]] = []
    before = -2
    for place, value in enumerate(values):
        if value is None:
            continue
        if place - before > 1:
            found.append([])
        found[-1].append((place, value))
        before = place
    return found


def _ems(char: str) -> float:
    """About how wide a character is."""
    if unicodedata.east_asian_width(char) in "WFA" or char in "MW@%mw":
        return 1.0
    return 0.7 if char.isupper() else 0.58


def cut(text: str, ems: float) -> str:
    """Text no wider than about so many squares of type, with «…» where it was cut."""
    room = ems
    for place, char in enumerate(text):
        room -= _ems(char)
        if room < 0:
            return text[: max(1, place - 1)].rstrip() + "…"
    return text
