"""Word lists that are found quickly: the matches are those of the pattern, whatever it begins with."""

from __future__ import annotations

import random
import re

import pytest

from digest_lib.checking import predicates, turns
from digest_lib.text.patterns import led

#: What a pattern matches with and without a look ahead is compared on.
ALPHABET = "上漲涨升不没未没有同意 aorisewnot't up,。1x-"


@pytest.mark.parametrize(
    ("pattern", "looks"),
    [
        ("上涨|升(?=到)", "(?=[上升])"),
        (r"\b(?:ris(?:e|es)|up)\b", r"(?=\b[ru])"),
        (r"不(?!同)|n't\b|\bnot\b", r"(?=[n不])"),
        (r"(?P<a>\bup)|(?P<b>[没未]有)", r"(?=[有未没]|\b[u])".replace("有", "")),
        ("^-1|^up", r"(?=[\-u])"),
        (r"(?<!x)没?有|[a-c]o", "(?=[abc有没])"),
        (r"[^x]a", None),
        (r"(?:不)?", None),
        (r"\w+", None),
        (r".a|b", None),
        (r"(?i:a)b", None),
        (r"(?i)ab", None),
    ],
)
def test_a_look_ahead_changes_no_match(pattern: str, looks: str | None) -> None:
    quick, plain = led(pattern), re.compile(pattern)
    assert quick.pattern == (pattern if looks is None else f"{looks}(?:{pattern})")
    rng = random.Random(5)
    for _ in range(300):
        text = "".join(rng.choices(ALPHABET, k=12))
        assert [m.span() for m in quick.finditer(text)] == [m.span() for m in plain.finditer(text)], text


def test_the_lists_of_the_check_are_found_so() -> None:
    for name in ("NEGATION", "_DIRECTIONS"):
        assert getattr(turns, name).pattern.startswith("(?=["), name
    assert predicates._classes().pattern.startswith("(?=[")


def test_groups_keep_their_names() -> None:
    match = led("(?P<up>上涨)|(?P<down>下跌)").search("股價下跌")
    assert match is not None
    assert match.lastgroup == "down"
