"""What a family has already published, so that it is not news again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from typing import Any

from digest_lib.stories.kinds import kind_of_texts
from digest_lib.stories.novelty import tells, what_is_new
from digest_lib.stories.published import UNREADABLE, facts_in
from digest_lib.stories.retold import is_plain, retold, says_something
from digest_lib.stories.story import Earlier, Story
from digest_lib.stories.threads import Strand, Threads
from digest_lib.stories.traits import Told, ids_in, told_traits, traits
from digest_lib.text.encoder import Encoder
from digest_lib.text.names import Aliases

#: How many days back a story can be continued, and an article counts as already told.
MEMORY = timedelta(days=30)

#: Likelihood above which a story goes on with a told one: where it has something new, and where not. What is
#: called a follow-up and is none misleads; one that is missed is still news.
CONTINUES, SURELY = 0.4, 0.9
#: Likelihood from which what brings nothing new is but another report of what was told.
AGAIN = 0.6


@dataclass(frozen=True)
class Past:
    """What earlier posts of a family told: the articles they cited and their stories, oldest first."""

    cited: Mapping[str, str] = field(default_factory=dict)  #: article id -> post
    stories: tuple[tuple[Earlier, tuple[Told, ...]], ...] = ()  #: with the reports they were told from
    language: str = ""  #: what the last of the posts is written in

    def continued(
        self,
        stories: Sequence[Story],
        background: Sequence[str] = (),
        meaning: Encoder | None = None,
        names: Sequence[str] = (),
        vendor: Sequence[str] = (),
    ) -> list[Story]:
        """The stories, each with `follows` when it continues an earlier one, `what_is_new` in it, and whether
        it is but `told_again`.

        One of them takes the earlier story's id, the one most like it: an id names one story a day. `names`
        are the family's, `vendor` those of its maker.
        """
        everybody = Aliases([*names, *vendor])
        told = self._threads(everybody)
        if not told or not stories:
            return list(stories)
        new = {s.id: Strand([traits(a) for a in s.articles], s.kind) for s in stories}
        words = [ids_in(text) for text in background]
        threads = Threads(list(new.values()), list(told.values()), words, meaning, [*names, *vendor])
        nearest = {
            story: max((threads.likely(i, k), thread) for k, thread in enumerate(told))
            for i, story in enumerate(new)
        }
        own, taken = {s.id for s in stories}, set[str]()
        found = {}
        for story in sorted(stories, key=lambda s: (-nearest[s.id][0], s.id)):
            likely, thread = nearest[story.id]
            news = what_is_new(story.articles, self._told(thread), everybody) if likely >= CONTINUES else ()
            again = 0.0
            if likely >= CONTINUES and not news:
                again = retold(new[story.id].reports, told[thread].reports, words, meaning, names)
            # A vendor announces a thing once: its next page without anything new is on something else.
            if news or again >= AGAIN or (likely >= SURELY and not story.official):
                # No two stories of a day have one id: not even where another has the thread's first article.
                name = story.id if thread in taken | own else thread
                taken.add(thread)
                found[story.id] = replace(
                    story, follows=self._last_told(thread), id=name,
                    told_again=again >= AGAIN and not self._tells_first(story, thread),
                    what_is_new=tuple(fact for fact in news if tells(fact, everybody)),
                )  # fmt: skip
        return [found.get(s.id, s) for s in stories]

    def _tells_first(self, story: Story, thread: str) -> bool:
        """Can readers read in the story what the posts only said was published?"""
        own = self.language.partition("-")[0]
        readable = any(article.lang.partition("-")[0] == own for article in story.articles)
        return readable and not any(told.plainly for told in self._told(thread))

    def _last_told(self, story: str) -> Earlier:
        """Where the story was told last: that is what a reader may remember."""
        return next(earlier for earlier, _ in reversed(self.stories) if earlier.story == story)

    def _told(self, story: str) -> list[Told]:
        """Everything that any post told of the story."""
        return [told for earlier, reports in self.stories for told in reports if earlier.story == story]

    def _threads(self, vendor: Aliases) -> dict[str, Strand]:
        """Everything told of each story, by its id."""
        reports: dict[str, list[Told]] = defaultdict(list)
        for earlier, sources in self.stories:
            reports[earlier.story] += [told for told in sources if says_something(told)]
        return {
            story: Strand(
                [told_traits(t, 0.0) for t in some], kind_of_texts([(t.title, t.said) for t in some], vendor)
            )
            for story, some in reports.items()
            if some
        }


def published_before(posts: Path, family: str, date: Date) -> Past:
    """What the posts of `family` of the days before `date` told, oldest first. Unreadable posts are passed
    over: they are set aside and reported when the site is rendered."""
    cited: dict[str, str] = {}
    stories: list[tuple[Earlier, tuple[Told, ...]]] = []
    language = ""
    for name, facts in _earlier_facts(posts, family, date):
        language = facts.get("language", "")
        for told in facts.get("stories", []):
            cited.update((article, name) for article in told["articles"] if article not in cited)
            stories.append((Earlier(name, told["id"], told["headline"]), tuple(_reports(told, facts))))
    return Past(cited, tuple(stories), language)


def _reports(story: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Told]:
    """The sources of a told story, each with the sentences that cite it; the headline goes with the first."""
    said: dict[str, list[str]] = defaultdict(list)
    plainly: set[str] = set()
    language = facts.get("language", "")
    for told in facts.get("digest", {}).get("stories", []):
        for sentence in told.get("sentences", []) if told.get("story") == story["id"] else []:
            for source in sentence.get("sources", []):
                said[source].append(sentence["text"])
                if sentence.get("kind") != "count" and is_plain(sentence["text"], language):
                    plainly.add(source)
    listed = {source["id"]: source for source in facts.get("sources", [])}
    sources = [listed[a] for a in story["articles"] if a in listed]
    return [
        Told(
            title=source["title"],
            said=" ".join([*([story["headline"]] if n == 0 else []), *said[source["id"]]]),
            url=source.get("url", ""),
            publisher=source.get("publisher", ""),
            lang=source.get("lang", "zh-Hant"),
            plainly=source["id"] in plainly,
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
            found.append((folder.name, facts_in(folder)))
        except UNREADABLE:
            continue
    return found
