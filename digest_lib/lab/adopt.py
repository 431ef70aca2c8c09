"""The winner goes into the notebooks, and what was changed, with its figures, into `PROMPTS.md`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat

from digest_lib.day import TAIPEI
from digest_lib.errors import BadInput
from digest_lib.files import digest_of, write_atomic
from digest_lib.lab.board import Board
from digest_lib.lab.changed import change
from digest_lib.lab.experiment import OWN, Experiment
from digest_lib.lab.plan import Run
from digest_lib.lab.told import publish_report
from digest_lib.publishing.fold import set_parameters
from digest_lib.running.families import choose, read_notebook
from digest_lib.settings import Home
from digest_lib.site.adopted import Change

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
_HEAD = "# Prompts, as they were adopted\n\nThe newest first; `digest lab adopt` writes it.\n"


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

    Notebooks are written last: killed before, all of it is done again, and the entry stands once. The other
    way round, they would be other ones than the experiment was run with, and nothing would say since when.
    """
    wanted = changes(experiment, runs, variant)
    families, _ = choose(home, list(wanted))
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    written: dict[Path, str] = {}
    made: list[Change] = []
    for family in families:
        new = {k: v for k, v in wanted[family.name].items() if family.parameters.get(k) != v}
        if not new:
            continue
        notebook = read_notebook(family.path)
        set_parameters(notebook, new, str(family.path))
        written[family.path] = nbformat.writes(notebook) + "\n"
        found[family.name] = sorted(new)
        made += [change(family.name, name, family.parameters.get(name), new[name]) for name in sorted(new)]
        lines += [_said(family.name, name, family.parameters.get(name), new[name]) for name in sorted(new)]
    if found:
        publish_report(home, experiment, runs, board, now, variant=variant, changes=made, cells=cells)
        _enter(
            home,
            [
                _title(experiment, variant, now),
                *_note(experiment, variant),
                *lines,
                "",
                *_figures(board, variant),
            ],
        )
    for path, text in written.items():
        write_atomic(path, text)
    return found


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


def _enter(home: Home, lines: Sequence[str]) -> None:
    path = home.root / "PROMPTS.md"
    before = path.read_text("utf-8") if path.is_file() else _HEAD
    head, mark, rest = before.partition("\n## ")
    entry = "\n".join(lines)
    if f"## {rest}".startswith(f"{entry}\n"):  # of an adoption that was killed after it
        return
    write_atomic(path, f"{head.rstrip()}\n\n{entry}\n" + (f"\n## {rest}" if mark else ""))
