"""An experiment as a folder for others: they score it again offline, to the same numbers.

What it holds: the YAML and the files that it names, the runs, the llm's answers, the scores, of every source
its title, publisher and address, and which code it was run with. No article's full text leaves the archive.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from digest_lib.errors import UserError
from digest_lib.files import storage, write_atomic, write_json
from digest_lib.lab import keep
from digest_lib.lab.experiment import Experiment
from digest_lib.lab.inputs import code_version
from digest_lib.lab.keep import Result
from digest_lib.lab.planned import Run
from digest_lib.secrets import Scanner
from digest_lib.version import __version__

_NOT_SHARED = {"work"}


def share(experiment: Experiment, runs: Sequence[Run], folder: Path) -> Path:
    """Copies the experiment into `folder`; returns the YAML there. Raises `UserError` for a folder that holds
    something, `UnsafePost` where a file holds a secret, and `StorageError`."""
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty; name a new folder")
    results = keep.load_all(experiment.folder, runs)
    Scanner().scan_folder(experiment.folder, experiment.name)
    target = folder / experiment.path.name
    with storage(folder):
        for file in [experiment.path, *_beside(experiment)]:
            copy = folder / file.relative_to(experiment.path.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
        shutil.copytree(
            experiment.folder, target.with_suffix(""), ignore=lambda _, names: _NOT_SHARED & {*names}
        )
    write_json(folder / "sources.json", sources_of(results))
    write_atomic(folder / "README.md", _readme(experiment, results))
    return target


def _beside(experiment: Experiment) -> list[Path]:
    """The files that the YAML names and that lie beside it: prompts, and functions of assertions."""
    text, here = experiment.path.read_text("utf-8"), experiment.path.parent
    python = [str(a.value).rpartition(":")[0] for a in experiment.assertions if a.type == "python"]
    named = [part.split()[0] for part in text.split("file://")[1:] if part.split()]
    found = {here / name.strip("\"',}]") for name in [*python, *named]}
    return sorted(p for p in found if p.is_file() and p.resolve().is_relative_to(here.resolve()))


def sources_of(results: Sequence[Result]) -> list[dict[str, str]]:
    """Every source of the runs once: what it is, and where."""
    found = {s.id: s for r in results for s in r.facts.sources}
    return [
        {
            "id": s.id, "url": s.url, "title": s.title, "publisher": s.publisher,
            "published": s.published.isoformat(),
        }
        for _, s in sorted(found.items())
    ]  # fmt: skip


def _readme(experiment: Experiment, results: Sequence[Result]) -> str:
    asked = sum(len(r.requests) for r in results)
    return f"""# {experiment.name}

{experiment.note}

{len(results)} runs of digest-newsroom {__version__} (code {code_version()}).

    digest lab score {experiment.path.name}     # the same scores, from this folder alone

`runs/` has each digest as it was written and as it stands, with every verdict; `answers/` what the llm
answered; `sources.json` what was reported on. The prompts are in the YAML and in each run's `parameters`.

What cannot be made again from this folder: the {asked} requests were filled with the full text of articles,
which is the publishers' and stays in the archive of whoever ran it. To run the prompts anew, gather or import
those articles; what is asked with the same text then finds its answer here.
"""
