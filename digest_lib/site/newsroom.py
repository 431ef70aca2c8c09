"""All that the site's pages are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from digest_lib.site.adopted import Report
from digest_lib.site.config import Config
from digest_lib.site.events import Event, by_key, events_of
from digest_lib.site.faces import Faces
from digest_lib.site.font_files import headline_font, text_fonts
from digest_lib.site.inputs import name_of, told
from digest_lib.site.posts import Post
from digest_lib.site.tallies import Tallies
from digest_lib.site.usual import usual

#: By (post, story): the page of the story's event, and on how many days that was told.
Places = Mapping[tuple[str, str], tuple[str, int]]


@dataclass(frozen=True)
class Newsroom:
    """Posts newest first, the names of the families by key, the site's settings, and what follows from
    these."""

    posts: Sequence[Post]
    families: Mapping[str, str]
    config: Config
    #: what was adopted of experiments, newest first
    reports: Sequence[Report] = ()
    #: the characters of Chinese text in the page frame (by no name), and in scripts by the kind of page
    words: Mapping[str, str] = field(default_factory=dict)
    #: files among the reports that are none: no page is made of these
    misread: Sequence[Path] = ()

    @cached_property
    def made_of(self) -> str:
        """All that pages are made from, in a line."""
        return told((self.posts, self.families, self.config, self.reports, self.words))

    @cached_property
    def faces(self) -> Faces:
        """The files of the site's own faces."""
        names = [self.config.title, *self.families.values()]
        fonts = text_fonts()
        common = usual(self.posts, [*names, self.words.get("", "")]) if fonts else (set[str](), set[str]())
        return Faces(self.posts, names, headline_font(), fonts, common, self.words)

    @property
    def dressed(self) -> bool:
        """Whether there is a font to cut the site's text face from."""
        return bool(text_fonts())

    @cached_property
    def settings(self) -> str:
        """A name of the site's settings: short, for it is in the name of every page and feed."""
        return name_of(self.config)

    def places(self, posts: Iterable[Post]) -> Places:
        """Where the stories of these posts lead."""
        keys = ((post.name, story.id) for post in posts for story in post.brief.stories)
        events = {key: self.event_of[key] for key in keys if key in self.event_of}
        return {key: (event.path, len(event.days)) for key, event in events.items()}

    @cached_property
    def events(self) -> list[Event]:
        return events_of(self.posts)

    @cached_property
    def event_of(self) -> dict[tuple[str, str], Event]:
        """The event of every (post, story)."""
        return by_key(self.events)

    @cached_property
    def by_day(self) -> dict[date, list[Event]]:
        """The events that were told on each day."""
        days: dict[date, list[Event]] = defaultdict(list)
        for event in self.events:
            for day in event.days:
                days[day].append(event)
        return days

    @cached_property
    def tallies(self) -> Tallies:
        """What all posts together count."""
        return Tallies(self.posts, self.families)

    @cached_property
    def _by_family(self) -> dict[str, list[Post]]:
        found: dict[str, list[Post]] = defaultdict(list)
        for post in self.posts:
            found[post.brief.family].append(post)
        return found

    def of(self, family: str) -> list[Post]:
        """A family's posts, newest first."""
        return self._by_family.get(family, [])

    @cached_property
    def days(self) -> list[date]:
        """The days on which there were posts, newest first."""
        return sorted({post.brief.day for post in self.posts}, reverse=True)

    def on(self, day: date) -> list[Post]:
        """The day's posts."""
        return [post for post in self.posts if post.brief.day == day]
