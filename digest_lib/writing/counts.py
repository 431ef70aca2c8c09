"""The numbers of a run's own tables: what a sentence of kind `count` may state, and the sentences that do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from digest_lib.checking.digest import Sentence
from digest_lib.stories.story import Stories
from digest_lib.text.plural import for_number
from digest_lib.writing.frames import frames


def counts_of(stories: Stories) -> dict[str, int]:
    """The run's own numbers, by name: what a sentence of kind `count` may state."""
    counts = {
        "seen": stories.coverage.articles,
        "about": stories.matched,
        "mentions": len(stories.mentions),
        "stories": len(stories),
        "told": len(stories.articles),
        "official": sum(s.official for s in stories),
        "follows": sum(s.follows is not None for s in stories),
        "feeds": stories.coverage.asked,
        "answered": stories.coverage.heard,
        "hours": 24 * stories.window_days,
        "days": stories.window_days,
    }
    for story in stories:
        counts[f"articles of {story.id}"] = len(story.articles)
        counts[f"publishers of {story.id}"] = story.publishers
    return counts


def trend_of(stories: Stories, name: str, language: str) -> list[Sentence]:
    """The day in its numbers: the articles of the window, those about the family, the stories told."""
    frame, counts = frames(language), counts_of(stories)
    days = stories.window_days
    window = frame.window if days == 1 else frame.windows.format(days=days)
    values: dict[str, object] = {**counts, "name": name, "window": window}
    if not stories:
        return [Sentence(text=frame.quiet.format(**values), kind="count")]
    made = frame.trend_stories if counts["told"] == counts["about"] else frame.trend_some
    lines = [
        for_number(frame.trend, counts["about"]).format(**values),
        *([mentioned_of(counts["mentions"], name, language)] if counts["mentions"] else []),
        for_number(made, counts["stories"]).format(**values),
    ]
    return [Sentence(text=line, kind="count") for line in lines]


def mentioned_of(mentions: int, name: str, language: str) -> str:
    """The sentence that says how many articles more mention the family: what leads to them goes by it."""
    return for_number(frames(language).mentioned, mentions).format(mentions=mentions, name=name)


def told_of(stories: Stories, told: Collection[str]) -> Stories:
    """The stories that are told in the end: those with these ids."""
    return replace(stories, items=tuple(s for s in stories if s.id in told))


def retold(
    trend: Sequence[Sentence], stories: Stories, told: Stories, name: str, language: str
) -> list[Sentence]:
    """The trend with its numbers counted again where not all stories are told; other sentences stay."""
    if len(told) == len(stories):
        return list(trend)
    # Of a day none of whose stories can be told, only how many articles there were.
    counted = trend_of(told, name, language) if told else trend_of(stories, name, language)[:1]
    return [*(s for s in trend if s.kind != "count"), *counted]
