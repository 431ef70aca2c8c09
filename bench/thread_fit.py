"""The weights of what makes a story go on with a told one, fitted to labelled pairs of the two."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from story_data import REPOSITORY, families
from story_fit import logistic

from digest_lib.articles.article import Article
from digest_lib.stories.kinds import kind_of, kind_of_texts
from digest_lib.stories.story import Stories
from digest_lib.stories.threads import Strand, Threads
from digest_lib.stories.traits import Told, ids_in, told_traits, traits
from digest_lib.text.encoder import Encoder
from digest_lib.text.names import Aliases
from digest_lib.text.scripts import language_of

WRITTEN = REPOSITORY / "tests" / "data" / "stories" / "threads-written.jsonl"
_NOW = datetime(2026, 7, 28, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """A day: what was told, what is new, and for each of the new ones which told one it goes on with."""

    threads: Threads
    follows: Sequence[int | None]
    titles: Sequence[str]
    #: where a told event has several stories: the chains of the new and of the told ones
    chains: Sequence[set[str]] = ()
    told_chains: Sequence[set[str]] = ()

    def goes_on(self, new: int, told: int) -> bool:
        if self.chains:
            return bool(self.chains[new] & self.told_chains[told])
        return self.follows[new] == told


def written(part: str, meaning: Encoder | None) -> list[Case]:
    """The days of the written cases; what the other days tell is what else is in the news."""
    rows = [json.loads(line) for line in WRITTEN.read_text("utf-8").splitlines()]
    known = families()
    return [_case(row, rows, known, meaning) for row in rows if row["part"] == part]


def _case(
    row: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    known: Mapping[str, Any],
    meaning: Encoder | None,
) -> Case:
    names = known[row["family"]]["aliases"]
    vendor = Aliases(names)
    told = [
        Told(t["title"], t["said"], f"https://p{k}.example/{k}", f"P{k}", language_of(t["title"]))
        for k, t in enumerate(row["past"])
    ]
    old = [Strand([told_traits(t, 0.0)], kind_of_texts([(t.title, t.said)], vendor)) for t in told]
    new = []
    for k, t in enumerate(row["today"]):
        lang = language_of(f"{t['title']}\n{t['summary']}")
        url = f"https://n{k}.example/{k}"
        one = Article(f"n{k}", url, t["title"], t["summary"], f"N{k}", "", lang, _NOW, _NOW)
        new.append(Strand([traits(one)], kind_of([one], vendor)))
    others = [
        f"{a['title']}\n{a.get('said', a.get('summary', ''))}"
        for other in rows if other is not row for a in (*other["past"], *other["today"])
    ]  # fmt: skip
    background = [ids_in(text) for text in others]
    return Case(
        Threads(new, old, background, meaning, names),
        [t["follows"] for t in row["today"]],
        [t["title"] for t in row["today"]],
    )


def fitted(cases: Sequence[Case], penalty: float = 2.0) -> np.ndarray:
    """One weight a signal and the intercept, from all pairs that may go on at all."""
    pairs = [
        (case.threads.signals(i, k), case.goes_on(i, k))
        for case in cases
        for i in range(len(case.threads.stories))
        for k in range(len(case.threads.told))
        if case.threads.may(i, k)
    ]
    return logistic(np.array([s for s, _ in pairs]), np.array([same for _, same in pairs]), penalty)


def scored(cases: Sequence[Case], least: float) -> tuple[int, int, int, list[str]]:
    """Follow-ups right, missed and false, and which are wrong."""
    right = missed = false = 0
    wrong = []
    for case in cases:
        for i, (follows, title) in enumerate(zip(case.follows, case.titles, strict=True)):
            likely, k = max(
                ((case.threads.likely(i, k), k) for k in range(len(case.threads.told))), default=(0.0, -1)
            )
            found = k if likely >= least else None
            is_right = found is not None and case.goes_on(i, found)
            right += is_right
            missed += follows is not None and not is_right
            false += found is not None and not is_right
            if (found is not None or follows is not None) and not is_right:
                wrong.append(f"{title[:50]}: {likely:.2f} with {k}, is {follows}")
    return right, missed, false, wrong


def recorded(
    days: Sequence[Stories],
    labels: Sequence[Mapping[str, Any]],
    articles: Sequence[Article],
    meaning: Encoder | None,
) -> list[tuple[str, Case]]:
    """(day, case) of every day that told something after a day that did. What an article continues is any
    story of the chain of labels that it stands in."""
    chains = _chains(labels)
    made = []
    for family, parameters in families().items():
        names = parameters["aliases"]
        told: list[Strand] = []
        chain_of: list[set[str]] = []
        for day in sorted((d for d in days if d.family == family), key=lambda d: d.day.date):
            new = [Strand([traits(a) for a in s.articles], s.kind) for s in day]
            chain = [{chains[family, a.id] for a in s.articles if (family, a.id) in chains} for s in day]
            if told and new:
                news = [
                    ids_in(f"{a.title}\n{a.summary}")
                    for a in articles
                    if day.day.shifted(-1).cutoff < a.seen <= day.day.cutoff
                ]
                follows = [next((k for k, c in enumerate(chain_of) if c & mine), None) for mine in chain]
                threads = Threads(new, told, news, meaning, names)
                case = Case(threads, follows, [s.lead.title for s in day], chain, chain_of.copy())
                made.append((str(day.day.date), case))
            told, chain_of = [*told, *new], [*chain_of, *chain]
    return made


def _chains(labels: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """(family, article) -> the first article of its chain."""
    found: dict[tuple[str, str], str] = {}
    for label in sorted(labels, key=lambda f: str(f["day"])):
        family, earlier = label["family"], label["earlier"]
        first = found.setdefault((family, earlier), earlier)
        for article in {*label.get("articles", ()), *([label["article"]] if "article" in label else [])}:
            found.setdefault((family, article), first)
    return found
