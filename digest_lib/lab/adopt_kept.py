"""An adoption that is killed on its way: `adopted.json`, in the experiment's folder, says what it was to do.

It is written before anything else is. A notebook that is changed makes runs other ones than the experiment
has, so what is left can be told from this file alone: the next `digest lab adopt` does it, and only it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from digest_lib.errors import BadInput
from digest_lib.files import named, read_json, write_atomic, write_json
from digest_lib.lab.experiment import Experiment
from digest_lib.publishing.fold import set_parameters
from digest_lib.running.families import Family, load_all, read_notebook, write_notebook
from digest_lib.settings import Home
from digest_lib.site.adopted import Report, keep_report

_HEAD: Final = "# Prompts, as they were adopted\n\nThe newest first; `digest lab adopt` writes it.\n"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Setting(_Strict):
    """A parameter of a family's notebook, as it was and as it is to be: each as Python writes it."""

    family: str
    parameter: str
    before: str
    after: str

    @classmethod
    def of(cls, family: str, parameter: str, before: object, after: object) -> Setting:
        return cls(family=family, parameter=parameter, before=repr(before), after=repr(after))


class Adoption(_Strict):
    """What is written for a `variant` of an `experiment` (a name for all that its file says)."""

    experiment: str
    variant: str
    settings: tuple[Setting, ...]
    #: the entry of PROMPTS.md, and the page of the site; both empty once all is done
    entry: str = ""
    report: Report | None = None
    cells: tuple[dict[str, Any], ...] = ()

    @property
    def is_done(self) -> bool:
        return self.report is None

    @property
    def changed(self) -> dict[str, list[str]]:
        """The names of what is changed, by family."""
        found: dict[str, list[str]] = {}
        for one in self.settings:
            found.setdefault(one.family, []).append(one.parameter)
        return found


def name_of(experiment: Experiment) -> str:
    """The same for an experiment that says the same, prompts in files beside it included."""
    return named(experiment.model_dump_json())[:16]


def kept(experiment: Experiment) -> Adoption | None:
    """The experiment's last adoption, done or not; None where there is none. Raises `NewerFile`, and
    `BadInput` where it cannot be read: nobody knows then what was left to do."""
    path = experiment.adoption
    try:
        return Adoption.model_validate(read_json(path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, ValidationError):
        raise BadInput(path, "cannot be read; if the notebooks are as you want them, remove it") from None


def check_finished(experiment: Experiment) -> str:
    """The experiment's variant that was adopted last; empty where none was. Raises `BadInput` where that was
    killed on its way: some notebooks are changed by then and others are not, and nothing that is run with
    them is what the experiment compares."""
    found = kept(experiment)
    if found is not None and not found.is_done:
        again = f"digest lab adopt {experiment.path} {found.variant}"
        raise BadInput(
            experiment.path, f"adopting «{found.variant}» was stopped before its end; finish it: {again}"
        )
    return found.variant if found else ""


def carry_out(home: Home, experiment: Experiment, adoption: Adoption) -> Iterator[Path]:
    """Does what of it is not done yet, and yields each file that was written: the notebooks after what tells
    of them. A parameter that somebody has set otherwise meanwhile is left to them. Raises `BadNotebook`,
    `StorageError`."""
    path = experiment.adoption
    if adoption.report is not None:
        write_json(path, adoption.model_dump(mode="json"))
        yield path
        yield keep_report(home, adoption.report, adoption.cells)
        yield from _enter(home.desk / "PROMPTS.md", adoption.entry)
    families, _ = load_all(home)
    for name in adoption.changed:
        if name in families:
            yield from _set(families[name], [one for one in adoption.settings if one.family == name])
    done = adoption.model_copy(update={"entry": "", "report": None, "cells": ()})
    write_json(path, done.model_dump(mode="json"))
    yield path


def is_in_place(home: Home, experiment: Experiment, variant: str) -> bool:
    """Whether this variant was adopted, and the notebooks are as they were left: then nothing is to be done,
    and of the experiment's runs none is what a notebook says by itself."""
    found = kept(experiment)
    if (
        found is None
        or not found.is_done
        or (found.experiment, found.variant) != (name_of(experiment), variant)
    ):
        return False
    families, _ = load_all(home)
    return all(
        one.family in families and repr(families[one.family].parameters.get(one.parameter)) == one.after
        for one in found.settings
    )


def _set(family: Family, settings: list[Setting]) -> Iterator[Path]:
    there = family.parameters
    new = {
        s.parameter: ast.literal_eval(s.after) for s in settings if repr(there.get(s.parameter)) == s.before
    }
    if new:
        notebook = read_notebook(family.path)
        set_parameters(notebook, new, str(family.path))
        write_notebook(family.path, notebook)
        yield family.path


def _enter(path: Path, entry: str) -> Iterator[Path]:
    before = path.read_text("utf-8") if path.is_file() else _HEAD
    head, mark, rest = before.partition("\n## ")
    if not f"## {rest}".startswith(f"{entry}\n"):  # it stands there when this was killed after it
        write_atomic(path, f"{head.rstrip()}\n\n{entry}\n" + (f"\n## {rest}" if mark else ""))
        yield path
