"""How likely a story of today goes on with one that was told: the same event, or what came of it.

Two reports of one event are alike; what came of an event names it, and is on something else. So what counts
is not how alike two texts are, but whether one's headline is told by the other (as far as its words tell it
from all else that the family's news of these weeks is on), whether they share topics, and what they mean. A
thread is all that was told of an event, on however many days. A lesson, a course or a customer's story goes
on with nothing, and nothing goes on with it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from digest_lib.stories.grouping import other_versions
from digest_lib.stories.kinds import Kind
from digest_lib.stories.meaning import encoded
from digest_lib.stories.traits import KIND_BITS, KNOWN, ON_TOPIC, Ids, Traits, ids_of
from digest_lib.text.encoder import Encoder, Vectors
from digest_lib.text.scripts import fold
from digest_lib.text.vectors import tokens

#: Logistic regression on the cases of `tests/data/stories/threads-written.jsonl` (dev) and the recorded days
#: up to 27 July, as `bench/leads.py --fit` prints it: one weight a signal, then the intercept.
SIGNALS = (
    "topics",
    "covered",
    "both covered",
    "meaning",
    "meaning beyond the others",
    "across languages",
    "goes on",
)
WITH_ENCODER = (2.32, 7.25, 20.63, 5.82, 2.96, 1.36, 0.63, -7.36)
WITHOUT_ENCODER = (2.98, 8.66, 36.04, 0.0, 0.0, 1.06, 0.13, -5.71)

#: What goes on with nothing, and is not gone on with.
_ALONE = frozenset((Kind.EVENT, Kind.PARTNERSHIP))
#: What a page only explains, as its title says.
_EXPLAINS = re.compile(r"How\b")
#: What is found or thought of a product is no more of its launch.
_OF_A_PRODUCT = frozenset((Kind.RESEARCH, Kind.OPINION))
#: On a quiet day, counts say little; a word this common tells nothing; a title of little says little.
_FEW, _DULL, _LEAST = 100, 1.5, 1.5
#: What a shared topic counts: in both titles, in one, in none.
_IN_TITLES = (0.25, 0.6, 1.0)

#: Words for what goes on, in folded text.
_GOES_ON = re.compile(
    r"新进展|后续|再添|再次|扩大|曾报导|报导过|先前|此前|日前|稍早|上周|回应|澄清|终于|证实|承认|认了|坦承|原因|恢复|首度|仍"
    r"|被指|质疑|撤[下回]|道歉|致歉|和解|抗议"
    r"|\b(?:after|following|earlier|again|now|update|responds?|confirms?|clears?|throws out|asks|admits?"
    r"|resum\w+|last week|yesterday)\b"
)
#: What vendors begin their titles with, Introducing and Accelerating, tells none from another.
_BEGINS = re.compile(r"[A-Za-z]+ing(?= )")


@dataclass(frozen=True)
class Strand:
    """One story, of today or told: the articles or reports of it, and what kind of event it is."""

    reports: Sequence[Traits]
    kind: Kind | None = None

    @cached_property
    def words(self) -> dict[int, bool]:
        """The words of all reports -> is one in a title?"""
        found: dict[int, bool] = {}
        for report in self.reports:
            for word, titled in zip(report.bag.ids.tolist(), report.bag.titled.tolist(), strict=True):
                found[word] = found.get(word, False) or titled
        return found

    @cached_property
    def named(self) -> set[int]:
        """The well-known names that at least half of the titles have."""
        uses = Counter(
            word
            for r in self.reports
            for word in r.bag.ids[r.bag.titled].tolist()
            if word & int(KIND_BITS) == KNOWN
        )
        return {word for word, n in uses.items() if 2 * n >= len(self.reports)}

    @cached_property
    def titles(self) -> list[set[int]]:
        """The words of each title that may tell what it is on."""
        return [_telling_title(r) for r in self.reports]


def _telling_title(report: Traits) -> set[int]:
    begins = _BEGINS.match(report.headline)
    dull = set(ids_of(tokens(begins[0])).tolist()) if begins else set()
    ids = report.bag.ids[report.bag.titled].tolist()
    return {word for word in ids if word & int(KIND_BITS) != ON_TOPIC and word not in dull}


class Threads:
    """Stories of today beside told ones, all about one family, whose `names` tell none from another."""

    def __init__(
        self,
        stories: Sequence[Strand],
        told: Sequence[Strand],
        background: Sequence[Ids],
        meaning: Encoder | None,
        names: Sequence[str],
    ) -> None:
        self.stories, self.told = stories, told
        self._own = set(ids_of(word for name in names for word in tokens(name)).tolist())
        self._uses = Counter(word for text in background for word in text.tolist())
        for strand in (*stories, *told):
            self._uses.update(strand.words)
        self._total = max(len(background) + len(stories) + len(told), _FEW)
        self._by_meaning = meaning is not None
        self._vectors = _vectors([*stories, *told], meaning, names)
        # Two texts of one trade are alike; the median is what a told story has in common with any of today.
        near = [[self._meaning(i, k) for k in range(len(told))] for i in range(len(stories))]
        self._usual = [float(np.median(row)) if row else 0.0 for row in near]

    def likely(self, story: int, told: int) -> float:
        """How likely the story goes on with the told one, 0 to 1."""
        if not self.may(story, told):
            return 0.0
        weights = WITH_ENCODER if self._by_meaning else WITHOUT_ENCODER
        total = sum(w * s for w, s in zip(weights, self.signals(story, told), strict=False)) + weights[-1]
        return round(1 / (1 + math.exp(-total)), 4)

    def signals(self, story: int, told: int) -> tuple[float, ...]:
        """The signals of `SIGNALS`, in their order."""
        new, old = self.stories[story], self.told[told]
        ours = max((self._covered(title, old.words) for title in new.titles), default=0.0)
        theirs = max((self._covered(title, new.words) for title in old.titles), default=0.0)
        across = not {r.language for r in new.reports} & {r.language for r in old.reports}
        goes_on = any(_GOES_ON.search(fold(f"{r.headline}\n{r.lead[:120]}")) for r in new.reports)
        return (
            math.log1p(self._topics(new.words, old.words)),
            max(ours, theirs),
            ours * theirs,
            self._meaning(story, told),
            self._meaning(story, told) - self._usual[story],
            float(across),
            float(goes_on),
        )

    def may(self, story: int, told: int) -> bool:
        """May it go on with that one at all, by what both are?"""
        new, old = self.stories[story], self.told[told]
        if {new.kind, old.kind} & _ALONE or any(r.roundup for r in new.reports):
            return False
        if any(all(_EXPLAINS.match(r.headline) for r in strand.reports) for strand in (new, old)):
            return False
        # What most headlines of an event name, what comes of it names, too.
        named = old.named - self._own
        if named and not named & new.words.keys():
            return False
        if old.kind is Kind.LAUNCH and new.kind in _OF_A_PRODUCT:
            turns = any(_GOES_ON.search(fold(r.headline)) for r in new.reports)
            if not turns:
                return False
        return not all(other_versions(a, b) for a in new.reports for b in old.reports)

    def _rarity(self, word: int) -> float:
        if word in self._own:
            return 0.0
        return max(math.log((self._total + 1) / (self._uses[word] + 1)) - _DULL, 0.0)

    def _covered(self, title: Iterable[int], words: Mapping[int, bool]) -> float:
        """How much of what a title tells stands among the words."""
        rare = [(word, self._rarity(word)) for word in title]
        return sum(r for word, r in rare if word in words) / (sum(r for _, r in rare) + _LEAST)

    def _topics(self, new: Mapping[int, bool], old: Mapping[int, bool]) -> float:
        shared = [word for word in new.keys() & old.keys() if word & int(KIND_BITS) == ON_TOPIC]
        return sum(self._rarity(word) * _IN_TITLES[new[word] + old[word]] for word in sorted(shared))

    def _meaning(self, story: int, told: int) -> float:
        """The closest that any title or lead of the one comes to any of the other."""
        if not self._by_meaning:
            return 0.0
        one, other = self._vectors[story], self._vectors[len(self.stories) + told]
        return max(float(np.max(one @ other.T, initial=0.0)), 0.0)


def _vectors(strands: Sequence[Strand], meaning: Encoder | None, names: Sequence[str]) -> list[Vectors]:
    """Of each strand, the vectors of all its titles and leads."""
    found = encoded([r for s in strands for r in s.reports], meaning, names)
    if found is None:
        return []
    made, start = [], 0
    for strand in strands:
        stop = start + len(strand.reports)
        made.append(np.concatenate([found[0][start:stop], found[1][start:stop]]))
        start = stop
    return made
