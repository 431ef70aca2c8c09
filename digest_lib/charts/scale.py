"""Where numbers go on an axis, and labels beside it. Nothing is imported: the site draws with this, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def in_digits(value: float, digits: int = 4, sign: str = "") -> str:
    """The value to so many digits, never as a power of ten: 12350, 0.000021; with `sign` «+», +1240."""
    text = f"{value:{sign}.{digits}g}"
    if "e" not in text:
        return text
    places = max(0, digits - 1 - int(text.partition("e")[2]))
    plain = f"{float(text):{sign}.{places}f}"
    return plain.rstrip("0") if places else plain


def nice_step(most: int, ticks: int = 5) -> int:
    """The step (1, 2 or 5, times a power of ten) that reaches `most` in at most `ticks` steps."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * ticks >= most:
                return step
        size *= 10


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the `wanted` ones that are at least `gap` apart and, if all fit, within low…high.

    The places keep their order; where several crowd, they move apart around their middle.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[list[int]] = []
    for i in order:
        blocks.append([i])
        while len(blocks) > 1 and _start(blocks[-1], wanted, gap, low, high) < (
            _start(blocks[-2], wanted, gap, low, high) + gap * len(blocks[-2])
        ):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    places = [0.0] * len(wanted)
    for block in blocks:
        start = _start(block, wanted, gap, low, high)
        for step, i in enumerate(block):
            places[i] = start + gap * step
    return places


def _start(block: Iterable[int], wanted: Sequence[float], gap: float, low: float, high: float) -> float:
    """Where the first place of a crowd goes, so that the crowd's middle stays where it was wanted."""
    members = list(block)
    length = gap * (len(members) - 1)
    middle = sum(wanted[i] for i in members) / len(members)
    return max(low, min(middle - length / 2, high - length))
