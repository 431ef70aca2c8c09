"""Blind ratings: two digests without names, an answer kept as data, and how far raters agree."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from digest_lib.errors import UserError
from digest_lib.lab.rate import Rating, agreement, pairs, preferred, ratings
from lab.results import result

DAYS = [f"2026-07-{day}" for day in range(20, 28)]


RESULTS = [result(v, day, extra) for day in DAYS for v, extra in (("base", ""), ("<b>new</b>", "。多一句"))]


def rating(folder: Path, rater: str) -> Rating:
    return Rating(folder, rater, pairs(RESULTS, "base", "<b>new</b>", rater))


def test_a_pair_shows_no_name_and_its_order_is_the_raters_own() -> None:
    mine, yours = pairs(RESULTS, "base", "<b>new</b>", "me"), pairs(RESULTS, "base", "<b>new</b>", "you")
    assert len(mine) == len(DAYS)
    assert {p.key for p in mine} == {p.key for p in yours}
    assert {p.a.variant for p in mine} == {"base", "<b>new</b>"}  # now the one comes first, now the other
    assert [(p.key, p.a.variant) for p in mine] != [(p.key, p.a.variant) for p in yours]
    assert pairs(RESULTS, "base", "<b>new</b>", "me") == mine
    assert pairs([*RESULTS, result("copy", DAYS[0])], "base", "copy", "me") == []  # nothing to tell apart


def test_a_rating_is_kept_with_rater_and_time_and_the_next_pair_comes(tmp_path: Path) -> None:
    mine = rating(tmp_path, "me")
    shown = mine.html()
    assert "new" not in shown
    assert "base" not in shown
    first = mine.waiting()[0]
    assert mine.rate("A", " 短 ") == "7 of 8 pairs are left"
    (told,) = ratings(tmp_path)
    assert (told["better"], told["reason"], told["rater"]) == (first.a.variant, "短", "me")
    assert datetime.fromisoformat(told["time"]).tzinfo
    assert mine.waiting()[0] != first
    assert len(rating(tmp_path, "me").waiting()) == 7  # opened again
    with pytest.raises(UserError, match="«C» is no answer"):
        mine.rate("C")  # type: ignore[arg-type]


def test_what_raters_prefer_and_how_far_they_agree(tmp_path: Path) -> None:
    assert agreement([]) is None
    for rater, better in (("me", "base"), ("you", "base"), ("they", "")):
        own = rating(tmp_path, rater)
        for pair in own.waiting()[:4]:
            own.rate("same" if not better else "A" if pair.a.variant == better else "B")
    told = ratings(tmp_path)
    assert preferred(told) == {
        "base": (pytest.approx(10 / 12), 12),
        "<b>new</b>": (pytest.approx(2 / 12), 12),
    }
    agreed = agreement(told)
    assert agreed is not None
    twice = {o["pair"] for o in told if o["rater"] == "me"} & {o["pair"] for o in told if o["rater"] == "you"}
    assert agreed[0] == pytest.approx(len(twice) / agreed[1])


def test_the_widget_works_by_its_buttons_and_degrades_to_html(tmp_path: Path) -> None:
    mine = rating(tmp_path, "me")
    bundle = mine._repr_mimebundle_()
    assert {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"} <= bundle.keys()
    assert "rating.rate(" in bundle["text/html"]
    shown, reason, buttons, said = mine._box.children
    before = shown.value
    reason.value = "讀起來順"
    buttons.children[1].click()
    assert said.value == "7 of 8 pairs are left"
    assert (reason.value, shown.value != before) == ("", True)
    assert json.loads(next((tmp_path / "ratings").iterdir()).read_text("utf-8"))["reason"] == "讀起來順"
