"""Events: what several posts tell of one story, over days and families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from digest_lib.checking.digest import DigestStory
from digest_lib.sections.facts import Source, StoryFacts
from digest_lib.sections.markup import slug
from digest_lib.site.brief import StoryBrief
from digest_lib.site.posts import Post

#: The same event for two families: so much of the smaller story's articles is the other's, too.
_SHARED = 0.5


@dataclass(frozen=True)
class Told:
    """A story as one post tells it."""

    post: Post
    brief: StoryBrief

    @cached_property
    def made_of(self) -> str:
        """What it holds, in a line."""
        return f"{self.post.made_of}#{self.id}"

    @property
    def id(self) -> str:
        """The story's id."""
        return self.brief.id

    @property
    def key(self) -> tuple[str, str]:
        """(post, story): what the post's own link to it is made of."""
        return self.post.name, self.brief.id

    @property
    def family(self) -> str:
        """The key of the post's family."""
        return self.post.brief.family

    @property
    def day(self) -> date:
        return self.post.brief.day

    @cached_property
    def story(self) -> StoryFacts:
        """All that the post knows about it."""
        return next(story for story in self.post.facts.stories if story.id == self.id)

    @cached_property
    def text(self) -> DigestStory | None:
        """What the post writes about it."""
        return next((t for t in self.post.facts.digest.stories if t.story == self.id), None)

    @cached_property
    def sources(self) -> list[Source]:
        """The articles that it is told from, as the post lists them."""
        own = set(self.story.articles)
        return [source for source in self.post.facts.sources if source.id in own]


@dataclass(frozen=True)
class Event:
    """One event as it was told: by day, and within a day by the size of the story."""

    told: Sequence[Told]

    @cached_property
    def made_of(self) -> str:
        """What its tellings hold, in a line."""
        return f"({','.join(told.made_of for told in self.told)})"

    @property
    def id(self) -> str:
        """The id under which it was told first."""
        return self.told[0].id

    @cached_property
    def path(self) -> str:
        """Its page, from the top of the site."""
        return story_path(self.id)

    @property
    def title(self) -> str:
        """What it has become: the newest headline."""
        return self.newest.brief.title

    @property
    def about(self) -> str:
        """What was last known of it, in a sentence; its title where no sentence stands."""
        told = self.newest.text
        said = [s.text for s in told.sentences if s.kind != "count"] if told else []
        return said[0] if said else self.title

    @property
    def newest(self) -> Told:
        """As it was told last; of a day's posts, by the one with most articles on it."""
        return self.on(self.last)[0]

    @property
    def first(self) -> date:
        return self.told[0].day

    @property
    def last(self) -> date:
        return self.told[-1].day

    @cached_property
    def days(self) -> list[date]:
        """The days on which it was told, oldest first."""
        return sorted(self._by_day)

    @cached_property
    def families(self) -> list[str]:
        """The keys of the families that tell it, the one that told it first first."""
        return list(dict.fromkeys(told.family for told in self.told))

    @cached_property
    def publishers(self) -> list[str]:
        """Everybody who reported it, in the order in which the posts list them."""
        return list(dict.fromkeys(source.publisher for told in self.told for source in told.sources))

    @cached_property
    def other_ids(self) -> list[str]:
        """Further ids under which it was told: their addresses lead to its page."""
        return sorted({told.id for told in self.told} - {self.id})

    @cached_property
    def _by_day(self) -> dict[date, list[Told]]:
        days: dict[date, list[Told]] = defaultdict(list)
        for told in self.told:
            days[told.day].append(told)
        return dict(days)

    def until(self, day: date) -> Event:
        """The event as it was known at the end of a day."""
        if self.last <= day:
            return self
        return Event([told for told in self.told if told.day <= day])

    def on(self, day: date) -> list[Told]:
        """How it was told on a day."""
        return self._by_day.get(day, [])


def story_path(story: str) -> str:
    """The page of a story's id, from the top of the site: the same for ever, since ids are stable."""
    return f"stories/{slug(story)}.html"


def events_of(posts: Iterable[Post]) -> list[Event]:
    """Every told story's event, by the day and id of its first telling. `posts` may be in any order.

    Tellings are of one event when they have the same id, when one says that it follows the other, or when
    two families tell them from the same articles.
    """
    told = [Told(post, story) for post in posts if not post.brief.retracted for story in post.brief.stories]
    told.sort(key=lambda t: (t.day, -len(t.brief.articles), t.key))
    groups = _Groups(told)
    groups.join_same_ids()
    groups.join_follow_ups()
    groups.join_shared_articles()
    return sorted((Event(group) for group in groups.found()), key=lambda e: (e.first, e.id))


def by_key(events: Iterable[Event]) -> dict[tuple[str, str], Event]:
    """The event of every (post, story)."""
    return {told.key: event for event in events for told in event.told}


class _Groups:
    """Which tellings belong together: a union-find over their numbers, oldest first."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._told = told
        self._root = list(range(len(told)))
        self._posts = [{t.post.name} for t in told]

    def join_same_ids(self) -> None:
        first: dict[str, int] = {}
        for number, told in enumerate(self._told):
            self._join(first.setdefault(told.id, number), number)

    def join_follow_ups(self) -> None:
        numbers = {told.key: number for number, told in enumerate(self._told)}
        for number, told in enumerate(self._told):
            follows = told.brief.follows
            before = numbers.get(follows) if follows else None
            if before is not None and self._told[before].day < told.day:
                self._join(before, number)

    def join_shared_articles(self) -> None:
        """Two stories of one post are two events, whatever they share."""
        articles: dict[int, set[str]] = defaultdict(set)
        for number, told in enumerate(self._told):
            articles[self._find(number)].update(told.brief.articles)
        owners: dict[str, list[int]] = defaultdict(list)
        shared: dict[tuple[int, int], int] = defaultdict(int)
        for root, own in articles.items():
            for article in sorted(own):
                for other in owners[article]:
                    shared[other, root] += 1
                owners[article].append(root)
        for (one, other), common in shared.items():
            enough = common >= _SHARED * min(len(articles[one]), len(articles[other]))
            if enough and not self._posts[self._find(one)] & self._posts[self._find(other)]:
                self._join(one, other)

    def found(self) -> Iterable[list[Told]]:
        groups: dict[int, list[Told]] = {}
        for number, told in enumerate(self._told):
            groups.setdefault(self._find(number), []).append(told)
        return groups.values()

    def _find(self, number: int) -> int:
        while self._root[number] != number:
            self._root[number] = self._root[self._root[number]]
            number = self._root[number]
        return number

    def _join(self, one: int, other: int) -> None:
        low, high = sorted((self._find(one), self._find(other)))
        if low != high:
            self._root[high] = low
            self._posts[low] |= self._posts[high]
