"""A chart's PNG as the files that a post keeps: the smaller of two formats, in full and reduced."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

#: The ending of a file by how it begins: all that a post's images may be.
ENDINGS: Final = (".png", ".webp")
#: A reduced image is so wide at most …
REDUCED: Final = 600
#: … and has no more bytes than this, whatever it shows.
MOST: Final = 40_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_QUALITIES: Final = (82, 70, 55, 40, 25, 10)

#: An ending and what the file holds.
File = tuple[str, bytes]


class NoImage(ValueError):
    """What should be a PNG image is none."""


def ending_of(data: bytes) -> str:
    """`.png` or `.webp` by how the data begin; empty for everything else."""
    if data.startswith(_PNG):
        return ".png"
    return ".webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def checked(png: bytes) -> File:
    """The image as it is. Raises `NoImage`."""
    if ending_of(png) != ".png":
        raise NoImage("not a PNG image")
    return ".png", png


def smallest(png: bytes) -> File:
    """The image as it is or as WebP without loss, whichever is smaller. Raises `NoImage`."""
    return _smaller((".png", png), (".webp", _saved(_read(png), lossless=True)))


def reduced(png: bytes) -> File:
    """The image `REDUCED` pixels wide and no larger than `MOST`, for lists and feeds. Raises `NoImage`."""
    from PIL import Image

    large = _read(png)
    small = large
    if large.width > REDUCED:
        height = max(1, round(large.height * REDUCED / large.width))
        small = large.resize((REDUCED, height), Image.Resampling.LANCZOS)
    few = small.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    first, *coarser = _QUALITIES
    best = _smaller((".png", _png(few)), (".webp", _saved(small, quality=first)))
    for quality in coarser:
        if len(best[1]) <= MOST:
            break
        best = (".webp", _saved(small, quality=quality))
    return best


def _smaller(one: File, other: File) -> File:
    return min(one, other, key=lambda file: len(file[1]))


def _read(png: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    checked(png)
    try:
        with Image.open(BytesIO(png), formats=["PNG"]) as image:
            return image.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoImage(f"not a PNG image: {error}") from None


def _saved(image: Image, **how: bool | int) -> bytes:
    return _bytes(lambda out: image.save(out, "WEBP", method=4, **how))


def _png(image: Image) -> bytes:
    return _bytes(lambda out: image.save(out, "PNG", compress_level=9))


def _bytes(save: Callable[[BytesIO], None]) -> bytes:
    out = BytesIO()
    save(out)
    return out.getvalue()
