"""Means, intervals and paired differences over days."""

from __future__ import annotations

import pandas as pd
import pytest

from digest_lib.lab.compare import by_run, daily, difference, interval, scoreboard


def scores(**by_variant: list[list[float]]) -> pd.DataFrame:
    """Scores by variant, day and family."""
    rows = [
        ("e", variant, f"f{k}", f"2026-07-{day:02}", 0, "supported", value)
        for variant, days in by_variant.items()
        for day, values in enumerate(days, 1)
        for k, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["experiment", "variant", "family", "day", "seed", "scorer", "score"])


@pytest.mark.parametrize(("values", "mean", "low", "high"), [
    ([0.5], 0.5, None, None),
    ([0.5, 0.5, 0.5], 0.5, 0.5, 0.5),
    ([0.0, 1.0], 0.5, 0.0, 1.0),
    ([0.0, 0.1, 0.2, 0.3, 0.4], 0.2, 0.08, 0.32),
])  # fmt: skip
def test_an_interval_is_of_the_mean_with_days_drawn_anew(
    values: list[float], mean: float, low: float | None, high: float | None
) -> None:
    found = interval(values)
    assert (found.mean, found.days) == (pytest.approx(mean), len(values))
    assert found.low == (low if low is None else pytest.approx(low, abs=0.011))
    assert found.high == (high if high is None else pytest.approx(high, abs=0.011))
    assert interval(values) == found


def test_a_difference_is_paired_and_a_day_counts_once_however_many_families_it_has() -> None:
    table = scores(base=[[0.1, 0.9], [0.5]], new=[[0.2, 1.0], [0.7]])
    found = difference(by_run(table), "new", "base", "supported")
    assert found is not None
    assert found.mean == pytest.approx((0.1 + 0.2) / 2)
    assert daily({("1", "a", 0): 1.0, ("1", "b", 0): 3.0, ("2", "a", 0): 5.0}) == [2.0, 5.0]


def test_what_only_one_of_them_has_is_no_difference() -> None:
    table = scores(base=[[0.1], [0.5]], new=[[0.3]])
    found = difference(by_run(table), "new", "base", "supported")
    assert found is not None
    assert (found.mean, found.days, found.low) == (pytest.approx(0.2), 1, None)
    assert difference(by_run(table), "none", "base", "supported") is None


def test_the_scoreboard_has_a_row_a_score_and_variant_in_their_order() -> None:
    board = scoreboard(scores(new=[[0.2], [0.4]], base=[[0.1], [0.2]]))
    assert list(board["variant"]) == ["new", "base"]
    assert board["difference"].isna().tolist() == [True, False]
    assert board["difference"][1] == pytest.approx(-0.15)
    assert board["runs"].tolist() == [2, 2]
