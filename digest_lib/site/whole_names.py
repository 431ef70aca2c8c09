"""A post's tags as whole names: what its texts only write as a part of a longer name is that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from digest_lib.text.names import well_known

#: A Latin word with a capital, as names have them within Chinese; several are a name, many an English title.
_WORD: Final = r"(?=[a-z]*[A-Z])[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*"
#: What joins two of them to one: Health in ChatGPT.
_JOINTS: Final = ("in", "of", "for")
_RUN: Final = re.compile(rf"(?<![A-Za-z0-9@/.-]){_WORD}(?:(?: (?:{'|'.join(_JOINTS)}))? {_WORD})*")
_LONGEST: Final = 3


def whole_names(tags: Iterable[str], texts: Sequence[str]) -> list[str]:
    """The tags, each of one unknown Latin word as the one name that it is always a part of in `texts` (DATA
    of NTT DATA; Health of Apple Health, unless there is a Health in ChatGPT, which it then begins). What also
    stands alone, or in several names, stays as it is."""
    runs = [run.split() for text in texts for run in _RUN.findall(text)]
    return list(dict.fromkeys(_whole(tag, runs) for tag in tags))


def _whole(tag: str, runs: Sequence[Sequence[str]]) -> str:
    if well_known(tag) or not re.fullmatch(_WORD, tag):
        return tag
    names = {" ".join(run) for run in runs if tag in run}
    begun = {name for name in names if tag not in names and name.startswith(tuple(_begun(tag)))}
    named = begun or names
    name = named.pop() if len(named) == 1 else tag
    return name if len(name.split()) <= _LONGEST else tag


def _begun(tag: str) -> list[str]:
    return [f"{tag} {joint} " for joint in _JOINTS]
