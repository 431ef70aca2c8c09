"""Lines of text that fit: measured in the chart's font, broken where Chinese and English may break."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from matplotlib.ft2font import LoadFlags

from digest_lib.charts.style import SMALLEST, drawable, face

# No line starts or ends with these (the usual kinsoku rules, as in CLREQ 3.1.4).
_NEVER_FIRST = "，。、；：！？）》」』〉】〕％%,.;:!?)]}…‧·～"
_NEVER_LAST = "（《「『〈【〔([{"
#: Where a headline may end early and still say something whole.
_CLAUSE_END = re.compile(r"[，。；！？、：,;!?]|(?<=\S)\s[—–|｜]\s")
# A Latin word stays whole; everything else may break after any character.
_PIECES = re.compile(r"[^\W\u2e80-\uffef]+(?:[.\-'’/_+&%][^\W\u2e80-\uffef]+)*\S?|\s+|.", re.DOTALL)
# Less than this share of the room is too little for a headline: then it is cut within a clause.
_ENOUGH = 0.55


@lru_cache(maxsize=8192)
def width_of(text: str, size: float, serif: bool = False) -> float:
    """How many pixels wide `text` is, set `size` pixels high."""
    font = face(serif)
    # 72 dots an inch: then a size in points is one in pixels.
    font.set_size(size, 72)
    font.set_text(drawable(text), 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def size_for(text: str, width: float, largest: float, serif: bool = False) -> float:
    """The largest size (to `SMALLEST`) at which one line of `text` is no wider than `width`."""
    return max(SMALLEST, min(largest, largest * width / max(1.0, width_of(text, largest, serif))))


def fit(text: str, width: float, largest: float, serif: bool = False) -> tuple[str, float]:
    """One line of `text` and its size: as large as `width` allows, cut where the smallest is too wide."""
    size = size_for(text, width, largest, serif)
    whole = size > SMALLEST or width_of(text, size, serif) <= width
    return (drawable(text) if whole else shorten(text, size, width, serif)), size


def shorten(text: str, size: float, width: float, serif: bool = False) -> str:
    """One line of `text`, with «…» where it was cut."""
    return next(iter(wrap(text, size, width, 1, serif)), "")


def wrap(
    text: str, size: float, width: float, lines: int, serif: bool = False, indent: float = 0
) -> list[str]:
    """At most `lines` lines no wider than `width`, the first shorter by `indent`; none for no lines.

    A longer text ends at a clause, with «…».
    """
    text = drawable(text)
    if lines < 1:
        return []
    measure = _Measure(size, width, serif, indent)
    pieces = _unbreakable(text, measure)
    rows = _rows(pieces, measure)
    if len(rows) <= lines:
        return _balanced(pieces, rows, measure)
    for cut in _cuts(text, _length(rows[:lines], text)):
        short = _rows(_unbreakable(cut + _ellipsis(cut), measure), measure)
        if len(short) <= lines:
            return short
    return ["…"]


def is_cut(text: str, rows: list[str]) -> bool:
    """Whether `wrap` had to leave out some of the text."""
    return "".join(rows).replace(" ", "") != drawable(text).replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Measure:
    """The type and the room that lines are broken for."""

    size: float
    width: float
    serif: bool
    indent: float = 0

    def of(self, text: str) -> float:
        return width_of(text, self.size, self.serif)

    def holds(self, row: str, first: bool) -> bool:
        return self.of(row.rstrip()) <= self.width - (self.indent if first else 0)


def _ellipsis(text: str) -> str:
    # The font centres «…» in a Chinese character's square, which is wrong after a Latin letter.
    return "..." if text[-1:].isascii() else "…"


def _length(rows: list[str], text: str) -> int:
    """How many characters of `text` the rows hold, the spaces lost at line ends included."""
    at = 0
    for row in rows:
        at = text.index(row, at) + len(row)
    return at


def _cuts(text: str, room: int) -> list[str]:
    """Beginnings of `text` to try, best first: whole clauses that nearly fill the room, then words."""
    clauses = [m.start() for m in _CLAUSE_END.finditer(text, 0, room)]
    clauses = [at for at in clauses if at >= room * _ENOUGH]
    words = [m.start() for m in _PIECES.finditer(text, 0, room) if m.start()]
    plain = [*reversed(clauses), *reversed(words), *range(room, 0, -1)]
    return [text[:at].rstrip(" " + _NEVER_LAST + "，。、；：！？,.;:!?—–|｜") for at in plain]


def _rows(pieces: list[str], measure: _Measure) -> list[str]:
    rows: list[str] = []
    row = ""
    for piece in pieces:
        if not row or measure.holds(row + piece, first=not rows):
            row += piece if row else piece.lstrip()
        else:
            rows.append(row.rstrip())
            row = piece.lstrip()
    return [*rows, row.rstrip()] if row.strip() else rows


def _unbreakable(text: str, measure: _Measure) -> list[str]:
    """The pieces that a line may not break within; only a word wider than a line is broken."""
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        joined = pieces and (piece[0] in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST)
        if joined and measure.holds(pieces[-1] + piece, first=True):
            pieces[-1] += piece
        elif len(piece) > 1 and not measure.holds(piece, first=True):
            pieces.extend(piece)
        else:
            pieces.append(piece)
    return pieces


def _balanced(pieces: list[str], rows: list[str], measure: _Measure) -> list[str]:
    """The same text on as many lines, but without a last line of one or two characters."""
    stub = 3 * measure.size
    if len(rows) < 2 or measure.of(rows[-1]) > stub:  # noqa: PLR2004
        return rows
    even = (sum(map(measure.of, rows)) + measure.indent) / len(rows) + stub
    again = _rows(pieces, replace(measure, width=min(even, measure.width)))
    return again if len(again) == len(rows) else rows
