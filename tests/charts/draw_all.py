"""Draws every chart of a busy day and tells the hashes of their PNG: here, or in a process of its own."""

from __future__ import annotations

import hashlib

from charts.chart_days import history, revised, story
from digest_lib.charts.coverage import coverage_chart
from digest_lib.charts.infographic import infographic
from digest_lib.charts.trend import trend_chart

PAST = history({"Qwen": [*range(20), None, *range(9)], "GPT": [7] * 30, "Grok": [None] * 30})
PAPERS = ["甲報", "乙報", "丙報"]
DAY = revised(
    [
        (f"第 {n} 則新聞：日経と机器之心の Qwen{n}", story(n, PAPERS[: n + 1], ("zh-Hant", "en")))
        for n in range(3)
    ]
)


def drawn() -> str:
    charts = filter(None, (infographic(DAY, PAST), trend_chart(PAST), coverage_chart(DAY)))
    return "".join(f"{chart.name} {hashlib.sha256(chart.png).hexdigest()}\n" for chart in charts)


if __name__ == "__main__":
    print(drawn(), end="")
