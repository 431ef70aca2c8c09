"""A post's tags as whole names: what its texts only write as a part of a longer name is that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from digest_lib.text.names import well_known

#: A Latin word with a capital, as names have them within Chinese; several are a name, many an English title.
_WORD: Final = r"(?=[a-z]*[A-Z])[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*"
_RUN: Final = re.compile(rf"(?<![A-Za-z0-9@/.-]){_WORD}(?: {_WORD})*")
_LONGEST: Final = 3


def whole_names(tags: Iterable[str], texts: Sequence[str]) -> list[str]:
    """The tags, each of one unknown Latin word as the one name that it is always a part of in `texts` (Health
    of Apple Health, DATA of NTT DATA). What also stands alone, or in several names, stays as it is."""
    runs = [run.split() for text in texts for run in _RUN.findall(text)]
    return list(dict.fromkeys(_whole(tag, runs) for tag in tags))


def _whole(tag: str, runs: Sequence[Sequence[str]]) -> str:
    if well_known(tag) or not re.fullmatch(_WORD, tag):
        return tag
    names = {" ".join(run) for run in runs if tag in run}
    name = names.pop() if len(names) == 1 else tag
    return name if len(name.split()) <= _LONGEST else tag
