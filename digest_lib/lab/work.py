"""One family's day for several variants: executed by papermill in this process, and kept run by run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from digest_lib import owners
from digest_lib.day import Day
from digest_lib.errors import DigestError
from digest_lib.files import digest_of, write_atomic
from digest_lib.lab import keep
from digest_lib.lab.case import texts_of
from digest_lib.lab.cells import Trial, assemble, digest_name, varied
from digest_lib.lab.planned import OFFLINE, Run
from digest_lib.running.execute import execute
from digest_lib.running.families import read_notebook, written
from digest_lib.settings import Home, environment_of
from digest_lib.turns import Beginning
from digest_lib.writing.spending import is_limit
from digest_lib.writing.together import KERNELS


@dataclass(frozen=True, slots=True)
class Task:
    """Runs of one family's day that share a kernel and a server. Travels between processes."""

    home: Path
    folder: Path
    runs: tuple[Run, ...]
    #: the server's address, and the NAME of its key's variable; empty: as this machine is set
    base_url: str = ""
    key_variable: str = ""
    max_seconds: float = 900.0
    #: a folder of files, one for each request that all kernels may have under way; empty: each has its own
    slots: str = ""
    #: only say what would be asked
    dry: bool = False

    @property
    def date(self) -> str:
        return self.runs[0].date

    @property
    def family(self) -> str:
        return self.runs[0].family

    @property
    def last(self) -> str:
        """A name for all else that it is: two are the same task where all three are."""
        what = "dry" if self.dry else "lab"
        return digest_of(
            what, str(self.folder), self.base_url, *(f"{run.name} {run.key}" for run in self.runs)
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run; `error` is empty where it stands."""

    run: Run
    error: str = ""
    #: of a dry run: an `Estimate`
    estimate: Mapping[str, Any] | None = None


def work(task: Task) -> list[Done]:
    """Executes the task's runs and keeps those that came to something."""
    # A worker has other tasks after this one, and other servers with them.
    with environment_of(_environment(task)):
        Beginning.take()  # the kernel's, which is handed it
        try:
            found = _executed(task)
        except DigestError as error:
            return [Done(run, str(error)) for run in task.runs]
        finally:
            Beginning.over()
        came = _estimated if task.dry else _kept
        return [came(task, run, found.get(run.name)) for run in task.runs]


def _environment(task: Task) -> dict[str, str]:
    """Of the worker: the home as it is, never the network for news, answers of the experiment's own."""
    own = {
        "DIGEST_HOME": str(task.home),
        "DIGEST_FETCH": "no",
        "DIGEST_LLM": "",
        # Two servers may serve models of one name.
        "DIGEST_ANSWERS": str(task.folder / "answers" / (task.runs[0].server or "default")),
    }
    if task.slots:
        own["DIGEST_LLM_SLOTS"] = task.slots
    if task.base_url:
        key = os.environ.get(task.key_variable, "") if task.key_variable else ""
        own |= {"OPENAI_BASE_URL": task.base_url, "OPENAI_API_KEY": key}
    return own


def _executed(task: Task) -> dict[str, dict[str, Any]]:
    """What each trial told, by its run's name."""
    home, first = Home(task.home), task.runs[0]
    path = home.notebooks / f"{first.family}.ipynb"
    notebook = read_notebook(path)
    common, trials = parted(task.runs)
    how = "dry_trials" if task.dry else "trials"
    made = assemble(notebook, trials, digest_name(notebook, path.name), how)
    folder = task.folder / "work" / f"{first.date}-{first.family}.{owners.mine()}.{uuid4().hex[:8]}"
    try:
        source = folder / path.name
        write_atomic(source, written(made))
        out = folder / "out.ipynb"
        # They wait for each other's requests, and for those of the kernels that take turns with this one.
        seconds = task.max_seconds * len(trials) * (KERNELS if task.slots else 1)
        execute(source, out, first.family, Day.of(first.date).date, common, seconds, cwd=path.parent)
        return _told(out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def parted(runs: Sequence[Run]) -> tuple[dict[str, Any], list[Trial]]:
    """The parameters that all runs have alike, and of each run those that they have not."""
    apart = varied([run.parameters for run in runs])
    common = {name: value for name, value in runs[0].parameters.items() if name not in apart}
    trials = [Trial(r.name, {n: v for n, v in r.parameters.items() if n in apart}) for r in runs]
    return common, trials


def _told(out: Path) -> dict[str, dict[str, Any]]:
    from digest_lib.sections.trial import MIME

    executed = read_notebook(out)
    outputs = (output for cell in executed.cells for output in cell.get("outputs", []))
    told = (output["data"][MIME] for output in outputs if MIME in output.get("data", {}))
    return {one["trial"]: one for one in told}


def _yesterday(home: Home, run: Run) -> list[str]:
    """The sentences of the family's post of the day before; none where there is none."""
    from digest_lib.publishing.post import facts_on_disk

    facts = facts_on_disk(home.posts / f"{Day.of(run.date).shifted(-1)}-{run.family}")
    return texts_of(facts.digest) if facts else []


def _estimated(_task: Task, run: Run, told: dict[str, Any] | None) -> Done:
    told = told or {"error": "its cell said nothing"}
    return Done(run, str(told.get("error", "")), told.get("estimate"))


def lacks(run: Run, told: dict[str, Any]) -> str:
    """Why a run says nothing of its prompt, or not all: it failed, or the llm did not write the whole of it,
    and what the offline writer wrote in its place would be scored as the prompt's. "" where nothing lacks."""
    if told.get("error"):
        return str(told["error"])
    if is_limit(told["why"] or ""):
        return f"{told['why']} before the llm had written all: give it more, and run it again"
    if told["unanswered"]:
        return f"{told['unanswered']} requests got no answer: {told['why']}"
    if run.parameters.get("llm", OFFLINE) != OFFLINE and not told["requests"] and told["facts"]["found"]:
        return f"no answer of an llm was taken: {told['why'] or 'none was asked'}"
    return ""


def _kept(task: Task, run: Run, told: dict[str, Any] | None) -> Done:
    """The run, kept where it says something: an llm that was not reached says nothing of its prompt."""
    if told is None:
        return Done(run, "its cell said nothing")
    if wrong := lacks(run, told):
        return Done(run, wrong)
    try:
        keep.save(task.folder, run, told, _yesterday(Home(task.home), run))
    except (DigestError, ValueError) as error:
        return Done(run, str(error).splitlines()[0])
    return Done(run)
