"""How much news a family's day has, guessed: articles and when they came, beside the counts of days."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from digest_lib.articles.archive import Archive
from digest_lib.lab.news import news
from digest_lib.lab.planned import Run
from digest_lib.settings import Home
from samples import article

#: The day of 2026-07-24 in Taipei ends at 21:00 UTC of the day before.
ARTICLES = (
    # title, summary, URL, fetched
    ("Claude gets a new model", "", "https://a.example/1", "07-23 01:00"),
    ("Prices fall", "Anthropic said so.", "https://a.example/2", "07-23 20:59"),
    ("Prices fall again", "Anthropic said so.", "https://a.example/3", "07-23 21:01"),
    ("A note", "", "https://www.anthropic.com/note", "07-23 02:00"),
    ("Claude Monet is shown in Paris", "", "https://a.example/4", "07-23 03:00"),
    ("千问 is out", "", "https://a.example/5", "07-22 23:00"),
)
GIVEN: dict[str, Any] = {
    "aliases": ["Claude", "Anthropic"], "exclude": ["Claude Monet"], "official": ["anthropic.com"],
    "window_days": 1,
}  # fmt: skip


@pytest.mark.parametrize(("given", "counts"), [
    ({}, {"23": 0, "24": 3, "25": 1}),
    ({"window_days": 2}, {"24": 3, "25": 4}),
    ({"official": []}, {"24": 2}),
    ({"exclude": []}, {"24": 4}),
    ({"aliases": ["千問"], "official": []}, {"23": 0, "24": 1}),  # either script
    ({"cut_off": "2026-07-24T06:00:00+08:00"}, {"24": 4}),
    ({"since": "2026-07-23T10:00:00+08:00"}, {"24": 1}),
])  # fmt: skip
def test_a_day_has_the_articles_that_seem_to_be_about_its_family(
    given: dict[str, Any], counts: dict[str, int], tmp_path: Path
) -> None:
    home = Home(tmp_path)
    Archive(home.archive).add(
        article(url[-1], fetched, fetched, title=title, summary=summary, url=url)
        for title, summary, url, fetched in ARTICLES
    )
    runs = [Run(v, "claude", f"2026-07-{day}", None, GIVEN | given) for day in counts for v in "ab"]
    assert news(home, runs) == {(f"2026-07-{day}", "claude"): count for day, count in counts.items()}


def test_without_an_archive_there_is_none(tmp_path: Path) -> None:
    assert news(Home(tmp_path), [Run("a", "claude", "2026-07-24", None, GIVEN)]) == {
        ("2026-07-24", "claude"): 0
    }
    assert news(Home(tmp_path), []) == {}
