"""How a newsroom fares: what `digest status` says to people and, as JSON, to machines.

The exit code is for monitors: 0 all is well, 1 something needs a person, 2 it cannot be told (nothing was
ever run where something should have been, or what would tell cannot be read).
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

#: Of the JSON. A number is added where a field changes its meaning; new fields change nothing.
SCHEMA = 1

Kind = Literal[
    "stale", "stopped", "failed", "blind", "outdated", "llm", "feed", "set-aside", "notebook", "archive",
    "clock", "cost", "withheld", "unread", "hung", "site", "disk", "missing",
]  # fmt: skip
Level = Literal["person", "note", "unknown"]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(_Told):
    """One thing that is not as it should be."""

    kind: Kind = Field(description="What sort of thing; alarms are told apart by kind and subject.")
    level: Level = Field(description="person: needs one. note: worth knowing. unknown: cannot be told.")
    subject: str = Field(description="What it is about: a date and family, a feed's title, a file.")
    says: str = Field(description="One line: what is wrong, and what to do.")
    since: str = Field(default="", description="The date since when, or when it was noticed first.")


class Run(_Told):
    """One run of the days that are shown."""

    family: str
    date: str
    state: Literal["published", "quiet", "blind", "failed", "pending", "running", "skipped", "missing"]
    stories: int = 0
    withheld: int = 0
    supported: int = Field(default=0, description="Sentences that stand, repaired ones included.")
    llm: str = Field(default="", description="Who wrote.")
    cost_usd: float | None = Field(default=0.0, description="null: unknown.")
    seconds: float = 0.0
    trouble: str = Field(default="", description="Why it failed, or what was wrong with its llm.")


class Feed(_Told):
    """One feed, by the gathers of the last weeks."""

    title: str
    url: str
    state: Literal["ok", "secret", "error", "moved", "changed", "silent"]
    since: str = ""
    detail: str = ""


class Condition(_Told):
    """The whole answer."""

    schema_version: int = SCHEMA
    now: str = Field(description="When this was looked at (ISO 8601, UTC).")
    state: Literal["fine", "needs a person", "cannot tell"]
    exit_code: Literal[0, 1, 2]
    today: str = Field(description="The latest day whose cut-off has come.")
    last_run: str = Field(description="The latest day that a run is recorded of; empty: none.")
    last_gather: str = Field(description="When feeds were fetched last (ISO 8601, UTC); empty: never.")
    families: list[str]
    problems: list[Problem] = Field(description="Those that need a person first.")
    runs: list[Run] = Field(description="The days shown, the newest first.")
    feeds: list[Feed]
    month_usd: float = Field(description="What the runs of this month cost, as far as it is known.")
    archive_bytes: int = Field(description="The size of the archive's files of articles, texts and pages.")
    bytes_per_day: int = Field(
        default=0, description="By how much they grew a day, by the last thirty days on which anything came."
    )


def exit_code_of(problems: list[Problem]) -> Literal[0, 1, 2]:
    """What a monitor is told: a thing that needs a person counts before one that cannot be told."""
    levels = {problem.level for problem in problems}
    if "person" in levels:
        return 1
    return 2 if "unknown" in levels else 0
