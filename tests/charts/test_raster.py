"""The files that a post keeps of a chart."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from PIL import Image

from digest_lib.charts.raster import MOST, REDUCED, NoImage, ending_of, reduced, smallest


def png(width: int, height: int, noise: bool = False) -> bytes:
    image = Image.new("RGB", (width, height), "#FBFAF6")
    if noise:
        image = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(3 * width * height))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("size", [(1200, 675), (1, 1)])
def test_the_smaller_format_is_kept_and_shows_the_same(size: tuple[int, int]) -> None:
    raw = png(*size)
    ending, data = smallest(raw)
    assert ending_of(data) == ending and len(data) <= len(raw)
    with Image.open(BytesIO(data)) as kept, Image.open(BytesIO(raw)) as drawn:
        assert kept.convert("RGB").tobytes() == drawn.convert("RGB").tobytes()
    assert (ending, data) == smallest(raw)


@pytest.mark.parametrize("noise", [False, True], ids=["plain", "the hardest to pack"])
def test_a_reduced_image_is_small_whatever_it_shows(noise: bool) -> None:
    ending, data = reduced(png(1200, 675, noise))
    assert ending_of(data) == ending and len(data) <= MOST
    with Image.open(BytesIO(data)) as small:
        assert small.size == (REDUCED, 338)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", png(9, 9)[:40], b"RIFF0000WEBPVP8 "])
def test_what_is_no_image_is_refused(raw: bytes) -> None:
    for made in (smallest, reduced):
        with pytest.raises(NoImage, match="not a PNG image"):
            made(raw)
