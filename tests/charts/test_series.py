"""Days and gaps, axis steps and labels: decided without drawing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from charts.chart_days import history
from digest_lib.charts.scale import in_digits, nice_step, spread
from digest_lib.charts.series import Series, recent


def test_gaps_break_a_line_and_single_days_stand_alone() -> None:
    (own,) = recent(history({"Qwen": [1, 2, None, 4, None, None, 7, 0]}))
    assert [[n for _, n in run] for run in own.runs] == [[1, 2], [4], [7, 0]]


def test_a_day_that_the_history_skips_is_a_gap() -> None:
    own = Series("Qwen", ((date(2026, 7, 1), 1), (date(2026, 7, 3), 2)))
    assert len(own.runs) == 2


def test_only_the_last_thirty_days_count() -> None:
    (own,) = recent(history({"Qwen": [100] + [1] * 30}))
    assert len(own.values) == 30
    assert own.most == (date(2026, 7, 29), 1)
    assert own.values[0][0] == date(2026, 7, 29) - timedelta(days=29)


def test_no_days() -> None:
    (own,) = recent(history({"Qwen": []}))
    assert (own.latest, own.most, own.runs, own.total) == (None, None, (), 0)


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1), (1, 1), (5, 1), (6, 2), (11, 5), (26, 10), (51, 20), (1234, 500)]
)
def test_axis_steps_are_whole(most: int, step: int) -> None:
    assert nice_step(most) == step


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ([50.0], [50.0]),
        ([10.0, 90.0], [10.0, 90.0]),
        ([50.0, 50.0], [40.0, 60.0]),
        ([99.0, 100.0], [80.0, 100.0]),
        ([0.0, 0.0, 0.0], [0.0, 20.0, 40.0]),
        ([60.0, 10.0, 55.0], [67.5, 10.0, 47.5]),
        ([], []),
    ],
)
def test_labels_move_apart_and_stay_inside(wanted: list[float], places: list[float]) -> None:
    assert spread(wanted, 20, 0, 100) == places


@pytest.mark.parametrize(("value", "digits", "sign", "text"), [
    (0.95474, 4, "", "0.9547"), (938.83, 4, "", "938.8"), (0.0, 4, "", "0"), (3041.2, 4, "", "3041"),
    (1300.4, 3, "", "1300"), (12_345.6, 4, "", "12350"), (99_999.9, 4, "", "100000"),
    (0.000021, 4, "", "0.000021"), (0.0000000999999, 3, "", "0.0000001"),
    (-1240.0, 3, "+", "-1240"), (1240.0, 3, "+", "+1240"), (0.0666, 3, "+", "+0.0666"),
])  # fmt: skip
def test_numbers_are_written_without_powers_of_ten(value: float, digits: int, sign: str, text: str) -> None:
    assert in_digits(value, digits, sign) == text
