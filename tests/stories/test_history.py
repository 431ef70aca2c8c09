"""Counts a day, where a day without news gathered is a gap."""

from datetime import timedelta

import pandas as pd

from digest_lib.stories.history import count_days
from stories.making import DAY, article

FAMILIES = {"Qwen": ["Qwen", "千問"], "Mistral": ["Mistral"]}


def test_counts_by_day_and_family_with_gaps() -> None:
    news = [
        article("Qwen3.8 登場", hours=1),
        article("千问与 Mistral 比较", hours=2),
        article("颱風動態", hours=24 * 2 + 1),
    ]
    past = count_days(news, DAY, FAMILIES, days=4)
    assert [d.isoformat() for d in past.days] == ["2026-07-26", "2026-07-27", "2026-07-28", "2026-07-29"]
    assert past.counts == {"Qwen": (None, 0, None, 2), "Mistral": (None, 0, None, 1)}
    assert past.frame["Qwen"].isna().tolist() == [True, False, True, False]
    assert isinstance(past.frame["Qwen"].dtype, pd.Int64Dtype)


def test_the_cut_off_itself_belongs_to_its_day() -> None:
    at, after = article("Qwen 一", hours=0), article("Qwen 二", hours=-0.001)
    assert after.published - at.published < timedelta(minutes=1)
    assert count_days([at, after], DAY, FAMILIES, days=1).counts["Qwen"] == (1,)
