"""An llm's judgement: by the rubric alone, without names, each of two first once."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest_lib.errors import BadInput
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.judge import Judging
from digest_lib.lab.table import scored
from digest_lib.writing.fake_llm import FakeLlm
from lab.results import result

DAYS = ["2026-07-20", "2026-07-21"]
RUBRIC = "哪一篇說得多？\n<a>\n{a}\n</a>\n<b>\n{b}\n</b>"


RESULTS = [
    result(v, d, extra)
    for d in DAYS
    for v, extra in (("base", "多"), ("more", "多說了一些"), ("less", ""), ("same", "多"))
]


def experiment(folder: Path, url: str, **more: object) -> Experiment:
    found = Experiment.model_validate({
        "dataset": {"days": DAYS}, "servers": {"s": {"base_url": url}}, "scorers": ["kept"],
        "variants": [{"name": n} for n in ("base", "more", "less", "same")], **more,
    })  # fmt: skip
    found.path = folder / "j.yaml"
    return found


def test_the_longer_is_preferred_whichever_comes_first_and_no_name_is_shown(tmp_path: Path) -> None:
    judge = {"rubric": RUBRIC, "llm": "m", "server": "s"}
    with FakeLlm().serving() as fake:
        table = scored(experiment(tmp_path, fake.url, judge=judge), RESULTS)
        asked = [body["messages"][0]["content"] for body in fake.requests]
        again = scored(experiment(tmp_path, fake.url, judge=judge), RESULTS)
    score = table[table["scorer"] == "judged"].groupby("variant")["score"].mean()
    assert score.to_dict() == {"base": 0.5, "more": 1.0, "less": 0.0, "same": 0.5}
    assert not any(name in prompt for prompt in asked for name in ("base", "more", "less"))
    assert len(asked) == len(fake.requests) == 4  # two orders of two pairs, the same on both days
    assert again.equals(table)


def test_what_the_first_place_wins_counts_half(tmp_path: Path) -> None:
    class First(FakeLlm):
        def content(self, body: dict) -> str:  # type: ignore[type-arg]
            return '{"better": "first", "reason": "第一篇"}'

    judge = {"rubric": RUBRIC, "llm": "m", "server": "s"}
    with First().serving() as fake:
        found = experiment(tmp_path, fake.url, judge=judge)
        assert found.judge
        told = Judging(found, {"s": fake.url}).preferred(found.judge, RESULTS)
    assert set(told.values()) == {0.5}


def test_a_rubric_of_one_text_is_an_assertion(tmp_path: Path) -> None:
    rubric = {
        "type": "llm-rubric",
        "value": "讀得懂嗎？{text}",
        "llm": "m",
        "server": "s",
        "name": "clear",
        "per": "story",
    }
    with FakeLlm().serving() as fake:
        table = scored(experiment(tmp_path, fake.url, **{"assert": [rubric]}), RESULTS)
        assert all(body["messages"][0]["content"].startswith("讀得懂嗎？") for body in fake.requests)
    assert set(table[table["scorer"] == "clear"]["score"]) == {1.0}


def test_a_judge_that_does_not_answer_is_told_in_a_line(tmp_path: Path) -> None:
    judge = {"rubric": RUBRIC, "llm": "m", "server": "s"}
    with FakeLlm(faults=["refusal"]).serving() as fake, pytest.raises(BadInput) as caught:
        scored(experiment(tmp_path, fake.url, judge=judge), RESULTS)
    assert "j.yaml: the judge «m» gave no answer: " in str(caught.value)
