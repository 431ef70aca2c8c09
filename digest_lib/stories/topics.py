"""What a text is on, across scripts: 密碼學, «cryptographic» and 暗号 are one topic.

Reports of one event in two scripts share names and figures, and often no more than one of either: the words
for things, of `topics.tsv`, are what else they have in common. A topic that is in the news everywhere says
little, as with any other word.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from digest_lib.text.scripts import fold

#: How a topic is spelled among the words of a text.
TOPIC = "topic:"


@lru_cache(maxsize=20_000)
def topics_in(text: str) -> tuple[str, ...]:
    """The topics of the text, as words, each once, in order of name."""
    folded = fold(text)
    found = {
        which.lastgroup
        for words, groups in _patterns()
        for at in words.finditer(folded)
        if (which := groups.match(folded, at.start())) and which.lastgroup
    }
    return tuple(sorted(TOPIC + _names()[group] for group in found))


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    table = files("digest_lib.stories").joinpath("topics.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((name, han, latin) for name, han, latin in rows)


@cache
def _names() -> dict[str, str]:
    """The group of a pattern -> its topic."""
    return {f"t{n}": name for n, (name, _, _) in enumerate(_rows())}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Of each script, what finds a topic's words, and the same with a group each, which says whose they are:
    where a group begins Python looks no character ahead, so that to find by it takes ten times as long."""
    return tuple(
        (re.compile(form("|".join(row[n] for row in _rows()))), re.compile(form(_grouped(n))))
        for n, form in ((1, "{}".format), (2, r"\b(?:{})(?!\w)".format))
    )


def _grouped(n: int) -> str:
    return "|".join(f"(?P<t{k}>{row[n]})" for k, row in enumerate(_rows()))
