"""The day in a few sentences, without an llm: the summary above its stories, the key points below them.

The summary names the lead first and what else matters most, in headlines. A key point is the gist of a story
in one sentence: a sentence of a source that says of whom the headline speaks and what happened, with the
figure where the headline has one, or else the headline itself. Where a day has a single story, the post's own
headline says it; a story of which nothing but a foreign title is known has none, nor has a lesson, nor one
whose headline only asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.checking.evidence import without_quotations
from digest_lib.stories.kinds import Kind
from digest_lib.stories.story import Stories, Story
from digest_lib.writing.headings import day_headline, is_foreign
from digest_lib.writing.saying import fits, is_readable, tellable

#: Headlines that make the summary.
_IN_SUMMARY = 3
#: More points than these are not read; of fewer than these the headlines above say as much.
MOST, FEWEST = 7, 2
_ASKS = re.compile(r"[?？]|[如為为]何|怎[麼么]|\b(?:How|Why|What)\b")


def summary_of(
    told: Sequence[DigestStory], stories: Iterable[Story], language: str = "zh-TW"
) -> list[Sentence]:
    """The day in its most important headlines, each a sentence that cites its story; `stories` may hold
    more than are told. Behind the lead, which is always named, a story with a foreign title stands only where
    there is nothing else to say."""
    by_id = {story.id: story for story in stories}
    readable = [t for t in told[1:] if not is_foreign(t.headline, by_id[t.story], language)]
    return [
        _headline_sentence(t, by_id[t.story], language)
        for t in [*told[:1], *(readable or told[1:])][:_IN_SUMMARY]
    ]


def points(told: Sequence[DigestStory], stories: Stories, language: str) -> list[Sentence]:
    """Each story's gist, best story first; `told` are their texts."""
    by_id = {story.id: story for story in stories}
    found = [gist for text in told if (gist := _gist(text, by_id[text.story], language))]
    return found[:MOST] if len(found) >= FEWEST else []


def _gist(text: DigestStory, story: Story, language: str) -> Sentence | None:
    """What happened, in one sentence; None where no more is known than that something was published, or
    nothing happened."""
    if story.kind is Kind.EVENT and story.publishers <= 1:
        return None
    sentences = [*tellable(story, text.headline, language), *_told(text, story, language)]
    best = max(sentences, key=lambda s: fits(s, story, text.headline), default=None)
    if best and fits(best, story, text.headline) > 0:
        return best
    says_nothing = is_foreign(text.headline, story, language)
    return None if says_nothing or _asks(text.headline) else _headline_sentence(text, story, language)


def _told(text: DigestStory, story: Story, language: str) -> Iterator[Sentence]:
    """What the story's text says of foreign pages in words of its own."""
    foreign = {a.id for a in story.articles if not is_readable(a, language)}
    return (s for s in text.sentences if s.kind == "fact" and len(s.sources) == 1 and {*s.sources} <= foreign)


def _asks(headline: str) -> bool:
    return bool(_ASKS.search(without_quotations(headline)))


def _headline_sentence(told: DigestStory, story: Story, language: str) -> Sentence:
    """The headline as a sentence; who published what is no claim about the news, unless it has a figure."""
    text, sources = day_headline(told.headline, story, language), [a.id for a in story.articles]
    is_claim = text == told.headline or any(c.isdigit() for c in text)
    return Sentence(text=_ended(text, language), sources=sources, kind="fact" if is_claim else "count")


def _ended(text: str, language: str) -> str:
    """A headline as a sentence among others: with a full stop, where it has no end of its own."""
    inner = text.rstrip("」』")
    if not inner or not (inner[-1].isalnum() or inner[-1] in "〉》）)%"):
        return text
    return text + ("。" if language != "en" and any("\u3040" <= c <= "\u9fff" for c in text) else ".")
