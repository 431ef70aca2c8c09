"""Cases of our own, labelled, as data: one event or two; about a family or only naming it."""

import json
from pathlib import Path

import nbformat
import pytest

from digest_lib.stories.cluster import group
from digest_lib.stories.match import Matcher
from digest_lib.text.encoder import encoder
from stories.making import article

DATA = Path(__file__).parents[1] / "data" / "stories"
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def cases(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def everyday() -> list[str]:
    """What else is in the news: the other cases' headlines."""
    return [c[k] for c in cases("pairs.jsonl") for k in "ab"] + [c["title"] for c in cases("bearings.jsonl")]


@pytest.mark.parametrize("case", cases("pairs.jsonl"), ids=lambda c: c["why"])
def test_one_event_or_two(case: dict) -> None:
    publishers = ("甲報", "甲報") if case["why"] == "instalments" else ("甲報", "乙報")
    pair = [article(case[k], publisher=p, hours=h) for k, p, h in zip("ab", publishers, (9, 12), strict=True)]
    groups = group(pair, [t for t in everyday() if t not in (case["a"], case["b"])], using=encoder())
    assert (len(groups) == 1) is case["same"]


def matcher(family: str) -> Matcher:
    cells = nbformat.read(NOTEBOOKS / f"{family}.ipynb", as_version=4).cells
    parameters: dict = {}
    exec(next(c.source for c in cells if "parameters" in c.metadata.get("tags", [])), parameters)
    return Matcher.of(parameters["aliases"], parameters["official"], parameters["exclude"])


@pytest.mark.parametrize("case", cases("bearings.jsonl"), ids=lambda c: f"{c['family']} {c['why']}")
def test_about_or_mentioned(case: dict) -> None:
    found, reason = matcher(case["family"]).judge(article(case["title"], summary=case["summary"]))
    assert (found, bool(reason)) == (case["bearing"], case["bearing"] != "neither")
