"""The facts of a post, taken from the revised digest that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Final

from digest_lib.articles.article import Article
from digest_lib.checking.digest import DigestStory
from digest_lib.sections.facts import (
    CoverageFacts,
    Facts,
    Follows,
    Mention,
    Source,
    StoryFacts,
    UsageFacts,
    WriterFacts,
)
from digest_lib.sections.newness import what_is_new
from digest_lib.sections.passages import passages_of
from digest_lib.stories.match import is_of
from digest_lib.stories.story import Story
from digest_lib.writing.draft import Revised

#: So many of the articles that only mention the family are listed: more are no list that is read.
MOST_MENTIONS: Final = 20


def facts_of(digest: Revised) -> Facts:
    """The facts of a revised digest."""
    stories, draft = digest.stories, digest.draft
    by_id = {story.id: story for story in stories}
    told = [s for s in digest.digest.stories if s.story in by_id]
    cover, sources = stories.coverage, sources_of(digest)
    mentions = mentions_beside(sources, stories.mentions)
    return Facts(
        family=stories.family,
        name=draft.name,
        language=draft.language,
        date=stories.day.date,
        window_days=stories.window_days,
        cutoff=stories.day.cutoff,
        writer=WriterFacts(
            llm=digest.writer.llm,
            why=digest.writer.why,
            answered=digest.writer.answered,
            warning=digest.writer.warning,
        ),
        usage=UsageFacts(
            input_tokens=digest.usage.input_tokens,
            output_tokens=digest.usage.output_tokens,
            cost_usd=digest.usage.cost_usd,
        ),
        counts=dict(sorted(draft.counts.items())),
        prompts=dict(sorted(draft.prompts.items())),
        coverage=CoverageFacts(
            feeds=cover.asked,
            answered=cover.heard,
            articles=cover.articles,
            imported=cover.imported,
            failed=sorted(cover.failed),
        ),
        matched=stories.matched,
        found=len(stories),
        checked={str(status): n for status, n in digest.checked.items()},
        digest=digest.digest,
        verdicts=list(digest.verdicts),
        stories=[_story(by_id[s.story], s, draft.language) for s in told],
        sources=sources,
        passages=passages_of(
            (s for _, sentences in digest.digest.sentences() for s in sentences), _articles(digest)
        ),
        mentioned=len(mentions),
        mentions=[_mention(article, draft.language) for article in mentions[:MOST_MENTIONS]],
    )


def _articles(digest: Revised) -> dict[str, Article]:
    """Every article that a sentence may cite, by id."""
    stories = digest.stories
    return {**{a.id: a for a in stories.mentions}, **stories.articles}


def _story(story: Story, told: DigestStory, language: str) -> StoryFacts:
    earlier = story.follows
    return StoryFacts(
        id=story.id,
        headline=told.headline,
        articles=[a.id for a in story.articles],
        urls=[a.url for a in story.articles],
        publishers=story.publishers,
        official=story.official,
        first=story.first.astimezone(UTC),
        last=story.last.astimezone(UTC),
        follows=Follows(post=earlier.post, story=earlier.story, headline=earlier.headline)
        if earlier
        else None,
        what_is_new=what_is_new(story, told, language) if earlier else [],
        kind=str(story.kind or ""),
        score=story.score,
    )


def sources_of(digest: Revised) -> list[Source]:
    """The articles of the told stories, story by story, then what else is cited; numbered from 1."""
    stories = digest.stories
    by_id = {story.id: story for story in stories}
    pairs: dict[str, tuple[Article, str]] = {}
    for told in digest.digest.stories:
        if told.story in by_id:
            for article in by_id[told.story].articles:
                pairs.setdefault(article.id, (article, told.story))
    known = _articles(digest)
    for _, sentences in digest.digest.sentences():
        for cited in (source for sentence in sentences for source in sentence.sources):
            if cited in known:
                pairs.setdefault(cited, (known[cited], ""))
    return [
        _source(number, article, story, stories.official_hosts, digest.draft.language)
        for number, (article, story) in enumerate(pairs.values(), start=1)
    ]


def mentions_beside(sources: Sequence[Source], mentions: Sequence[Article]) -> list[Article]:
    """The articles that only mention the family and are none of the sources, the newest first: a day without
    news may cite some."""
    cited = {source.id for source in sources}
    return sorted((a for a in mentions if a.id not in cited), key=lambda a: (a.published, a.id), reverse=True)


def _mention(article: Article, language: str) -> Mention:
    return Mention(
        url=article.url,
        title=article.title,
        publisher=article.publisher_in(language),
        lang=article.lang,
        published=article.published.astimezone(UTC),
    )


def _source(number: int, article: Article, story: str, official: Sequence[str], language: str) -> Source:
    return Source(
        number=number,
        id=article.id,
        url=article.url,
        title=article.title,
        publisher=article.publisher_in(language),
        lang=article.lang,
        published=article.published.astimezone(UTC),
        official=is_of(article.url, tuple(official)),
        story=story,
    )
