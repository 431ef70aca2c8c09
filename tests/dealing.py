"""The order in which workers of pytest-xdist are given the tests: none begins a long one last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import groupby, islice
from typing import TypeVar

Item = TypeVar("Item")


def dealt(
    items: Sequence[Item], module_of: Callable[[Item], str], dear: Collection[str], hands: int
) -> list[Item]:
    """The items in so many stretches as there are workers, as `--dist worksteal` deals them: each begins with
    `dear` modules, dealt in turn and left whole (what a module's tests share is made once), and ends with
    what is cheap, which workers that are done take from others."""
    modules = [(name in dear, [*group]) for name, group in groupby(items, module_of)]
    stretches: list[list[Item]] = [[] for _ in range(hands)]
    for number, module in enumerate(module for is_dear, module in modules if is_dear):
        stretches[number % hands] += module
    cheap = (item for is_dear, module in modules if not is_dear for item in module)
    left = len(items)
    for number, stretch in enumerate(stretches):
        size = left // (hands - number)
        stretch.extend(islice(cheap, max(0, size - len(stretch))))
        left -= size
    return [*(item for stretch in stretches for item in stretch), *cheap]
