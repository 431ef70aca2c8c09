"""Room between Chinese and Latin, as print in Taiwan has it."""

from __future__ import annotations

import re
from itertools import pairwise

from digest_lib.text.quotation_marks import quoted

#: Beside a mark of full width stands no space.
_BESIDE = re.compile(r"(?<=[，、。：；！？「」《》（）]) +| +(?=[，、。：；！？「」》）])")
_MEET = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[\u4e00-\u9fff])")


def with_room(text: str) -> str:
    """The text with a space where Chinese and Latin letters or digits meet, but in what it quotes, and none
    beside marks of full width."""
    text = _BESIDE.sub("", text)
    spans = quoted(text)
    rooms = [m.start() for m in _MEET.finditer(text) if not any(x < m.start() < y for x, y in spans)]
    edges = [0, *rooms, len(text)]
    return " ".join(text[x:y] for x, y in pairwise(edges))
