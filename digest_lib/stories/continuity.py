"""What a family has already published, so that it is not news again."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Any

from digest_lib.stories import grouping
from digest_lib.stories.novelty import what_is_new
from digest_lib.stories.story import Earlier, Story
from digest_lib.stories.traits import Ids, Told, Traits, ids_in, told_traits, traits
from digest_lib.text.encoder import Encoder

#: How many days back a story can be continued, and an article counts as already told.
MEMORY = timedelta(days=30)

#: Mean likelihood, over the new articles, of the nearest earlier report above which a story continues it. On
#: twelve recorded days (`bench/leads.py`): 9 follow-ups right, 8 missed, 1 false; with 0.15: 12, 5 and 4.
#: What is called a follow-up and is none misleads; one that is missed is still news.
CONTINUES = 0.2

#: Likelihood without the encoder above which an earlier report is worth encoding.
_WORTH_ENCODING = 0.02
#: An older report is compared as if it were this many days old: a follow-up may come weeks later.
_AT_MOST_DAYS_AGO = 2.0
#: A word of a title, or a character where words are not parted.
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")
#: The articles of a longer window are compared as if all were of its first day, as where it was measured.
_ONE_DAY = 1.0


@dataclass(frozen=True)
class Past:
    """What earlier posts of a family told: the articles they cited and their stories, oldest first."""

    cited: Mapping[str, str] = field(default_factory=dict)  #: article id -> post
    stories: tuple[tuple[Earlier, tuple[Told, ...]], ...] = ()  #: with the reports they were told from

    def continued(
        self,
        stories: Sequence[Story],
        background: Sequence[str],
        meaning: Encoder | None = None,
        names: Sequence[str] = (),
    ) -> list[Story]:
        """The stories, each with `follows` and `what_is_new` when it continues an earlier one.

        One of them takes the earlier story's id, the one most like it: an id names one story a day.
        """
        nearest = self._nearest(stories, background, meaning, names)
        taken: set[str] = set()
        found = {}
        for story in sorted(stories, key=lambda s: (-nearest[s.id][0] if s.id in nearest else 0.0, s.id)):
            if story.id in nearest:
                earlier = self._last_told(self.stories[nearest[story.id][1]][0].story)
                news = what_is_new(story.articles, self._told(earlier.story))
                name = story.id if earlier.story in taken else earlier.story
                taken.add(earlier.story)
                found[story.id] = replace(story, follows=earlier, what_is_new=news, id=name)
        return [found.get(s.id, s) for s in stories]

    def _last_told(self, story: str) -> Earlier:
        """Where the story was told last: that is what a reader may remember."""
        return next(earlier for earlier, _ in reversed(self.stories) if earlier.story == story)

    def _told(self, story: str) -> list[Told]:
        """Everything that any post told of the story."""
        return [told for earlier, reports in self.stories for told in reports if earlier.story == story]

    def _nearest(
        self,
        stories: Sequence[Story],
        background: Sequence[str],
        meaning: Encoder | None,
        names: Sequence[str],
    ) -> dict[str, tuple[float, int]]:
        """For each story that continues one: how likely, and which of `self.stories`."""
        likely = self.likely(stories, background, meaning, names)
        return {name: max((mean, k) for k, mean in found.items()) for name, found in likely.items()}

    def likely(
        self,
        stories: Sequence[Story],
        background: Sequence[str],
        meaning: Encoder | None,
        names: Sequence[str],
    ) -> dict[str, dict[int, float]]:
        """For each story that continues some: which of `self.stories`, and how likely."""
        reports = [
            (k, told) for k, (_, reports) in enumerate(self.stories) for told in reports
            # A page that is called «ChatGPT» is taken up by every headline with the name in it.
            if len(_WORD.findall(told.title)) > 1
        ]  # fmt: skip
        articles = [(s.id, traits(a)) for s in stories for a in s.articles]
        if not reports or not articles:
            return {}
        today = min(t.day for _, t in articles)
        # In a window of a week the last article would stand too far from every report to be compared.
        articles = [(name, replace(t, day=min(t.day, today + _ONE_DAY))) for name, t in articles]
        known = [(k, told_traits(told, today - _AT_MOST_DAYS_AGO)) for k, told in reports]
        likely = _likely(known, articles, background, meaning, names)
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for (name, k), values in sorted(likely.items()):
            count = sum(1 for owner, _ in articles if owner == name)
            mean = round(sum(values.values()) / count, 4)
            if mean >= CONTINUES:
                found[name][k] = mean
        return found


def _likely(
    known: Sequence[tuple[int, Traits]],
    articles: Sequence[tuple[str, Traits]],
    background: Sequence[str],
    meaning: Encoder | None,
    names: Sequence[str],
) -> dict[tuple[str, int], dict[int, float]]:
    """(story, earlier story) -> article -> its likelihood with the nearest report of that earlier story."""
    words = [ids_in(text) for text in background]
    rough = _across([t for _, t in known], [t for _, t in articles], words, None, names)
    if meaning is not None and rough:
        olds = sorted({old for old, _ in rough})
        news = sorted({new for _, new in rough})
        fine = _across([known[o][1] for o in olds], [articles[n][1] for n in news], words, meaning, names)
        rough = {(olds[o], news[n]): p for (o, n), p in fine.items()}
    found: dict[tuple[str, int], dict[int, float]] = defaultdict(dict)
    for (old, new), p in rough.items():
        row = found[articles[new][0], known[old][0]]
        row[new] = max(p, row.get(new, 0.0))
    return found


def _across(
    known: Sequence[Traits],
    articles: Sequence[Traits],
    background: Sequence[Ids],
    meaning: Encoder | None,
    names: Sequence[str],
) -> dict[tuple[int, int], float]:
    """(number of the report, number of the article) -> likelihood, where there is one to speak of."""
    together = [*known, *articles]
    order = sorted(range(len(together)), key=lambda k: (together[k].day, k))
    i, j, likely = grouping.likely_pairs([together[k] for k in order], background, meaning, names)
    found = {}
    for a, b, p in zip(i.tolist(), j.tolist(), likely.tolist(), strict=True):
        old, new = sorted((order[a], order[b]))
        if old < len(known) <= new and p >= _WORTH_ENCODING:
            found[old, new - len(known)] = p
    return found


def published_before(posts: Path, family: str, date: Date) -> Past:
    """What the posts of `family` of the days before `date` told, oldest first. Unreadable posts are passed
    over: they are set aside and reported when the site is rendered."""
    cited: dict[str, str] = {}
    stories: list[tuple[Earlier, tuple[Told, ...]]] = []
    for name, facts in _earlier_facts(posts, family, date):
        for told in facts.get("stories", []):
            cited.update((article, name) for article in told["articles"] if article not in cited)
            stories.append((Earlier(name, told["id"], told["headline"]), tuple(_reports(told, facts))))
    return Past(cited, tuple(stories))


def _reports(story: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Told]:
    """The sources of a told story, each with the sentences that cite it; the headline goes with the first."""
    said: dict[str, list[str]] = defaultdict(list)
    for told in facts.get("digest", {}).get("stories", []):
        for sentence in told.get("sentences", []) if told.get("story") == story["id"] else []:
            for source in sentence.get("sources", []):
                said[source].append(sentence["text"])
    listed = {source["id"]: source for source in facts.get("sources", [])}
    sources = [listed[a] for a in story["articles"] if a in listed]
    return [
        Told(
            title=source["title"],
            said=" ".join([*([story["headline"]] if n == 0 else []), *said[source["id"]]]),
            url=source.get("url", ""),
            publisher=source.get("publisher", ""),
            lang=source.get("lang", "zh-Hant"),
        )
        for n, source in enumerate(sources)
    ]


def _earlier_facts(posts: Path, family: str, date: Date) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for folder in sorted(posts.glob(f"????-??-??-{family}")):
        try:
            when = Date.fromisoformat(folder.name[:10])
            if not date - MEMORY <= when < date:
                continue
            notebook = json.loads((folder / "index.ipynb").read_text("utf-8"))
            found.append((folder.name, notebook["metadata"]["digest"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return found
