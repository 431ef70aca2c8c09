"""Patterns that say «one|many» where a number decides between two forms."""

from __future__ import annotations


def for_number(pattern: str, n: int) -> str:
    """The form of the pattern for the number `n`; the pattern itself where it has one form."""
    one, _, many = pattern.partition("|")
    return many if many and n != 1 else one
