"""What `digest status` says of runs that published, and whose llm failed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest_lib import settings
from digest_lib.day import Day
from digest_lib.running.records import Outcome, Record
from digest_lib.running.showing import line
from digest_lib.running.status import llm_trouble, llm_troubles

LAST = Day.of("2026-07-29")
RECORD = Record("qwen", "2026-07-29", Outcome.PUBLISHED, "2026-07-28T21:00:00+00:00", 3.2, llm="offline")


@pytest.mark.parametrize(("changes", "trouble"), [
    ({}, ""),
    ({"note": settings.LLM_NOT_SET_UP}, ""),
    ({"note": "the day: the answer is empty"}, "the day: the answer is empty"),
    ({"warning": "3 prompts were cut off"}, "3 prompts were cut off"),
    ({"note": "the day: no connection", "warning": "1 repairs"}, "the day: no connection; 1 repairs"),
    ({"note": "the day: no connection", "status": Outcome.FAILED}, ""),
])  # fmt: skip
def test_trouble_is_what_an_llm_failed_to_do(changes: dict[str, str], trouble: str) -> None:
    assert llm_trouble(replace(RECORD, **changes)) == trouble


def test_trouble_is_counted_by_its_kind() -> None:
    def said(family: str, date: str, note: str) -> Record:
        return replace(RECORD, family=family, date=date, note=note)

    records = [
        said("gpt", "2026-07-29", "«甲; 乙»: no connection to the llm server; the day: no connection"),
        said("qwen", "2026-07-28", "the day: no connection; «丙»: no connection to the llm server"),
        said("claude", "2026-07-27", "the day: the llm server answered 502: «bad»"),
        said("grok", "2026-07-20", "the day: no connection"),
        said("grok", "2026-07-29", settings.LLM_NOT_SET_UP),
    ]
    assert llm_troubles(records, LAST, 7) == [
        (
            "2026-07-27",
            "the llm failed in 1 run, the last 2026-07-27 claude (written by offline): "
            "the day: the llm server answered 502: «bad»",
        ),
        (
            "2026-07-28",
            "the llm failed in 2 runs since 2026-07-28, the last 2026-07-29 gpt (written by "
            "offline): «甲; 乙»: no connection to the llm server; the day: no connection",
        ),
    ]


@pytest.mark.parametrize(("changes", "told"), [
    ({}, "withheld, 3.2 s"),
    ({"input_tokens": 9, "cost_usd": 0.82}, "withheld, $0.8200, 3.2 s"),
    ({"input_tokens": 9, "cost_usd": None}, "withheld, cost unknown, 3.2 s"),
    ({"llm": "gpt", "answered": "gpt-nano", "cost_usd": 0.1}, "$0.1000, answered by gpt-nano, 3.2 s"),
    ({"warning": "3 prompts were cut off"}, "[yellow]3 prompts were cut off[/]"),
])  # fmt: skip
def test_a_run_tells_what_its_llm_cost_and_who_answered(changes: dict[str, object], told: str) -> None:
    assert told in line(replace(RECORD, **changes))
