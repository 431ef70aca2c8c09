"""What was adopted of an experiment, as a home keeps it for its site: `reports/NAME.json`, one an adoption.

The lab writes it; readers find the figures and the prompts' differences on a page of their own, which posts
that were written with such a prompt lead to.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from digest_lib.files import named, read_json, write_json
from digest_lib.settings import Home

FOLDER: Final = "reports"
#: A name is part of addresses. It begins with its day, so that none is another page's.
_NAME: Final = re.compile(r"\d{4}-\d\d-\d\d-[A-Za-z0-9._-]+")
_OTHER: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST: Final = 120


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Tried(_Strict):
    """A variant of the experiment, and what its author says of it."""

    name: str
    note: str = ""


class Change(_Strict):
    """A parameter of a family's notebook, as it was and as it is: a prompt's text, or a value as Python has
    it."""

    family: str
    parameter: str
    before: str
    after: str


class Score(_Strict):
    """A score of a variant: its mean over days, and by how much it is other than the first one's, each with
    the bounds of its interval (None: of too few days). `better` says which way is good: 1 more, -1 less."""

    scorer: str
    says: str = ""
    better: int = 0
    variant: str
    mean: FiniteFloat
    low: FiniteFloat | None = None
    high: FiniteFloat | None = None
    runs: int
    days: int
    difference: FiniteFloat | None = None
    difference_low: FiniteFloat | None = None
    difference_high: FiniteFloat | None = None


class Report(_Strict):
    """An experiment of which `adopted` was adopted on a day; its first variant is what the others are held
    against."""

    experiment: str
    note: str = ""
    adopted: str
    on: date
    families: tuple[str, ...]
    days: tuple[date, ...]
    variants: tuple[Tried, ...]
    changes: tuple[Change, ...]
    scores: tuple[Score, ...]
    #: with fewer days no difference is called one
    enough_days: int
    #: what stands behind people's ratings, where there are some
    rated: str = ""

    @property
    def name(self) -> str:
        """Of its file and its page; an experiment may be called anything."""
        told = f"{self.experiment}-{self.adopted}"
        name = _OTHER.sub("-", told).strip("-")[:_LONGEST]
        return f"{self.on}-{name}" if name == told else f"{self.on}-{name}-{named(told)[:8]}"

    @property
    def page(self) -> str:
        """Its page, from the top of the site."""
        return f"prompts-{self.name}.html"

    @property
    def source(self) -> str:
        """What its page is rendered from."""
        return f"prompts-{self.name}.qmd"

    @property
    def csv(self) -> str:
        """Its scores as a file, from the top of the site."""
        return f"prompts-{self.name}.csv"

    @cached_property
    def made_of(self) -> str:
        """All that it holds, in a line."""
        return named(self.model_dump_json())

    def wrote(self, family: str, prompt: str, text: str) -> bool:
        """Whether it is this report's prompt that the family has there."""
        return any((c.family, c.parameter, c.after) == (family, prompt, text) for c in self.changes)


def keep_report(home: Home, report: Report) -> Path:
    """Writes it where the site finds it; returns the path. Raises `StorageError`."""
    path = home.root / FOLDER / f"{report.name}.json"
    write_json(path, report.model_dump(mode="json"))
    return path


def read_reports(home: Home) -> tuple[list[Report], list[Path]]:
    """The home's reports, newest first, and the files that are none: no page is made of these."""
    found, bad = [], []
    for path in sorted((home.root / FOLDER).glob("*.json")):
        try:
            report = Report.model_validate(read_json(path))
        except (OSError, ValueError, RecursionError, ValidationError):
            bad.append(path)
            continue
        if report.name == path.stem and _NAME.fullmatch(report.name):
            found.append(report)
        else:
            bad.append(path)
    return sorted(found, key=lambda one: (one.on, one.name), reverse=True), bad
