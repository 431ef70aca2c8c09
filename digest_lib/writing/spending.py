"""What a run may still spend, in money and time: a limit that holds while requests are under way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from digest_lib.errors import BudgetReached

_LIMIT = "the run's limit of "
#: Output tokens that a request under way is reckoned with, until one has been answered.
_OUTPUT = 1_000


def is_limit(why: str) -> bool:
    """Does a writer say by this that a limit of its run ended it?"""
    return why.startswith(_LIMIT)


@dataclass
class Spending:
    """The limits of a run and what is spent of them. Safe to use from several threads.

    `cost` tells what so many tokens, in and out, may cost. A request is sent only while what is spent and
    what those under way are reckoned to cost leave something; so the limit is passed by one request at most.
    """

    max_cost_usd: float
    max_seconds: float
    cost: Callable[[int, int], float]
    clock: Callable[[], float] = time.monotonic
    spent: float = 0.0
    _reserved: float = 0.0
    _most_output: int = 0
    _started: float = field(init=False)
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def __post_init__(self) -> None:
        self._started = self.clock()

    def left_seconds(self) -> float:
        return self.max_seconds - (self.clock() - self._started)

    @contextmanager
    def request(self, input_tokens: int) -> Iterator[Callable[[float, int], None]]:
        """For the time of a request of so many tokens. What is yielded is told its cost and output tokens.
        Waits while requests under way may use up what is left; raises `BudgetReached` where it is used up."""
        with self._changed:
            own = self.cost(input_tokens, self._most_output or _OUTPUT)
            while self._reserved > 0 and self.spent < self.max_cost_usd <= self.spent + self._reserved + own:
                self._changed.wait(1.0)
            self._check()
            self._reserved += own
        try:
            yield self._settle
        finally:
            with self._changed:
                self._reserved = max(0.0, self._reserved - own)
                self._changed.notify_all()

    def _settle(self, usd: float, output_tokens: int) -> None:
        with self._changed:
            self.spent += usd
            self._most_output = max(self._most_output, output_tokens)

    def _check(self) -> None:
        if self.spent >= self.max_cost_usd:
            cents = self.max_cost_usd == round(self.max_cost_usd, 2)
            limit = f"{self.max_cost_usd:.2f}" if cents else f"{self.max_cost_usd:g}"
            raise BudgetReached(f"{_LIMIT}${limit} is reached")
        self.check_time()

    def check_time(self) -> None:
        """Raises `BudgetReached` where the run's time is over."""
        if self.left_seconds() <= 0:
            raise BudgetReached(f"{_LIMIT}{self.max_seconds:.0f} s is reached")
