"""The numbers of the page of trends as files, those of all days: for spreadsheets and the page's script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digest_lib.charts.words import Words
from digest_lib.site.drawn.figure import Table
from digest_lib.site.tallies import Tallies


def data_name(part: str) -> str:
    """The file of a part's data, at the top of the site. The shares are those of the reports."""
    return f"trends-{'reports' if part == 'share' else part}.csv"


@dataclass(frozen=True)
class Data:
    """The data files of the page, with the numbers of all days."""

    tallies: Tallies

    def files(self) -> dict[str, Callable[[], bytes]]:
        """What makes each file, by its path in the site."""
        made = {
            "reports": self.reports, "publishers": self.publishers, "languages": self.languages,
            "checks": self.checks,
        }  # fmt: skip
        return {data_name(part): make for part, make in made.items()}

    def reports(self) -> bytes:
        names, told = self.tallies.families, self.tallies.reports
        rows = [(str(day), *(told[family].get(str(day)) for family in names)) for day in self.tallies.days]
        return Table("", ("date", *names.values()), rows).csv()

    def publishers(self) -> bytes:
        counted = self.tallies.publishers
        rows = [(day, by, n) for day, row in counted.items() for by, n in sorted(row.items())]
        return Table("", ("date", "publisher", "articles"), rows).csv()

    def languages(self) -> bytes:
        counted, words = self.tallies.languages, Words.of("zh-TW")
        rows = [
            (day, code, words.tongue(code), n)
            for day, row in counted.items()
            for code, n in sorted(row.items())
        ]
        return Table("", ("date", "language", "name", "articles"), rows).csv()

    def checks(self) -> bytes:
        rows = [(day, *numbers) for day, numbers in self.tallies.checks.items()]
        return Table("", ("date", "checked", "withheld"), rows).csv()
