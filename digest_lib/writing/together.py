"""Several runs of one process that ask an llm side by side: they share its limits, and what they ask alike.

Digests that are written at the same time, as the lab's trials are, would each have as many requests under way
as one that is written alone. Here they have so many between them, and a request that two of them make is sent
once. Nothing of what they write depends on which of them comes first.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from digest_lib import settings
from digest_lib.turns import Beginning, Slots

#: So many kernels are under way for each whose requests may be: one waits, one reads and checks, one begins,
#: and one that has nothing to ask is in nobody's way. With three, now and then too little is asked for
#: (`bench/lab.py`).
KERNELS: Final = 4


@dataclass(frozen=True)
class Together:
    """What runs share that ask side by side."""

    #: how many they are
    runs: int
    #: requests that may be under way at once
    at_once: int
    #: held while a request is under way
    turn: threading.Semaphore | Slots = field(repr=False)
    #: set once it has asked for the first time
    asked: threading.Event = field(default_factory=threading.Event, repr=False)
    _answers: dict[str, threading.Lock] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @classmethod
    def of(cls, runs: int, at_once: int, slots: Path | None = None) -> Together:
        """So many runs, with so many requests at once; with as many as `slots` has files, where other
        processes take their turns there, too."""
        if slots is None:
            return cls(runs, at_once, threading.Semaphore(at_once))
        return cls(runs * KERNELS, at_once, Slots(slots))

    def another(self) -> Together:
        """The same for another of the runs."""
        return replace(self, asked=threading.Event())

    @contextmanager
    def under_way(self, answer: str) -> Iterator[None]:
        """Held while the answer is looked up or asked for; `answer` is where it is kept."""
        Beginning.over()
        self.asked.set()
        with self._lock:
            own = self._answers.setdefault(answer, threading.Lock())
        with own:
            if isinstance(self.turn, Slots):
                with self.turn.alone(answer):
                    yield
            else:
                yield


_shared: ContextVar[Together | None] = ContextVar("together", default=None)


@contextmanager
def sharing(together: Together) -> Iterator[None]:
    """For its time, in this thread, a run that begins is one of these."""
    token = _shared.set(together)
    try:
        yield
    finally:
        _shared.reset(token)


def shared(at_once: int) -> Together:
    """What the run that begins shares with others of its process, or with those of others that take turns;
    its own where it is alone."""
    return _shared.get() or Together.of(1, at_once, settings.llm_slots())
