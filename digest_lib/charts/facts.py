"""The numbers of a day that its charts show, read off the revised digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digest_lib.articles.article import Article, Coverage
from digest_lib.charts.alike import marks, ranked
from digest_lib.charts.words import Words
from digest_lib.writing.draft import Revised


@dataclass(frozen=True, slots=True)
class Told:
    """One story as the digest tells it."""

    headline: str
    deck: str
    publishers: int
    official: bool
    follows: bool

    def marks(self, words: Words) -> list[str]:
        """The words that mark it."""
        return marks(words, official=self.official, follows=self.follows)


@dataclass(frozen=True)
class Facts:
    """A day of a family. Articles are those of the stories that the digest tells."""

    name: str
    date: date
    window_days: int
    words: Words
    stories: tuple[Told, ...]
    #: articles about the family, whether a story tells of them or not
    matched: int
    mentions: int
    coverage: Coverage
    #: articles by publisher and by language code, most first
    publishers: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]

    @property
    def articles(self) -> int:
        """How many articles the told stories have."""
        return sum(n for _, n in self.languages)


def facts(digest: Revised) -> Facts:
    """What the charts need to know of a digest."""
    stories = digest.stories
    by_id = {story.id: story for story in stories}
    told = [(text, by_id[text.story]) for text in digest.digest.stories if text.story in by_id]
    articles: dict[str, Article] = {a.id: a for _, story in told for a in story.articles}
    return Facts(
        name=digest.draft.name,
        date=stories.day.date,
        window_days=stories.window_days,
        words=Words.of(digest.draft.language),
        stories=tuple(
            Told(
                text.headline,
                text.sentences[0].text if text.sentences else "",
                story.publishers,
                story.official,
                story.follows is not None,
            )
            for text, story in told
        ),
        matched=stories.matched,
        mentions=len(stories.mentions),
        coverage=stories.coverage,
        publishers=ranked(a.publisher_in(digest.draft.language) for a in articles.values()),
        languages=ranked(a.lang or "und" for a in articles.values()),
    )
