"""Cases of our own, labelled, as data: one event or two; about a family or only naming it."""

import json
from pathlib import Path

import nbformat
import pytest

from digest_lib.stories.cluster import group
from digest_lib.stories.match import Matcher
from digest_lib.text.encoder import Encoder, encoder
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


def parameters_of(family: str) -> dict:
    cells = nbformat.read(NOTEBOOKS / f"{family}.ipynb", as_version=4).cells
    parameters: dict = {}
    exec(next(c.source for c in cells if "parameters" in c.metadata.get("tags", [])), parameters)
    return parameters


def aliases(family: str) -> list[str]:
    return parameters_of(family)["aliases"]


def matcher(family: str) -> Matcher:
    parameters = parameters_of(family)
    return Matcher.of(parameters["aliases"], parameters["official"], parameters["exclude"])


@pytest.mark.parametrize("case", cases("bearings.jsonl"), ids=lambda c: f"{c['family']} {c['why']}")
def test_about_or_mentioned(case: dict) -> None:
    found, reason = matcher(case["family"]).judge(article(case["title"], summary=case["summary"]))
    assert (found, bool(reason)) == (case["bearing"], case["bearing"] != "neither")


@pytest.mark.parametrize("part", ["dev", "held-out"])
def test_a_headline_alone_says_whose_news_it_is(part: str) -> None:
    told = [c for c in cases("titles-alone.jsonl") if c["part"] == part]
    judges = {family: matcher(family) for family in {c["family"] for c in told}}
    wrong = [
        (c["family"], c["bearing"], found, c["title"])
        for c in told
        if (found := judges[c["family"]].judge(article(c["title"], publisher="x"))[0]) != c["bearing"]
    ]
    assert len(wrong) <= (0 if part == "dev" else 0.05 * len(told)), wrong


@pytest.mark.parametrize("meaning", [None, encoder()], ids=["by words", "by meaning too"])
@pytest.mark.parametrize("day", cases("names-alone.jsonl"), ids=lambda d: f"{d['part']} {d['why']}")
def test_what_shares_only_a_name_is_no_event(day: dict, meaning: Encoder | None) -> None:
    told = [
        article(a["title"], publisher=f"第{n}報", hours=12 - n / 10) for n, a in enumerate(day["articles"])
    ]
    event = {made.id: a["story"] for made, a in zip(told, day["articles"], strict=True)}
    groups = group(told, using=meaning, names=aliases(day["family"]))
    assert [[a.title for a in g] for g in groups if len({event[a.id] for a in g}) > 1] == []


@pytest.mark.parametrize(
    "meaning, least", [(None, 11), (encoder(), 14 if encoder() else 11)], ids=["by words", "by meaning too"]
)
def test_one_event_in_two_languages(meaning: Encoder | None, least: int) -> None:
    """Two affairs of one firm in two languages are never one; of the written events, so many are found."""
    told = cases("pairs-across.jsonl")
    texts = [f"{case[k]['title']}\n{case[k]['summary']}" for case in told for k in "ab"]
    together = []
    for n, case in enumerate(told):
        pair = [
            article(
                c["title"], summary=c["summary"], publisher=c["publisher"], hours=c["hours"], lang=c["lang"]
            )
            for c in (case["a"], case["b"])
        ]
        others = [text for k, text in enumerate(texts) if k // 2 != n]
        if len(group(pair, others, using=meaning)) == 1:
            together.append(case)
    assert [case["why"] for case in together if not case["same"]] == []
    assert len(together) >= least
