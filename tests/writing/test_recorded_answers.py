"""What a strong llm really answers is taken as it stands: leniency to others loses and changes nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from digest_lib.checking.digest import DayText, StoryText
from digest_lib.writing.fake_llm.habits import written
from digest_lib.writing.fake_llm.wants import HABITS
from digest_lib.writing.shape import shaped
from digest_lib.writing.taken import day_of, story_of
from digest_lib.writing.unwrap import values_in

pytestmark = pytest.mark.recorded
SCHEMAS = {"StoryText": StoryText, "DayText": DayText}


def answers() -> list[dict[str, Any]]:
    file = Path(os.environ["DIGEST_RECORDED"]) / "llm-answers-2026-07-29.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_good_answer_is_read_as_its_schema_reads_it() -> None:
    for row in answers():
        strict = SCHEMAS[row["schema"]].model_validate(row["answer"])
        assert shaped(values_in(json.dumps(row["answer"])), SCHEMAS[row["schema"]]) == strict


@pytest.mark.parametrize("habit", sorted(set(HABITS) - {"schema-blind", "one-source", "brackets"}))
def test_a_good_answer_is_the_same_however_a_server_writes_it(habit: str) -> None:
    for row in answers():
        schema = SCHEMAS[row["schema"]]
        told = shaped(values_in(written(habit, {}, json.dumps(row["answer"], ensure_ascii=False))), schema)
        expected = schema.model_validate(row["answer"])
        if habit == "plain":  # a string has no kind: it is checked as a fact
            told, expected = _as_facts(told), _as_facts(expected)
        assert told == expected


def _as_facts(answer: Any) -> Any:
    return json.loads(answer.model_dump_json().replace('"analysis"}', '"fact"}'))


def test_no_kind_of_a_good_answer_is_changed_by_its_place() -> None:
    for row in answers():
        answer = SCHEMAS[row["schema"]].model_validate(row["answer"])
        told = day_of(answer) if isinstance(answer, DayText) else story_of(answer, "s")
        for name in row["answer"]:
            assert json.loads(told.model_dump_json())[name] == json.loads(answer.model_dump_json())[name]
