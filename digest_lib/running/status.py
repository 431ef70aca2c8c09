"""What went wrong with the llm of runs, in words: each kind of trouble once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from digest_lib import settings
from digest_lib.day import Day
from digest_lib.running.records import Record

#: So much of what went wrong fits a line.
MOST_SAID = 300


def llm_trouble(record: Record) -> str:
    """What went wrong with the llm of a run that published all the same; empty for nothing, and where none
    was set up."""
    note = "" if record.note == settings.LLM_NOT_SET_UP else record.note
    return "; ".join(filter(None, [note, record.warning])) if record.ok else ""


def llm_troubles(records: Sequence[Record], last: Day, days: int) -> list[tuple[str, str]]:
    """For each kind of trouble with the llm in these days since when it is, and a line: in how many runs, the
    last of them, and what was said then."""
    since = str(last.date - timedelta(days=days - 1))
    found: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda r: (r.date, r.family)):
        if (said := llm_trouble(record)) and since <= record.date <= str(last):
            found.setdefault(_kind(said), []).append(record)
    return [
        (
            runs[0].date,
            f"the llm failed in {_count(runs)} {runs[-1].family} (written by {runs[-1].llm}): "
            f"{llm_trouble(runs[-1])[:MOST_SAID]}",
        )
        for runs in found.values()
    ]


def _count(runs: Sequence[Record]) -> str:
    since = f" since {runs[0].date}" if runs[0].date != runs[-1].date else ""
    return f"{len(runs)} run{'s' if len(runs) > 1 else ''}{since}, the last {runs[-1].date}"


def _kind(said: str) -> str:
    """What was said without the stories, the server's words and the numbers in it: each thing once."""
    plain = re.sub(r"«[^»]*»?|[\d.,$]+", "", said)
    return "; ".join(sorted({part.strip(" :") for part in plain.split(";")}))
