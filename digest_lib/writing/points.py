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

from digest_lib.articles.article import Article
from digest_lib.checking.digest import DigestStory, Sentence
from digest_lib.checking.evidence import quotations, without_quotations
from digest_lib.stories.kinds import Kind
from digest_lib.stories.story import Stories, Story
from digest_lib.text.quantity import Quantity
from digest_lib.text.vectors import tokens
from digest_lib.writing.background import is_background
from digest_lib.writing.frames import frames
from digest_lib.writing.headings import day_headline, is_foreign
from digest_lib.writing.known import things
from digest_lib.writing.picking import TURNS, without_frame
from digest_lib.writing.telling import said
from digest_lib.writing.worth import Extract, extracts, in_own_voice, named, worth

#: Headlines that make the summary.
_IN_SUMMARY = 3
#: More points than these are not read; of fewer than these the headlines above say as much.
MOST, FEWEST = 7, 2
#: A sentence with an actor and an event is worth so much (`worth`).
_LEAST = 1.5
#: It has so much of the headline's names and of its words, and is no longer.
_NAMES, _WORDS, _LONGEST = 2 / 3, 0.2, 130
#: A quotation of so many characters is a clause of somebody else's, and no term.
_CLAUSE = 8
#: It says whose report it is.
_SAYS_WHOSE = re.compile(r"(?:根[據据]|[據据])?《[^》]+》|[據据][^，]{2,24}(?:報導|报道|報道)，")
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
    sentences = [*_tellable(story, text.headline, language), *_told(text, story, language)]
    best = max(sentences, key=lambda s: _fits(s, story, text.headline), default=None)
    if best and _fits(best, story, text.headline) > 0:
        return best
    says_nothing = is_foreign(text.headline, story, language)
    return None if says_nothing or _asks(text.headline) else _headline_sentence(text, story, language)


def _tellable(story: Story, headline: str, language: str) -> Iterator[Sentence]:
    """The sentences of the story's articles that can be told, each with who reports it."""
    frame = frames(language)
    for article in story.articles:
        every = extracts(article) if _is_readable(article, language) else []
        turned = {e.place - 1 for e in every if TURNS.match(e.text)}
        for extract in every:
            pattern = frame.more if _SAYS_WHOSE.match(extract.text) else frame.same_day
            text = said(pattern, extract, language, len(headline)) if _stands(extract) else ""
            if text and extract.place not in turned:
                yield Sentence(text=text, sources=[article.id])


def _told(text: DigestStory, story: Story, language: str) -> Iterator[Sentence]:
    """What the story's text says of foreign pages in words of its own."""
    foreign = {a.id for a in story.articles if not _is_readable(a, language)}
    return (s for s in text.sentences if s.kind == "fact" and len(s.sources) == 1 and {*s.sources} <= foreign)


def _stands(extract: Extract) -> bool:
    """Can a sentence be read alone, and does it report what has just happened?"""
    is_report = extract.worth >= _LEAST and not extract.leans and not in_own_voice(extract.text)
    return is_report and not is_background(extract.text, extract.article)


def _is_readable(article: Article, language: str) -> bool:
    return article.lang.partition("-")[0] == language.partition("-")[0]


def _asks(headline: str) -> bool:
    return bool(_ASKS.search(without_quotations(headline)))


def _fits(sentence: Sentence, story: Story, headline: str) -> float:
    """How well a sentence says what the headline does; 0 where the headline says it better."""
    [article] = [a for a in story.articles if a.id in sentence.sources]
    own = without_frame(sentence.text, article.publisher)
    heads, words = named(headline), set(tokens(headline))
    shared = len(words & set(tokens(own))) / max(1, len(words))
    is_long = len(sentence.text) > _LONGEST or any(len(q) >= _CLAUSE for q in quotations(sentence.text))
    lacks = _has_figure(headline) and not _has_figure(own)
    if is_long or lacks or worth(own) < _LEAST or shared < _WORDS:
        return 0.0
    return worth(own) + shared if len(heads & named(own)) >= _NAMES * len(heads) else 0.0


def _has_figure(text: str) -> bool:
    return any(isinstance(thing, Quantity) for thing in things(text))


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
