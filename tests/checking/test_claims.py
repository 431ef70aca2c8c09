"""The check on the claims that the project keeps as data. The encoder is not asked: it may not be there."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest_lib.articles.article import Article
from digest_lib.checking.check import check_sentence
from digest_lib.checking.digest import Sentence
from digest_lib.text.scripts import language_of

DATA = Path(__file__).parents[1] / "data" / "checking"
WHEN = datetime(2026, 7, 28, tzinfo=UTC)
#: What a digest may not do and a claim may.
HOUSE_RULES = ("照抄", "簡體字", "大陸用語", "不是中文")


def stands(claim: str, said: str) -> bool:
    source = Article("a", "https://a.example/1", "", "", "", "f", language_of(said), WHEN, WHEN, said)
    found = check_sentence(Sentence(text=claim, sources=["a"]), {"a": source}, by_meaning=False)
    return not [r for r in found if not r.startswith(HOUSE_RULES)]


@pytest.mark.parametrize(("file", "caught", "withheld"), [("claims", 0.75, 0.05), ("roles", 0.75, 0.03)])
def test_claims_are_judged_by_their_sources(file: str, caught: float, withheld: float) -> None:
    rows = [json.loads(line) for line in (DATA / f"{file}.jsonl").read_text("utf-8").splitlines()]
    good = [stands(r["claim"], r["source"]) for r in rows if r["supported"]]
    false = [stands(r["claim"], r["source"]) for r in rows if not r["supported"]]
    assert len(rows) >= 110
    assert false.count(False) / len(false) >= caught
    assert good.count(False) / len(good) <= withheld
