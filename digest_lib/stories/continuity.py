"""What a family has already published, so that it is not news again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from digest_lib.stories.story import Earlier, Story
from digest_lib.text.vectors import tfidf

#: How many days back a story can be continued, and an article counts as already told.
MEMORY = timedelta(days=30)

#: Cosine above which a new story continues an earlier one. Higher than within a day: a wrong 後續 is worse
#: than a missing one.
CONTINUES = 0.28


@dataclass(frozen=True)
class Past:
    """What earlier posts of a family told: the articles they cited and their stories."""

    cited: Mapping[str, str] = field(default_factory=dict)  #: article id -> post
    stories: tuple[tuple[Earlier, str], ...] = ()  #: with the words to recognise it by

    def continued(self, story: Story, background: Sequence[str]) -> Story:
        """The story, with `follows` and the earlier story's id when it continues one."""
        earlier = self._nearest(story, background)
        return replace(story, follows=earlier, id=earlier.story) if earlier else story

    def _nearest(self, story: Story, background: Sequence[str]) -> Earlier | None:
        if not self.stories:
            return None
        words = [" ".join(a.title for a in story.articles)]
        known = [text for _, text in self.stories]
        vectors = tfidf([*words, *known, *background])
        cosines = np.asarray((vectors[1 : 1 + len(known)] @ vectors[0].T).todense()).ravel()
        # The newest of equals: continuity links to the last time it was told.
        best = max(range(len(known)), key=lambda i: (round(float(cosines[i]), 6), i))
        return self.stories[best][0] if cosines[best] >= CONTINUES else None


def published_before(posts: Path, family: str, date: Date) -> Past:
    """What the posts of `family` of the days before `date` told, oldest first. Unreadable posts are passed
    over: they are set aside and reported when the site is rendered."""
    cited: dict[str, str] = {}
    stories: list[tuple[Earlier, str]] = []
    for name, facts in _earlier_facts(posts, family, date):
        titles = {source["id"]: source["title"] for source in facts.get("sources", [])}
        for told in facts.get("stories", []):
            cited.update((article, name) for article in told["articles"] if article not in cited)
            words = " ".join([told["headline"], *(titles.get(a, "") for a in told["articles"])])
            stories.append((Earlier(name, told["id"], told["headline"]), words))
    return Past(cited, tuple(stories))


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
