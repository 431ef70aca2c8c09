"""The sample newsroom, of which some feeds fail; and which alarms that should raise."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from digest_lib.running.newsroom import Newsroom
from digest_lib.running.press import Answer
from digest_lib.running.troubles import FAILS


class FailingNewsroom(Newsroom):
    """Answers 503 for the addresses in `failing`."""

    failing: frozenset[str] = frozenset()

    def _answer(self, url: str) -> Answer:
        if url in self.failing:
            return Answer(503, b"", "text/plain", {})
        return super()._answer(url)


def failures(urls: Sequence[str], days: int, share: float, seed: int) -> list[frozenset[str]]:
    """The addresses that fail on each day, each with the chance `share`."""
    chance = random.Random(seed)
    return [frozenset(url for url in urls if chance.random() < share) for _ in range(days)]


def expected_alarms(plan: Sequence[frozenset[str]], titles: Mapping[str, str]) -> list[tuple[list[str], int]]:
    """For each day the titles of the feeds that somebody is told of, and how many are told to be over: a feed
    that has failed so often in a row, once, and once when it answers again."""
    found, told = [], set[str]()
    for number in range(len(plan)):
        long = {
            url
            for url in titles
            if number + 1 >= FAILS and all(url in day for day in plan[number + 1 - FAILS : number + 1])
        }
        found.append((sorted(titles[url] for url in long - told), len(told - long)))
        told = long
    return found
