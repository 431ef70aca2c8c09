"""Long and short forms of Chinese names: 美參院 is 美國參議院, 金管會 金融監督管理委員會.

A short form keeps the first character of a name and some of those that follow, in order. So one stands for
the other where its characters do so in a place of the text that is no longer than such a name is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

#: A short form leaves out at most so many characters in a row, and is no shorter than this.
_LEFT_OUT, _SHORTEST = 4, 2
#: So many characters are words of two.
_OF_WORDS = 4
#: Such a share of a name's characters must stand there two and two, for it to be there in parts: 韓國/政府.
_COVERED = 0.95


def stands_in_parts(name: str, folded: str) -> bool:
    """Do the parts of a folded name, of two characters or more, stand in the folded text?"""
    pairs = [name[i : i + 2] in folded for i in range(len(name) - 1)]
    held = sum(a or b for a, b in zip([False, *pairs], [*pairs, False], strict=True))
    return bool(pairs) and held >= _COVERED * len(name)


def holds_each(phrase: str, folded: str) -> bool:
    """Has the folded text something of each part of a folded phrase? No two characters in a row are new, that
    no neighbour holds."""
    held = [phrase[i : i + 2] in folded for i in range(len(phrase) - 1)]
    free = [not (a or b) for a, b in zip([False, *held], [*held, False], strict=True)]
    return not any(a and b for a, b in pairwise(free))


def stands_otherwise(name: str, folded: str) -> bool:
    """Does a folded name stand in the folded text in a longer or a shorter form?"""
    heads = name[::2]  # 中信 of 中國信託
    if len(name) >= _OF_WORDS and len(name) % 2 == 0 and heads in folded:
        return True
    return bool(_longer(name).search(folded)) or any(
        _is_short_for(m.group(), name) for m in _begins_like(name).finditer(folded)
    )


@lru_cache(maxsize=2048)
def _longer(name: str) -> re.Pattern[str]:
    """A name of which this one is a short form."""
    return re.compile(rf"[\u4e00-\u9fff]{{0,{_LEFT_OUT}}}?".join(map(re.escape, name)))


@lru_cache(maxsize=2048)
def _begins_like(name: str) -> re.Pattern[str]:
    """What may be a short form of it: its first character, and others of it, down to its last."""
    rest = "".join(dict.fromkeys(name[1:]))
    return re.compile(rf"{re.escape(name[0])}[{re.escape(rest)}]{{1,{len(name)}}}")


def _is_short_for(short: str, name: str) -> bool:
    """Does the shorter text hold characters of the name in order, its last among them?"""
    rest = iter(name)
    return len(short) > _SHORTEST and short[-1] == name[-1] and all(c in rest for c in short)
