"""What an experiment's kernels import, imported while it is found out what is to be run.

It takes longer than all else before the first request, and on a processor that has nothing to do yet. So it
is begun before the experiment is even read, and this module imports nothing of what that needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from digest_lib.running.forking import Preloaded
from digest_lib.running.kernels import NO_PICTURES
from digest_lib.settings import Home, environment_of

#: What a worker is to do, and a kernel: it and what it imports are there before there is one.
_TASK: Final = ("digest_lib.lab.work", "digest_lib.sections.trial")
_ASKING: Final = "digest_lib.writing.client_ahead"
#: Of an experiment's folder: written when all of it has run.
SCORES: Final = "scores.csv"


@contextmanager
def ahead(home: Home, experiment: Path, *, asks: bool) -> Iterator[None]:
    """Has it imported meanwhile, where something seems to be left to run of the experiment of a file."""
    if seems_done(home, experiment):
        yield
        return
    with ExitStack() as stack:
        with environment_of({"DIGEST_FETCH": "no"}):  # nor will a kernel
            stack.enter_context(Preloaded.ahead(*imports(asks=asks)))
        yield


def seems_done(home: Home, experiment: Path) -> bool:
    """Whether there is nothing to run: no such file, or it was run to its end after it and the notebooks were
    changed last. A guess that costs nothing, by which nothing but time is won or lost."""
    scores = experiment.with_suffix("") / SCORES
    if not experiment.is_file() or not scores.is_file():
        return not experiment.is_file()
    changed = (path.stat().st_mtime for path in (experiment, *home.notebooks.glob("*.ipynb")))
    return scores.stat().st_mtime > max(changed)


def imports(*, asks: bool) -> tuple[str, ...]:
    """What workers and kernels import beside what all do; `asks`: and where they may ask an llm."""
    return (NO_PICTURES, *_TASK, *([_ASKING] if asks else []))
