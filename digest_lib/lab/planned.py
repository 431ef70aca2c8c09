"""A run of an experiment, as it is planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The writer that asks no llm.
OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Run:
    """One variant of a family's day, with one seed. `parameters` are all that the notebook is given."""

    variant: str
    family: str
    date: str
    seed: int | None
    parameters: Mapping[str, Any]
    server: str = ""
    #: the same for a run that must come out the same
    key: str = ""

    @property
    def name(self) -> str:
        """How messages and files call it."""
        seed = "" if self.seed is None else f"-s{self.seed}"
        return f"{self.variant}/{self.date}-{self.family}{seed}"

    def path(self, folder: Path) -> Path:
        return folder / "runs" / f"{self.name}.json"
