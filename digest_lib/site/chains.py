"""Stories that went on over several posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest_lib.sections.facts import StoryFacts
from digest_lib.sections.markup import slug
from digest_lib.site.posts import Post


@dataclass(frozen=True)
class Chain:
    """A story with its follow-ups, oldest first."""

    told: Sequence[tuple[Post, StoryFacts]]

    @property
    def path(self) -> str:
        """Its page, from the top of the site."""
        post, story = self.told[0]
        return f"stories/{slug(post.name)}-{slug(story.id)}.html"

    @property
    def title(self) -> str:
        """The newest headline: what the story has become."""
        return self.told[-1][1].headline

    @property
    def members(self) -> set[tuple[str, str]]:
        """(post, story) of each part."""
        return {(post.name, story.id) for post, story in self.told}


def chains_of(posts: Sequence[Post]) -> list[Chain]:
    """The chains of at least two told stories, by the path of their page."""
    told = {(p.name, s.id): (p, s) for p in posts for s in p.facts.stories}
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for key in told:
        groups.setdefault(_root(key, told), []).append(key)
    chains = [Chain([told[key] for key in sorted(keys)]) for keys in groups.values() if len(keys) > 1]
    return sorted(chains, key=lambda chain: chain.path)


def _root(key: tuple[str, str], told: dict[tuple[str, str], tuple[Post, StoryFacts]]) -> tuple[str, str]:
    """The first story of the chain that `key` is in; a story may only follow one of an earlier post."""
    while True:
        follows = told[key][1].follows
        before = (follows.post, follows.story) if follows else None
        if before is None or before not in told or before[0] >= key[0]:
            return key
        key = before
