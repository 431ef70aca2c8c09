"""How many articles about a family and its rivals there were, day by day: as published, or counted now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from digest_lib import desk_table, parameters
from digest_lib.articles.archive import Archive
from digest_lib.articles.article import Article, Articles
from digest_lib.day import Day
from digest_lib.gathering.gather import close
from digest_lib.settings import Home
from digest_lib.stories.counted import Counted
from digest_lib.stories.reach import Reach, own_reach, reaches

if TYPE_CHECKING:
    import pandas as pd

# Days that a notebook shows; the chart and `frame` have them all.
_SHOWN = 10

#: The mime type under which the numbers reach publishing.
MIME: Final = "application/vnd.digest.counts+json"


@dataclass(frozen=True)
class History:
    """Articles a day that are about each family, oldest day first.

    `counts` maps a name (the family's own first) to one number a day; None where nothing was gathered on
    that day, which is a gap and not a zero.
    """

    days: tuple[date, ...]
    counts: Mapping[str, tuple[int | None, ...]]

    @property
    def frame(self) -> pd.DataFrame:
        """Rows are days, columns are names; a gap is NA."""
        import pandas as pd  # slow, and hardly ever wanted

        return pd.DataFrame(
            {name: pd.array(list(row), dtype="Int64") for name, row in self.counts.items()},
            index=pd.Index([d.isoformat() for d in self.days], name="date"),
        )

    @property
    def table(self) -> dict[str, dict[str, int]]:
        """Day -> name -> number, without the gaps."""
        rows = zip(self.days, zip(*self.counts.values(), strict=True), strict=True) if self.counts else ()
        found = {
            str(day): {name: n for name, n in zip(self.counts, row, strict=True) if n is not None}
            for day, row in rows
        }
        return {day: row for day, row in found.items() if row}

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), MIME: self.table}

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
    official: Sequence[str] | None = None,
    exclude: Sequence[str] | None = None,
    days: int = 30,
    home: Home | None = None,
) -> History:
    """How many articles were about the family `name`, and about its rivals, on each of the `days` days up to
    the articles' day.

    `rivals` maps a rival's name to its aliases; a rival that has a notebook here is counted as that one
    counts itself. `official` and `exclude` are as for `match` (default: as the notebook of this name has
    them). A number that a post has published stays what it was; the others are counted from the archive, when
    the result is first looked at.
    """
    parameters.check(name=name, aliases=aliases, rivals=rivals)
    home = home or Home.find()
    span = tuple(articles.day.date - timedelta(days=n) for n in reversed(range(days)))

    def counted() -> dict[str, tuple[int | None, ...]]:
        known = reaches(home, {name: aliases, **rivals})
        known[name] = own_reach(known[name], aliases, official, exclude)
        published, news = Counted(home), _News(Archive(home.archive), articles)
        counts: dict[str, list[int | None]] = {family: [] for family in known}
        for day in span:
            for family, reach in known.items():
                # The family's own day is the run's to count.
                is_own = family == name and day == articles.day.date
                number = None if is_own else published.of(day, family)
                counts[family].append(news.about(day, reach) if number is None else number)
        return {family: tuple(row) for family, row in counts.items()}

    return History(span, _WhenAsked(counted))


class _WhenAsked(Mapping[str, tuple[int | None, ...]]):
    """What `make` gives, made when it is first looked at: it reads a month of news, and an llm that writes
    asks for none of it."""

    def __init__(self, make: Callable[[], Mapping[str, tuple[int | None, ...]]]) -> None:
        self._make = make
        self._made: Mapping[str, tuple[int | None, ...]] | None = None
        self._making = Lock()  # trials of the lab share it

    @property
    def _counts(self) -> Mapping[str, tuple[int | None, ...]]:
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def __getitem__(self, name: str) -> tuple[int | None, ...]:
        return self._counts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def __repr__(self) -> str:
        return repr(self._counts)


class _News:
    """The articles of each day, read when they are asked for: of the run's own day as the run has them, of
    another from its predecessor's cut-off to its own, whoever asks and whenever."""

    def __init__(self, archive: Archive, today: Articles) -> None:
        self._archive = archive
        self._today = today
        self._dates = frozenset(archive.days())
        self._read: dict[date, list[Article]] = {}
        self._closed: dict[date, Day] = {}

    def about(self, day: date, reach: Reach) -> int | None:
        """How many of the day's articles are about a family; None where nothing was gathered."""
        if day not in self._read:
            self._read[day] = self._of(day)
        articles = self._read[day]
        return reach.about(articles, Day.of(day)) if articles else None

    def _of(self, date_: date) -> list[Article]:
        today = self._today
        is_today = date_ == today.day.date
        if is_today and today.window_days == 1:
            return list(today)
        # What a gather fetched in closing the day is of the day after by its time.
        if not {date_, date_ + timedelta(days=1)} & self._dates:
            return []
        ends = today.day if is_today else self._close(date_)
        return self._archive.articles(ends.cutoff, since=self._close(date_ - timedelta(days=1)).cutoff)

    def _close(self, date_: date) -> Day:
        """The day with its own cut-off, which begins the day after."""
        if date_ not in self._closed:
            self._closed[date_] = close(self._archive, Day.of(date_))
        return self._closed[date_]
