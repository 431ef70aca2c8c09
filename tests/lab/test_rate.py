"""Blind ratings: two digests without names, an answer kept as data, and how far raters agree."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest_lib.cli.lab import lab
from digest_lib.errors import UserError
from digest_lib.files import write_json
from digest_lib.lab.board import Board
from digest_lib.lab.compare import scoreboard
from digest_lib.lab.experiment import read_experiment
from digest_lib.lab.history import history
from digest_lib.lab.rate import Rating, agreement, open_rating, pairs, preferred, ratings, widget
from digest_lib.lab.rated import about, rated, said
from digest_lib.lab.table import scored
from digest_lib.settings import Home
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


def test_the_widget_works_by_its_buttons_and_the_pair_is_html_without_it(tmp_path: Path) -> None:
    mine = rating(tmp_path, "me")
    before = mine._repr_html_()
    assert "rating.rate(" in before
    reason, buttons, said = widget(mine).children
    reason.value = "讀起來順"
    buttons.children[1].click()
    assert said.value == "7 of 8 pairs are left"
    assert (reason.value, mine._repr_html_() != before) == ("", True)
    assert json.loads(next((tmp_path / "ratings").iterdir()).read_text("utf-8"))["reason"] == "讀起來順"


def test_ratings_are_a_score_of_the_runs_they_were_given_for(tmp_path: Path) -> None:
    for rater, better, many in (("me", "base", 4), ("you", "", 2)):
        own = rating(tmp_path, rater)
        for pair in own.waiting()[:many]:
            own.rate("same" if not better else "A" if pair.a.variant == better else "B")
    told = ratings(tmp_path)
    scores = rated(RESULTS, told)
    by_day: dict[str, list[float]] = {}
    for one in told:
        by_day.setdefault(one["day"], []).append(1.0 if one["better"] else 0.5)
    assert {d: scores[f"base/{d}-qwen"] for d in by_day} == {d: sum(v) / len(v) for d, v in by_day.items()}
    assert len(scores) == 2 * len(by_day)
    assert all(scores[f"<b>new</b>/{d}-qwen"] == 1 - scores[f"base/{d}-qwen"] for d in by_day)
    assert said(RESULTS, told).startswith(f"rated: 6 ratings of {len(by_day)} pairs by 2 raters")
    # Made anew, a run keeps its ratings where it says the same; what says something else was rated by nobody.
    assert rated([one.model_copy(update={"key": "other"}) for one in RESULTS], told) == scores
    assert rated([result(v, day, "。別的") for day in DAYS for v in ("base", "<b>new</b>")], told) == {}
    assert said([], told) == ""


def test_the_scoreboard_has_the_ratings_and_says_how_many_there_are(tmp_path: Path) -> None:
    path = tmp_path / "rated.yaml"
    path.write_text(
        "dataset: {families: [qwen], from: 2026-07-20, to: 2026-07-27}\n"
        "variants: [{name: base}, {name: new}]\n",
        "utf-8",
    )
    experiment = read_experiment(path)
    results = [result(v, day, extra) for day in DAYS for v, extra in (("base", ""), ("new", "。多一句"))]
    assert "rated" not in set(scored(experiment, results)["scorer"])
    mine = open_rating(experiment.folder, results, "base", "new", "me")
    for pair in mine.waiting()[:6]:
        mine.rate("A" if pair.a.variant == "new" else "B")
    for one in results:  # as a run keeps them
        write_json(experiment.folder / "runs" / f"{one.name}.json", one.model_dump(mode="json"))
    board = Board(
        scoreboard(scored(experiment, results)), ("base", "new"), about(experiment.folder, ["base", "new"])
    )
    assert dict(board.rows())["rated"] == ["0 (6 of 8 runs)", "1 (6 of 8 runs) ▲ +1"]
    assert "rated: 6 ratings of 6 pairs by 1 raters" in board.note
    with pytest.raises(UserError, match="no run of a variant «nwe» is kept; there are: base, new"):
        open_rating(experiment.folder, results, "base", "nwe", "me")


def test_ratings_are_drawn_over_the_versions_of_the_prompts(tmp_path: Path) -> None:
    home, folder = Home(tmp_path), tmp_path / "experiments" / "rated"
    results = []
    for one in [result(v, day, extra) for day in DAYS for v, extra in (("base", ""), ("new", "。多一句"))]:
        one.facts.prompts["story"] = "1" * 12 if one.variant == "base" else "2" * 12
        results.append(one)
        write_json(folder / "runs" / f"{one.name}.json", one.model_dump(mode="json"))
    mine = open_rating(folder, results, "base", "new", "me")
    for pair in mine.waiting()[:3]:
        mine.rate("A" if pair.a.variant == "new" else "B")
    found = history(home, "rated")
    assert found[["story_prompt", "posts", "mean"]].to_numpy().tolist() == [
        ["11111111", 3, 0.0],
        ["22222222", 3, 1.0],
    ]
    assert len(history(home, "rated", ["gpt"])) == 0


def test_a_terminal_shows_a_pair_without_names_and_takes_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "rated.yaml"
    path.write_text(
        "dataset: {families: [qwen], days: [2026-07-20]}\nvariants: [{name: base}, {name: new}]\n", "utf-8"
    )
    for one in (result("base", DAYS[0]), result("new", DAYS[0], "。多\x1b[31m一句")):
        write_json(path.with_suffix("") / "runs" / f"{one.name}.json", one.model_dump(mode="json"))
    done = CliRunner().invoke(lab, ["rate", str(path), "base", "new", "--rater", "me"], input="a\n清楚\n")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert "── A ──" in lines and "── B ──" in lines and "\x1b" not in done.output
    assert "base" not in done.output and "new" not in done.output.replace("news", "")
    assert [one["reason"] for one in ratings(path.with_suffix(""))] == ["清楚"]
