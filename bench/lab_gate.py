"""How often the lab's gate cries wolf, and how often it sleeps: simulated experiments, no llm.

A simulated llm leaves out a citation here and there, by its seed. 200 experiments compare it with itself, and
200 with one that drops the citations of a tenth of its sentences. 6 families × 7 days, scored as the lab does.

    python bench/lab_gate.py [--experiments 200] [--level 0.02]
"""

from __future__ import annotations

import argparse
from random import Random

import pandas as pd

from digest_lib.checking.digest import Digest, Sentence
from digest_lib.day import Day
from digest_lib.lab.case import Case
from digest_lib.lab.gate import judge
from digest_lib.lab.scorers import scores_of
from digest_lib.sections.facts import CoverageFacts, Facts, UsageFacts, WriterFacts

FAMILIES, DAYS = [f"f{n}" for n in range(6)], [f"2026-07-{day}" for day in range(20, 27)]
SCORE = "cited"


def facts(family: str, day: str) -> Facts:
    """The facts of a day of which nothing but the draft matters."""
    return Facts(
        family=family, name=family, language="zh-TW", date=Day.of(day).date, window_days=1,
        cutoff=Day.of(day).cutoff, writer=WriterFacts(llm="simulated", why=""),
        usage=UsageFacts(input_tokens=0, output_tokens=0, cost_usd=0.0), counts={}, prompts={},
        coverage=CoverageFacts(feeds=1, answered=1, articles=9, imported=0, failed=[]), matched=9, found=3,
        checked={}, digest=Digest(headline=""), verdicts=[], stories=[], sources=[],
    )  # fmt: skip


def draft(chance: Random, news: Random, dropped: float) -> Digest:
    """A draft of as many sentences as the day has `news` for; by `chance` each cites its source or forgets.

    How often one forgets differs from day to day, as days differ in how hard they are to write.
    """
    forgets = news.uniform(0.0, 0.12)
    texts = [Sentence(text=f"第{n}句。", sources=["a"]) for n in range(news.randint(8, 28))]
    for sentence in texts:
        if chance.random() < forgets or chance.random() < dropped:
            sentence.sources = []
    return Digest(headline="", key_points=texts)


def experiment(number: int, dropped: float) -> pd.DataFrame:
    """The scores of an experiment: a baseline and a variant, which drops so many citations."""
    rows = []
    for day in DAYS:
        for family in FAMILIES:
            known = facts(family, day)
            for variant, share in (("baseline", 0.0), ("variant", dropped)):
                news, chance = (
                    Random(f"{number} {day} {family}"),
                    Random(f"{number} {day} {family} {variant}"),
                )
                score = scores_of(Case(known, draft(chance, news, share)), [SCORE])[SCORE]
                rows.append(("simulated", variant, family, day, 0, SCORE, score))
    return pd.DataFrame(rows, columns=["experiment", "variant", "family", "day", "seed", "scorer", "score"])


def alarms(experiments: int, dropped: float, level: float) -> int:
    """How many of the experiments the gate stops."""
    judged = (
        judge(experiment(n, dropped), [SCORE], ["baseline", "variant"], level)[0] for n in range(experiments)
    )
    return sum(one.is_lowered for one in judged)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experiments", type=int, default=200)
    parser.add_argument("--level", type=float, default=0.02)
    given = parser.parse_args()
    size = f"of {given.experiments}, at a nominal {given.level:.0%}"
    print(f"false alarms {size}: {alarms(given.experiments, 0.0, given.level)}")
    print(
        f"true alarms {size}, a tenth of the citations dropped: {alarms(given.experiments, 0.1, given.level)}"
    )


if __name__ == "__main__":
    main()
