"""The winner goes into the notebooks, and what was changed, with its figures, into `PROMPTS.md`."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from digest_lib.day import TAIPEI
from digest_lib.errors import BadInput
from digest_lib.files import digest_of
from digest_lib.lab.adopt_kept import Adoption, Setting, carry_out, kept, name_of
from digest_lib.lab.board import Board
from digest_lib.lab.changed import change
from digest_lib.lab.experiment import OWN, Experiment
from digest_lib.lab.planned import Run
from digest_lib.lab.published import report_of
from digest_lib.running.families import choose
from digest_lib.settings import Home

#: What a run is given for its day; no part of what is adopted.
_OF_THE_DAY = {*OWN} - {"family"}
#: The figures that an entry shows.
_SHOWN = (
    "supported",
    "kept",
    "withheld",
    "citations",
    "stories_covered",
    "repeated",
    "output_tokens",
    "cost_usd",
)


def changes(experiment: Experiment, runs: Sequence[Run], variant: str) -> dict[str, dict[str, Any]]:
    """By family, the parameters that the variant is run with, but for its day's, and for those that the whole
    experiment is run with (`shared`): these are how it was tried, and nothing that won. Raises `BadInput`."""
    names = [v.name for v in experiment.variants]
    if variant not in names:
        raise BadInput(experiment.path, f"no variant «{variant}»; there are: {', '.join(names)}")
    left = _OF_THE_DAY | shared(experiment)
    return {
        run.family: {k: v for k, v in run.parameters.items() if k not in left}
        for run in runs if run.variant == variant
    }  # fmt: skip


def shared(experiment: Experiment) -> set[str]:
    """The parameters that every variant has alike, since the experiment gives them."""
    first = experiment.variants[0].parameters
    return {
        name
        for name in experiment.parameters
        if all(
            name not in v.replace and v.parameters.get(name) == first.get(name) for v in experiment.variants
        )
    }


def adopt(
    home: Home, experiment: Experiment, runs: Sequence[Run], variant: str, board: Board, now: datetime,
    cells: Sequence[dict[str, Any]] = (),
) -> dict[str, list[str]]:  # fmt: skip
    """Writes the variant's parameters into the notebooks of its families, an entry into `PROMPTS.md`, and the
    report (of these `cells`) that becomes a page of the site. Returns the names of what was
    changed, by family. Raises `BadInput`, `UnsafePost`, `StorageError`.

    What is to be written is kept first; killed on its way, it is done by `finish`.
    """
    adoption = decided(home, experiment, runs, variant, board, now, cells)
    if adoption.settings:
        for _ in carry_out(home, experiment, adoption):
            pass
    return adoption.changed


def finish(home: Home, experiment: Experiment) -> Adoption | None:
    """Does the rest of an adoption of the experiment that was killed on its way, and returns it; None where
    there is none."""
    found = kept(experiment)
    if found is None or found.is_done:
        return None
    for _ in carry_out(home, experiment, found):
        pass
    return found


def _settings(home: Home, wanted: Mapping[str, Mapping[str, Any]]) -> list[Setting]:
    """What of the wanted parameters is other in the notebooks."""
    families, _ = choose(home, list(wanted))
    return [
        Setting.of(family.name, name, family.parameters.get(name), value)
        for family in families
        for name, value in sorted(wanted[family.name].items())
        if family.parameters.get(name) != value
    ]


def decided(
    home: Home, experiment: Experiment, runs: Sequence[Run], variant: str, board: Board, now: datetime,
    cells: Sequence[dict[str, Any]] = (),
) -> Adoption:  # fmt: skip
    """What `adopt` writes."""
    settings = _settings(home, changes(experiment, runs, variant))
    values = [(s.family, s.parameter, literal_eval(s.before), literal_eval(s.after)) for s in settings]
    entry = [
        _title(experiment, variant, now),
        *_note(experiment, variant),
        *(_said(*one) for one in values),
        "",
        *_figures(board, variant),
    ]
    return Adoption(
        experiment=name_of(experiment), variant=variant, settings=tuple(settings), entry="\n".join(entry),
        report=report_of(experiment, runs, variant, board, [change(*one) for one in values], now),
        cells=tuple(cells),
    )  # fmt: skip


def _said(family: str, name: str, before: object, after: object) -> str:
    """A changed parameter in a line; a prompt by the hash that posts know it by."""
    if name.endswith("_prompt"):
        old, new = (digest_of(str(text)) if text else "none" for text in (before, after))
        return f"- {family}: `{name}` {old} → {new}"
    return f"- {family}: `{name}` {before!r} → {after!r}"


def _title(experiment: Experiment, variant: str, now: datetime) -> str:
    return f"## {now.astimezone(TAIPEI):%Y-%m-%d}: {variant} ({experiment.name})\n"


def _note(experiment: Experiment, variant: str) -> list[str]:
    note = next(v.note for v in experiment.variants if v.name == variant)
    return [f"{note}\n"] if note else []


def _figures(board: Board, variant: str) -> list[str]:
    """The figures of the variant beside the first one's, as a table of Markdown."""
    column, first = board.variants.index(variant), board.variants[0]
    rows: Mapping[str, list[str]] = dict(board.rows())
    lines = [f"| score | {first} | {variant} |", "| --- | --- | --- |"]
    lines += [f"| {name} | {rows[name][0]} | {rows[name][column]} |" for name in _SHOWN if name in rows]
    return [*lines, "", f"({board.note})"]
