"""Trials of the lab, in a notebook: cells run in names of their own, and what came of them, for machines.

The lab puts several trials of a day behind the cells that they have in common. Each sees what those have made
and nothing of another trial; one that fails leaves the others alone. They are run side by side, since most of
a trial's time it waits for its llm.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeAlias

from digest_lib import settings
from digest_lib.cells import as_python
from digest_lib.errors import DigestError
from digest_lib.sections.fact_finding import facts_of
from digest_lib.turns import Beginning
from digest_lib.writing.draft import Revised
from digest_lib.writing.estimate import Estimate, Estimated, estimating
from digest_lib.writing.together import Together, sharing

#: The mime type under which a trial reaches the lab.
MIME: Final = "application/vnd.digest.trial+json"


@dataclass(frozen=True)
class Trial:
    """What came of a trial: its facts, or in `error` a line that says why there are none."""

    found: Mapping[str, Any]

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002 - IPython's protocol
        exclude: object = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        said = self.found.get("error") or f"{len(self.found.get('facts', {}).get('stories', []))} stories"
        return {"text/plain": f"{self.found.get('trial')}: {said}", MIME: dict(self.found)}


@dataclass(frozen=True)
class Branch:
    """The names of cells that several trials have in common, which are run when the first of them wants
    them: they may ask an llm, too."""

    make: Callable[[], Mapping[str, Any]]
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _came: list[Mapping[str, Any] | Exception] = field(default_factory=list, repr=False)

    @property
    def names(self) -> Mapping[str, Any]:
        """Raises, for each of its trials, what its cells raised."""
        with self._lock:
            if not self._came:
                try:
                    self._came.append(self.make())
                except Exception as error:  # each of its trials tells
                    self._came.append(error)
        if isinstance(came := self._came[0], Exception):
            raise came
        return came


Names: TypeAlias = Mapping[str, Any] | Branch
#: What a trial is made of: its name, the cells (joined), what they call the digest, and from which names.
Parts: TypeAlias = tuple[str, str, str, Names]


def begin() -> None:
    """Waits for this kernel's turn to make ready what its trials will ask. From here on no cell shows what it
    ends with: nobody would see a desk's tables, and what they hold is counted for them."""
    from IPython.core.getipython import get_ipython

    if shell := get_ipython():
        shell.ast_node_interactivity = "none"
    Beginning.take()


def branch(source: str, names: Names) -> Branch:
    """What is called what after `source` (cells joined) was run with a copy of `names`."""
    return Branch(lambda: _ran(source, names))


def trials(parts: Sequence[Parts]) -> list[Trial]:
    """Each of the trials, in their order, run side by side with as many requests under way as one has, or as
    many as all kernels have together. Each begins once the one before it has asked: were all of them made
    ready side by side, the first would ask as late as the last."""
    first = Together.of(len(parts), settings.llm_at_once(), settings.llm_slots())
    together = [first, *(first.another() for _ in parts[1:])]

    def ran(place: int) -> Trial:
        if place:
            together[place - 1].asked.wait()
        try:
            with sharing(together[place]):
                return trial(*parts[place])
        finally:
            together[place].asked.set()

    with ThreadPoolExecutor(len(parts), "trial") as pool:
        came = list(pool.map(ran, range(len(parts))))
    Beginning.over()  # nothing was asked
    return came


def dry_trials(parts: Sequence[Parts]) -> list[Trial]:
    """The same of `dry_trial`, one after another: none waits for anything."""
    return [dry_trial(*one) for one in parts]


def trial(name: str, source: str, digest: str, names: Names) -> Trial:
    """Runs `source` (cells joined) with a copy of `names`, and takes what it calls `digest`."""
    clock = time.monotonic()
    try:
        revised = _ran(source, names)[digest]
        assert isinstance(revised, Revised)
        found = told(revised)
    except Exception as error:
        kind = type(error).__name__
        line = (str(error).strip().splitlines() or [""])[0]
        found = {"error": line if isinstance(error, DigestError) else f"{kind}: {line}", "kind": kind}
    return Trial({"trial": name, "seconds": round(time.monotonic() - clock, 2), **found})


def dry_trial(name: str, source: str, digest: str, names: Names) -> Trial:
    """What the trial would ask of an llm at most: it is run up to where it would ask."""
    with estimating():
        try:
            _ran(source, names)[digest]
            found: dict[str, Any] = {"estimate": asdict(Estimate())}  # it asks none
        except Estimated as said:
            found = {"estimate": asdict(said.estimate)}
        except Exception as error:
            found = {"error": (str(error).strip().splitlines() or [type(error).__name__])[0]}
    return Trial({"trial": name, **found})


def _ran(source: str, names: Names) -> dict[str, Any]:
    """The names after the source was run. Raises what it raises."""
    if isinstance(names, Branch):
        names = names.names
    own = dict(names)
    exec(compile(as_python(source), "<trial>", "exec"), own)  # noqa: S102 - the researcher's own cells
    return own


def told(digest: Revised) -> dict[str, Any]:
    """A revised digest for machines: the post's facts, the draft as it was written, and every request with
    its tokens and time."""
    draft = digest.draft
    return {
        "unanswered": draft.llm.unanswered if draft.llm else draft.unanswered,
        "why": draft.writer.why,
        "facts": facts_of(digest).model_dump(mode="json"),
        "draft": draft.digest.model_dump(mode="json"),
        "requests": [
            {"step": r.step, "characters": len(r.prompt), "cached": r.is_cached, "seconds": r.seconds}
            for r in digest.requests
        ],
    }
