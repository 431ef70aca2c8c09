"""How often a family and its rivals were in the news, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from digest_lib import desk_table, parameters
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article, Articles
from digest_lib.day import Day
from digest_lib.settings import Home
from digest_lib.text.names import Aliases

# Days that a notebook shows; the chart and `frame` have them all.
_SHOWN = 10


@dataclass(frozen=True)
class History:
    """Articles a day that name each family, oldest day first.

    `counts` maps a name (the family's own first) to one number a day; None where nothing was gathered on
    that day, which is a gap and not a zero.
    """

    days: tuple[date, ...]
    counts: Mapping[str, tuple[int | None, ...]]

    @property
    def frame(self) -> pd.DataFrame:
        """Rows are days, columns are names; a gap is NA."""
        return pd.DataFrame(
            {name: pd.array(list(row), dtype="Int64") for name, row in self.counts.items()},
            index=pd.Index([d.isoformat() for d in self.days], name="date"),
        )

    def _repr_html_(self) -> str:
        rows = [
            (day.isoformat(), *counts) for day, *counts in zip(self.days, *self.counts.values(), strict=True)
        ]
        return desk_table.table(("日期", *self.counts), rows, unit="天", most=_SHOWN, last=True)


def history(
    articles: Articles,
    *,
    name: str,
    aliases: Sequence[str],
    rivals: Mapping[str, Sequence[str]],
    days: int = 30,
    home: Home | None = None,
) -> History:
    """How often the family `name` and its rivals were in the news in the `days` days up to the articles' day.

    `rivals` maps a rival's name to its aliases. Reads the archive.
    """
    parameters.check(name=name, aliases=aliases, rivals=rivals)
    archive = Archive((home or Home.find()).archive)
    past = archive.articles(until=articles.day.cutoff, days=days)
    return count_days(past, articles.day, {name: aliases, **rivals}, days)


def count_days(
    articles: Sequence[Article],
    day: Day,
    families: Mapping[str, Sequence[str]],
    days: int = 30,
) -> History:
    """Counts, for each of the `days` days that end at `day`, the articles that name each family.

    `families` maps a name to its aliases, the family's own first. Only the title and summary count, since
    full texts are read for some articles only. A day without a single article is a gap.
    """
    span = [day.shifted(-n) for n in reversed(range(days))]
    by_day: dict[date, list[Article]] = {d.date: [] for d in span}
    for article in articles:
        bucket = by_day.get(Day.covering(article.seen).date)
        if bucket is not None:
            bucket.append(article)
    matchers = {name: Aliases(aliases) for name, aliases in families.items()}
    return History(
        days=tuple(by_day),
        counts={
            name: tuple(_naming(matcher, bucket) for bucket in by_day.values())
            for name, matcher in matchers.items()
        },
    )


def _naming(matcher: Aliases, articles: Sequence[Article]) -> int | None:
    if not articles:
        return None
    return sum(bool(matcher.count(f"{a.title}\n{a.summary}")) for a in articles)
