"""Measured on 12 days of real news: the floor under each figure is what was reached."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from digest_lib.text.scripts import language_of, simplified_in, to_traditional

pytestmark = pytest.mark.recorded

#: Titles and summaries of Traditional sources with real Simplified characters in them, read one by one.
REALLY_SIMPLIFIED = 3


@cache
def recorded() -> list[dict[str, str]]:
    file = next(Path(os.environ["DIGEST_RECORDED"]).glob("articles-*.jsonl"))
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_the_language_is_the_recorded_one_for_every_title() -> None:
    assert [r["title"] for r in recorded() if language_of(r["title"]) != r["lang"]] == []


def test_no_traditional_title_is_flagged_and_only_real_slips_of_summaries_are() -> None:
    traditional = [r for r in recorded() if r["lang"] == "zh-Hant"]
    assert [r["title"] for r in traditional if simplified_in(r["title"])] == []
    assert sum(bool(simplified_in(r["summary"])) for r in traditional) == REALLY_SIMPLIFIED


def test_every_simplified_title_is_flagged_and_none_is_left_after_conversion() -> None:
    titles = [r["title"] for r in recorded() if r["lang"] == "zh-Hans"]
    assert all(simplified_in(t) for t in titles)
    assert [t for t in titles if simplified_in(to_traditional(t))] == []


def test_traditional_titles_are_left_as_they_are() -> None:
    titles = [r["title"] for r in recorded() if r["lang"] == "zh-Hant"]
    assert [t for t in titles if to_traditional(t) != t] == []
