"""An experiment's report: a notebook, executed by papermill, that stands in its folder and can be shared.

It is what the library ships as `report.ipynb`. What the home keeps of it for its site is cleaned as a post.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from digest_lib import owners
from digest_lib.errors import UserError
from digest_lib.lab import keep
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.looked import Looked
from digest_lib.lab.published import report_of
from digest_lib.publishing.assemble import clean_cells
from digest_lib.publishing.fold import INJECTED
from digest_lib.running.execute import execute
from digest_lib.running.families import read_notebook, write_notebook, written
from digest_lib.running.leftovers import sweep_experiment
from digest_lib.secrets import Scanner
from digest_lib.settings import Home
from digest_lib.site.adopted import Report, keep_report

#: Of an experiment's folder.
NAME: Final = "report.ipynb"
_SOURCE: Final = Path(__file__).with_name(NAME)
_SECONDS: Final = 600.0


def write_report(experiment: Experiment) -> Path:
    """Executes the report of what is kept of the experiment's runs; returns its path. Raises `UserError`
    where nothing is kept, `RunFailed`, `StorageError`."""
    if not keep.read_all(experiment.folder, [v.name for v in experiment.variants]):
        raise UserError(f"{experiment.folder} holds no run; run: digest lab run {experiment.path}")
    sweep_experiment(experiment.folder)
    folder = experiment.folder / "work" / f"report.{owners.mine()}.{uuid4().hex[:8]}"
    path = experiment.folder / NAME
    try:
        # Its path is told from where the report will lie, so that it runs there again, whoever has it.
        given = {"experiment": f"../{experiment.path.name}"}
        execute(_SOURCE, folder / NAME, experiment.name, None, given, _SECONDS, cwd=experiment.folder)
        executed = read_notebook(folder / NAME)
        _settle(executed)
        write_notebook(path, executed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return path


def _settle(notebook: Any) -> None:
    """Takes out what is another each time: when a cell ran and in which folder, the id of the cell that was
    put in. The same runs make the same report."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED


def cells_of(path: Path) -> list[dict[str, Any]]:
    """The cells of the report, cleaned as a post's are. Raises `UnsafePost`."""
    cells = clean_cells(read_notebook(path), str(path))
    Scanner().scan(written({"cells": cells, **_FORMAT}).encode(), str(path))
    return cells


_FORMAT: Final[dict[str, Any]] = {"metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def publish_tried(home: Home, experiment: Experiment, path: Path, now: datetime) -> Report:
    """Keeps the report at `path` of an experiment of which nothing was adopted for the home's site, where
    `prompts.html` leads to it."""
    looked = Looked(experiment)
    report = report_of(experiment, looked.results, "", looked.scoreboard, (), now)
    keep_report(home, report, cells_of(path))
    return report
