"""What every chart shares: font, colours, and a sheet of paper measured in pixels.

Fonts are Noto Sans TC and Noto Serif TC from the package `pylopdf-fonts-zh-tw`, used by path: no font of
the machine is looked for, so that the same chart has the same bytes everywhere. They come in the regular
weight only; bold is the regular with a thin outline of its own colour.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Literal

import matplotlib.style
import pylopdf_fonts_zh_tw as fonts
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import withStroke
from opencc import OpenCC
from PIL import Image

from digest_lib.errors import DigestError

PAPER = "#FBFAF6"
INK = "#1C1B1A"
GREY = "#66635E"
RULE = "#D8D4CB"
WHITE = "#FFFFFF"

#: Each reads on paper, and white reads on each (WCAG contrast of at least 4.5; tested).
ACCENTS = (
    "#8C2F39", "#155E84", "#2F6B3A", "#6B3F87", "#A6461D", "#0B6E69",
    "#463FA0", "#66600F", "#A02C6B", "#3E5160", "#7A4B2A", "#2B4C9B",
)  # fmt: skip

#: Rivals: told apart by label and dashes first, by tint second; each reads on paper.
MUTED = ("#5E6B7B", "#7A6750", "#5C7054", "#7B5E76", "#4F7272")

#: The smallest type, in pixels of a sheet that is 1200 wide: a phone shows it in under a third of that.
SMALLEST = 26

#: Stands for letters that the font lacks: the printers' mark for a missing sort.
MISSING = "〓"

_DPI = 100
# «$» in a title is money, not mathematics.
_RC = {"text.parse_math": False, "text.hinting": "none", "path.snap": True}

Align = Literal["left", "center", "right"]


class MissingGlyph(DigestError):
    """A character was drawn that the font lacks: text reached a chart without `drawable`."""

    def __init__(self, warning: str) -> None:
        super().__init__(f"a chart cannot be drawn: {warning}")
        self.warning = warning


def accent(family: str) -> str:
    """The family's colour: the same on every machine and every day, whatever the name's case."""
    mark = hashlib.sha256(family.casefold().encode()).digest()
    return ACCENTS[int.from_bytes(mark[12:16], "big") % len(ACCENTS)]


def blend(color: str, ground: str, share: float) -> str:
    """`share` of the colour on the ground, as an opaque colour."""
    pairs = zip(_rgb(color), _rgb(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color.removeprefix("#")))


@lru_cache(maxsize=2)
def face(serif: bool) -> FT2Font:
    """The font to measure with; drawing uses matplotlib's own copy, whose size it changes."""
    return FT2Font(str(fonts.serif_path() if serif else fonts.sans_path()))


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    return frozenset(face(False).get_charmap()) & frozenset(face(True).get_charmap())


@lru_cache(maxsize=4096)
def drawable(text: str) -> str:
    """`text` with nothing in it that the font cannot draw.

    White space becomes one space. Controls, direction marks, combining marks and emoji go. Simplified and
    Japanese characters that the font lacks are drawn in their Traditional form; other letters that it
    lacks become «〓».
    """
    text = "".join(_wanted(c) for c in unicodedata.normalize("NFC", text))
    # The font sets ’ as wide as a Chinese character, which tears an English word apart.
    text = re.sub(r"(?<=[A-Za-z])’(?=[A-Za-z])", "'", text)
    text = "".join(c if ord(c) in _covered() else _instead(c) for c in text)
    text = re.sub(f"{MISSING}[ {MISSING}]*{MISSING}", MISSING, text)
    return re.sub(" {2,}", " ", text).strip()


@lru_cache(maxsize=1)
def _converters() -> tuple[OpenCC, ...]:
    """Simplified and Japanese forms to Traditional ones: a name such as 日経 stays readable."""
    return OpenCC("s2t"), OpenCC("jp2t")


def _wanted(char: str) -> str:
    if char.isspace():
        return "　" if char == "　" else " "
    return "" if unicodedata.category(char)[0] in "CM" else char


def _instead(char: str) -> str:
    """What is drawn for a character that the font lacks."""
    for plain in (unicodedata.normalize("NFKC", char), *(c.convert(char) for c in _converters())):
        if all(ord(c) in _covered() for c in plain):
            return str(plain)
    return MISSING if unicodedata.category(char)[0] in "LN" else ""


class Sheet:
    """A page of `width` × `height` pixels; y runs down from the top. Text stands on its baseline.

    Make one with `sheet`, which sets matplotlib up around it.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        # Half a pixel more, since 6.75 × 100 may be 674.999… and is cut to whole pixels.
        size = ((width + 0.5) / _DPI, (height + 0.5) / _DPI)
        self.figure = Figure(figsize=size, dpi=_DPI, facecolor=PAPER)
        self.canvas = FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width + 0.5)
        self._axes.set_ylim(height + 0.5, 0)

    def text(
        self, x: float, y: float, text: str, size: float, *, color: str = INK,
        bold: bool = False, serif: bool = False, align: Align = "left",
    ) -> None:  # fmt: skip
        """Writes one line, `size` pixels high. Raises `ValueError` for type under `SMALLEST`."""
        if size < SMALLEST:
            raise ValueError(f"type of {size} px is too small to read")
        path = fonts.serif_path() if serif else fonts.sans_path()
        outline = [withStroke(linewidth=_points(size * 0.035), foreground=color)] if bold else None
        self._axes.text(
            x, y, drawable(text), color=color, ha=align, va="baseline", path_effects=outline,
            fontproperties=FontProperties(fname=path, size=_points(size)),
        )  # fmt: skip

    def box(
        self, x: float, y: float, width: float, height: float, color: str, *,
        outline: bool = False, radius: float = 0,
    ) -> None:  # fmt: skip
        """A rectangle, filled or only outlined, from its upper left corner."""
        shape = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        patch = FancyBboxPatch(
            (x, y), width, height, boxstyle=shape, edgecolor=color,
            facecolor="none" if outline else color, linewidth=_points(1.5) if outline else 0,
        )  # fmt: skip
        self._axes.add_patch(patch)

    def line(
        self, points: Sequence[tuple[float, float]], color: str, width: float = 1.5,
        dashes: tuple[float, ...] = (),
    ) -> None:  # fmt: skip
        """A line through the points; `dashes` are lengths in multiples of its width."""
        line = Line2D(
            [x for x, _ in points], [y for _, y in points], color=color, linewidth=_points(width),
            linestyle=(0, dashes) if dashes else "-", solid_capstyle="round",
            solid_joinstyle="round", dash_capstyle="butt",
        )  # fmt: skip
        self._axes.add_line(line)

    def dot(self, x: float, y: float, color: str, size: float) -> None:
        """A round dot, `size` pixels wide, on a ring of paper that lifts it off the lines."""
        dot = Line2D(
            [x], [y], marker="o", markersize=_points(size), color=color, linestyle="none",
            markeredgecolor=PAPER, markeredgewidth=_points(2), zorder=4,
        )  # fmt: skip
        self._axes.add_line(dot)

    def png(self) -> bytes:
        """The page as PNG, without date or software.

        256 colours hold a page of one accent without a visible difference, in a third of the bytes.
        """
        self.canvas.draw()  # type: ignore[no-untyped-call]
        pixels = bytes(self.canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        page = Image.frombuffer("RGBA", self.canvas.get_width_height(), pixels).convert("RGB")
        out = BytesIO()
        few = page.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(out, "PNG", compress_level=9)
        return out.getvalue()


@contextmanager
def sheet(width: int, height: int) -> Iterator[Sheet]:
    """A `Sheet` to draw on and take the PNG of, under settings that no `matplotlibrc` changes.

    Raises `MissingGlyph` where a character cannot be drawn.
    """
    with matplotlib.style.context(_RC, after_reset=True), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph ", category=UserWarning)
        try:
            yield Sheet(width, height)
        except UserWarning as warning:
            raise MissingGlyph(str(warning)) from None


def _points(pixels: float) -> float:
    return pixels * 72 / _DPI
