"""Has a sentence been lifted from a source without saying so? A long run of the source's own words, unquoted.

Titles are no one's prose: a digest may head a story as its source does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest_lib.checking.evidence import Evidence, plain, without_quotations
from digest_lib.checking.reasons import Reason, reason
from digest_lib.text.scripts import HAN

#: Characters in a row that a writer of one's own does not hit upon: longer than the longest run that the
#: `dev` paraphrases share with their sources. Latin words are longer.
LONGEST_HAN, LONGEST_LATIN = 34, 120
#: Of such a run in Chinese so many characters are words: names, dates and figures are nobody's prose.
FEWEST_WORDS = 20
_DATE = re.compile(r"\d+[年月日时点]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def copied(text: str, sources: Sequence[Evidence]) -> list[Reason]:
    """The reason, where the writer's own words hold a long run of a source's; else nothing."""
    own = plain(without_quotations(text))
    longest = LONGEST_HAN if HAN.search(own) else LONGEST_LATIN
    for start in range(len(own) - longest + 1):
        run = own[start : start + longest]
        if any(run in s.prose and run not in s.title for s in sources) and is_prose(run):
            return reason("copied", _as_written(without_quotations(text), run))
    return []


def is_prose(run: str) -> bool:
    """Is a run of so many characters somebody's words, and not only names, dates and figures?"""
    return not HAN.search(run) or len(_HAN.findall(_DATE.sub("", run))) >= FEWEST_WORDS


def _as_written(text: str, run: str) -> str:
    """The part of the text that is `run` when it is plain."""
    starts = (i for i in range(len(text)) if not text[i].isspace() and plain(text[i:]).startswith(run))
    start = next(starts, None)
    if start is None:
        return run
    ends = (j for j in range(start + len(run), len(text) + 1) if plain(text[start:j]) == run)
    return text[start : next(ends, len(text))]
