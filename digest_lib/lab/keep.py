"""An experiment's folder: one JSON a run, written whole, so that a killed experiment goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError

from digest_lib.checking.digest import Digest
from digest_lib.files import read_json, write_json
from digest_lib.lab.case import Case
from digest_lib.lab.planned import Run
from digest_lib.secrets import Scanner
from digest_lib.sections.facts import Facts


class Asked(BaseModel):
    """A request of a run: of which step, how long its prompt was, and how long its answer took when it was
    made."""

    model_config = ConfigDict(extra="ignore")

    step: str
    characters: int
    cached: bool
    seconds: float


class Result(BaseModel):
    """What a run came to: the facts as a post has them, and the draft as it was before the check."""

    model_config = ConfigDict(extra="ignore")

    variant: str
    family: str
    date: str
    seed: int | None
    key: str
    #: the prompts and limits it was run with
    parameters: dict[str, Any]
    facts: Facts
    draft: Digest
    requests: list[Asked]
    #: the sentences of the post of the day before, as it was published when this was run
    before: list[str] = []
    _case: Case | None = PrivateAttr(None)

    def case(self, before: Sequence[str] | None = None) -> Case:
        """As scorers look at it, behind the digest of the day before; None: the one that was published."""
        if self._case is None:
            self._case = Case(self.facts, self.draft, self.before)
        return self._case if before is None or before == self._case.before else self._case.after(before)

    @property
    def name(self) -> str:
        return Run(self.variant, self.family, self.date, self.seed, {}).name


def load(folder: Path, run: Run) -> Result | None:
    """The kept result of the run; None where there is none, or one of other inputs."""
    found = read(run.path(folder))
    return found if found and found.key == run.key else None


def load_all(folder: Path, runs: Iterable[Run]) -> list[Result]:
    """What is kept of the runs, in their order."""
    return [found for run in runs if (found := load(folder, run))]


def read(path: Path) -> Result | None:
    """The result of a file; None for one that is missing or damaged, which counts as never run."""
    try:
        return Result.model_validate(read_json(path))
    except (OSError, ValueError, ValidationError):
        return None


def read_all(folder: Path, variants: Iterable[str] = ()) -> list[Result]:
    """Every readable result of an experiment's folder, in the order of their names."""
    wanted = set(variants)
    found = (read(path) for path in sorted((folder / "runs").glob("*/*.json")))
    return [r for r in found if r and (not wanted or r.variant in wanted)]


def save(folder: Path, run: Run, told: dict[str, Any], before: Sequence[str] = ()) -> Result:
    """Keeps what a trial told of the run, with the sentences of the day `before`. Raises `UnsafePost` where
    it holds a secret, and `StorageError`."""
    found = Result.model_validate({
        "variant": run.variant, "family": run.family, "date": run.date, "seed": run.seed, "key": run.key,
        "parameters": dict(run.parameters), "before": list(before), **told,
    })  # fmt: skip
    raw = found.model_dump(mode="json")
    Scanner().scan(json.dumps(raw, ensure_ascii=False).encode(), run.name)
    write_json(run.path(folder), raw)
    return found
