from datetime import UTC, date, datetime

import pytest

from digest_lib.day import Day
from digest_lib.errors import UserError


def test_the_cut_off_is_five_in_taipei() -> None:
    assert Day.of("2026-07-29").cutoff == datetime(2026, 7, 28, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "covering", "today"),
    [
        ("2026-07-28T21:00:00+00:00", "2026-07-29", "2026-07-29"),  # exactly the cut-off
        ("2026-07-28T20:59:59+00:00", "2026-07-29", "2026-07-28"),
        ("2026-07-28T21:00:01+00:00", "2026-07-30", "2026-07-29"),
        ("2026-07-29T04:00:00+08:00", "2026-07-29", "2026-07-28"),
        ("2026-12-31T23:00:00-05:00", "2027-01-02", "2027-01-01"),
    ],
)
def test_which_post_covers_a_moment(moment: str, covering: str, today: str) -> None:
    at = datetime.fromisoformat(moment)
    assert str(Day.covering(at)) == covering
    assert str(Day.today(at)) == today


def test_shifting_keeps_the_hour_of_the_cut_off() -> None:
    day = Day.of("2026-07-29").with_cutoff("2026-07-28T22:30:00+00:00")
    assert day.cut_off_text == "06:30"
    assert day.shifted(-1) == Day(date(2026, 7, 28), datetime(2026, 7, 27, 22, 30, tzinfo=UTC))


@pytest.mark.parametrize("when", ["2026-07-29", " 2026-07-29 ", "20260729", 20260729, date(2026, 7, 29)])
def test_a_date_in_every_form_that_papermill_hands_on(when: str | int | date) -> None:
    assert str(Day.of(when)) == "2026-07-29"


@pytest.mark.parametrize("text", ["29/7/2026", "2026-13-01", "", "yesterday", 2026, 20261301, 0, True])
def test_another_text_is_refused_with_what_to_write(text: str | int) -> None:
    with pytest.raises(UserError, match="write it as 2026-07-29"):
        Day.of(text)
