"""What all posts together count, day by day: articles about each family, publishers, languages, and how many
sentences the check withheld. Read off their facts, whose numbers do not change any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from digest_lib.site.posts import Post

#: Day -> number.
ByDay = dict[str, int]


@dataclass(frozen=True)
class Tallies:
    """The numbers of these posts (newest first) for these families (key -> name)."""

    posts: Sequence[Post]
    families: Mapping[str, str]

    @cached_property
    def reports(self) -> dict[str, ByDay]:
        """How many articles a day were about each family. Its own post says it best; that of another family
        says it for days and families without one."""
        own: dict[str, ByDay] = {family: {} for family in self.families}
        told: dict[str, ByDay] = {family: {} for family in self.families}
        keys = {name: family for family, name in self.families.items()}
        for post in self._said:
            for day, row in self._history(post):
                for name, n in row.items():
                    family = keys.get(name)
                    if family == post.brief.family:
                        own[family].setdefault(day, n)
                    elif family is not None:
                        told[family].setdefault(day, n)
        return {family: told[family] | own[family] for family in self.families}

    def _history(self, post: Post) -> Iterator[tuple[str, dict[str, int]]]:
        """A post's numbers of its own day; those of the days before, too, where no post stands for these."""
        brief = post.brief
        if brief.day - timedelta(days=1) not in self._days[brief.family]:
            yield from post.facts.history.items()
        elif brief.tally.about:
            yield str(brief.day), brief.tally.about

    @cached_property
    def _days(self) -> dict[str, set[date]]:
        days: dict[str, set[date]] = {}
        for post in self._said:
            days.setdefault(post.brief.family, set()).add(post.brief.day)
        return days

    @cached_property
    def _said(self) -> list[Post]:
        return [post for post in self.posts if not post.brief.retracted]

    @cached_property
    def days(self) -> list[date]:
        """Every day from the first to the last of which anything is known."""
        known = {day for row in self.reports.values() for day in row}
        known |= {str(post.brief.day) for post in self._said}
        if not known:
            return []
        first, last = date.fromisoformat(min(known)), date.fromisoformat(max(known))
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    @cached_property
    def publishers(self) -> dict[str, Counter[str]]:
        """The articles of the told stories: day -> publisher -> number, an article counted once a day."""
        return {day: Counter(by for by, _ in told.values()) for day, told in self._articles.items()}

    @cached_property
    def languages(self) -> dict[str, Counter[str]]:
        """The same by the code of the language."""
        return {day: Counter(lang for _, lang in told.values()) for day, told in self._articles.items()}

    @cached_property
    def _articles(self) -> dict[str, dict[str, tuple[str, str]]]:
        days: dict[str, dict[str, tuple[str, str]]] = {}
        for post in self._said:
            told = days.setdefault(str(post.brief.day), {})
            for article, publisher, language in post.brief.tally.articles:
                told.setdefault(article, (publisher, language))
        return dict(sorted(days.items()))

    @cached_property
    def checks(self) -> dict[str, tuple[int, int]]:
        """Day -> how many sentences were checked, how many of them withheld."""
        days: dict[str, tuple[int, int]] = {}
        for post in self._said:
            day, own = str(post.brief.day), post.brief.tally
            all_, withheld = days.get(day, (0, 0))
            days[day] = all_ + own.checked, withheld + own.withheld
        return dict(sorted(days.items()))
