"""The reports of experiments, as a home keeps them for its site: `reports/NAME.ipynb`, an executed notebook.

It is cleaned as a post is, and carries its figures for machines, as a post does; one of before is a
`NAME.json` of these alone. The lab writes it; readers find what it shows, its figures and the prompts'
differences on a page of their own, which posts that were written with such a prompt lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from digest_lib.files import named, read_json, write_json
from digest_lib.publishing.shown import visible_html
from digest_lib.settings import Home

FOLDER: Final = "reports"
#: A name is part of addresses. It begins with its day, so that none is another page's.
_NAME: Final = re.compile(r"\d{4}-\d\d-\d\d-[A-Za-z0-9._-]+")
_OTHER: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST: Final = 120
#: Where the notebook's metadata have it.
_KEY: Final = "digest_report"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Change(_Strict):
    """A parameter of a family's notebook, as it was and as it is: a prompt's text, or a value as Python has
    it."""

    family: str
    parameter: str
    before: str
    after: str


def alike(changes: Iterable[Change]) -> list[list[Change]]:
    """The same change of several families once."""
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for one in changes:
        groups.setdefault((one.parameter, one.before, one.after), []).append(one)
    return list(groups.values())


class Tried(_Strict):
    """A variant of the experiment, what its author says of it, and what of it is other than in the first."""

    name: str
    note: str = ""
    changes: tuple[Change, ...] = ()


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
    """An experiment, told on a day, and which of its variants was `adopted` (empty: none); its first one is
    what the others are held against."""

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
    #: what readers see of its notebook, cell by cell, as HTML that is cleaned where it is shown
    shown: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Of its file and its page; an experiment may be called anything."""
        told = f"{self.experiment}-{self.adopted}" if self.adopted else self.experiment
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


def keep_report(home: Home, report: Report, cells: Sequence[Mapping[str, Any]] = ()) -> Path:
    """Writes it where the site finds it, with the cleaned `cells` of its notebook; returns the path. Raises
    `StorageError`."""
    path = home.root / FOLDER / f"{report.name}.ipynb"
    write_json(path, {
        "cells": list(cells), "nbformat": 4, "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            _KEY: report.model_dump(mode="json", exclude={"shown"}),
        },
    })  # fmt: skip
    path.with_suffix(".json").unlink(missing_ok=True)  # of before
    return path


def read_reports(home: Home) -> tuple[list[Report], list[Path]]:
    """The home's reports, newest first, and the files that are none: no page is made of these."""
    found, bad = [], []
    folder = home.root / FOLDER
    for path in sorted([*folder.glob("*.ipynb"), *folder.glob("*.json")]):
        try:
            report = _report(read_json(path))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, ValidationError):
            bad.append(path)
            continue
        if report.name == path.stem and _NAME.fullmatch(report.name):
            found.append(report)
        else:
            bad.append(path)
    return sorted(found, key=lambda one: (one.on, one.name), reverse=True), bad


def _report(raw: Any) -> Report:
    """The report of a notebook, or of a file of before. Raises whatever is wrong with it."""
    if "cells" not in raw:
        return Report.model_validate(raw)
    return Report.model_validate({**raw["metadata"][_KEY], "shown": tuple(visible_html(raw))})
