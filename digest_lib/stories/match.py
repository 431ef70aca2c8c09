"""Which articles are about a family, which only mention it, and which do neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from digest_lib import parameters
from digest_lib.articles.article import Article, Articles
from digest_lib.stories.bearing import Place, others, places
from digest_lib.stories.namesakes import means_the_model, of_the_field
from digest_lib.stories.roundups import is_roundup
from digest_lib.text.names import Aliases, entries
from digest_lib.text.scripts import fold

Bearing = Literal["about", "mentions", "neither"]

#: A name this early in the summary stands in the lead; this early, it opens it.
LEAD, FIRST_WORDS = 60, 20
#: How much of the summary is looked at for what the article is about.
OPENING = 300
#: Companies in a headline from which on none of them is what it is about, and times a name makes a subject.
_CROWD, _OFTEN = 3, 2
#: A feed is on the field when this share of its articles has a word of it, of at least so many.
_TECHNICAL, _SOME = 0.25, 8
#: Why an article is about the family that does not name it in the headline.
BY_LEAD = "named in the lead, and again"
#: A summary that opens with somebody's words has its subject elsewhere.
_QUOTES = tuple("\"'“‘「『«")


@dataclass(frozen=True)
class Matcher:
    """Decides how an article bears on one family. Touches no file and no network.

    `people` are those of the aliases that name persons: a headline on one is about the family only where the
    text is. `shared` are those of the official hosts that are the vendor's for everything it makes: what is
    there is about the family where it names it.
    """

    aliases: Aliases
    official: tuple[str, ...] = ()
    people: Aliases | None = None
    shared: tuple[str, ...] = ()

    @classmethod
    def of(cls, aliases: Sequence[str], official: Sequence[str] = (), exclude: Sequence[str] = ()) -> Matcher:
        """The matcher of a notebook's parameters."""
        known = {fold(s) for e in entries() if e.kind == "person" for s in e.spellings}
        people = [a for a in aliases if fold(a) in known]
        spelled = [_squeezed(a) for a in aliases if a.isascii()]
        shared = [host for host in official if not any(name in _squeezed(host) for name in spelled)]
        return cls(
            Aliases(aliases, exclude), tuple(official), Aliases(people) if people else None, tuple(shared)
        )

    def judge(self, article: Article, *, technical: bool = False) -> tuple[Bearing, str]:
        """The bearing of the article, and why, in words for the table at the desk.

        `technical`: it came by a feed of the field, where a name that is a word elsewhere needs less company.
        """
        title, opening = places(article.title, self.aliases), places(article.summary[:OPENING], self.aliases)
        if is_of(article.url, self.official):
            if title or opening:
                return "about", "official page that names it"
            if not is_of(article.url, self.shared) or self.aliases.count(urlsplit(article.url).path):
                return "about", "official page"
        if not title and not opening:
            named = self.aliases.count(f"{article.summary}\n{article.text}")
            return ("mentions", "named further down") if named else ("neither", "")
        measured = any(p.compared for p in (*title, *opening))  # nobody measures anything by the zodiac
        brought = technical or bool(self.aliases.count(article.feed))
        words = f"{article.title}\n{article.summary}"
        if not measured and not means_the_model(words, self.aliases, brought=brought):
            return "neither", "a namesake: nothing in it is of the field"
        if is_roundup(article):
            return "mentions", "named in a round-up"
        return self._in_title(article, title, opening) if title else self._in_lead(article, opening)

    def _in_title(
        self, article: Article, title: Sequence[Place], opening: Sequence[Place]
    ) -> tuple[Bearing, str]:
        if all(p.compared for p in title):
            return "mentions", "the headline measures something else by it"
        if all(p.compared or p.aside for p in title):
            return "mentions", "the headline is on another"
        if all(p.listed for p in title) or self._one_of_many(article, title, opening):
            return "mentions", "one of many in the headline"
        if self._only_people(article.title) and not any(p.subject for p in self._named(article.summary)):
            return "mentions", "on a person, not on the family"
        if all(p.past for p in title) and not any(p.subject for p in opening):
            return "mentions", "where someone was before"
        return "about", "named in the title"

    def _one_of_many(self, article: Article, title: Sequence[Place], opening: Sequence[Place]) -> bool:
        """Several companies in the headline, or two of which the text makes a list."""
        companies = len(others(article.title, self.aliases)) + 1
        if companies >= _CROWD and all(p.paired for p in title):
            return True
        return companies >= _CROWD - 1 and any(p.listed for p in opening[:2])

    def _only_people(self, title: str) -> bool:
        return self.people is not None and self.people.count(title) == self.aliases.count(title)

    def _named(self, summary: str) -> list[Place]:
        """Places of the family's names that are no persons', in the opening."""
        text = summary[:OPENING]
        persons = {start for start, _ in self.people.spans(text)} if self.people else set()
        return [p for p in places(text, self.aliases) if p.start not in persons]

    def _in_lead(self, article: Article, opening: Sequence[Place]) -> tuple[Bearing, str]:
        telling = [p for p in opening if p.subject]
        early = bool(telling) and telling[0].start < LEAD and article.summary.lstrip()[:1] not in _QUOTES
        if early and len(telling) >= _OFTEN:
            if telling[0].start < FIRST_WORDS or len(telling) > _OFTEN:
                return "about", BY_LEAD
            if not others(article.title, self.aliases):
                return "about", BY_LEAD
        return "mentions", "named, but not its subject"


def _squeezed(name: str) -> str:
    """The letters and digits alone: xAI stands in x.ai, Qwen in github.com/QwenLM."""
    return "".join(c for c in name.lower() if c.isalnum())


def is_of(url: str, hosts: Sequence[str]) -> bool:
    """Whether the URL lies on one of the hosts (or below), or under `host/path`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for entry in hosts:
        name, _, path = entry.lower().partition("/")
        on_host = host == name or host.endswith("." + name)
        if on_host and parts.path.lower().startswith("/" + path):
            return True
    return False


def technical_feeds(articles: Sequence[Article]) -> frozenset[str]:
    """The feeds of the window that are on the field: a good part of their articles has its words."""
    every = Counter(a.feed for a in articles)
    ours = Counter(a.feed for a in articles if of_the_field(f"{a.title}\n{a.summary}"))
    return frozenset(f for f, n in every.items() if f and n >= _SOME and ours[f] >= _TECHNICAL * n)


@lru_cache(maxsize=256)  # asked for each day of a month, for each family
def _matcher(aliases: tuple[str, ...], official: tuple[str, ...], exclude: tuple[str, ...]) -> Matcher:
    return Matcher.of(aliases, official, exclude)


def match(
    articles: Articles,
    *,
    aliases: Sequence[str],
    official: Sequence[str] = (),
    exclude: Sequence[str] = (),
) -> Articles:
    """The articles about the family, each with why; those that only name it are its `mentions`.

    `aliases` are its names in any script, `exclude` phrases that contain a name without meaning it,
    `official` the vendor's own hosts (`openai.com`, `blog.google/technology`). Raises `UserError` where one
    of them is not a list of texts.
    """
    parameters.check(aliases=aliases, official=official, exclude=exclude)
    matcher = _matcher(tuple(aliases), tuple(official), tuple(exclude))
    about: list[Article] = []
    mentions: list[Article] = []
    why: dict[str, str] = {}
    technical = technical_feeds(articles)
    for article in articles:
        bearing, reason = matcher.judge(article, technical=article.feed in technical)
        if bearing == "neither":
            continue
        (about if bearing == "about" else mentions).append(article)
        why[article.id] = reason
    return replace(
        articles,
        items=tuple(about),
        mentions=tuple(mentions),
        why=why,
        names=tuple(aliases),
        background=tuple(f"{a.title}\n{a.summary[:OPENING]}" for a in articles),
    )
